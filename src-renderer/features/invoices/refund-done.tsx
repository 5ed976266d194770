import { CircleCheck } from 'lucide-react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { formatDollars, subtractCents } from '../../../src-preload/contract/money'
import { methodNames } from '../../base/payment-words'

/** After it is booked: what to hand over, large, for as long as the clerk wants to see it. */
export function RefundDone({ invoice, refundIds, what }: { invoice: Invoice; refundIds: readonly string[]; what: string }) {
  const done = invoice.payments.flatMap(({ method, refunds }) =>
    refunds.filter(({ id }) => refundIds.includes(id)).map((refund) => ({ method, ...refund })),
  )
  return (
    <div role="status" className="flex min-h-64 flex-col items-center justify-center gap-6 text-center">
      <p className="flex items-center gap-2 text-lg">
        <CircleCheck size={20} className="text-good" aria-hidden="true" /> {what}
      </p>
      {done.map(({ id, method, amountCents, roundingCents, checkNumber, reference }) => (
        <div key={id} className="flex flex-col items-center gap-1">
          <p className="text-lg text-muted">
            {method === 'cash'
              ? 'Hand back in cash'
              : method === 'check'
                ? `Hand over check ${checkNumber}`
                : `Given back by ${methodNames[method].toLowerCase()}, ${reference}`}
          </p>
          <p className="text-4xl font-semibold tabular-nums">{formatDollars(subtractCents(amountCents, roundingCents))}</p>
          {roundingCents !== 0 && <p className="text-muted">rounded from {formatDollars(amountCents)}</p>}
        </div>
      ))}
      {done.length === 0 && <p className="text-lg">Nothing goes back: it is taken off what is due.</p>}
    </div>
  )
}
