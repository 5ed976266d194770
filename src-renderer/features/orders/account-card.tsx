import type { Order, OrderFields } from '../../../src-preload/contract/orders'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { type OrderDesk, useDesk } from './order-desk'
import { useOrderField } from './order-head'

type PersonField = Extract<keyof OrderFields, `${string}ContactId`>

/** The account's own number for this work, and who of its people pays, drives and approves. */
export function AccountCard() {
  const desk = useDesk()
  const { order } = desk
  const { contacts, requiresPurchaseOrder, kind } = order.customer
  if (kind !== 'company' && contacts.length === 0 && !requiresPurchaseOrder && order.purchaseOrder === '') return null
  return (
    <Card title="Account">
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <PurchaseOrder desk={desk} />
        <Person desk={desk} name="approverContactId" label="Approves" />
        <Person desk={desk} name="payerContactId" label="Pays" />
        <Person desk={desk} name="driverContactId" label="Drives" />
      </div>
    </Card>
  )
}

function PurchaseOrder({ desk }: { desk: OrderDesk }) {
  const number = useOrderField(desk, 'purchaseOrder')
  const isWanted = desk.order.customer.requiresPurchaseOrder
  const missing = isWanted && desk.order.purchaseOrder === ''
  return (
    <Field label="Purchase order number" required={isWanted} hint={missing ? 'No bill without it.' : undefined} {...number.field}>
      <TextInput {...number.input} readOnly={!desk.mayEdit('purchaseOrder')} maxLength={50} />
    </Field>
  )
}

function Person({ desk, name, label }: { desk: OrderDesk; name: PersonField; label: string }) {
  const person = useOrderField(desk, name)
  const choices = choicesOf(desk.order, desk.order[name])
  return (
    <Field label={label} {...person.field} showTheirs={(theirs) => choices.find(({ value }) => value === theirs)?.label ?? 'the customer'}>
      <Select
        value={person.input.value ?? ''}
        onValueChange={(id) => person.choose(id || null)}
        choices={choices}
        disabled={!desk.mayEdit(name)}
      />
    </Field>
  )
}

function choicesOf({ customer }: Order, chosen: string | null): { value: string; label: string }[] {
  const people = customer.contacts.filter(({ id, deletedAt }) => deletedAt === null || id === chosen)
  return [{ value: '', label: customer.displayName }, ...people.map(({ id, name }) => ({ value: id, label: name }))]
}
