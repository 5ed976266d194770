import { useMutation } from '@tanstack/react-query'
import type { Order } from '../../../src-preload/contract/orders'
import { formatDollars } from '../../../src-preload/contract/money'
import type { PriceOffers } from '../../../src-preload/contract/pricing'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { useDesk } from './order-desk'
import { chooseRate } from './orders-api'

type Target = 'vehicle' | 'customer' | 'order'
const labels: Readonly<Record<Target, string>> = { vehicle: 'This vehicle', customer: 'This customer', order: 'This order only' }

interface LaborRateDialogProps {
  order: Order
  rates: PriceOffers['laborRates']
  onClose: () => void
}

/** Which rate an hour of labor is charged at; the first of the three that has one counts. Stored at once, like every field. */
export function LaborRateDialog({ order, rates, onClose }: LaborRateDialogProps) {
  const { withApproval } = useDesk()
  const ids = { vehicle: order.vehicle.id, customer: order.customer.id, order: order.id }
  const choose = useMutation({
    mutationFn: ({ target, now }: { target: Target; now: string | null }) =>
      chooseRate(order.id, { target, id: ids[target], was: order.laborRate?.chosen[target] ?? null, now }, withApproval),
  })
  const choices = [
    { value: '', label: 'None of its own' },
    ...rates.map(({ id, name, rateCents }) => ({ value: id, label: `${name}: ${formatDollars(rateCents)}` })),
  ]
  return (
    <Dialog
      open
      onClose={onClose}
      title="Labor rate"
      description={`For lines to come. The vehicle’s rate counts first, then the customer’s, then the order’s, else the shop’s. Now ${formatDollars(order.laborRate?.rateCents ?? order.laborCents)} an hour.`}
      size="small"
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <ErrorBanner error={choose.error} />
        {(Object.keys(labels) as Target[]).map((target) => (
          <Field key={target} label={labels[target]}>
            <Select
              value={order.laborRate?.chosen[target] ?? ''}
              onValueChange={(id) => choose.mutate({ target, now: id === '' ? null : id })}
              choices={choices}
              disabled={choose.isPending}
            />
          </Field>
        ))}
      </div>
    </Dialog>
  )
}
