import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { blankCustomer, type Customer, type CustomerFields } from '../../../src-preload/contract/customers'
import { useKeptDraft } from '../../base/kept-drafts'
import { newId } from '../../base/new-id'
import { useShortcut } from '../../base/keys'
import { useGrant } from '../../base/session'
import { useApproval } from '../../base/use-approval'
import { useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { KeptBanner } from '../../components/kept-banner'
import { checkCustomer } from './customer-draft'
import { CustomerForm } from './customer-form'
import { createCustomer } from './customers-api'
import { DuplicateList } from './duplicate-list'
import { NewVehicleDialog } from './new-vehicle-dialog'

/** Writes down a customer, then asks what is next: the car, or its check-in. */
export function NewCustomerDialog({ onClose }: { onClose: () => void }) {
  const [saved, setSaved] = useState<Customer>()
  const [addsVehicle, setAddsVehicle] = useState(false)
  const navigate = useNavigate()
  if (!saved) return <CustomerDialog onClose={onClose} onSaved={setSaved} />
  const open = (): void => void navigate({ to: '/customers/$customerId', params: { customerId: saved.id } })
  if (addsVehicle) return <NewVehicleDialog customer={saved} onClose={open} onSaved={open} />
  return <NextStepDialog customer={saved} onClose={onClose} onVehicle={() => setAddsVehicle(true)} onOpen={open} />
}

interface Draft {
  readonly customerId: string
  readonly fields: CustomerFields
}

const isTouched = ({ fields }: Draft, blank: Draft): boolean => JSON.stringify(fields) !== JSON.stringify(blank.fields)

function CustomerDialog({ onClose, onSaved }: { onClose: () => void; onSaved: (customer: Customer) => void }) {
  const kept = useKeptDraft('new-customer', () => ({ customerId: newId(), fields: blankCustomer }), isTouched)
  const { customerId, fields: draft } = kept.draft
  const firstField = useRef<HTMLInputElement>(null)
  const withApproval = useApproval()
  const checked = checkCustomer(draft)
  const save = useMutation({
    mutationFn: (fields: CustomerFields) => createCustomer(customerId, fields, withApproval),
    onSuccess: (customer) => {
      kept.forget()
      onSaved(customer)
    },
  })
  const problems = useProblems('problems' in checked ? checked.problems : {}, save.error)
  const submit = (): void => {
    problems.show()
    if ('fields' in checked && !save.isPending) save.mutate(checked.fields)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title="New customer"
      size="large"
      initialFocus={firstField}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Save customer
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {kept.isFromBefore && <KeptBanner startAfresh={kept.startAfresh}>This customer was not saved: it is as you typed it.</KeptBanner>}
        <CustomerForm
          draft={draft}
          onDraft={(change) => kept.change((before) => ({ ...before, fields: { ...before.fields, ...change } }))}
          problemOf={problems.of}
          firstField={firstField}
        >
          <DuplicateList draft={draft} />
        </CustomerForm>
        <ErrorBanner error={problems.other} />
      </div>
    </Dialog>
  )
}

interface NextStepProps {
  customer: Customer
  onClose: () => void
  onVehicle: () => void
  onOpen: () => void
}

function NextStepDialog({ customer, onClose, onVehicle, onOpen }: NextStepProps) {
  const mayCheckIn = useGrant('orders.create') !== 'no'
  return (
    <Dialog open onClose={onClose} title={`${customer.displayName} is saved`} description="What is next?">
      <div className="flex flex-wrap gap-2">
        {mayCheckIn && <CheckInButton customerId={customer.id} />}
        <Button onClick={onVehicle}>Add a vehicle</Button>
        <Button onClick={onOpen}>Open the customer</Button>
      </div>
    </Dialog>
  )
}

/** Inside the dialog, so that its F2 belongs to the dialog and not to the screen below. */
function CheckInButton({ customerId }: { customerId: string }) {
  const navigate = useNavigate()
  const checkIn = (): void => void navigate({ to: '/orders/new', search: { customer: customerId } })
  useShortcut('new-order', checkIn, { title: 'Check in a car' })
  return (
    <Button look="primary" keys="F2" onClick={checkIn}>
      Check in a car
    </Button>
  )
}
