import type { CreditOf, DocumentSnapshot } from '../../../src-preload/contract/invoices'
import {
  addCents,
  addHundredths,
  type Cents,
  cents,
  proportionOf,
  smallerCents,
  subtractCents,
  ZERO,
} from '../../../src-preload/contract/money'
import { AppError } from '../../base/app-error'

type BilledLine = DocumentSnapshot['jobs'][number]['lines'][number]

/** An issued invoice, and what was credited of it so far. */
export interface CreditableInvoice {
  readonly totalCents: Cents
  readonly taxCents: Cents
  readonly discountCents: Cents
  /** every line of the frozen document, in its order */
  readonly lines: readonly BilledLine[]
  readonly credited: {
    readonly totalCents: Cents
    readonly taxCents: Cents
    readonly lines: readonly { lineNo: number; quantityHundredths: number; amountCents: Cents }[]
  }
}

export interface CreditedLine {
  readonly lineNo: number
  readonly quantityHundredths: number
  readonly amountCents: Cents
}

export interface CreditAmounts {
  readonly subtotalCents: Cents
  readonly discountCents: Cents
  readonly taxCents: Cents
  readonly totalCents: Cents
  readonly lines: readonly CreditedLine[]
}

/**
 * What a credit comes to. Tax and discount come back in proportion, reckoned on all that was returned so far and less what is back already,
 * so that the last credit takes what is left: all credits of an invoice together are the invoice, to the cent, tax and rest apart. A part that
 * goes back on the shelf is credited also where it is worth nothing.
 * @throws CREDIT_ABOVE_INVOICE
 */
export function creditAmounts(invoice: CreditableInvoice, credit: CreditOf): CreditAmounts {
  const { totalCents, taxCents, credited } = invoice
  const left = subtractCents(totalCents, credited.totalCents)
  const taxLeft = subtractCents(taxCents, credited.taxCents)
  const netLeft = subtractCents(left, taxLeft)
  const amounts =
    credit.kind === 'amount' ? ofAmount(invoice, credit.amountCents, taxLeft, netLeft) : ofLines(invoice, credit, taxLeft, netLeft)
  if (amounts.totalCents < 0 || amounts.totalCents > left) throw new AppError('CREDIT_ABOVE_INVOICE', { dueCents: left })
  if (amounts.totalCents === 0 && !goesToShelf(credit)) throw new AppError('CREDIT_ABOVE_INVOICE', { dueCents: left, message: NOTHING })
  return amounts
}

const NOTHING = 'This comes to $0.00: there is nothing to credit. Only a part that goes back on the shelf is credited with nothing.'

function goesToShelf(credit: CreditOf): boolean {
  return credit.kind === 'return' && credit.lines.some(({ restock }) => restock)
}

/** An allowance: the tax in it is in proportion to the bill's, as far as there is tax and net left. */
function ofAmount({ totalCents, taxCents }: CreditableInvoice, amount: Cents, taxLeft: Cents, netLeft: Cents): CreditAmounts {
  const least = amount > netLeft ? subtractCents(amount, netLeft) : ZERO
  const share = smallerCents(proportionOf(taxCents, amount, totalCents), smallerCents(taxLeft, amount))
  const tax = share < least ? least : share
  return { subtotalCents: subtractCents(amount, tax), discountCents: ZERO, taxCents: tax, totalCents: amount, lines: [] }
}

function ofLines(invoice: CreditableInvoice, credit: Extract<CreditOf, { kind: 'return' }>, taxLeft: Cents, netLeft: Cents): CreditAmounts {
  const lines = creditedLines(invoice, credit.lines)
  const before = invoice.credited.lines
  const all = sumWhere(invoice, () => true)
  const taxable = sumWhere(invoice, (line) => line.taxable)
  const growth = (part: Cents, whole: Cents, isPart: (line: BilledLine) => boolean): Cents => {
    const earlier = partOf(invoice, before, isPart)
    const now = addCents(earlier, partOf(invoice, lines, isPart))
    return subtractCents(proportionOf(part, now, whole), proportionOf(part, earlier, whole))
  }
  const subtotal = addCents(...lines.map(({ amountCents }) => amountCents))
  const net = smallerCents(
    subtractCents(
      subtotal,
      growth(invoice.discountCents, all, () => true),
    ),
    netLeft,
  )
  const tax = smallerCents(
    growth(invoice.taxCents, taxable, (line) => line.taxable),
    taxLeft,
  )
  return {
    subtotalCents: subtotal,
    discountCents: subtractCents(subtotal, net),
    taxCents: tax,
    totalCents: addCents(net, tax),
    lines,
  }
}

/** A line's last pieces are worth what is left of it. */
function creditedLines(
  { lines, credited }: CreditableInvoice,
  wanted: readonly { lineNo: number; quantityHundredths: number }[],
): CreditedLine[] {
  if (new Set(wanted.map(({ lineNo }) => lineNo)).size < wanted.length) throw new AppError('INVALID_INPUT')
  return wanted.map(({ lineNo, quantityHundredths }) => {
    const line = lines[lineNo]
    if (!line || line.type === 'discount') throw new AppError('NOT_FOUND')
    const earlier = credited.lines.filter((one) => one.lineNo === lineNo)
    const pieces = addHundredths(quantityHundredths, ...earlier.map((one) => one.quantityHundredths))
    if (pieces > line.quantityHundredths) throw new AppError('CREDIT_ABOVE_INVOICE')
    const worth = proportionOf(cents(line.totalCents), pieces, line.quantityHundredths)
    return { lineNo, quantityHundredths, amountCents: subtractCents(worth, addCents(...earlier.map((one) => one.amountCents))) }
  })
}

function sumWhere({ lines }: CreditableInvoice, isPart: (line: BilledLine) => boolean): Cents {
  return addCents(...lines.filter((line) => line.type !== 'discount' && isPart(line)).map((line) => cents(line.totalCents)))
}

function partOf({ lines }: CreditableInvoice, credited: readonly CreditedLine[], isPart: (line: BilledLine) => boolean): Cents {
  const counted = credited.filter(({ lineNo }) => {
    const line = lines[lineNo]
    return line !== undefined && isPart(line)
  })
  return addCents(...counted.map(({ amountCents }) => amountCents))
}
