import type { DocumentSnapshot, PaymentMethod } from '../../src-preload/contract/invoices'
import { type Cents, cents, formatDollars, formatPercent, type Millionths, ZERO } from '../../src-preload/contract/money'
import { cityWords, momentWords } from '../pdf/document-words'
import { type ReceiptLine, ReceiptPaper } from './receipt-lines'

/** What is on a receipt: the invoice as it was frozen, and one payment on it. */
export interface Receipt {
  readonly document: Pick<
    DocumentSnapshot,
    | 'number'
    | 'orderNumber'
    | 'jobs'
    | 'subtotalCents'
    | 'discountCents'
    | 'taxCents'
    | 'taxRateMillionths'
    | 'totalCents'
    | 'footer'
    | 'customer'
    | 'vehicle'
  > & {
    readonly shop: Pick<
      DocumentSnapshot['shop'],
      'name' | 'address' | 'city' | 'state' | 'zip' | 'phone' | 'registrationNumber' | 'timezone'
    >
  }
  readonly isVoid: boolean
  readonly isCopy: boolean
  readonly payment: {
    readonly method: PaymentMethod
    readonly amountCents: Cents
    readonly tenderedCents: Cents | null
    readonly changeCents: Cents | null
    /** what rounding the cash gave the customer; below 0: took */
    readonly roundingCents: Cents
    readonly checkNumber: string
    readonly takenAt: string
    readonly takenByName: string
  }
  /** paid on the invoice before this payment */
  readonly paidBeforeCents: Cents
  /** still due after it */
  readonly balanceCents: Cents
}

const TENDERS: Readonly<Record<PaymentMethod, string>> = {
  cash: 'Cash',
  check: 'Check',
  credit_card: 'Credit card',
  debit_card: 'Debit card',
  ach: 'Bank transfer',
  financing: 'Financing',
  other: 'Other',
}
const MOST_LINES = 60

/**
 * The receipt for paper of so many columns. Of a card there is its kind and nothing else: at most its last digits might be there (15 U.S.C.
 * 1681c(g)), and what was written down about a payment taken elsewhere is not for the customer's pocket.
 */
export function writeReceipt(receipt: Receipt, columns: number): readonly ReceiptLine[] {
  const paper = new ReceiptPaper(columns)
  writeHead(paper, receipt)
  writeWork(paper, receipt)
  writeSums(paper, receipt)
  writeTender(paper, receipt)
  writeFoot(paper, receipt)
  return paper.lines
}

function writeHead(paper: ReceiptPaper, { document, isVoid, isCopy, payment }: Receipt): void {
  const { shop, customer, vehicle } = document
  paper.text(shop.name, { strong: true, large: true, align: 'center' })
  paper.text(shop.address, { align: 'center' })
  paper.text(cityWords(shop), { align: 'center' })
  paper.text(shop.phone, { align: 'center' })
  if (shop.registrationNumber !== '') paper.text(`Registration no. ${shop.registrationNumber}`, { align: 'center' })
  paper.gap()
  paper.text(isCopy ? '*** COPY ***' : 'RECEIPT', { strong: true, large: true, align: 'center' })
  if (isVoid) paper.text('THIS INVOICE IS VOID', { strong: true, align: 'center' })
  paper.gap()
  paper.pair(`Invoice ${document.number}`, document.orderNumber, { strong: true })
  paper.text(momentWords(payment.takenAt, shop.timezone))
  paper.text(customer.name)
  paper.text([vehicle.label, vehicle.plate].filter(Boolean).join(', '))
  if (payment.takenByName !== '') paper.text(`Served by ${payment.takenByName}`)
}

/** Lines short: what was done and its price; the bill itself says the rest. */
function writeWork(paper: ReceiptPaper, { document }: Receipt): void {
  paper.rule()
  let left = MOST_LINES
  for (const { name, lines } of document.jobs) {
    if (name !== '' && lines.length > 0 && left > 0) paper.text(name, { strong: true, maxLines: 2 })
    for (const line of lines.slice(0, left)) {
      const total = line.type === 'discount' ? -line.totalCents : line.totalCents
      paper.pair(line.description, dollars(total))
    }
    left = Math.max(0, left - lines.length)
  }
  const hidden = document.jobs.reduce((sum, { lines }) => sum + lines.length, 0) - MOST_LINES
  if (hidden > 0) paper.text(`and ${hidden} more lines on the invoice`)
}

function writeSums(paper: ReceiptPaper, { document }: Receipt): void {
  paper.rule()
  paper.pair('Subtotal', dollars(document.subtotalCents))
  if (document.discountCents !== 0) paper.pair('Discount', dollars(-document.discountCents))
  const exempt = document.customer.taxExempt ? ' (exempt)' : ` ${formatPercent(document.taxRateMillionths as Millionths)}`
  paper.pair(`Sales tax${exempt}`, dollars(document.taxCents))
  paper.pair('TOTAL', dollars(document.totalCents), { strong: true, large: true })
}

function writeTender(paper: ReceiptPaper, { payment, paidBeforeCents, balanceCents }: Receipt): void {
  paper.rule()
  if (paidBeforeCents > ZERO) paper.pair('Paid before', dollars(paidBeforeCents))
  const check = payment.method === 'check' && payment.checkNumber !== '' ? ` no. ${payment.checkNumber}` : ''
  paper.pair(`Paid: ${TENDERS[payment.method]}${check}`, dollars(payment.amountCents), { strong: true })
  if (payment.roundingCents !== ZERO) paper.pair('Cash rounding', dollars(-payment.roundingCents))
  if (payment.tenderedCents !== null) paper.pair('Cash received', dollars(payment.tenderedCents))
  if (payment.changeCents !== null && payment.tenderedCents !== null) paper.pair('Change', dollars(payment.changeCents), { strong: true })
  paper.pair('Balance due', dollars(balanceCents), { strong: balanceCents > ZERO })
}

function writeFoot(paper: ReceiptPaper, { document, isCopy }: Receipt): void {
  paper.gap()
  if (document.footer !== '') paper.text(document.footer, { align: 'center', maxLines: 8 })
  paper.text('Thank you!', { align: 'center', strong: true })
  paper.gap()
  paper.barcode(document.number)
  paper.text(document.number, { align: 'center' })
  if (isCopy) paper.text('*** COPY ***', { strong: true, align: 'center' })
}

function dollars(value: number): string {
  return formatDollars(cents(value))
}
