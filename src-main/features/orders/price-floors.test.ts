import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { NewPriceRule } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { codeOf, editNow, estimated, newPart, part } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { addPriceRule } from '../pricing/save-price-rule'
import { getOrder } from './get-order'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

async function addRule(kind: NewPriceRule['kind'], fields: object): Promise<string> {
  const id = uuid7()
  await addPriceRule(owner, NewPriceRule.parse({ kind, id, fields: { isActive: true, ...fields } }))
  return id
}

const price = (unitPriceCents: number) => ({ unitPriceCents: cents(unitPriceCents) })

test('a part that no rule has a price for keeps the price it is held against', async () => {
  const inventoryItemId = await newPart(t, { priceCents: 8_000, costCents: 1_000 })
  const order = await estimated(t, advisor, [part({ inventoryItemId, unitPriceCents: 8_000 })])
  const lineId = order.lines[0]!.id
  await editNow(advisor, order, lineId, { inventoryItemId: null })
  expect(await codeOf(editNow(advisor, order, lineId, price(5_000)))).toBe('APPROVAL_REQUIRED')
  await editNow(advisor, order, lineId, price(7_500))
  expect(await codeOf(editNow(advisor, order, lineId, { inventoryItemId, ...price(5_000) }))).toBe('APPROVAL_REQUIRED')
})

test('another part on a line has its own rule and price, whichever way it is exchanged, so that no limit sinks', async () => {
  // The matrix asks three times what the inventory asks.
  const bands = [{ costFromCents: 0, way: 'multiplier', factorMillionths: 3_000_000, minCents: null, maxCents: null }]
  await addRule('matrix', { name: 'Every part', category: '', bands })
  const stock = { priceCents: 8_000, costCents: 4_000 }
  const [first, same, other] = [await newPart(t, stock), await newPart(t, stock), await newPart(t, { priceCents: 5_000, costCents: 2_000 })]
  for (const ctx of [advisor, owner]) {
    const order = await estimated(t, advisor, [part({ inventoryItemId: first, unitPriceCents: 12_000 })])
    const lineId = order.lines[0]!.id
    const shown = async () => (await getOrder(owner, { orderId: order.id })).lines[0]!.priceSource
    const rule = { rule: 'matrix', name: 'Every part', priceCents: 12_000, costCents: 4_000 }
    // The price of the other part asks for nobody; the old one would be too dear for it.
    expect(await codeOf(editNow(advisor, order, lineId, { inventoryItemId: other }))).toBe('APPROVAL_REQUIRED')
    await editNow(ctx, order, lineId, { inventoryItemId: other, ...price(6_000) })
    expect(await shown()).toMatchObject({ rule: 'matrix', priceCents: 6_000 })
    await editNow(ctx, order, lineId, { inventoryItemId: first, ...price(12_000) })
    expect(await shown()).toMatchObject(rule)
    expect(await codeOf(editNow(advisor, order, lineId, price(7_200)))).toBe('APPROVAL_REQUIRED')
    // A part of the same cost has the same rule with the same words.
    await editNow(ctx, order, lineId, { inventoryItemId: same })
    expect(await shown()).toMatchObject(rule)
    expect(await codeOf(editNow(advisor, order, lineId, price(10_799)))).toBe('APPROVAL_REQUIRED')
    await editNow(advisor, order, lineId, price(10_800))
    expect(await shown()).toMatchObject({ rule: 'typed', priceCents: 10_800, instead: rule })
    // Another kind and back.
    await editNow(ctx, order, lineId, { type: 'labor', ...price(12_000) })
    expect(await shown()).toMatchObject({ rule: 'labor_rate', priceCents: 12_000 })
    await editNow(ctx, order, lineId, { type: 'part', inventoryItemId: first })
    expect(await shown()).toMatchObject(rule)
    expect(await codeOf(editNow(advisor, order, lineId, price(7_200)))).toBe('APPROVAL_REQUIRED')
  }
})
