import { afterAll, beforeAll, expect, test } from 'vitest'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { add, approved, codeOf, line, newPart, part } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { updateOrder } from '../orders/update-order'
import { workOrderPdf } from './work-order-pdf'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

async function textOf(ctx: Ctx, orderId: string): Promise<string> {
  const { base64 } = await workOrderPdf(ctx, { orderId })
  return (await readPdf(new Uint8Array(Buffer.from(base64, 'base64')))).text
}

test('approved work with the bins of its parts and the wish for the old ones; what is not approved apart; no price, no phone', async () => {
  const itemId = await newPart(t)
  await reading(t.owner).query(sql('', `UPDATE inventory_items SET location = 'B-07' WHERE id = $1`), [itemId])
  const order = await approved(t, owner, [
    line({ description: 'Bleed the brakes' }),
    part({ inventoryItemId: itemId, unitPriceCents: 2_500 }),
  ])
  await add(owner, order, line({ description: 'Wheel alignment' }))
  await updateOrder(owner, { orderId: order.id, was: { oldPartsWanted: false }, now: { oldPartsWanted: true } })
  const text = await textOf(owner, order.id)
  for (const said of [order.number, 'Bleed the brakes', 'BP-1', 'B-07', 'OLD PARTS: KEEP THEM', 'Carla Tester'])
    expect(text).toContain(said)
  expect(text.slice(text.indexOf('Not approved'))).toContain('Wheel alignment')
  expect(text.slice(0, text.indexOf('Not approved'))).not.toContain('Wheel alignment')
  expect(text).not.toMatch(/\$|010-0142|carla@test/)
})

test('is for the technician of the order, and for nobody of another shop', async () => {
  const order = await approved(t, owner, [line()])
  const technician = await testContext(t, 'technician')
  expect(await codeOf(workOrderPdf(technician, { orderId: order.id }))).toBe('NOT_FOUND')
  expect(await codeOf(workOrderPdf(await testContext(t, 'owner', { shop: 'B' }), { orderId: order.id }))).toBe('NOT_FOUND')
  await updateOrder(owner, { orderId: order.id, was: { technicianId: null }, now: { technicianId: technician.userId } })
  expect(await textOf(technician, order.id)).toContain(order.number)
})
