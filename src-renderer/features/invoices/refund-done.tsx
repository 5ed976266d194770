import { CircleCheck } from 'lucide-react'
import type { Invoice, Payment, Refund } from '../../../src-preload/contract/invoices'
import { formatDollars } from '../../../src-preload/contract/money'
import { methodNames, tenderNames, tenderOf } from '../../base/payment-words'
import { HandedOver } from '../../components/handed-over'

interface RefundDoneProps {
  invoice: Invoice
  refundIds: readonly string[]
  what: string
  /** a part that was billed with nothing came back */
  isWorthNothing?: boolean
}

/** After it is booked: what to hand over, large, for as long as the clerk wants to see it. */
export function RefundDone({ invoice, refundIds, what, isWorthNothing = false }: RefundDoneProps) {
  const done = invoice.payments.flatMap((payment) =>
    payment.refunds.filter(({ id }) => refundIds.includes(id)).map((refund) => ({ payment, refund })),
  )
  return (
    <div role="status" className="flex min-h-64 flex-col items-center justify-center gap-6 text-center">
      <p className="flex items-center gap-2 text-lg">
        <CircleCheck size={20} className="text-good" aria-hidden="true" /> {what}
      </p>
      {done.map((one, at) => (
        <GivenBack key={one.refund.id} {...one} keys={String(at + 1)} />
      ))}
      {done.some(({ refund }) => refund.toCredit) && (
        <p className="text-muted">{formatDollars(invoice.accountCreditCents)} is on account now</p>
      )}
      {done.length === 0 && (
        <p className="text-lg">
          {isWorthNothing
            ? 'No money goes back. The part counts as on the shelf again.'
            : 'Nothing goes back: it is taken off what is due.'}
        </p>
      )}
    </div>
  )
}

function GivenBack({ payment, refund, keys }: { payment: Payment; refund: Refund; keys: string }) {
  const { method } = payment
  const { amountCents, roundingCents, checkNumber, reference, toCredit } = refund
  const words = toCredit
    ? 'Kept as account credit'
    : method === 'cash'
      ? 'Hand back in cash'
      : method === 'check'
        ? `Hand over check ${checkNumber}`
        : `Given back by ${methodNames[method].toLowerCase()}, ${reference}`
  const about = { paymentId: payment.id, refundId: refund.id }
  const name = tenderNames[tenderOf(payment)]
  return <HandedOver words={words} amountCents={amountCents} roundingCents={roundingCents} about={about} keys={keys} name={name} />
}
