import { ArrowRight, ShieldCheck } from 'lucide-react'
import type { Authorization, Order } from '../../../src-preload/contract/orders'
import { useFormat } from '../../base/format'
import { Amount } from '../../components/amount'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { authorizationWords } from './authorization-words'
import { logOf } from './order-log'

/** Who moved the order when, and every authorization of the customer. */
export function LogTab({ order }: { order: Order }) {
  const format = useFormat()
  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
      {logOf(order).map((entry) => (
        <li
          key={entry.kind === 'status' ? `${entry.at} ${entry.event.to}` : entry.authorization.id}
          className="grid grid-cols-[11.5rem_minmax(0,1fr)] gap-3 px-4 py-2.5"
        >
          <time dateTime={entry.at} className="text-muted">
            {format.dateTime(entry.at)}
          </time>
          {entry.kind === 'status' ? <StatusLine event={entry.event} /> : <AuthorizationLine authorization={entry.authorization} />}
        </li>
      ))}
    </ol>
  )
}

function StatusLine({ event }: { event: Order['history'][number] }) {
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2">
        {event.from && (
          <>
            <OrderStatusBadge status={event.from} />
            <ArrowRight size={14} className="text-muted" aria-hidden="true" />
            <span className="sr-only">to</span>
          </>
        )}
        <OrderStatusBadge status={event.to} />
        <span className="text-muted">by {event.byName}</span>
      </p>
      {event.reason && <p className="mt-1">“{event.reason}”</p>}
    </div>
  )
}

function AuthorizationLine({ authorization }: { authorization: Authorization }) {
  const { approvedByName, method, contact, authorizedCents, estimateVersion, recordedByName, note } = authorization
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-2">
        <ShieldCheck size={16} className="text-good" aria-hidden="true" />
        <span className="font-medium">
          {approvedByName} authorized <Amount cents={authorizedCents} />
        </span>
        <span className="text-muted">
          {[authorizationWords[method].toLowerCase(), contact, `estimate version ${estimateVersion}`, `written down by ${recordedByName}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {note && <p className="mt-1">“{note}”</p>}
    </div>
  )
}
