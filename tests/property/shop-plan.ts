import fc from 'fast-check'

/** A kind of line that is sold. */
export type Kind = 'labor' | 'part' | 'fee'

export interface Band {
  readonly fromCents: number
  readonly way: 'multiplier' | 'margin'
  readonly factorMillionths: number
  readonly minCents: number | null
  readonly maxCents: number | null
}

export interface FeePlan {
  readonly base: 'labor' | 'parts' | 'both'
  /** one of the two */
  readonly percentMillionths: number | null
  readonly amountCents: number | null
  readonly capCents: number | null
  readonly taxable: boolean
}

export interface StockPlan {
  readonly category: string
  readonly costCents: number
  readonly priceCents: number
}

export interface CannedLinePlan {
  readonly kind: Kind
  readonly hundredths: number
  /** null = by the shop's rules */
  readonly priceCents: number | null
  /** a part's place in the inventory, or what it costs */
  readonly stock: number | null
  readonly costCents: number
  readonly taxable: boolean | null
  readonly isOptional: boolean
}

/** A shop with everything that makes a price: plain figures, from which both the program and the oracle begin. */
export interface ShopPlan {
  readonly state: string
  readonly taxMillionths: number
  readonly laborCents: number
  readonly taxable: Readonly<Record<Kind, boolean>>
  readonly ending: 'none' | '00' | '49' | '95' | '99'
  readonly cashRounding: 'none' | 'symmetric' | 'down'
  /** labor rates of their own: of a customer, a vehicle, an order */
  readonly rates: readonly [customer: number, vehicle: number, order: number]
  /** '' = every part that no matrix of its own category prices; null = no such matrix */
  readonly matrices: readonly { readonly category: string; readonly bands: readonly Band[] }[]
  readonly stock: readonly StockPlan[]
  readonly fees: readonly FeePlan[]
  readonly canned: readonly (readonly CannedLinePlan[])[]
}

const cents = (max: number) => fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max }) }, fc.constantFrom(0, 1, 5, 49, 50, 99, 9_999))
export const price = cents(200_000)
export const quantity = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
  { weight: 4, arbitrary: fc.constantFrom(1, 25, 33, 50, 75, 99, 100, 101, 125, 150, 250) },
  { weight: 1, arbitrary: fc.integer({ min: 100_000, max: 9_999_999 }) },
)
const taxRate = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 40_000, 62_500, 72_500, 82_500, 88_750, 102_500) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 150_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 333_333, 999_999) },
)

const band: fc.Arbitrary<Band> = fc
  .record({
    fromCents: fc.integer({ min: 1, max: 30_000 }),
    way: fc.constantFrom('multiplier' as const, 'margin' as const),
    factor: fc.integer({ min: 0, max: 900_000 }),
    minCents: fc.option(fc.integer({ min: 1, max: 5_000 }), { freq: 3 }),
    extraCents: fc.option(fc.integer({ min: 0, max: 40_000 }), { freq: 3 }),
  })
  .map(({ fromCents, way, factor, minCents, extraCents }) => ({
    fromCents,
    way,
    factorMillionths: way === 'margin' ? factor : 1_000_000 + factor * 3,
    minCents,
    maxCents: extraCents === null ? null : (minCents ?? 0) + extraCents,
  }))

/** Two bands begin at two costs. */
const bands = (fromCents: number) =>
  fc
    .uniqueArray(band, { minLength: 1, maxLength: 3, selector: (each) => each.fromCents })
    .map((all) => all.map((each, at) => (at === 0 ? { ...each, fromCents } : { ...each, fromCents: each.fromCents + fromCents })))

const stocked = fc.record({
  category: fc.constantFrom('', 'Brakes', 'Oil'),
  costCents: fc.integer({ min: 0, max: 60_000 }),
  priceCents: price,
})

const fee: fc.Arbitrary<FeePlan> = fc
  .record({
    base: fc.constantFrom('labor' as const, 'parts' as const, 'both' as const),
    isPercent: fc.boolean(),
    percentMillionths: fc.integer({ min: 1, max: 120_000 }),
    amountCents: fc.integer({ min: 1, max: 2_500 }),
    capCents: fc.option(fc.integer({ min: 1, max: 6_000 }), { freq: 2 }),
    taxable: fc.boolean(),
  })
  .map(({ isPercent, percentMillionths, amountCents, ...rest }) => ({
    ...rest,
    percentMillionths: isPercent ? percentMillionths : null,
    amountCents: isPercent ? null : amountCents,
  }))

const STOCK = 5

const cannedLine: fc.Arbitrary<CannedLinePlan> = fc
  .record({
    kind: fc.constantFrom<Kind>('labor', 'part', 'fee'),
    hundredths: fc.integer({ min: 1, max: 700 }),
    priceCents: fc.option(price, { freq: 2 }),
    stock: fc.option(fc.nat(STOCK - 1), { freq: 2 }),
    costCents: fc.integer({ min: 0, max: 30_000 }),
    taxable: fc.option(fc.boolean(), { freq: 2 }),
    isOptional: fc.boolean(),
  })
  .map((line) => ({
    ...line,
    stock: line.kind === 'part' ? line.stock : null,
    priceCents: line.kind === 'fee' ? (line.priceCents ?? 1_995) : line.priceCents,
  }))

/** A part of no inventory has a price by rule only where a matrix prices every part. */
const priced = (line: CannedLinePlan, pricesEveryPart: boolean): CannedLinePlan =>
  line.kind === 'part' && line.stock === null && !pricesEveryPart ? { ...line, priceCents: line.priceCents ?? 4_995 } : line

/** Texas has no rules of its own: the strict default forbids a percentage. That states do is tested beside their rules. */
export const anyShop: fc.Arbitrary<ShopPlan> = fc
  .record({
    state: fc.constantFrom('CA', 'NY', 'WA', 'CO', 'FL', 'TX'),
    taxMillionths: taxRate,
    laborCents: fc.integer({ min: 1, max: 25_000 }),
    taxable: fc.record({ labor: fc.boolean(), part: fc.boolean(), fee: fc.boolean() }),
    ending: fc.constantFrom('none' as const, '00' as const, '49' as const, '95' as const, '99' as const),
    cashRounding: fc.constantFrom('none' as const, 'symmetric' as const, 'down' as const),
    rates: fc.tuple(fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 30_000 }), fc.integer({ min: 1, max: 30_000 })),
    matrices: fc.tuple(fc.option(bands(0), { freq: 6 }), fc.option(bands(2_000), { freq: 4 })),
    stock: fc.array(stocked, { minLength: STOCK, maxLength: STOCK }),
    fees: fc.array(fee, { maxLength: 3 }),
    canned: fc.array(fc.array(cannedLine, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 }),
  })
  .map(({ matrices: [everyPart, brakes], fees, canned, ...shop }) => ({
    ...shop,
    canned: canned.map((lines) => lines.map((line) => priced(line, everyPart !== null))),
    matrices: [...(everyPart ? [{ category: '', bands: everyPart }] : []), ...(brakes ? [{ category: 'Brakes', bands: brakes }] : [])],
    fees: fees.filter(({ percentMillionths }) => percentMillionths === null || shop.state !== 'TX'),
  }))
