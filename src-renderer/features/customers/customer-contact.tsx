import type { Customer } from '../../../src-preload/contract/customers'
import { Card } from '../../components/card'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { contactChoices, has, kindChoices } from './customer-draft'
import { TagEditor } from './tag-editor'
import { TaxExemption } from './tax-exemption'
import { type PlainName, useCustomerField } from './use-customer-field'

interface PartProps {
  customer: Customer
  disabled: boolean
}

/** Everything written down about a customer; each field is stored when it is left. */
export function CustomerContact({ customer, disabled }: PartProps) {
  const props = { customer, disabled }
  return (
    <Card title="Contact">
      <div className="grid grid-cols-6 gap-x-3 gap-y-3">
        <Text {...props} name="companyName" label="Company" className="col-span-6" />
        <Text {...props} name="firstName" label="First name" className="col-span-3" />
        <Text {...props} name="lastName" label="Last name" className="col-span-3" />
        <Text {...props} name="phone" label="Phone" type="tel" className="col-span-4" />
        <Text {...props} name="phoneExt" label="Extension" className="col-span-2" />
        <Text {...props} name="email" label="E-mail" type="email" className="col-span-6" />
        <Text {...props} name="alternatePhone" label="Other phone" type="tel" className="col-span-3" />
        <ReachBy {...props} />
        <Text {...props} name="address" label="Street address" className="col-span-6" />
        <Text {...props} name="city" label="City" className="col-span-3" />
        <Text {...props} name="state" label="State" className="col-span-1" maxLength={2} />
        <Text {...props} name="zip" label="ZIP" className="col-span-2" />
        <Kind {...props} />
        <div className="col-span-6 flex flex-col gap-3">
          {(has(customer.kind, 'requiresPurchaseOrder') || customer.requiresPurchaseOrder) && <PurchaseOrder {...props} />}
          {(has(customer.kind, 'taxExempt') || customer.taxExempt) && <TaxExemption {...props} />}
          <TagEditor {...props} />
          <Notes {...props} />
        </div>
      </div>
    </Card>
  )
}

interface TextProps extends PartProps {
  name: Exclude<PlainName, 'kind' | 'preferredContact' | 'notes' | 'requiresPurchaseOrder'>
  label: string
  className: string
  type?: 'text' | 'tel' | 'email'
  maxLength?: number
}

/** What a kind does not have is left out, unless something stands there from before. */
function Text({ customer, disabled, name, label, className, ...input }: TextProps) {
  const stored = useCustomerField(customer, name)
  if (!has(customer.kind, name) && customer[name] === '' && stored.state === 'idle') return null
  return (
    <Field label={label} place={name} {...stored.field} className={className}>
      <TextInput {...input} {...stored.input} readOnly={disabled} />
    </Field>
  )
}

function Kind({ customer, disabled }: PartProps) {
  const stored = useCustomerField(customer, 'kind')
  return (
    <Field label="Kind" {...stored.field} className="col-span-3">
      <Select value={stored.input.value} onValueChange={stored.choose} choices={kindChoices} disabled={disabled} />
    </Field>
  )
}

function ReachBy({ customer, disabled }: PartProps) {
  const stored = useCustomerField(customer, 'preferredContact')
  if (!has(customer.kind, 'preferredContact')) return null
  return (
    <Field label="Reach them by" {...stored.field} className="col-span-3">
      <Select value={stored.input.value} onValueChange={stored.choose} choices={contactChoices} disabled={disabled} />
    </Field>
  )
}

function PurchaseOrder({ customer, disabled }: PartProps) {
  const { input, choose, field } = useCustomerField(customer, 'requiresPurchaseOrder')
  return (
    <Checkbox
      label="No bill without their purchase order number"
      checked={input.value}
      onCheckedChange={choose}
      disabled={disabled}
      error={field.error}
      conflict={field.conflict}
    />
  )
}

function Notes({ customer, disabled }: PartProps) {
  const stored = useCustomerField(customer, 'notes', true)
  return (
    <Field label="Notes" hint="For the shop only; never printed." {...stored.field}>
      <Textarea {...stored.input} rows={3} readOnly={disabled} />
    </Field>
  )
}
