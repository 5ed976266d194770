import type { DocumentSnapshot, PaymentMethod } from '../../src-preload/contract/invoices'
import { type Cents, cents, formatDollars, formatPercent, type Millionths, subtractCents, ZERO } from '../../src-preload/contract/money'
import { cityWords, momentWords } from '../pdf/document-words'
import { type ReceiptLine, ReceiptPaper } from './receipt-lines'

/** What is on a receipt: the invoice as it was frozen, and one payment on it, or what was given back of that payment. */
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
    readonly isFromCredit: boolean
    readonly keptAsCreditCents: Cents
    readonly checkNumber: string
    readonly takenAt: string
    readonly takenByName: string
  }
  /** null: it is the receipt of the payment itself */
  readonly refund: {
    readonly amountCents: Cents
    /** what rounding the cash kept (below 0: gave on top) */
    readonly roundingCents: Cents
    readonly taxCents: Cents
    readonly toCredit: boolean
    readonly reason: string
    readonly checkNumber: string
    /** empty: the invoice was voided with it */
    readonly creditNumber: string
    readonly refundedAt: string
    readonly refundedByName: string
  } | null
  /** paid on the invoice before this payment */
  readonly paidBeforeCents: Cents
  /** still due after it */
  readonly balanceCents: Cents
  /** what the customer has on account after it; null: it did not touch the account */
  readonly accountCreditCents: Cents | null
}

const TENDERS: Readonly<Record<PaymentMethod | 'credit', string>> = {
  cash: 'Cash',
  check: 'Check',
  credit_card: 'Credit card',
  debit_card: 'Debit card',
  ach: 'Bank transfer',
  financing: 'Financing',
  other: 'Other',
  credit: 'Account credit',
}
const MOST_LINES = 60
const SIGNING_LINES = 3

/**
 * The receipt for paper of so many columns. Of a card there is its kind and nothing else: at most its last digits might be there (15 U.S.C.
 * 1681c(g)), and what was written down about a payment taken elsewhere is not for the customer's pocket.
 */
export function writeReceipt(receipt: Receipt, columns: number): readonly ReceiptLine[] {
  const paper = new ReceiptPaper(columns)
  writeHead(paper, receipt)
  if (receipt.refund) writeRefund(paper, receipt, receipt.refund)
  else {
    writeWork(paper, receipt)
    writeSums(paper, receipt)
    writeTender(paper, receipt)
  }
  writeFoot(paper, receipt)
  return paper.lines
}

/** Whose receipt it is. */
export function writeShop(paper: ReceiptPaper, shop: Receipt['document']['shop']): void {
  paper.text(shop.name, { strong: true, large: true, align: 'center' })
  paper.text(shop.address, { align: 'center' })
  paper.text(cityWords(shop), { align: 'center' })
  paper.text(shop.phone, { align: 'center' })
  if (shop.registrationNumber !== '') paper.text(`Registration no. ${shop.registrationNumber}`, { align: 'center' })
  paper.gap()
}

/** Who takes money signs for it on the shop's copy. */
export function writeSigning(paper: ReceiptPaper): void {
  for (let line = 0; line < SIGNING_LINES; line += 1) paper.gap()
  paper.rule()
  paper.text('Received by')
}

function writeHead(paper: ReceiptPaper, { document, isVoid, isCopy, payment, refund }: Receipt): void {
  const { shop, customer, vehicle } = document
  const [at, byName] = refund ? [refund.refundedAt, refund.refundedByName] : [payment.takenAt, payment.takenByName]
  writeShop(paper, shop)
  if (refund) paper.text('REFUND', { strong: true, large: true, align: 'center' })
  if (isCopy || !refund) paper.text(isCopy ? '*** COPY ***' : 'RECEIPT', { strong: true, large: true, align: 'center' })
  if (isVoid) paper.text('THIS INVOICE IS VOID', { strong: true, align: 'center' })
  paper.gap()
  paper.pair(`Invoice ${document.number}`, document.orderNumber, { strong: true })
  paper.text(momentWords(at, shop.timezone))
  paper.text(customer.name)
  paper.text([vehicle.label, vehicle.plate].filter(Boolean).join(', '))
  if (byName !== '') paper.text(`Served by ${byName}`)
}

/** What went back, to what it had come from, and why; who takes cash or a check signs for it on the shop's copy. */
function writeRefund(paper: ReceiptPaper, receipt: Receipt, refund: NonNullable<Receipt['refund']>): void {
  const { isVoid, payment, balanceCents } = receipt
  const { amountCents, roundingCents, taxCents, reason, checkNumber, creditNumber, toCredit } = refund
  const method = toCredit ? 'credit' : payment.method
  paper.rule()
  if (creditNumber !== '') paper.text(`Credit note ${creditNumber}`, { strong: true })
  paper.text(`Reason: ${reason}`)
  paper.rule()
  paper.pair(`Refund: ${tenderWords(method, checkNumber)}`, dollars(amountCents), { strong: true })
  if (taxCents !== ZERO) paper.pair('Sales tax in it', dollars(taxCents))
  if (roundingCents !== ZERO) paper.pair('Cash rounding', dollars(-roundingCents))
  if (method === 'cash') paper.pair('Handed back', formatDollars(subtractCents(amountCents, roundingCents)), { strong: true, large: true })
  if (!isVoid) paper.pair('Balance due', dollars(balanceCents), { strong: balanceCents > ZERO })
  writeAccount(paper, receipt)
  if (method === 'cash' || method === 'check') writeSigning(paper)
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

function writeTender(paper: ReceiptPaper, receipt: Receipt): void {
  const { payment, paidBeforeCents, balanceCents } = receipt
  paper.rule()
  if (paidBeforeCents > ZERO) paper.pair('Paid before', dollars(paidBeforeCents))
  const words = tenderWords(payment.isFromCredit ? 'credit' : payment.method, payment.checkNumber)
  paper.pair(`Paid: ${words}`, dollars(payment.amountCents), { strong: true })
  if (payment.roundingCents !== ZERO) paper.pair('Cash rounding', dollars(-payment.roundingCents))
  if (payment.tenderedCents !== null) paper.pair('Cash received', dollars(payment.tenderedCents))
  if (payment.changeCents !== null && payment.tenderedCents !== null) paper.pair('Change', dollars(payment.changeCents), { strong: true })
  if (payment.keptAsCreditCents !== ZERO) paper.pair('More, kept as account credit', dollars(payment.keptAsCreditCents))
  paper.pair('Balance due', dollars(balanceCents), { strong: balanceCents > ZERO })
  writeAccount(paper, receipt)
}

/** So that nobody spends a customer's credit without their seeing it. */
function writeAccount(paper: ReceiptPaper, { accountCreditCents }: Receipt): void {
  if (accountCreditCents !== null) paper.pair('Account credit now', dollars(accountCreditCents), { strong: true })
}

export function tenderWords(method: keyof typeof TENDERS, checkNumber: string): string {
  return `${TENDERS[method]}${method === 'check' && checkNumber !== '' ? ` no. ${checkNumber}` : ''}`
}

function writeFoot(paper: ReceiptPaper, { document, isCopy, refund }: Receipt): void {
  paper.gap()
  if (!refund && document.footer !== '') paper.text(document.footer, { align: 'center', maxLines: 8 })
  else if (!refund) paper.text('Thank you!', { align: 'center', strong: true })
  paper.gap()
  paper.barcode(document.number)
  paper.text(document.number, { align: 'center' })
  if (isCopy) paper.text('*** COPY ***', { strong: true, align: 'center' })
}

export function dollars(value: number): string {
  return formatDollars(cents(value))
}
