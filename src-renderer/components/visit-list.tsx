import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import type { Visit } from '../../src-preload/contract/customers'
import { formatCount, useFormat } from '../base/format'
import { useGrant } from '../base/session'
import { Amount } from './amount'
import { Button } from './button'
import { EmptyState } from './empty-state'
import { ErrorBanner } from './error-banner'
import { OrderStatusBadge } from './order-status-badge'
import { ScreenProgress } from './spinner'

export interface VisitListProps {
  visits: readonly Visit[] | undefined
  error: unknown
  /** the car of each visit, in the history of a customer */
  withVehicle?: boolean
  /** the order on the screen: what is listed are the visits before it */
  beside?: string
  hasMore: boolean
  isLoadingMore: boolean
  onMore: () => void
}

/** What was done before, newest first. */
export function VisitList({ visits: all, error, withVehicle = false, beside, hasMore, isLoadingMore, onMore }: VisitListProps) {
  const mayCheckIn = useGrant('orders.create') !== 'no'
  if (error) return <ErrorBanner error={error} />
  if (!all) return <ScreenProgress />
  const visits = all.filter(({ orderId }) => orderId !== beside)
  if (visits.length === 0) {
    return (
      <EmptyState icon={History} title={beside ? 'First visit' : 'No visits yet'}>
        {mayCheckIn && !beside && <p>Press F2 to check the car in.</p>}
        <p>Every repair order shows up here with its jobs, odometer and amount.</p>
      </EmptyState>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col divide-y divide-line">
        {visits.map((visit) => (
          <VisitRow key={visit.orderId} visit={visit} withVehicle={withVehicle} />
        ))}
      </ol>
      {hasMore && (
        <Button className="self-start" busy={isLoadingMore} onClick={onMore}>
          Show older visits
        </Button>
      )}
    </div>
  )
}

function VisitRow({ visit, withVehicle }: { visit: Visit; withVehicle: boolean }) {
  const format = useFormat()
  // Who sees only their own orders sees what was done before, but cannot open it.
  const opens = useGrant('orders.see') === 'yes'
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)_auto] gap-x-3 py-3 first:pt-0 last:pb-0">
      <div className="text-muted">
        <time dateTime={visit.checkedInAt}>{format.date(visit.checkedInAt)}</time>
        {visit.odometer !== null && <span className="block text-sm tabular-nums">{formatCount(visit.odometer)} mi</span>}
      </div>
      <div className="flex min-w-0 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {opens ? (
            <Link to="/orders/$orderId" params={{ orderId: visit.orderId }} className="font-medium text-accent-ink hover:underline">
              {visit.orderNumber}
            </Link>
          ) : (
            <span className="font-medium">{visit.orderNumber}</span>
          )}
          <OrderStatusBadge status={visit.status} />
          {withVehicle && (
            <Link to="/vehicles/$vehicleId" params={{ vehicleId: visit.vehicleId }} className="min-w-0 wrap-anywhere hover:underline">
              {visit.vehicleLabel}
            </Link>
          )}
        </span>
        {visit.jobs.length > 0 && <span>{visit.jobs.join(' · ')}</span>}
        {visit.complaint && <span className="line-clamp-2 text-sm text-muted">“{visit.complaint}”</span>}
      </div>
      <VisitMoney visit={visit} />
    </li>
  )
}

function VisitMoney({ visit }: { visit: Visit }) {
  const seesOrders = useGrant('orders.see') === 'yes'
  const seesInvoices = useGrant('invoices.see') !== 'no'
  if (!seesOrders) return null
  return (
    <div className="flex flex-col items-end gap-0.5">
      <Amount cents={visit.totalCents} className="font-medium" />
      {visit.invoiceId && seesInvoices && (
        <Link
          to="/invoices/$invoiceId"
          params={{ invoiceId: visit.invoiceId }}
          className="text-sm whitespace-nowrap text-accent-ink hover:underline"
        >
          {visit.invoiceNumber}
        </Link>
      )}
      {visit.dueCents > 0 && (
        <span className="text-sm whitespace-nowrap text-warn">
          <Amount cents={visit.dueCents} /> due
        </span>
      )}
    </div>
  )
}
