import type { Payment, Refund } from '../../../src-preload/contract/invoices'
import { formatDollars, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { type Format, useFormat } from '../../base/format'
import { methodNames } from '../../base/payment-words'
import { Amount } from '../../components/amount'
import { type Column, DataTable } from '../../components/data-table'

const stateWords: Readonly<Record<Payment['status'], string>> = {
  pending: 'not confirmed yet',
  completed: '',
  failed: 'failed, nothing booked',
  refunded: 'refunded',
}

function detailOf(payment: Payment): string {
  const check = payment.checkNumber && `check ${payment.checkNumber}`
  const rounding = payment.roundingCents !== 0 && `rounding ${formatDollars(subtractCents(ZERO, payment.roundingCents))}`
  return [check, rounding, payment.reference, payment.note, stateWords[payment.status]].filter(Boolean).join(' · ')
}

function refundWords(refund: Refund, format: Format): string {
  const check = refund.checkNumber && `check ${refund.checkNumber}`
  const rounding = refund.roundingCents !== 0 && `rounding ${formatDollars(refund.roundingCents)}`
  const approver = refund.approvedByName && `approved by ${refund.approvedByName}`
  const by = `by ${refund.refundedByName}`
  return [`Refunded ${format.dateTime(refund.refundedAt)}`, by, check, refund.reference, rounding, refund.reason, approver]
    .filter(Boolean)
    .join(' · ')
}

const columns = (format: Format): Column<Payment>[] => [
  { key: 'when', header: 'When', cell: (payment) => <span className="whitespace-nowrap">{format.dateTime(payment.takenAt)}</span> },
  {
    key: 'how',
    header: 'How',
    cell: (payment) => (
      <>
        <span className="block font-medium">{methodNames[payment.method]}</span>
        <span className="block text-sm text-muted">{detailOf(payment)}</span>
        {payment.refunds.map((refund) => (
          <span key={refund.id} className="block text-sm">
            {refundWords(refund, format)}
          </span>
        ))}
      </>
    ),
  },
  { key: 'by', header: 'Taken by', cell: (payment) => payment.takenByName },
  {
    key: 'received',
    header: 'Received',
    align: 'right',
    cell: (payment) => payment.tenderedCents !== null && <Amount cents={payment.tenderedCents} bare />,
  },
  {
    key: 'change',
    header: 'Change',
    align: 'right',
    cell: (payment) => payment.changeCents !== null && <Amount cents={payment.changeCents} bare zero="–" />,
  },
  {
    key: 'amount',
    header: 'Amount',
    align: 'right',
    cell: (payment) => (
      <>
        <Amount cents={payment.amountCents} bare className="font-semibold" />
        {payment.refunds.map((refund) => (
          <Amount key={refund.id} cents={subtractCents(ZERO, refund.amountCents)} bare className="block text-sm" />
        ))}
      </>
    ),
  },
]

/** Every payment of an invoice: when, how, by whom, and for cash what was received and given back. */
export function PaymentList({ payments }: { payments: readonly Payment[] }) {
  const format = useFormat()
  return <DataTable label="Payments" columns={columns(format)} rows={payments} rowKey={(payment) => payment.id} />
}
