import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatDollars } from '../../../src-preload/contract/money'
import { useGrant } from '../../base/session'
import { useApproval } from '../../base/use-approval'
import { Button } from '../../components/button'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { Dialog } from '../../components/dialog'
import { RemovedBanner } from '../../components/removed-banner'
import { MergedBanner } from './merge-undo'
import { showToast } from '../../components/toast'
import { removeCustomer, restoreCustomer } from './customers-api'

/** What keeps a customer from being removed now, so that nobody has to try. */
function reasonToStay(customer: Pick<Customer, 'balanceCents' | 'vehicles'>): string | undefined {
  const open = customer.vehicles.reduce((sum, vehicle) => sum + vehicle.openOrders, 0)
  const owes = customer.balanceCents > 0 && `${formatDollars(customer.balanceCents)} is still to be paid`
  const work = open > 0 && (open === 1 ? 'a repair order is open' : `${open} repair orders are open`)
  const reasons = [work, owes].filter(Boolean).join(' and ')
  return reasons === '' ? undefined : `Cannot be removed while ${reasons}.`
}

export function RemoveCustomerButton({ customer }: { customer: Customer }) {
  const [asks, setAsks] = useState(false)
  const grant = useGrant('customers.remove')
  const withApproval = useApproval()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => removeCustomer(customer.id, withApproval),
    onSuccess: () => {
      // Where undoing is refused, the customer's own screen says that they are removed and offers it again.
      const open = (): void => void navigate({ to: '/customers/$customerId', params: { customerId: customer.id } })
      showToast(`${customer.displayName} removed`, { undo: () => void restoreCustomer(customer.id, withApproval).then(open, open) })
      void navigate({ to: '/customers' })
    },
  })
  const reason = reasonToStay(customer)
  const close = (): void => {
    setAsks(false)
    remove.reset()
  }
  if (grant === 'no') return null
  return (
    <>
      <Button look="quiet" icon={<Trash2 size={16} aria-hidden="true" />} onClick={() => setAsks(true)}>
        Remove
      </Button>
      {reason ? (
        <Dialog
          open={asks}
          onClose={close}
          title={`${customer.displayName} has to stay`}
          size="small"
          footer={<Button onClick={close}>Close</Button>}
        >
          {reason}
        </Dialog>
      ) : (
        <ConfirmDialog
          open={asks && !remove.isPending}
          title={`Remove ${customer.displayName}?`}
          confirm="Remove customer"
          danger
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onCancel={close}
        >
          The customer and their vehicles no longer show up in searches. All history stays, and everything can be restored.
        </ConfirmDialog>
      )}
    </>
  )
}

export function RemovedCustomerBanner({ customer }: { customer: Customer }) {
  const grant = useGrant('customers.remove')
  const withApproval = useApproval()
  if (!customer.deletedAt) return null
  if (customer.mergedInto) return <MergedBanner into={customer.mergedInto} deletedAt={customer.deletedAt} />
  return (
    <RemovedBanner deletedAt={customer.deletedAt} mayRestore={grant !== 'no'} onRestore={() => restoreCustomer(customer.id, withApproval)}>
      The history is here; nothing can be changed until the customer is restored.
    </RemovedBanner>
  )
}
