import type { FocusEvent } from 'react'
import { Link } from '@tanstack/react-router'
import { Clock, ClockAlert, FilePenLine, FileText, MapPin, ShieldAlert, User } from 'lucide-react'
import type { BoardOrder } from '../../../src-preload/contract/board'
import { useFormat } from '../../base/format'
import { Amount } from '../../components/amount'
import { StatusBadge } from '../../components/status-badge'
import { isLate, needsAuthorization } from './board-columns'

export interface OrderCardProps {
  order: BoardOrder
  now: number
  /** the one card Tab reaches */
  reachable: boolean
  onFocus: (event: FocusEvent) => void
}

/** An open order at a glance. */
export function OrderCard({ order, now, reachable, onFocus }: OrderCardProps) {
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order.id }}
      data-card={order.id}
      tabIndex={reachable ? 0 : -1}
      onFocus={onFocus}
      className={`block rounded-md border border-line bg-surface p-2.5 shadow-card hover:border-control focus-visible:outline-offset-0 ${edgeOf(order, now)}`}
    >
      <span className="flex items-start justify-between gap-2">
        <span className="shrink-0 text-sm font-semibold text-accent-ink tabular-nums">{order.number}</span>
        <CardSigns order={order} now={now} />
      </span>
      <span className="mt-0.5 block truncate font-semibold">
        <bdi>{order.customerName}</bdi>
      </span>
      <span className="flex items-center gap-2 text-muted">
        <span className="truncate">{order.vehicleLabel}</span>
        {order.plate && (
          <span className="shrink-0 rounded-sm border border-line bg-sunken px-1 font-mono text-xs leading-4 text-ink">{order.plate}</span>
        )}
      </span>
      {order.complaint && <span className="mt-1 line-clamp-1 text-sm text-muted">{order.complaint}</span>}
      <CardFoot order={order} now={now} />
    </Link>
  )
}

/** The left edge says from afar what the signs say: late first, then what waits for the customer. */
function edgeOf(order: BoardOrder, now: number): string {
  if (isLate(order, now)) return 'border-l-4 border-l-bad! pl-1.75'
  return needsAuthorization(order) ? 'border-l-4 border-l-warn! pl-1.75' : ''
}

function CardSigns({ order, now }: { order: BoardOrder; now: number }) {
  return (
    <span className="flex min-w-0 flex-wrap justify-end gap-1">
      {order.priority === 'urgent' && (
        <StatusBadge tone="bad" icon={ClockAlert}>
          Urgent
        </StatusBadge>
      )}
      {isLate(order, now) && (
        <StatusBadge tone="bad" icon={ClockAlert}>
          Late
        </StatusBadge>
      )}
      {needsAuthorization(order) && (
        <StatusBadge tone="warn" icon={ShieldAlert}>
          Needs authorization
        </StatusBadge>
      )}
      {order.status === 'draft' && (
        <StatusBadge tone="calm" icon={FilePenLine}>
          Draft
        </StatusBadge>
      )}
      {order.hasInvoice && (
        <StatusBadge tone="good" icon={FileText}>
          Invoiced
        </StatusBadge>
      )}
    </span>
  )
}

function CardFoot({ order, now }: { order: BoardOrder; now: number }) {
  const format = useFormat()
  return (
    <span className="mt-1.5 flex items-end justify-between gap-2 border-t border-line pt-1.5 text-sm">
      <span className="flex min-w-0 flex-col gap-0.5 text-muted">
        <span className={`flex items-center gap-1 ${isLate(order, now) ? 'font-medium text-bad' : ''}`}>
          <Clock size={12} aria-hidden="true" /> {order.promisedAt ? format.soon(order.promisedAt) : 'no promise'}
        </span>
        <span className="flex min-w-0 items-center gap-2">
          {order.technicianName && (
            <span className="flex min-w-0 items-center gap-1">
              <User size={12} className="shrink-0" aria-hidden="true" /> <span className="truncate">{order.technicianName}</span>
            </span>
          )}
          {order.bayName && (
            <span className="flex shrink-0 items-center gap-1">
              <MapPin size={12} aria-hidden="true" /> {order.bayName}
            </span>
          )}
        </span>
      </span>
      <span className="shrink-0 text-right">
        <Amount cents={order.totalCents} className="block font-semibold" />
        {order.dueCents > 0 && (
          <span className="block text-muted">
            due <Amount cents={order.dueCents} />
          </span>
        )}
      </span>
    </span>
  )
}
