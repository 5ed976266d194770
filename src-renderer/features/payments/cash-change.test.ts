import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addCents, type Cents, cents, subtractCents } from '../../../src-preload/contract/money'
import { cashBalance, quickAmounts, stepQuickAmount } from './cash-change'

const amounts = fc.integer({ min: 1, max: 9_000_000_000 }).map(cents)

describe('quickAmounts', () => {
  it.each([
    [8_730, [8_730, 9_000, 10_000]],
    [24_405, [24_405, 24_500, 25_000, 26_000, 30_000]],
    [6_000, [6_000, 10_000]],
    [10_000, [10_000]],
    [1, [1, 500, 1_000, 2_000, 5_000, 10_000]],
  ])('of %i are %j', (amount, expected) => {
    expect(quickAmounts(cents(amount))).toEqual(expected)
  })

  it('begin with the exact amount, ascend, never repeat and are never too little', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const quick = quickAmounts(amount)
        expect(quick[0]).toBe(amount)
        expect(quick).toEqual([...new Set(quick)].sort((one, other) => one - other))
        for (const one of quick.slice(1)) {
          expect(one % 500).toBe(0)
          expect(subtractCents(one, amount)).toBeLessThan(10_000)
        }
      }),
    )
  })
})

describe('stepQuickAmount', () => {
  const quick = [8_730, 9_000, 10_000].map(cents)
  const step = (from: number, direction: 1 | -1): Cents => stepQuickAmount(quick, cents(from), direction)

  it('goes to the next one from wherever the field stands, and stays at the ends', () => {
    expect([step(8_730, 1), step(9_500, 1), step(10_000, 1), step(50_000, 1)]).toEqual([9_000, 10_000, 10_000, 50_000])
    expect([step(10_000, -1), step(9_500, -1), step(8_730, -1)]).toEqual([9_000, 9_000, 8_730])
  })
})

describe('cashBalance', () => {
  it('gives back exactly what is above the amount, or says what is missing', () => {
    fc.assert(
      fc.property(amounts, amounts, (amount, tendered) => {
        const balance = cashBalance(amount, tendered)
        const [less, more] = balance.kind === 'change' ? [amount, tendered] : [tendered, amount]
        expect(balance.cents).toBeGreaterThanOrEqual(0)
        expect(addCents(less, balance.cents)).toBe(more)
      }),
    )
    expect(cashBalance(cents(100), cents(100))).toEqual({ kind: 'change', cents: 0 })
    expect(cashBalance(cents(101), cents(100))).toEqual({ kind: 'short', cents: 1 })
  })
})
