import { useQuery } from '@tanstack/react-query'
import { Phone } from 'lucide-react'
import type { ChangeOrder } from '../../../src-preload/contract/invoices'
import { namesOnlyShown } from '../../../src-preload/contract/line-terms'
import { type Cents, cents, formatDollars } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { useSession } from '../../base/session'
import { askedJobs, besideJobs } from './answered-jobs'
import { changesQuery } from './orders-api'

interface CallScriptProps {
  order: Order
  refused: ReadonlyMap<string, string>
  totalCents: Cents
  /** as it was typed */
  number: string
}

/** What is read to the customer on the phone: what is new with its price, the revised total, and the question (16 CCR 3354). */
export function CallScript({ order, refused, totalCents, number }: CallScriptProps) {
  const { shop } = useSession()
  const last = order.authorizations.at(-1)
  const { data: changes } = useQuery(changesQuery(order.id, last?.estimateVersion ?? 0))
  const items = last
    ? changedItems(changes)
    : [...askedJobs(order).filter(({ jobId }) => !refused.has(jobId)), ...besideJobs(order, new Set(refused.keys()))].map(jobItem)
  const shown = namesOnlyShown(order.lines.filter(({ jobId }) => jobId === null || !refused.has(jobId)))
  const digits = number.replace(/[^\d+]/g, '')
  return (
    <section aria-label="What to say" className="rounded-md border border-line px-4 py-3">
      {digits !== '' && (
        <a href={`tel:${digits}`} className="mb-2 inline-flex items-center gap-2 font-medium text-accent-ink hover:underline">
          <Phone size={14} aria-hidden="true" /> Dial {number}
        </a>
      )}
      <p>
        “This is {shop?.name ?? 'the shop'} about your {order.vehicle.label}.{' '}
        {last ? `You agreed to ${formatDollars(last.authorizedCents)}. Since then this has changed:` : 'We recommend:'}
      </p>
      {items.length > 0 && (
        <ul className="my-1 list-disc pl-6">
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
      <p>
        The {last ? 'revised ' : ''}total with tax is <strong>{formatDollars(totalCents)}</strong>. Do you authorize it? Please tell me your
        name for the record. Do you want the replaced parts back?
        {shown && ` Some we can only show you, because they go back to their maker: ${shown}.`}”
      </p>
    </section>
  )
}

function jobItem({ name, totalCents }: { name: string; totalCents: Cents }): string {
  return `${name}, ${formatDollars(totalCents)}`
}

function changedItems(changes: ChangeOrder | undefined): string[] {
  return (changes?.lines ?? []).map(({ kind, description, wasCents, nowCents }) => {
    const [was, now] = [formatDollars(cents(wasCents ?? 0)), formatDollars(cents(nowCents ?? 0))]
    if (kind === 'added') return `new: ${description}, ${now}`
    if (kind === 'removed') return `no longer: ${description}, ${was}`
    return `${description}: ${was === now ? now : `${was}, now ${now}`}`
  })
}
