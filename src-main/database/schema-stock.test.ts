import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../base/uuid7'
import { addCar, addLine, addOrder, advance, authorize, lineInsert, openProbe, type ShopProbe } from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'

let t: TestDatabase
let app: ShopProbe
let second: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  second = await openProbe(t.appConnection, { shopId: t.shopId })
})
afterAll(async () => {
  await app.close()
  await second.close()
  await t.close()
})

async function addItem(quantity: number): Promise<string> {
  const id = uuid7()
  await app.all(
    `INSERT INTO inventory_items (id, shop_id, part_number, description, quantity_on_hand, reorder_point, cost, price)
     VALUES ($1::uuid, $2, $1::text, 'Oil filter', $3, 2, 4, 9.99)`,
    [id, t.shopId, quantity],
  )
  return id
}

/** What the part says it has, and what its ledger adds up to. */
const stock = async (item: string): Promise<number[]> =>
  Object.values(
    await app.one<Record<string, number>>(
      `SELECT quantity_on_hand::float AS a, (SELECT coalesce(sum(quantity), 0)::float FROM stock_transactions WHERE inventory_item_id = i.id) AS b
       FROM inventory_items i WHERE id = $1`,
      [item],
    ),
  )

const newOrder = async (): Promise<string> => addOrder(app, await addCar(app))
const part = (itemId: string, quantity: number, status: 'quoted' | 'completed' = 'completed') =>
  ({ type: 'part', itemId, quantity, status, price: 9.99 }) as const

describe('stock', () => {
  it('leaves with the finished work, comes back with its undoing, and always equals the ledger', async () => {
    const item = await addItem(10)
    const order = await newOrder()
    expect(await stock(item)).toEqual([10, 10])
    const line = await addLine(app, order, part(item, 3, 'quoted'))
    const set = (assignment: string): Promise<unknown> => app.all(`UPDATE line_items SET ${assignment} WHERE id = $1`, [line])
    for (const [assignment, left] of [
      [`status = 'approved'`, 10],
      [`status = 'completed'`, 7],
      ['quantity = 5', 5],
      ['quantity = 2', 8],
      [`status = 'declined'`, 10],
      [`status = 'completed'`, 8],
    ] as const) {
      await set(assignment)
      expect([assignment, ...(await stock(item))]).toEqual([assignment, left, left])
    }
    await app.all('DELETE FROM line_items WHERE id = $1', [line])
    expect(await stock(item)).toEqual([10, 10])
    expect(
      await app.one(
        `SELECT count(*)::int AS n, count(cost)::int AS costs, count(performed_by_user_id)::int AS people FROM stock_transactions WHERE inventory_item_id = $1`,
        [item],
      ),
    ).toEqual({ n: 7, costs: 7, people: 7 })
  })

  it('moves between parts when a line changes its part, or not at all', async () => {
    const [full, empty] = [await addItem(10), await addItem(0)]
    const order = await newOrder()
    const line = await addLine(app, order, part(full, 4))
    expect(await app.outcome('UPDATE line_items SET inventory_item_id = $1 WHERE id = $2', [empty, line])).toBe(
      'inventory_quantity_not_negative',
    )
    expect([await stock(full), await stock(empty)]).toEqual([
      [6, 6],
      [0, 0],
    ])
    await app.all(`INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity) VALUES ($1, $2, 'receipt', 5)`, [
      t.shopId,
      empty,
    ])
    await app.all('UPDATE line_items SET inventory_item_id = $1 WHERE id = $2', [empty, line])
    expect([await stock(full), await stock(empty)]).toEqual([
      [10, 10],
      [1, 1],
    ])
  })

  it('is taken when the order is completed', async () => {
    const item = await addItem(10)
    const order = await newOrder()
    await addLine(app, order, { type: 'part', itemId: item, quantity: 4, status: 'approved', price: 1 })
    await authorize(app, order)
    await advance(app, order, 'approved', 'in_progress')
    expect(await stock(item)).toEqual([10, 10])
    await advance(app, order, 'completed')
    expect(await stock(item)).toEqual([6, 6])
  })

  it('cannot be oversold, written by hand, or rewritten', async () => {
    const item = await addItem(3)
    const order = await newOrder()
    const ledger = (type: string, quantity: number): Promise<string> =>
      app.outcome(`INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity) VALUES ($1, $2, $3, $4)`, [
        t.shopId,
        item,
        type,
        quantity,
      ])
    expect(await app.outcome(...lineInsert(app, order, part(item, 4)))).toBe('inventory_quantity_not_negative')
    expect(await ledger('sale', 2)).toBe('stock_quantity_sign')
    expect(await ledger('receipt', -2)).toMatch(/positive_quantity_for_receipts|stock_quantity_sign/)
    expect(await ledger('adjustment', 0)).toBe('stock_quantity_sign')
    expect(await app.outcome('UPDATE inventory_items SET quantity_on_hand = 99 WHERE id = $1', [item])).toBe(
      'inventory_quantity_via_ledger',
    )
    const owner = await openProbe(t.ownerConnection)
    expect(await owner.outcome('UPDATE stock_transactions SET quantity = 1')).toBe('stock_append_only')
    expect(await owner.outcome('DELETE FROM stock_transactions')).toBe('stock_append_only')
    await owner.close()
    expect(await app.outcome('DELETE FROM stock_transactions')).toBe('42501')
    expect(await stock(item)).toEqual([3, 3])
  })

  it('sells the last one once, to two counters at the same moment', async () => {
    const item = await addItem(1)
    const orders = [await newOrder(), await newOrder()]
    const outcomes = await Promise.all(
      [app, second].map((counter, n) => counter.outcome(...lineInsert(counter, orders[n] ?? '', part(item, 1)))),
    )
    expect(outcomes.toSorted()).toEqual(['inventory_quantity_not_negative', 'ok'])
    expect(await stock(item)).toEqual([0, 0])
  })

  it('takes parts in one order of locks: sales in opposite order do not deadlock', async () => {
    const items = [await addItem(500), await addItem(500)]
    const sell = async (counter: ShopProbe, list: readonly string[]): Promise<void> => {
      const order = await addOrder(counter, await addCar(counter))
      await counter.all(
        `INSERT INTO line_items (shop_id, repair_order_id, type, status, description, unit_price, inventory_item_id)
         SELECT $1, $2, 'part', 'completed', 'filter', 1, i FROM unnest($3::uuid[]) i`,
        [t.shopId, order, list],
      )
    }
    await Promise.all([
      (async () => {
        for (let n = 0; n < 25; n += 1) await sell(app, items)
      })(),
      (async () => {
        for (let n = 0; n < 25; n += 1) await sell(second, items.toReversed())
      })(),
    ])
    expect(await stock(items[0] ?? '')).toEqual([450, 450])
    expect(await stock(items[1] ?? '')).toEqual([450, 450])
  })

  it('marks a part as low only when it crosses its reorder point, so that counting stays a heap-only update', async () => {
    const item = await addItem(10)
    await app.all('SELECT pg_stat_force_next_flush()')
    const read = (): Promise<{ hot: number }> => app.one(`SELECT pg_stat_get_tuples_hot_updated('inventory_items'::regclass)::int AS hot`)
    const before = await read()
    for (let n = 0; n < 3; n += 1) {
      await app.all(`INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity) VALUES ($1, $2, 'adjustment', -1)`, [
        t.shopId,
        item,
      ])
    }
    await app.all('SELECT pg_stat_force_next_flush()')
    expect((await read()).hot - before.hot).toBe(3)
    expect(await app.one('SELECT is_low, markup_percentage FROM inventory_items WHERE id = $1', [item])).toEqual({
      is_low: false,
      markup_percentage: '149.75',
    })
    await app.all(`INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity) VALUES ($1, $2, 'adjustment', -5)`, [
      t.shopId,
      item,
    ])
    expect(await app.one('SELECT is_low FROM inventory_items WHERE id = $1', [item])).toEqual({ is_low: true })
  })
})
