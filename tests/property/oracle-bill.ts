import { nearest, most, rateOf, sum } from './exact'
import { feePrice } from './oracle-prices'
import type { FeePlan, Kind, ShopPlan } from './shop-plan'

/** A line as the oracle knows it. `name` is unlike that of every other line of its order: by it a line is found on paper and screen. */
export interface BilledLine {
  readonly name: string
  /** null = of no job */
  readonly job: string | null
  readonly kind: Kind | 'discount'
  hundredths: bigint
  price: bigint
  taxable: boolean
  status: 'quoted' | 'approved' | 'declined' | 'completed'
  /** made by this fee rule, and followed as long as it is quoted and nobody typed another price */
  readonly feeRule: number | null
  /** what the rule had said when somebody typed another price */
  ruleSaid?: bigint | undefined
  /** from the shelf */
  readonly isStocked: boolean
}

export interface BillTotals {
  readonly labor: bigint
  readonly parts: bigint
  readonly fees: bigint
  readonly subtotal: bigint
  readonly discount: bigint
  readonly tax: bigint
  readonly total: bigint
}

/** Quantity x price, rounded once. */
export const amountOf = ({ hundredths, price }: Pick<BilledLine, 'hundredths' | 'price'>): bigint => nearest(hundredths * price, 100n)
/** As it counts in a total. */
export const signedAmount = (line: BilledLine): bigint => (line.kind === 'discount' ? -amountOf(line) : amountOf(line))

export const isLive = ({ status }: Pick<BilledLine, 'status'>): boolean => status !== 'declined'

/** A repair order as the rules say it must be, moved by the same steps as the real one. */
export class OracleOrder {
  readonly lines: BilledLine[] = []
  /** frozen when the order is made; nothing for an exempt customer */
  readonly rate: bigint
  /** the total at each yes */
  readonly yeses: bigint[] = []
  readonly #forgotten = new Set<number>()

  constructor(
    readonly shop: ShopPlan,
    readonly isExempt: boolean,
  ) {
    this.rate = isExempt ? 0n : BigInt(shop.taxMillionths)
  }

  /** Adds lines, and lets the fees follow: every step does, so every step of the oracle ends with it. */
  add(...lines: readonly BilledLine[]): void {
    this.lines.push(...lines)
    this.follow()
  }

  remove(line: BilledLine): void {
    this.lines.splice(this.lines.indexOf(line), 1)
    // Taken off by hand it stays off.
    if (line.feeRule !== null) this.#forgotten.add(line.feeRule)
    this.follow()
  }

  change(line: BilledLine, now: Partial<Pick<BilledLine, 'hundredths' | 'price' | 'taxable'>>): void {
    const said = line.ruleSaid ?? line.price
    Object.assign(line, now)
    if (now.price !== undefined) line.ruleSaid = said
    this.follow()
  }

  decline(lines: readonly BilledLine[]): void {
    for (const line of lines) line.status = 'declined'
    this.follow()
  }

  /** A yes freezes what is quoted, the fees among it. */
  authorize(): void {
    for (const line of this.lines) if (line.status === 'quoted') line.status = 'approved'
    this.yeses.push(this.totals().total)
  }

  complete(): void {
    for (const line of this.lines) if (line.status === 'approved') line.status = 'completed'
  }

  live(): BilledLine[] {
    return this.lines.filter(isLive)
  }

  ofJob(job: string | null): BilledLine[] {
    return this.lines.filter((line) => line.job === job)
  }

  /** Before tax, less its discounts, without what was declined. */
  jobTotal(job: string | null): bigint {
    return sum(this.ofJob(job).filter(isLive).map(signedAmount))
  }

  #sumOf(kind: BilledLine['kind']): bigint {
    return sum(
      this.live()
        .filter((line) => line.kind === kind)
        .map(amountOf),
    )
  }

  /** What tax is reckoned on: taxed work less taxed discounts, not below nothing. */
  taxable(): bigint {
    return sum(
      this.live()
        .filter(({ taxable }) => taxable)
        .map(signedAmount),
    )
  }

  totals(): BillTotals {
    const [labor, parts, fees, discount] = [this.#sumOf('labor'), this.#sumOf('part'), this.#sumOf('fee'), this.#sumOf('discount')]
    const subtotal = labor + parts + fees
    const tax = rateOf(most(this.taxable(), 0n), this.rate)
    return { labor, parts, fees, subtotal, discount, tax, total: subtotal - discount + tax }
  }

  /** The least whole-cent discount whose total is not above what is wanted; null where nothing has to come off. */
  discountFor(wanted: bigint, lowersTax: boolean): bigint | null {
    const { subtotal, discount, total } = this.totals()
    if (total <= wanted) return null
    const base = this.taxable()
    const totalWith = (off: bigint): bigint => subtotal - discount - off + rateOf(most(lowersTax ? base - off : base, 0n), this.rate)
    // A cent of discount takes off at most a cent and its tax: nothing less than this can be enough.
    let off = most(((total - wanted) * 1_000_000n) / (1_000_000n + this.rate) - 2n, 1n)
    while (totalWith(off) > wanted) off += 1n
    return off
  }

  /** Quoted fees of a rule are what the rule says now; one that comes to nothing goes, one that is due comes. */
  follow(): void {
    const { labor, parts } = this.totals()
    this.shop.fees.forEach((rule, at) => {
      if (this.#forgotten.has(at)) return
      const price = feePrice(rule, labor, parts)
      const line = this.lines.find(({ feeRule }) => feeRule === at)
      if (!line) {
        if (price > 0n) this.lines.push(feeLine(rule, at, price))
      } else if (line.status === 'quoted' && (!isTypedOver(line) || isOutgrown(line, price))) {
        if (price === 0n) this.lines.splice(this.lines.indexOf(line), 1)
        else Object.assign(line, { price, hundredths: 100n, ruleSaid: undefined })
      }
    })
  }
}

/** Another price, or another quantity than one. */
const isTypedOver = ({ hundredths, price, ruleSaid }: BilledLine): boolean =>
  hundredths !== 100n || (ruleSaid !== undefined && ruleSaid !== price)

/** Typed no further below the rule than the tenth that anybody may, and the rule asks for more by now than it did and than was typed. */
function isOutgrown(line: BilledLine, asks: bigint): boolean {
  const [said, typed] = [line.ruleSaid ?? line.price, amountOf(line)]
  return asks > said && asks > typed && said - typed <= rateOf(said, 100_000n)
}

/** As the rule is called on paper. */
export const feeName = (at: number): string => `Rags by rule ${at + 1}`

function feeLine(rule: FeePlan, at: number, price: bigint): BilledLine {
  return {
    name: feeName(at),
    job: null,
    kind: 'fee',
    hundredths: 100n,
    price,
    taxable: rule.taxable,
    status: 'quoted',
    feeRule: at,
    isStocked: false,
  }
}
