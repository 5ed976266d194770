import { ArrowRight, CircleMinus, ShieldCheck } from 'lucide-react'
import { cents, formatDollars } from '../../../src-preload/contract/money'
import type { TakenOff } from '../../../src-preload/contract/answers'
import type { Authorization, Order } from '../../../src-preload/contract/orders'
import { useFormat } from '../../base/format'
import { Amount } from '../../components/amount'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { authorizationWords } from './authorization-words'
import { type LogEntry, logOf } from './order-log'

/** Who moved the order when, every authorization of the customer, and agreed work that left the bill. */
export function LogTab({ order }: { order: Order }) {
  const format = useFormat()
  return (
    <ol className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
      {logOf(order).map((entry) => (
        <li key={keyOf(entry)} className="grid grid-cols-[11.5rem_minmax(0,1fr)] gap-3 px-4 py-2.5">
          <time dateTime={entry.at} className="text-muted">
            {format.dateTime(entry.at)}
          </time>
          <EntryLine entry={entry} />
        </li>
      ))}
    </ol>
  )
}

function keyOf(entry: LogEntry): string {
  if (entry.kind === 'authorization') return entry.authorization.id
  return `${entry.at} ${entry.kind === 'status' ? entry.event.to : entry.kind}`
}

function EntryLine({ entry }: { entry: LogEntry }) {
  switch (entry.kind) {
    case 'status':
      return <StatusLine event={entry.event} />
    case 'authorization':
      return <AuthorizationLine authorization={entry.authorization} />
    case 'taken-off':
      return <TakenOffLine takenOff={entry.takenOff} />
  }
}

const takenOffWords: Readonly<Record<TakenOff['way'], string>> = {
  declined: 'Declined after the customer had authorized it',
  removed: 'Removed after the customer had authorized it',
  order_declined: 'Whole repair declined after it was authorized',
}

function TakenOffLine({ takenOff }: { takenOff: TakenOff }) {
  const { way, work, amountCents, reason, byName, approvedByName } = takenOff
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-2">
        <CircleMinus size={16} className="text-warn" aria-hidden="true" />
        <span className="font-medium">
          {takenOffWords[way]}: <Amount cents={amountCents} />
        </span>
        <span className="text-muted">
          by {byName}
          {approvedByName && `, approved by ${approvedByName}`}
        </span>
      </p>
      <p className="mt-1">{work.join(', ')}</p>
      {reason && <p className="mt-1">“{reason}”</p>}
    </div>
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
      <AuthorizedJobs authorization={authorization} />
      {note && <p className="mt-1">“{note}”</p>}
    </div>
  )
}

/** What was said to each job, what the yes added, and whether the old parts are wanted back. */
function AuthorizedJobs({ authorization: { jobs, added, oldPartsWanted } }: { authorization: Authorization }) {
  const named = (jobs ?? []).filter(({ name }) => name !== '')
  return (
    <>
      {named.length > 0 && (
        <ul aria-label="Answers by job" className="mt-1 flex flex-wrap gap-x-4 text-muted">
          {named.map(({ name, totalCents, answer }) => (
            <li key={`${name} ${answer}`}>
              {answer === 'yes' ? 'Yes' : 'No'}: {name} <Amount cents={cents(totalCents)} bare />
            </li>
          ))}
        </ul>
      )}
      {added && added.length > 0 && (
        <p className="mt-1 text-muted">
          Added: {added.map(({ description, totalCents }) => `${description} ${formatDollars(cents(totalCents))}`).join(', ')}
        </p>
      )}
      {oldPartsWanted && <p className="mt-1">Wants the replaced parts back.</p>}
    </>
  )
}
