import { ReceiptText } from 'lucide-react'
import type { Payment, Refund } from '../../../src-preload/contract/invoices'
import { type Cents, formatDollars, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { type Format, useFormat } from '../../base/format'
import { useKey } from '../../base/keys'
import { tenderNames, tenderOf } from '../../base/payment-words'
import { useHasReceiptPrinter } from '../../base/receipts'
import { Amount } from '../../components/amount'
import { type Column, DataTable } from '../../components/data-table'
import { IconButton } from '../../components/icon-button'
import { printReceipt } from '../../components/print-receipt'

const stateWords: Readonly<Record<Payment['status'], string>> = {
  pending: 'not confirmed yet',
  completed: '',
  failed: 'failed, nothing booked',
  refunded: 'refunded',
}

/** Money that came or went: a payment, or what was given back of one. */
interface Entry {
  readonly id: string
  readonly paymentId: string
  readonly refundId?: string
  readonly at: string
  readonly how: string
  readonly detail: string
  readonly byName: string
  readonly amountCents: Cents
  readonly tenderedCents: Cents | null
  readonly changeCents: Cents | null
  /** nothing was booked of it */
  readonly hasReceipt: boolean
}

function entryOf(payment: Payment): Entry {
  const { id, status, isFromCredit, keptAsCreditCents, checkNumber, roundingCents, note, tenderedCents, changeCents, amountCents } = payment
  const kept = keptAsCreditCents > 0 && `${formatDollars(keptAsCreditCents)} more kept as account credit`
  const reference = !isFromCredit && payment.reference
  const rounding = roundingCents !== 0 && `rounding ${formatDollars(subtractCents(ZERO, roundingCents))}`
  return {
    id,
    paymentId: id,
    at: payment.takenAt,
    how: tenderNames[tenderOf(payment)],
    detail: [checkNumber && `check ${checkNumber}`, kept, rounding, reference, note, stateWords[status]].filter(Boolean).join(' · '),
    byName: payment.takenByName,
    amountCents,
    tenderedCents,
    changeCents,
    hasReceipt: status === 'completed' || status === 'refunded',
  }
}

function entryOfRefund(payment: Payment, refund: Refund): Entry {
  const { id, checkNumber, roundingCents, reference, reason, approvedByName } = refund
  const rounding = roundingCents !== 0 && `rounding ${formatDollars(roundingCents)}`
  const approver = approvedByName && `approved by ${approvedByName}`
  return {
    id,
    paymentId: payment.id,
    refundId: id,
    at: refund.refundedAt,
    how: `Refund: ${tenderNames[refund.toCredit ? 'account_credit' : payment.method]}`,
    detail: [checkNumber && `check ${checkNumber}`, reference, rounding, reason, approver].filter(Boolean).join(' · '),
    byName: refund.refundedByName,
    amountCents: subtractCents(ZERO, refund.amountCents),
    tenderedCents: null,
    changeCents: null,
    hasReceipt: true,
  }
}

const wordsOf = ({ how, amountCents, at }: Entry, format: Format): string =>
  `Print the receipt of ${how}, ${formatDollars(amountCents)}, ${format.dateTime(at)}`

const receiptOf = ({ paymentId, refundId }: Entry) => ({ paymentId, ...(refundId === undefined ? {} : { refundId }) })

const columns = (format: Format, hasPrinter: boolean): Column<Entry>[] => [
  { key: 'when', header: 'When', cell: ({ at }) => <span className="whitespace-nowrap">{format.dateTime(at)}</span> },
  {
    key: 'how',
    header: 'How',
    cell: ({ how, detail }) => (
      <>
        <span className="block font-medium">{how}</span>
        <span className="block text-sm text-muted">{detail}</span>
      </>
    ),
  },
  { key: 'by', header: 'By', cell: ({ byName }) => byName },
  {
    key: 'received',
    header: 'Received',
    align: 'right',
    cell: ({ tenderedCents }) => tenderedCents !== null && <Amount cents={tenderedCents} bare />,
  },
  {
    key: 'change',
    header: 'Change',
    align: 'right',
    cell: ({ changeCents }) => changeCents !== null && <Amount cents={changeCents} bare zero="–" />,
  },
  {
    key: 'amount',
    header: 'Amount',
    align: 'right',
    cell: ({ amountCents }) => <Amount cents={amountCents} bare className="font-semibold" />,
  },
  ...(hasPrinter
    ? [
        {
          key: 'receipt',
          header: <span className="sr-only">Receipt</span>,
          align: 'right' as const,
          cell: (entry: Entry) =>
            entry.hasReceipt && (
              <IconButton
                className="-my-1"
                icon={<ReceiptText size={16} aria-hidden="true" />}
                label={wordsOf(entry, format)}
                onClick={() => printReceipt(receiptOf(entry))}
              />
            ),
        },
      ]
    : []),
]

/** Every payment of an invoice and what went back of it: when, how, by whom; each prints its receipt again. */
export function PaymentList({ payments }: { payments: readonly Payment[] }) {
  const format = useFormat()
  const hasPrinter = useHasReceiptPrinter()
  const entries = payments.flatMap((payment) => [entryOf(payment), ...payment.refunds.map((refund) => entryOfRefund(payment, refund))])
  return (
    <>
      <DataTable label="Payments" columns={columns(format, hasPrinter)} rows={entries} rowKey={({ id }) => id} />
      {entries.map((entry) => entry.hasReceipt && <ReceiptCommand key={entry.id} entry={entry} hasPrinter={hasPrinter} />)}
    </>
  )
}

/** The same in the palette; without a printer it says why not. */
function ReceiptCommand({ entry, hasPrinter }: { entry: Entry; hasPrinter: boolean }) {
  const format = useFormat()
  const whyNot = hasPrinter ? {} : { whyNot: 'No receipt printer is chosen for this station: Settings, Printers.' }
  useKey({ keys: '', title: wordsOf(entry, format), run: () => printReceipt(receiptOf(entry)), ...whyNot })
  return null
}
