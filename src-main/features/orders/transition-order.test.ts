import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Board } from '../../../src-preload/contract/board'
import { OrderStatus } from '../../../src-preload/contract/order-status'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { loadBoard } from './load-board'
import {
  add,
  approved,
  codeOf,
  completed,
  count,
  estimated,
  line,
  move,
  newBay,
  newCar,
  newPart,
  part,
  refusalOf,
} from '../../testing/order-test-kit'
import { canMove } from './order-states'
import { updateOrder } from './update-order'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

/** An order in each state, on the way the counter takes; closed and declined ones owe nothing, so that every legal step is open. */
async function orderIn(status: OrderStatus): Promise<string> {
  if (status === 'draft' || status === 'estimate') {
    const order = await estimated(t, owner, [line({ unitPriceCents: 0 })])
    if (status === 'draft') await move(owner, order.id, 'estimate', 'draft')
    return order.id
  }
  const order = await approved(t, owner, [line({ unitPriceCents: 0 })])
  if (status === 'approved') return order.id
  if (status === 'declined') return (await move(owner, order.id, 'approved', 'declined')).id
  await move(owner, order.id, 'approved', 'in_progress')
  if (status === 'in_progress') return order.id
  await move(owner, order.id, 'in_progress', 'completed')
  if (status === 'completed') return order.id
  return (await move(owner, order.id, 'completed', 'closed')).id
}

describe('the status machine', () => {
  test.each(OrderStatus.options)('from %s exactly the steps of the table are possible', async (from) => {
    for (const to of OrderStatus.options) {
      const orderId = await orderIn(from)
      const step = move(owner, orderId, from, to, { reason: 'Because' })
      const outcome = canMove(from, to) ? (await step).status : await codeOf(step)
      expect(outcome, `${from} -> ${to}`).toBe(canMove(from, to) ? to : 'WRONG_STATE')
    }
  })

  test('a step from a state the order has left is refused', async () => {
    const order = await approved(t, owner, [line()])
    await move(owner, order.id, 'approved', 'in_progress')
    expect(await codeOf(move(owner, order.id, 'approved', 'declined'))).toBe('WRONG_STATE')
    expect(await codeOf(move(owner, uuid7(), 'approved', 'in_progress'))).toBe('NOT_FOUND')
  })

  test('two counters that start the same order: one does', async () => {
    const order = await approved(t, owner, [line()])
    const both = await Promise.allSettled([1, 2].map(() => move(owner, order.id, 'approved', 'in_progress')))
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('the history tells who, when and why', async () => {
    const order = await completed(t, owner, [line()])
    const open = await move(owner, order.id, 'completed', 'in_progress', { reason: 'Noise is still there' })
    expect(open.history.at(-1)).toMatchObject({
      from: 'completed',
      to: 'in_progress',
      byName: 'owner Tester',
      reason: 'Noise is still there',
    })
    expect(open.history.slice(0, -1).every(({ reason }) => reason === '')).toBe(true)
    expect(await codeOf(move(owner, order.id, 'completed', 'in_progress'))).toBe('INVALID_INPUT')
  })

  test('undecided lines keep an order from being completed', async () => {
    const order = await approved(t, owner, [line()])
    await move(owner, order.id, 'approved', 'in_progress')
    await add(owner, order, line({ unitPriceCents: 0 }))
    expect(await codeOf(move(owner, order.id, 'in_progress', 'completed'))).toBe('LINES_UNDECIDED')
  })

  test('an order is closed when its invoice is paid, and not reopened into work while it is invoiced', async () => {
    const order = await completed(t, owner, [line()])
    expect((await refusalOf(move(owner, order.id, 'completed', 'closed'))).message).toMatch(/not invoiced/)
    await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
    expect((await refusalOf(move(owner, order.id, 'completed', 'closed'))).message).toMatch(/not paid/)
    expect(await codeOf(move(owner, order.id, 'completed', 'in_progress', { reason: 'Noise' }))).toBe('ORDER_INVOICED')
  })
})

describe('parts leave the shelf', () => {
  const onHand = async (partId: string) => {
    const [row] = await reading(t.owner).query<{ left: number }>(
      sql('', 'SELECT hundredths(quantity_on_hand) AS left FROM inventory_items WHERE id = $1'),
      [partId],
    )
    return row?.left
  }

  test('when the work is completed, once', async () => {
    const partId = await newPart(t, { onHandHundredths: 500 })
    const order = await approved(t, owner, [part({ inventoryItemId: partId, quantityHundredths: 200 })])
    expect(await onHand(partId)).toBe(500)
    await move(owner, order.id, 'approved', 'in_progress')
    await move(owner, order.id, 'in_progress', 'completed')
    expect(await onHand(partId)).toBe(300)
    await move(owner, order.id, 'completed', 'in_progress', { reason: 'Noise' })
    await move(owner, order.id, 'in_progress', 'completed')
    expect(await onHand(partId)).toBe(300)
  })

  test('only as many as there are', async () => {
    const partId = await newPart(t, { onHandHundredths: 100 })
    const order = await approved(t, owner, [part({ inventoryItemId: partId, quantityHundredths: 200 })])
    await move(owner, order.id, 'approved', 'in_progress')
    expect(await codeOf(move(owner, order.id, 'in_progress', 'completed'))).toBe('STOCK_SHORT')
    expect(await onHand(partId)).toBe(100)
  })
})

describe('bays', () => {
  const occupant = async (bayId: string) => {
    const [row] = await reading(t.owner).query<{ id: string | null }>(sql('', 'SELECT current_ro_id AS id FROM bays WHERE id = $1'), [
      bayId,
    ])
    return row?.id
  }

  test('a car stands in its bay while it is worked on, and leaves it when it is done', async () => {
    const bayId = await newBay(t)
    const order = await approved(t, owner, [line()], { bayId })
    expect(await occupant(bayId)).toBeNull()
    await move(owner, order.id, 'approved', 'in_progress')
    expect(await occupant(bayId)).toBe(order.id)
    await move(owner, order.id, 'in_progress', 'completed')
    expect(await occupant(bayId)).toBeNull()
  })

  test('two cars do not stand in one bay, and one car not in two', async () => {
    const [bayId, next] = [await newBay(t), await newBay(t)]
    const first = await approved(t, owner, [line()], { bayId })
    await move(owner, first.id, 'approved', 'in_progress')
    const second = await approved(t, owner, [line()], { bayId })
    expect(await codeOf(move(owner, second.id, 'approved', 'in_progress'))).toBe('BAY_TAKEN')
    await updateOrder(owner, { orderId: first.id, was: { bayId }, now: { bayId: next } })
    expect([await occupant(bayId), await occupant(next)]).toEqual([null, first.id])
    await move(owner, second.id, 'approved', 'in_progress')
    expect(await codeOf(updateOrder(owner, { orderId: first.id, was: { bayId: next }, now: { bayId } }))).toBe('BAY_TAKEN')
    expect((await updateOrder(owner, { orderId: first.id, was: { bayId: next }, now: { bayId: null } })).bayName).toBeNull()
    expect(await occupant(next)).toBeNull()
    expect(await count(t, 'bays WHERE current_ro_id = $1', [first.id])).toBe(0)
  })

  test('a bay out of service takes no car', async () => {
    const bayId = await newBay(t)
    await reading(t.owner).query(sql('', `UPDATE bays SET status = 'maintenance' WHERE id = $1`), [bayId])
    const order = await approved(t, owner, [line()], { bayId })
    expect(await codeOf(move(owner, order.id, 'approved', 'in_progress'))).toBe('BAY_TAKEN')
  })
})

test('the board shows what is open', async () => {
  const order = await approved(t, owner, [line()])
  const done = await completed(t, owner, [line()])
  await issueInvoice(owner, { invoiceId: uuid7(), orderId: done.id, completeWork: false })
  const away = await estimated(t, owner, [line()])
  await move(owner, away.id, 'estimate', 'declined')
  const { orders, day } = await loadBoard(owner, {})
  expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  expect(orders.find(({ id }) => id === order.id)).toMatchObject({
    number: order.number,
    status: 'approved',
    customerName: 'Carla Tester',
    vehicleLabel: '2019 Honda Civic',
    totalCents: 12_000,
    authorizedCents: 12_000,
    dueCents: 0,
    hasInvoice: false,
  })
  expect(orders.find(({ id }) => id === done.id)).toMatchObject({ dueCents: 12_000, hasInvoice: true })
  expect(orders.some(({ id }) => id === away.id)).toBe(false)
})

test("the board shows the appointments of the shop's day", async () => {
  const car = await newCar(t)
  const book = (when: string) =>
    reading(t.owner).query<{ id: string }>(
      sql(
        '',
        `INSERT INTO appointments (shop_id, customer_id, vehicle_id, scheduled_start, scheduled_end, services_requested)
         VALUES ($1, $2, $3, now() + $4::interval, now() + $4::interval + interval '1 hour', ARRAY['Oil change']) RETURNING id`,
      ),
      [t.shopId, car.customerId, car.vehicleId, when],
    )
  const [today] = await book('0')
  await book('2 days')
  await book('-2 days')
  const board = Board.parse(await loadBoard(owner, {}))
  expect(board.appointments).toMatchObject([
    { id: today!.id, customerName: 'Carla Tester', services: ['Oil change'], bayName: null, ...car },
  ])
})
