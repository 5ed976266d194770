import { AsyncResource } from 'node:async_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../../src-preload/contract/orders'
import { NewPriceRule } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { arrival, line, newCar, part } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { addPriceRule } from '../pricing/save-price-rule'
import { addLines } from './add-lines'
import { checkIn } from './check-in'

// The fees of a car that arrives come with its other lines, in the statement that makes the order.

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  const fee = { kind: 'other', isActive: true, taxable: true, amountCents: null, percentMillionths: null, capCents: null }
  for (const fields of [
    { ...fee, name: 'Supplies', printedName: 'Brake cleaner', base: 'both', percentMillionths: 50_000, capCents: 2_500 },
    { ...fee, name: 'Parts handling', printedName: 'Handling', base: 'parts', amountCents: 450, taxable: false },
    { ...fee, name: 'Labor only', printedName: 'Rags', base: 'labor', percentMillionths: 12_500 },
  ])
    await addPriceRule(owner, NewPriceRule.parse({ kind: 'fee_rule', id: uuid7(), fields }))
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

const inJob = (lines: ReturnType<typeof line>[]) => ({ jobs: [{ jobId: uuid7(), name: 'Brakes', lines }] })
const feesOf = ({ lines }: Order) => lines.filter(({ type }) => type === 'fee').map(({ id: _, sortOrder: __, ...fee }) => fee)

test.each([
  ['labor and parts', () => [line(), part()]],
  ['parts alone', () => [part()]],
  ['labor alone', () => [line()]],
  ['a line of nothing', () => [line({ unitPriceCents: 0 })]],
] as const)('%s: the same fees as on an order whose lines came one by one', async (_, make) => {
  const atOnce = await checkIn(owner, arrival(await newCar(t), inJob(make())))
  const draft = await checkIn(owner, arrival(await newCar(t)))
  let grown = draft
  for (const each of make()) grown = await addLines(owner, { orderId: draft.id, lines: [each] })
  const byName = (fees: ReturnType<typeof feesOf>) => fees.toSorted((a, b) => a.description.localeCompare(b.description))
  expect(byName(feesOf(atOnce))).toEqual(byName(feesOf(grown)))
  expect(atOnce.totalCents).toBe(grown.totalCents)
  expect(atOnce.lines.map(({ sortOrder }) => sortOrder)).toEqual(atOnce.lines.map((_line, at) => at + 1))
})

test('a rule that is changed between prices and order is the one the order has and follows', async () => {
  const other = secondCounter(t)
  try {
    const car = await newCar(t)
    let arriving: Promise<Order> | undefined
    const arrive = AsyncResource.bind(() => checkIn(owner, arrival(car, inJob([line(), part()])))) // at a counter of its own
    // Whoever holds the car lets the arrival wait with the prices it has read.
    await inTransaction('hold', { db: other, userId: owner.userId }, async (tx) => {
      await tx.query(sql('', 'SELECT FROM vehicles WHERE id = $1 FOR UPDATE'), [car.vehicleId])
      arriving = arrive()
      await expect.poll(() => tx.query(WAITING)).toHaveLength(1)
      await tx.query(sql('', `UPDATE fee_rules SET amount = 9 WHERE name = 'Parts handling'`))
    })
    const order = await arriving
    expect(order?.feeRules.find(({ name }) => name === 'Parts handling')?.amountCents).toBe(900)
    expect(order && feesOf(order).map(({ description, totalCents }) => [description, totalCents])).toEqual([
      ['Rags', 150],
      ['Handling', 900],
      ['Brake cleaner', 1_000],
    ])
  } finally {
    await other.close()
  }
})

const WAITING = sql('', `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`)
