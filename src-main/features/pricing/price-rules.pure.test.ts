import fc from 'fast-check'
import { expect, test } from 'vitest'
import { feeAmount } from '../../../src-preload/contract/fee-amount'
import { cents, type Millionths } from '../../../src-preload/contract/money'
import type { MatrixBand, PriceEnding } from '../../../src-preload/contract/pricing'
import { discountForTotal, totalWith } from './discount-for-total'
import { bandPrice, endPrice, type Matrix, pricePart } from './price-part'
import { sourceOf, withoutSecrets } from './price-source'

const band = (fields: Partial<MatrixBand> = {}): MatrixBand => ({
  costFromCents: cents(0),
  way: 'multiplier',
  factorMillionths: 2_000_000,
  minCents: null,
  maxCents: null,
  ...fields,
})
const everything: Matrix = {
  id: '1',
  name: 'All parts',
  category: '',
  bands: [band(), band({ costFromCents: cents(10_000), way: 'margin', factorMillionths: 400_000 })],
}
const brakes: Matrix = {
  id: '2',
  name: 'Brakes',
  category: 'Brakes',
  bands: [band({ costFromCents: cents(500), factorMillionths: 2_500_000 })],
}

test.each([
  ['a cheap part, doubled', 1_234, '', 'none', 2_468, 'All parts'],
  ['a part at the edge of the next band, at its margin', 10_000, '', 'none', 16_667, 'All parts'],
  ['a part of a category with a matrix of its own', 1_000, 'brakes', 'none', 2_500, 'Brakes'],
  ['the ending, rounded up', 1_234, '', '95', 2_495, 'All parts'],
  ['the ending of the next dollar', 1_249, '', '95', 2_595, 'All parts'],
  ['whole dollars', 1_234, '', '00', 2_500, 'All parts'],
] as const)('the matrix prices %s', (_, cost, category, ending, price, name) => {
  expect(pricePart({ category, costCents: cents(cost), priceCents: null }, [everything, brakes], ending)).toMatchObject({
    rule: 'matrix',
    priceCents: price,
    name,
  })
})

test('no matrix fits: the price of the inventory, or none', () => {
  expect(pricePart({ category: 'Brakes', costCents: cents(499), priceCents: cents(1_995) }, [brakes], '95')).toEqual({
    rule: 'inventory',
    name: '',
    priceCents: 1_995,
  })
  expect(pricePart({ category: '', costCents: null, priceCents: null }, [everything], 'none')).toBeNull()
})

test('least and most of a band hold, also against the ending', () => {
  expect(bandPrice(band({ minCents: cents(600) }), cents(100), '95')).toBe(695)
  expect(bandPrice(band({ maxCents: cents(150) }), cents(100), '95')).toBe(150)
})

const anyEnding = fc.constantFrom<PriceEnding>('none', '00', '49', '95', '99')

test('a matrix never sells below cost, and an ending adds less than a dollar', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.integer({ min: 1_000_000, max: 20_000_000 }),
      fc.integer({ min: 0, max: 950_000 }),
      anyEnding,
      (cost, factor, margin, ending) => {
        for (const rule of [band({ factorMillionths: factor }), band({ way: 'margin', factorMillionths: margin })]) {
          const plain = bandPrice(rule, cents(cost), 'none')
          const price = bandPrice(rule, cents(cost), ending)
          expect(plain).toBeGreaterThanOrEqual(cost)
          expect(price - plain).toBeGreaterThanOrEqual(0)
          expect(price - plain).toBeLessThan(100)
          expect(ending === 'none' || price === 0 || price % 100 === Number(ending)).toBe(true)
          expect(endPrice(price, ending)).toBe(price)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

test.each([
  ['8 % of labor and parts', { base: 'both', percentMillionths: 80_000 as Millionths, amountCents: null, capCents: null }, 2_440],
  ['of labor alone', { base: 'labor', percentMillionths: 80_000 as Millionths, amountCents: null, capCents: null }, 1_600],
  ['at most the cap', { base: 'both', percentMillionths: 80_000 as Millionths, amountCents: null, capCents: cents(2_000) }, 2_000],
  ['an amount', { base: 'parts', percentMillionths: null, amountCents: cents(350), capCents: null }, 350],
] as const)('a fee is %s', (_, rule, amount) => {
  expect(feeAmount(rule, { laborCents: cents(20_000), partsCents: cents(10_500) })).toBe(amount)
  expect(feeAmount(rule, { laborCents: cents(0), partsCents: cents(0) })).toBe(0)
})

test('out the door: the least discount that is enough; the total is the wanted cent, or the next one that there is', () => {
  let skipped = 0
  fc.assert(
    fc.property(
      fc.record({
        subtotal: fc.integer({ min: 1, max: 2_000_000 }),
        taxed: fc.integer({ min: 0, max: 100 }),
        rate: fc.constantFrom(0, 62_500, 82_500, 88_750, 102_500),
        before: fc.nat(5_000),
      }),
      fc.integer({ min: 0, max: 100 }),
      fc.boolean(),
      ({ subtotal, taxed, rate, before }, share, lowersTax) => {
        const order = {
          subtotalCents: cents(subtotal),
          discountCents: cents(Math.min(before, subtotal)),
          taxableCents: cents(Math.floor((subtotal * taxed) / 100)),
          taxRateMillionths: rate as Millionths,
        }
        const present = totalWith(order, cents(0), lowersTax)
        const wanted = cents(Math.floor((present * share) / 100))
        const found = discountForTotal(order, wanted, lowersTax)
        expect(found === null).toBe(present <= wanted)
        if (found === null) return
        expect(found.totalCents).toBe(totalWith(order, found.discountCents, lowersTax))
        expect(found.totalCents).toBeLessThanOrEqual(wanted)
        expect(wanted - found.totalCents).toBeLessThanOrEqual(1)
        expect(totalWith(order, cents(found.discountCents - 1), lowersTax)).toBeGreaterThan(wanted)
        expect(lowersTax || found.totalCents === wanted).toBe(true)
        if (found.totalCents < wanted) skipped += 1
      },
    ),
    { numRuns: 10_000, seed: 7 },
  )
  expect(skipped).toBeGreaterThan(0)
})

test('a line says which rule made its price, and what the rule would have had when it was typed', () => {
  const prices = {
    laborRate: { rateCents: cents(12_000), name: 'Fleet', level: 'customer' as const },
    parts: new Map([['p', { priceCents: cents(2_500), costCents: cents(1_000), category: 'Brakes' }]]),
    matrices: [brakes],
    ending: 'none' as const,
  }
  const labor = { type: 'labor' as const, inventoryItemId: null, costCents: null }
  expect(sourceOf({ ...labor, unitPriceCents: cents(12_000) }, prices)).toMatchObject({
    rule: 'labor_rate',
    level: 'customer',
    name: 'Fleet',
  })
  expect(sourceOf({ ...labor, unitPriceCents: cents(9_900) }, prices)).toMatchObject({
    rule: 'typed',
    instead: { rule: 'labor_rate', priceCents: 12_000 },
  })
  const part = sourceOf({ type: 'part', inventoryItemId: 'p', costCents: null, unitPriceCents: cents(2_500) }, prices)
  expect(part).toMatchObject({ rule: 'matrix', costCents: 1_000, factorMillionths: 2_500_000 })
  expect(JSON.stringify(withoutSecrets(part))).not.toMatch(/cost|factor|way/)
  expect(JSON.stringify(withoutSecrets({ rule: 'typed', name: '', priceCents: cents(1), instead: part }))).not.toMatch(/cost|factor|way/)
})
