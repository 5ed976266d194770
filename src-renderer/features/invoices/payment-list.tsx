import { Landmark, ReceiptText, Undo2 } from 'lucide-react'
import type { CheckReturn, Payment, Refund } from '../../../src-preload/contract/invoices'
import { type Cents, formatDollars, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { type Format, useFormat } from '../../base/format'
import { useKey } from '../../base/keys'
import { tenderNames, tenderOf } from '../../base/payment-words'
import { useHasReceiptPrinter } from '../../base/receipts'
import { useGrant } from '../../base/session'
import { Amount } from '../../components/amount'
import { type Column, DataTable } from '../../components/data-table'
import { IconButton } from '../../components/icon-button'
import { printReceipt } from '../../components/print-receipt'
import type { CheckOf } from './check-return-dialog'

const stateWords: Readonly<Record<Payment['status'], string>> = {
  pending: 'not confirmed yet',
  completed: '',
  failed: 'failed, nothing booked',
  refunded: 'refunded',
}

/** Money that came or went: a payment, what was given back of one, or a check that the bank returned. */
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
  /** a check that may come back, or whose return may be taken back */
  readonly check: CheckOf | null
}

/** The return that is in force: one at a time. */
function openReturn({ returns }: Payment): CheckReturn | undefined {
  return returns.findLast(({ id, undoesId }) => undoesId === null && !returns.some((other) => other.undoesId === id))
}

function entryOf(payment: Payment): Entry {
  const { id, status, isFromCredit, keptAsCreditCents, checkNumber, roundingCents, note, tenderedCents, changeCents, amountCents } = payment
  const kept = keptAsCreditCents > 0 && `${formatDollars(keptAsCreditCents)} more kept as account credit`
  const reference = !isFromCredit && payment.reference
  const isBooked = status === 'completed' || status === 'refunded'
  const isReturned = openReturn(payment) !== undefined
  const rounding = roundingCents !== 0 && `rounding ${formatDollars(subtractCents(ZERO, roundingCents))}`
  return {
    id,
    paymentId: id,
    at: payment.takenAt,
    how: tenderNames[tenderOf(payment)],
    detail: [checkNumber && `check ${checkNumber}`, isReturned && 'returned', kept, rounding, reference, note, stateWords[status]]
      .filter(Boolean)
      .join(' · '),
    byName: payment.takenByName,
    amountCents,
    tenderedCents,
    changeCents,
    hasReceipt: isBooked,
    check: isBooked && payment.method === 'check' && !isReturned ? { payment, undoes: null } : null,
  }
}

function entryOfReturn(payment: Payment, one: CheckReturn, format: Format): Entry {
  const { id, undoesId, amountCents, uncoveredCents, reason, returnedOn, approvedByName } = one
  const isReturn = undoesId === null
  const more =
    isReturn &&
    uncoveredCents > 0 &&
    `${formatDollars(uncoveredCents)} that was kept as account credit is used already: bill it on a new order`
  const approver = approvedByName && `approved by ${approvedByName}`
  return {
    id,
    paymentId: payment.id,
    at: one.recordedAt,
    how: isReturn ? 'Check returned by the bank' : 'Check was not returned',
    detail: [isReturn && `on ${format.day(returnedOn)}`, reason, more, approver].filter(Boolean).join(' · '),
    byName: one.recordedByName,
    amountCents: subtractCents(ZERO, amountCents),
    tenderedCents: null,
    changeCents: null,
    hasReceipt: false,
    check: isReturn && openReturn(payment)?.id === id ? { payment, undoes: one } : null,
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
    check: null,
  }
}

const wordsOf = ({ how, amountCents, at }: Entry, format: Format): string =>
  `Print the receipt of ${how}, ${formatDollars(amountCents)}, ${format.dateTime(at)}`

const receiptOf = ({ paymentId, refundId }: Entry) => ({ paymentId, ...(refundId === undefined ? {} : { refundId }) })

const checkWords = ({ payment: { checkNumber }, undoes }: CheckOf): string =>
  undoes ? `Check ${checkNumber} was not returned` : `Check ${checkNumber} was returned by the bank`

interface Choices {
  hasPrinter: boolean
  /** null for those who may not */
  onCheck: ((of: CheckOf) => void) | null
}

const columns = (format: Format, { hasPrinter, onCheck }: Choices): Column<Entry>[] => [
  { key: 'when', header: 'When', cell: ({ at }) => <span className="lg:whitespace-nowrap">{format.dateTime(at)}</span> },
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
  {
    key: 'more',
    header: <span className="sr-only">More</span>,
    align: 'right',
    cell: (entry) => (
      <span className="-my-1 flex justify-end">
        {entry.check && onCheck && (
          <IconButton
            icon={entry.check.undoes ? <Undo2 size={16} aria-hidden="true" /> : <Landmark size={16} aria-hidden="true" />}
            label={`${checkWords(entry.check)}…`}
            onClick={() => entry.check && onCheck(entry.check)}
          />
        )}
        {entry.hasReceipt && hasPrinter && (
          <IconButton
            icon={<ReceiptText size={16} aria-hidden="true" />}
            label={wordsOf(entry, format)}
            onClick={() => printReceipt(receiptOf(entry))}
          />
        )}
      </span>
    ),
  },
]

/** Every payment of an invoice and what went back of it: when, how, by whom; each prints its receipt again. */
export function PaymentList({ payments, onCheck }: { payments: readonly Payment[]; onCheck: (of: CheckOf) => void }) {
  const format = useFormat()
  const hasPrinter = useHasReceiptPrinter()
  const mayReturn = useGrant('payments.return_check') !== 'no'
  const entries = payments.flatMap((payment) => [
    entryOf(payment),
    ...payment.refunds.map((refund) => entryOfRefund(payment, refund)),
    ...payment.returns.map((one) => entryOfReturn(payment, one, format)),
  ])
  return (
    <>
      <DataTable
        label="Payments"
        columns={columns(format, { hasPrinter, onCheck: mayReturn ? onCheck : null })}
        rows={entries}
        rowKey={({ id }) => id}
      />
      {entries.map((entry) => entry.hasReceipt && <ReceiptCommand key={entry.id} entry={entry} hasPrinter={hasPrinter} />)}
      {mayReturn && entries.map(({ id, check }) => check && <CheckCommand key={id} of={check} onCheck={onCheck} />)}
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

function CheckCommand({ of, onCheck }: { of: CheckOf; onCheck: (of: CheckOf) => void }) {
  useKey({ keys: '', title: checkWords(of), run: () => onCheck(of), place: 'last' })
  return null
}
