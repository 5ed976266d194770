import { least, most, shareIn, sum } from './exact'
import { amountOf, type BilledLine, type BillTotals } from './oracle-bill'

export type Tender = 'cash' | 'check' | 'credit_card' | 'debit_card' | 'ach' | 'financing' | 'other'

export interface OracleRefund {
  readonly payment: OraclePayment
  readonly amount: bigint
  readonly rounding: bigint
  readonly tax: bigint
}

export interface OraclePayment {
  readonly id: string
  readonly method: Tender
  readonly amount: bigint
  /** what rounding gave the customer */
  readonly rounding: bigint
  readonly tendered: bigint | null
  readonly refunds: OracleRefund[]
}

export interface OracleCredit {
  readonly subtotal: bigint
  readonly discount: bigint
  readonly tax: bigint
  readonly total: bigint
  /** what came back of which line, and what it is worth */
  readonly lines: readonly { readonly line: BilledLine; readonly hundredths: bigint; readonly amount: bigint }[]
  readonly refunds: readonly OracleRefund[]
  /** taken off what was still due */
  readonly offDue: bigint
}

/** Pieces of lines, or an amount with the tax in it. */
export type CreditWish =
  | { readonly kind: 'lines'; readonly pieces: readonly { readonly line: BilledLine; readonly hundredths: bigint }[] }
  | { readonly kind: 'amount'; readonly amount: bigint }

type Rounding = 'none' | 'symmetric' | 'down'

/** What rounding to 5 cents takes off cash: to the nearest step, or never more than is due. */
export function offCash(amount: bigint, how: Rounding): bigint {
  if (how === 'none') return 0n
  const over = amount % 5n
  return how === 'down' || over <= 2n ? over : over - 5n
}

/** An issued invoice, what was paid, credited and given back of it, by the rules. */
export class OracleInvoice {
  readonly payments: OraclePayment[] = []
  readonly credits: OracleCredit[] = []
  isVoid = false

  constructor(
    readonly lines: readonly BilledLine[],
    readonly totals: BillTotals,
    readonly rounding: Rounding,
  ) {}

  get paid(): bigint {
    return sum(this.payments.map(({ amount, refunds }) => amount - sum(refunds.map((refund) => refund.amount))))
  }

  get credited(): bigint {
    return sum(this.credits.map(({ total }) => total))
  }

  get due(): bigint {
    return this.totals.total - this.credited - this.paid
  }

  get creditedTax(): bigint {
    return sum(this.credits.map(({ tax }) => tax))
  }

  left({ amount, refunds }: OraclePayment): bigint {
    return amount - sum(refunds.map((refund) => refund.amount))
  }

  /** All that is due in cash, on a bill that nothing but cash has paid, is rounded. */
  get cashRounding(): bigint {
    const isCash = this.payments.every(({ method }) => method === 'cash')
    return this.isVoid || !isCash || this.due <= 0n ? 0n : offCash(this.due, this.rounding)
  }

  creditedOf(line: BilledLine): bigint {
    return sum(this.#returned(line).map(({ hundredths }) => hundredths))
  }

  #returned(line: BilledLine): OracleCredit['lines'] {
    return this.credits.flatMap(({ lines }) => lines.filter((each) => each.line === line))
  }

  /** What a credit comes to; null where it is more than what is left of the bill, or nothing. */
  reckon(wish: CreditWish): Omit<OracleCredit, 'refunds' | 'offDue'> | null {
    const left = this.totals.total - this.credited
    const taxLeft = this.totals.tax - this.creditedTax
    const netLeft = left - taxLeft
    const found = wish.kind === 'amount' ? this.#amount(wish.amount, taxLeft, netLeft) : this.#pieces(wish.pieces, taxLeft, netLeft)
    return found.total <= 0n || found.total > left ? null : found
  }

  /** The tax in an allowance is in proportion to the bill's, as far as there is tax, and net, left. */
  #amount(amount: bigint, taxLeft: bigint, netLeft: bigint): Omit<OracleCredit, 'refunds' | 'offDue'> {
    const inProportion = least(shareIn(this.totals.tax, amount, this.totals.total), taxLeft, amount)
    const tax = most(inProportion, amount - netLeft)
    return { subtotal: amount - tax, discount: 0n, tax, total: amount, lines: [] }
  }

  /** All of a line that came back so far is worth its share; tax and discount follow all that came back so far, less what is back already. */
  #pieces(
    pieces: Extract<CreditWish, { kind: 'lines' }>['pieces'],
    taxLeft: bigint,
    netLeft: bigint,
  ): Omit<OracleCredit, 'refunds' | 'offDue'> {
    const work = this.lines.filter(({ kind }) => kind !== 'discount')
    const lines = pieces.map(({ line, hundredths }) => {
      const before = this.#returned(line)
      const pieces = hundredths + sum(before.map((each) => each.hundredths))
      return { line, hundredths, amount: shareIn(amountOf(line), pieces, line.hundredths) - sum(before.map(({ amount }) => amount)) }
    })
    const earlier = this.credits.flatMap((credit) => credit.lines)
    const worth = (of: readonly { line: BilledLine; amount: bigint }[], taxedOnly: boolean): bigint =>
      sum(of.filter(({ line }) => !taxedOnly || line.taxable).map(({ amount }) => amount))
    const follows = (whole: bigint, taxedOnly: boolean): bigint => {
      const all = sum(work.filter(({ taxable }) => !taxedOnly || taxable).map(amountOf))
      const before = worth(earlier, taxedOnly)
      return shareIn(whole, before + worth(lines, taxedOnly), all) - shareIn(whole, before, all)
    }
    const subtotal = worth(lines, false)
    const net = least(subtotal - follows(this.totals.discount, false), netLeft)
    const tax = least(follows(this.totals.tax, true), taxLeft)
    return { subtotal, discount: subtotal - net, tax, total: net + tax, lines }
  }

  /** What is more than what is due goes back, with tax in proportion to the whole; `spread` says how much of which payment. */
  owedBack(total: bigint): bigint {
    return most(total - this.due, 0n)
  }

  /** @param of what all of it is a part of: the credit, or the bill that is voided */
  refund(spread: readonly { payment: OraclePayment; amount: bigint }[], of: { total: bigint; tax: bigint }): OracleRefund[] {
    let before = 0n
    const refunds: OracleRefund[] = []
    for (const { payment, amount } of spread) {
      const tax = shareIn(of.tax, before + amount, of.total) - shareIn(of.tax, before, of.total)
      before += amount
      refunds.push({ payment, amount, rounding: this.#roundingBack(payment, amount, refunds), tax })
    }
    return refunds
  }

  /**
   * Cash goes back as it is taken: all that was handed out is what was to be handed out, rounded once; of a payment that went back as a whole
   * that is what was handed over for it, where it is to be had in coins.
   * @param sooner what goes back in the same step before it
   */
  #roundingBack(payment: OraclePayment, amount: bigint, sooner: readonly OracleRefund[]): bigint {
    if (payment.method !== 'cash') return 0n
    const isAll = (of: OraclePayment, gone: bigint): boolean => gone === of.amount
    const cash = this.payments.filter(({ method }) => method === 'cash')
    const refunds = (of: OraclePayment): OracleRefund[] => [...of.refunds, ...sooner.filter((refund) => refund.payment === of)]
    const handed = sum(cash.flatMap(refunds).map((refund) => refund.amount - refund.rounding))
    const due = cash.map((of) => {
      const gone = sum(refunds(of).map((refund) => refund.amount)) + (of === payment ? amount : 0n)
      return isAll(of, gone) ? gone - of.rounding : gone
    })
    const next = sum(due) - handed
    if (isAll(payment, amount + sum(payment.refunds.map((refund) => refund.amount))) && next >= 0n && next % 5n === 0n) return amount - next
    if (this.rounding === 'none') return 0n
    return amount - (next <= 0n ? 0n : next - offCash(next, this.rounding))
  }

  book(credit: OracleCredit): void {
    this.credits.push(credit)
    for (const refund of credit.refunds) refund.payment.refunds.push(refund)
  }
}
