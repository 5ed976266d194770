import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feeAmount } from '../../../src-preload/contract/fee-amount'
import { cents, type Hundredths, orderTotals, type TotalLine } from '../../../src-preload/contract/money'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { FeeRuleFields, MatrixFields, NewPriceRule } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { pricePart } from '../pricing/price-part'
import { addPriceRule } from '../pricing/save-price-rule'
import { addLines } from './add-lines'
import { checkIn } from './check-in'
import { arrival, line, newCar, decide } from '../../testing/order-test-kit'
import { removeLine } from './remove-line'
import { updateLine } from './update-line'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

const feeRule = {
  id: uuid7(),
  ...FeeRuleFields.omit({ isActive: true }).parse({
    name: 'Supplies',
    kind: 'shop_supplies',
    printedName: 'Brake cleaner and rags',
    base: 'both',
    percentMillionths: 61_700,
    amountCents: null,
    capCents: 7_777,
    taxable: true,
  }),
}

/** Work only: a discount is held against the work by a rule of its own. */
const anyLine = fc.record({
  type: fc.constantFrom('labor' as const, 'part' as const, 'fee' as const),
  quantityHundredths: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom(1, 33, 100, 99_999)),
  unitPriceCents: fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.constantFrom(0, 1, 9_999, 12_345)),
  taxable: fc.boolean(),
})
const anyStep = fc.oneof(
  fc.record({ do: fc.constant('add' as const), lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }) }),
  fc.record({
    do: fc.constant('edit' as const),
    at: fc.nat(20),
    quantityHundredths: fc.integer({ min: 1, max: 5_000 }),
    unitPriceCents: fc.nat(100_000),
  }),
  fc.record({ do: fc.constant('tax' as const), at: fc.nat(20) }),
  fc.record({
    do: fc.constant('decide' as const),
    at: fc.nat(20),
    decision: fc.constantFrom('approved' as const, 'declined' as const, 'quoted' as const),
  }),
  fc.record({ do: fc.constant('remove' as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant('discount' as const), shareOfHundred: fc.integer({ min: 0, max: 100 }), taxable: fc.boolean() }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never

const asLine = (fields: typeof anyLine extends fc.Arbitrary<infer L> ? L : never): NewLine => line(fields)

async function take(order: Order, step: Step): Promise<Order> {
  if (step.do === 'add') return addLines(owner, { orderId: order.id, lines: step.lines.map(asLine) })
  if (step.do === 'discount') {
    const unitPriceCents = Math.floor((order.subtotalCents - order.discountCents) / 100) * step.shareOfHundred
    if (unitPriceCents < 0) return order
    const reduction = line({ type: 'discount', unitPriceCents, taxable: step.taxable, reason: 'Goodwill' })
    return addLines(owner, { orderId: order.id, lines: [reduction] })
  }
  const chosen = order.lines[step.at % Math.max(order.lines.length, 1)]
  if (!chosen) return order
  switch (step.do) {
    case 'edit': {
      if (chosen.type === 'discount') return order
      const was = { quantityHundredths: chosen.quantityHundredths, unitPriceCents: chosen.unitPriceCents }
      const now = { quantityHundredths: step.quantityHundredths as Hundredths, unitPriceCents: cents(step.unitPriceCents) }
      return updateLine(owner, { lineId: chosen.id, was, now, reason: '' })
    }
    case 'tax':
      return updateLine(owner, { lineId: chosen.id, was: { taxable: chosen.taxable }, now: { taxable: !chosen.taxable }, reason: '' })
    case 'decide':
      return decide(owner, { orderId: order.id, lineId: chosen.id, decision: step.decision, reason: '' })
    case 'remove':
      return removeLine(owner, { lineId: chosen.id })
  }
}

test('after any sequence of edits the totals of the database are those of the program, to the cent', async () => {
  const car = await newCar(t)
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 1, 62_500, 82_500, 88_750, 102_500),
      fc.array(anyStep, { minLength: 1, maxLength: 12 }),
      async (rate, steps) => {
        await reading(t.owner).query(sql('', 'UPDATE shops SET tax_rate = from_millionths($2) WHERE id = $1'), [t.shopId, rate])
        let order = await checkIn(owner, arrival(car, { orderId: uuid7() }))
        for (const step of steps) {
          order = await take(order, step)
          const oracle = orderTotals(order.lines satisfies TotalLine[], order.taxRateMillionths)
          expect(order).toMatchObject(oracle)
          expect(order.taxRateMillionths).toBe(rate)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('with a matrix, fees by rule, discounts and exemptions the order still adds up, and each rule’s line is what the rule says', async () => {
  const { id: _, ...fee } = feeRule
  await addPriceRule(owner, NewPriceRule.parse({ kind: 'fee_rule', id: feeRule.id, fields: { ...fee, isActive: true } }))
  const bands = [
    { costFromCents: 0, way: 'multiplier', factorMillionths: 2_500_000, minCents: null, maxCents: null },
    { costFromCents: 5_000, way: 'margin', factorMillionths: 415_000, minCents: null, maxCents: null },
  ] as const
  await addPriceRule(
    owner,
    NewPriceRule.parse({ kind: 'matrix', id: uuid7(), fields: { name: 'All', category: '', isActive: true, bands } }),
  )
  const cars = { plain: await newCar(t), exempt: await newCar(t, { taxExempt: true }) }
  const matrices = [{ id: '', name: '', category: '', bands: MatrixFields.shape.bands.parse(bands) }]
  const anyPart = fc.record({ costCents: fc.integer({ min: 1, max: 50_000 }), quantityHundredths: fc.integer({ min: 1, max: 900 }) })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<keyof typeof cars>('plain', 'exempt'),
      fc.array(anyPart, { minLength: 1, maxLength: 4 }),
      fc.array(anyStep, { maxLength: 6 }),
      async (whose, parts, steps) => {
        let order = await checkIn(owner, arrival(cars[whose], { orderId: uuid7() }))
        const lines = parts.map((part) => {
          const price = pricePart({ category: '', costCents: cents(part.costCents), priceCents: null }, matrices, 'none')
          return line({ type: 'part', ...part, unitPriceCents: price!.priceCents })
        })
        order = await addLines(owner, { orderId: order.id, lines })
        expect(order.lines.filter(({ priceSource }) => priceSource?.rule === 'matrix')).toHaveLength(parts.length)
        for (const step of steps) order = await take(order, step)
        expect(order).toMatchObject(orderTotals(order.lines satisfies TotalLine[], order.taxRateMillionths))
        expect(whose === 'exempt' ? order.taxCents : 0).toBe(0)
        const following = order.lines.filter(
          (each) => each.priceSource?.ruleId === feeRule.id && each.status === 'quoted' && each.priceSource.rule === 'fee',
        )
        expect(
          following
            .filter(({ quantityHundredths }) => quantityHundredths === 100)
            .every((each) => each.unitPriceCents === feeAmount(feeRule, order)),
        ).toBe(true)
      },
    ),
    { numRuns: 40 },
  )
})
