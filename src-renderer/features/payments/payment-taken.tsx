import { CircleCheck } from 'lucide-react'
import { addCents, formatDollars, subtractCents } from '../../../src-preload/contract/money'
import { tenderNames, tenderOf } from '../../base/payment-words'
import type { Receipts } from '../../base/receipts'
import { Amount } from '../../components/amount'
import { ReceiptState } from '../../components/receipt-state'
import type { Taken } from './payments-api'

/** After the payment: what goes back over the counter, large, for as long as the clerk wants to see it. */
export function PaymentTaken({ taken: { payment, invoice }, receipts }: { taken: Taken; receipts: Receipts }) {
  const { changeCents, tenderedCents } = payment
  return (
    <div role="status" className="flex flex-col items-center [@media(min-height:40rem)]:min-h-96 justify-center gap-6 text-center">
      <p className="flex items-center gap-2 text-lg">
        <CircleCheck size={20} className="text-good" aria-hidden="true" />
        <span>
          {tenderNames[tenderOf(payment)]}{' '}
          {formatDollars(addCents(subtractCents(payment.amountCents, payment.roundingCents), payment.keptAsCreditCents))}{' '}
          {payment.isFromCredit ? 'used' : 'taken'}
          {payment.keptAsCreditCents > 0 && `, ${formatDollars(payment.keptAsCreditCents)} of it kept as account credit`}
          {payment.roundingCents !== 0 && `, rounded from ${formatDollars(payment.amountCents)}`}
        </span>
      </p>
      {payment.method === 'cash' && (
        <div className="flex flex-col items-center gap-1">
          <p className="text-lg text-muted">Change</p>
          <p className="text-4xl font-semibold">{changeCents ? <Amount cents={changeCents} /> : 'No change'}</p>
          {tenderedCents !== null && <p className="text-muted">from {formatDollars(tenderedCents)} received</p>}
        </div>
      )}
      <p className={invoice.dueCents > 0 ? 'rounded-md bg-warn-soft px-3 py-1 font-medium text-warn' : 'text-muted'}>
        {invoice.dueCents > 0 ? `${formatDollars(invoice.dueCents)} is still due` : `Invoice ${invoice.number} is paid`}
      </p>
      {(payment.isFromCredit || payment.keptAsCreditCents > 0) && (
        <p className="text-muted">{formatDollars(invoice.accountCreditCents)} is on account now</p>
      )}
      {invoice.dueCents <= 0 && <HandOver reminders={invoice.reminders ?? []} />}
      <ReceiptState receipts={receipts} />
    </div>
  )
}

/** Before the car goes: what the customer is to be given or told. */
function HandOver({ reminders }: { reminders: readonly string[] }) {
  if (reminders.length === 0) return null
  return (
    <ul aria-label="When the car is handed over" className="flex w-full flex-col gap-1 rounded-md bg-accent-soft px-3 py-2 text-left">
      {reminders.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}
