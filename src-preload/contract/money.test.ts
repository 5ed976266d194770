import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cents,
  endPriceIn,
  formatCents,
  formatDollars,
  formatFactor,
  formatHundredths,
  formatPercent,
  type Hundredths,
  lineTotal,
  MAX_CENTS,
  type Millionths,
  orderTotals,
  parseCents,
  parseFactor,
  parseHundredths,
  parsePercent,
  percentOf,
  priceAtMargin,
  roundUpCents,
  taxOn,
  timesFactor,
} from './money'

const quantity = (value: number): Hundredths => value as Hundredths
const rate = (value: number): Millionths => value as Millionths

/** Exact reference in BigInt: round half away from zero. */
function exactly(numerator: bigint, denominator: bigint): number {
  const magnitude = numerator < 0n ? -numerator : numerator
  const rounded = (magnitude + denominator / 2n) / denominator
  return Number(numerator < 0n ? -rounded : rounded)
}

describe('line totals', () => {
  it.each([
    [33, 1001, 330], // 0.33 x 10.01 = 3.3033
    [133, 999, 1329], // 13.2867
    [570, 4299, 24504], // 245.043
    [50, 1, 1], // half a cent goes up
    [150, -1, -2], // and away from zero
    [100, MAX_CENTS, MAX_CENTS],
  ])('%i hundredths at %i cents are %i cents', (hundredths, price, total) => {
    expect(lineTotal(quantity(hundredths), cents(price))).toBe(total)
  })

  it('equals exact arithmetic for any quantity and price', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: -100_000_000, max: 100_000_000 }), (q, price) => {
        expect(lineTotal(quantity(q), cents(price))).toBe(exactly(BigInt(q) * BigInt(price), 100n))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('tax', () => {
  it('keeps five decimals of a rate: 8.875 % of 1,000.00 is 88.75', () => {
    expect(taxOn(cents(100_000), rate(88_750))).toBe(8875)
  })
  it('is never below zero', () => {
    expect(taxOn(cents(-500), rate(82_500))).toBe(0)
  })
})

describe('order totals', () => {
  const line = (over: object) => ({
    type: 'part' as const,
    status: 'quoted' as const,
    quantityHundredths: quantity(100),
    unitPriceCents: cents(1000),
    taxable: true,
    ...over,
  })

  it('leaves declined lines out and takes discounts off the taxable base', () => {
    const totals = orderTotals(
      [
        line({ type: 'labor', unitPriceCents: cents(12_000), taxable: false }),
        line({}),
        line({ type: 'discount', unitPriceCents: cents(200) }),
        line({ status: 'declined' }),
      ],
      rate(82_500),
    )
    expect(totals).toEqual({
      laborCents: 12_000,
      partsCents: 1000,
      feesCents: 0,
      subtotalCents: 13_000,
      discountCents: 200,
      taxCents: 66,
      totalCents: 12_866,
    })
  })

  it('does not depend on the order of the lines', () => {
    const anyLine = fc.record({
      type: fc.constantFrom('labor' as const, 'part' as const, 'fee' as const, 'discount' as const),
      status: fc.constantFrom('quoted' as const, 'declined' as const, 'approved' as const),
      quantityHundredths: fc.integer({ min: 1, max: 10_000 }).map(quantity),
      unitPriceCents: fc.integer({ min: 0, max: 500_000 }).map(cents),
      taxable: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
        expect(orderTotals([...lines].reverse(), rate(88_750))).toEqual(orderTotals(lines, rate(88_750)))
      }),
    )
  })
})

describe('typed amounts', () => {
  it.each([
    ['12', 1200],
    ['12.5', 1250],
    ['12.50', 1250],
    ['.5', 50],
    ['12.', 1200],
    ['$1,234.56', 123_456],
    [' 7 ', 700],
    ['-3.25', -325],
    ['99999999.99', MAX_CENTS],
  ])('%s is %i cents', (text, amount) => {
    expect(parseCents(text)).toBe(amount)
  })
  it.each(['', '.', '-', 'abc', '1e3', '0x10', 'NaN', '1.234', '1,23', '1,2345', '١٢', '12 50', '100000000.00', '--1', '$'])(
    '%s is no amount',
    (text) => {
      expect(parseCents(text)).toBeUndefined()
    },
  )
  it.each(['0', '-1', '0.001', '', '1e2', '100000'])('%s is no quantity', (text) => {
    expect(parseHundredths(text)).toBeUndefined()
  })
  it('reads quantities and percentages', () => {
    expect(parseHundredths('5.7')).toBe(570)
    expect(parsePercent('8.875 %')).toBe(88_750)
    expect(parsePercent('100')).toBeUndefined()
  })

  it('reads back whatever it prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: -MAX_CENTS, max: MAX_CENTS }), (amount) => {
        expect(parseCents(formatCents(cents(amount)))).toBe(amount)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), (amount) => {
        expect(parseHundredths(formatHundredths(quantity(amount)))).toBe(amount)
      }),
    )
  })

  it('rounds up to whole bills, and leaves whole bills alone', () => {
    expect(roundUpCents(cents(8_730), cents(1_000))).toBe(9_000)
    expect(roundUpCents(cents(9_000), cents(1_000))).toBe(9_000)
    expect(roundUpCents(cents(1), cents(500))).toBe(500)
  })

  it('says how full an amount is, and full only when it is', () => {
    expect(percentOf(cents(40_000), cents(50_000))).toBe(80)
    expect(percentOf(cents(49_999), cents(50_000))).toBe(99)
    expect(percentOf(cents(50_000), cents(50_000))).toBe(100)
    expect(percentOf(cents(50_001), cents(50_000))).toBe(100)
    expect(percentOf(cents(-1), cents(50_000))).toBe(0)
    expect(percentOf(cents(MAX_CENTS), cents(MAX_CENTS))).toBe(100)
  })

  it('prints as people write', () => {
    expect(formatDollars(cents(-50))).toBe('-$0.50')
    expect(formatDollars(cents(123_456_789))).toBe('$1,234,567.89')
    expect(formatHundredths(quantity(150))).toBe('1.5')
    expect(formatPercent(rate(82_500))).toBe('8.25%')
    expect(formatPercent(rate(0))).toBe('0%')
  })

  it.each([
    ['2.5', 2_500_000],
    ['1', 1_000_000],
    ['2.5x', 2_500_000],
    ['1.333333', 1_333_333],
    ['.5', 500_000],
    ['1.2345678', undefined],
    ['-2', undefined],
    ['two', undefined],
  ])('reads the factor %j as %j', (text, factor) => expect(parseFactor(text)).toBe(factor))

  it.each([
    [2_500_000, '2.5'],
    [100_000_000, '100'],
    [1_333_333, '1.333333'],
  ])('prints the factor %j as %j', (factor, text) => expect(formatFactor(factor)).toBe(text))

  it('reckons prices from costs, rounded once', () => {
    expect(timesFactor(cents(1_234), 2_500_000)).toBe(3_085)
    expect(priceAtMargin(cents(6_000), 400_000)).toBe(10_000)
    expect(priceAtMargin(cents(MAX_CENTS / 3), 0)).toBe(MAX_CENTS / 3)
    expect([1_234, 1_295, 1_296].map((price) => endPriceIn(cents(price), 95))).toEqual([1_295, 1_295, 1_395])
  })
})
