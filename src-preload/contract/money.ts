import { z } from 'zod'

/**
 * Money, quantities and rates: the only arithmetic on amounts in the program.
 *
 * Units are whole numbers, never fractions held in a float:
 *   Cents       1 = 0.01 of the shop's currency (US dollar)
 *   Hundredths  1 = 0.01 of a piece, hour, quart …
 *   Millionths  1 = 0.000001, a tax rate: 8.25 % = 82_500
 * A product is rounded once, half away from zero, where the document says so: line total, tax.
 */

/** Largest amount DECIMAL(10,2) holds: 99,999,999.99. */
export const MAX_CENTS = 9_999_999_999

export const Cents = z.int().min(-MAX_CENTS).max(MAX_CENTS).brand<'Cents'>()
export type Cents = z.output<typeof Cents>
/** A sum over records: no column holds it, and it may be more than one of them. */
export const CentsSum = z.int().brand<'Cents'>()
export const NonNegativeCents = z.int().min(0).max(MAX_CENTS).brand<'Cents'>()
export const PositiveCents = z.int().min(1).max(MAX_CENTS).brand<'Cents'>()

export const Hundredths = z.int().min(1).max(9_999_999).brand<'Hundredths'>()
export type Hundredths = z.output<typeof Hundredths>

export const Millionths = z.int().min(0).max(999_999).brand<'Millionths'>()
export type Millionths = z.output<typeof Millionths>

/** Brands a whole number as cents. Throws RangeError when it is not a safe integer. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of cents: ${value}`)
  return value as Cents
}

export const ZERO = cents(0)

export function addCents(...amounts: readonly Cents[]): Cents {
  return cents(amounts.reduce((sum, amount) => sum + amount, 0))
}

export function subtractCents(from: Cents, amount: Cents): Cents {
  return cents(from - amount)
}

/** The first multiple of `step` that is not less: 87.30 in steps of 10.00 is 90.00. Both positive. */
export function roundUpCents(amount: Cents, step: Cents): Cents {
  const over = amount % step
  return over === 0 ? amount : cents(amount + step - over)
}

/**
 * What rounding to 5 cents takes off an amount due in cash (not negative): 10.02 is paid with 10.00, which is 2; 10.03 with 10.05, which
 * is -2. 'down' never takes more than is due.
 */
export function roundingOfCash(due: Cents, how: 'symmetric' | 'down'): Cents {
  const over = due % 5
  return cents(how === 'down' || over < 3 ? over : over - 5)
}

/** numerator / denominator, rounded half away from zero; denominator > 0. BigInt, so that no product overflows. */
function divideRounded(numerator: bigint, denominator: bigint): Cents {
  const sign = numerator < 0n ? -1n : 1n
  const rounded = (numerator * sign * 2n + denominator) / (denominator * 2n)
  return cents(globalThis.Number(rounded * sign))
}

/** quantity x unit price, rounded once (the database's `ROUND(quantity * unit_price, 2)`). */
export function lineTotal(quantity: Hundredths, unitPrice: Cents): Cents {
  return divideRounded(BigInt(quantity) * BigInt(unitPrice), 100n)
}

/** How many whole percent of `whole` (above 0) the amount is, from 0 to 100: 100 only when all of it is there. */
export function percentOf(amount: Cents, whole: Cents): number {
  if (amount <= 0) return 0
  return globalThis.Number((BigInt(amount < whole ? amount : whole) * 100n) / BigInt(whole))
}

/** A part of an amount, rounded once: 10 % (100_000 millionths) of 12.35 is 1.24. */
export function shareOf(amount: Cents, rate: Millionths): Cents {
  return divideRounded(BigInt(amount) * BigInt(rate), 1_000_000n)
}

/** A cost times a factor of any size, rounded once: 12.34 at 2.5 (2_500_000 millionths) is 30.85. */
export function timesFactor(amount: Cents, factorMillionths: number): Cents {
  return divideRounded(BigInt(amount) * BigInt(factorMillionths), 1_000_000n)
}

/** The price at which a margin is left above a cost: 60.00 at 40 % (400_000 millionths, below 1_000_000) is 100.00. */
export function priceAtMargin(cost: Cents, marginMillionths: number): Cents {
  return divideRounded(BigInt(cost) * 1_000_000n, 1_000_000n - BigInt(marginMillionths))
}

/** The first price with these last two digits that is not less: 12.34 ending in 95 is 12.95, 12.96 is 13.95. Not for amounts below zero. */
export function endPriceIn(amount: Cents, lastDigits: number): Cents {
  const over = amount % 100
  return cents(amount - over + lastDigits + (over > lastDigits ? 100 : 0))
}

/** Sales tax on a taxable base, rounded once an order, never below zero (the database's `recalc_ro_totals`). */
export function taxOn(base: Cents, rate: Millionths): Cents {
  const tax = shareOf(base, rate)
  return tax < 0 ? ZERO : tax
}

/** Pieces, hours, quarts: whole numbers of hundredths; nothing is 0. */
export function addHundredths(...quantities: readonly number[]): number {
  return quantities.reduce((sum, quantity) => sum + quantity, 0)
}

/** What is left of a quantity; not below nothing. */
export function leftOfHundredths(whole: number, taken: number): number {
  return whole > taken ? whole - taken : 0
}

/** A share in proportion, rounded once: part / whole of an amount; nothing of it where there is no whole. */
export function proportionOf(amount: Cents, part: number, whole: number): Cents {
  return whole === 0 ? ZERO : divideRounded(BigInt(amount) * BigInt(part), BigInt(whole))
}

export function smallerCents(one: Cents, other: Cents): Cents {
  return one < other ? one : other
}

export interface TotalLine {
  type: 'labor' | 'part' | 'fee' | 'discount'
  status: 'quoted' | 'approved' | 'declined' | 'completed'
  quantityHundredths: Hundredths
  unitPriceCents: Cents
  taxable: boolean
}

export interface Totals {
  laborCents: Cents
  partsCents: Cents
  feesCents: Cents
  subtotalCents: Cents
  discountCents: Cents
  taxCents: Cents
  totalCents: Cents
}

/** The totals of a repair order: the oracle of the property tests. The database computes the ones that are shown and stored. */
export function orderTotals(lines: readonly TotalLine[], rate: Millionths): Totals {
  const sums = { labor: 0, part: 0, fee: 0, discount: 0 }
  let base = 0
  for (const line of lines) {
    if (line.status === 'declined') continue
    const total = lineTotal(line.quantityHundredths, line.unitPriceCents)
    sums[line.type] += total
    if (line.taxable) base += line.type === 'discount' ? -total : total
  }
  const subtotal = cents(sums.labor + sums.part + sums.fee)
  const tax = taxOn(cents(base), rate)
  return {
    laborCents: cents(sums.labor),
    partsCents: cents(sums.part),
    feesCents: cents(sums.fee),
    subtotalCents: subtotal,
    discountCents: cents(sums.discount),
    taxCents: tax,
    totalCents: cents(subtotal + tax - sums.discount),
  }
}

/** '1234.5' with `places` decimals in smallest units, from plain digits only; undefined when it is anything else. */
function fromDigits(text: string, places: number): number | undefined {
  const match = /^(-?)(\d{0,15})(?:\.(\d*))?$/.exec(text)
  if (!match || (match[2] === '' && !match[3])) return undefined
  const fraction = match[3] ?? ''
  if (fraction.length > places) return undefined
  const units = BigInt((match[2] ?? '') + fraction.padEnd(places, '0'))
  const value = globalThis.Number(match[1] === '-' ? -units : units)
  return Number.isSafeInteger(value) ? value : undefined
}

const tidy = (text: string): string => text.trim().replace(/^\$\s*/, '')
/** Thousands commas only where they belong: '1,234.56' yes, '1,23' no. */
const withoutCommas = (text: string): string | undefined =>
  text.includes(',') ? (/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(',', '') : undefined) : text

/** What a clerk types for an amount ('12', '12.5', '$1,234.56') in cents; undefined when it is not an amount with at most two decimals. */
export function parseCents(text: string): Cents | undefined {
  const plain = withoutCommas(tidy(text))
  const value = plain === undefined ? undefined : fromDigits(plain, 2)
  return value === undefined || Math.abs(value) > MAX_CENTS ? undefined : cents(value)
}

/** A typed quantity or hours ('1', '.5', '5.7') in hundredths; undefined when not a positive number with at most two decimals. */
export function parseHundredths(text: string): Hundredths | undefined {
  const plain = withoutCommas(text.trim())
  const result = Hundredths.safeParse(plain === undefined ? undefined : fromDigits(plain, 2))
  return result.success ? result.data : undefined
}

/** A typed percentage ('8.25', '8.875 %') as a rate in millionths; undefined when not between 0 and 100 with at most four decimals. */
export function parsePercent(text: string): Millionths | undefined {
  const result = Millionths.safeParse(fromDigits(text.trim().replace(/\s*%$/, ''), 4))
  return result.success ? result.data : undefined
}

/** A typed factor ('2.5', '1.333333') in millionths; undefined when it is not a number of at most 1000 with at most six decimals. */
export function parseFactor(text: string): number | undefined {
  const value = fromDigits(text.trim().replace(/\s*[x×]$/i, ''), 6)
  return value === undefined || value < 0 || value > 1_000_000_000 ? undefined : value
}

function decimals(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const whole = digits.slice(0, -places).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${value < 0 ? '-' : ''}${whole}.${digits.slice(-places)}`
}

/** 123456 -> '1,234.56' */
export function formatCents(amount: Cents): string {
  return decimals(amount, 2)
}

/** 123456 -> '$1,234.56', -50 -> '-$0.50' */
export function formatDollars(amount: Cents): string {
  return amount < 0 ? `-$${decimals(-amount, 2)}` : `$${decimals(amount, 2)}`
}

/** 150 -> '1.5', 100 -> '1' */
export function formatHundredths(quantity: Hundredths): string {
  return decimals(quantity, 2).replace(/\.?0+$/, '')
}

/** 82500 -> '8.25%' */
export function formatPercent(rate: Millionths): string {
  return `${decimals(rate, 4).replace(/\.?0+$/, '')}%`
}

/** 2500000 -> '2.5' */
export function formatFactor(factorMillionths: number): string {
  return decimals(factorMillionths, 6).replace(/\.?0+$/, '')
}
