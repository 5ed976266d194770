import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCar, addLine, addOrder, advance, authorize, issueInvoice, lineInsert, openProbe, type ShopProbe } from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'

let t: TestDatabase
let app: ShopProbe
let owner: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  owner = await openProbe(t.ownerConnection)
})
afterAll(async () => {
  await app.close()
  await owner.close()
  await t.close()
})

const newOrder = async (): Promise<string> => addOrder(app, await addCar(app))
const totals = async (id: string): Promise<number[]> =>
  Object.values(
    await app.one<Record<string, number>>(
      `SELECT labor_total::float, parts_total::float, fees_total::float, subtotal::float, tax::float, discount::float, total::float
       FROM repair_orders WHERE id = $1`,
      [id],
    ),
  )

describe('totals of an order', () => {
  it('follow every kind of line, through insert, update, delete and move', async () => {
    const order = await newOrder()
    expect(await totals(order)).toEqual([0, 0, 0, 0, 0, 0, 0])
    const labor = await addLine(app, order, { type: 'labor', price: 120 })
    await addLine(app, order, { type: 'part', price: 50, taxable: true })
    await addLine(app, order, { type: 'fee', price: 15, taxable: true })
    const discount = await addLine(app, order, { type: 'discount', price: 20, taxable: true })
    expect(await totals(order)).toEqual([120, 50, 15, 185, 3.71, 20, 168.71])

    await app.all('DELETE FROM line_items WHERE id = $1', [labor])
    expect(await totals(order)).toEqual([0, 50, 15, 65, 3.71, 20, 48.71])

    const second = await newOrder()
    await app.all('UPDATE line_items SET repair_order_id = $1 WHERE id = $2', [second, discount])
    expect(await totals(order)).toEqual([0, 50, 15, 65, 5.36, 0, 70.36])
    expect(await totals(second)).toEqual([0, 0, 0, 0, 0, 20, -20])

    await app.all(`UPDATE line_items SET status = 'declined' WHERE repair_order_id = $1`, [order])
    expect(await totals(order)).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('round each line half away from zero', async () => {
    const order = await newOrder()
    await addLine(app, order, { quantity: 1.33, price: 9.99 })
    await addLine(app, order, { quantity: 0.5, price: 0.01 })
    expect(await totals(order)).toEqual([13.3, 0, 0, 13.3, 0, 0, 13.3])
    expect(await app.outcome(`UPDATE line_items SET total = 1 WHERE repair_order_id = $1`, [order])).toBe('428C9')
    expect(await app.outcome(...lineInsert(app, order, { quantity: -1 }))).toBe('line_item_sign')
    expect(await app.outcome(...lineInsert(app, order, { type: 'part', price: -1 }))).toBe('line_item_sign')
    expect(await app.outcome(...lineInsert(app, order, { type: 'fee', price: -5 }))).toBe('ok')
    expect(await app.outcome(`UPDATE line_items SET part_condition = 'used' WHERE repair_order_id = $1`, [order])).toBe(
      'line_item_part_condition',
    )
  })

  it('freeze the tax rate, zero for an exempt customer, and follow a change of it', async () => {
    const car = await addCar(app)
    await app.all('UPDATE customers SET tax_exempt = true WHERE id = $1', [car.customerId])
    const order = await addOrder(app, car)
    await addLine(app, order, { type: 'part', price: 100, taxable: true })
    expect(await totals(order)).toEqual([0, 100, 0, 100, 0, 0, 100])
    await app.all('UPDATE repair_orders SET tax_rate = 0.08875 WHERE id = $1', [order])
    expect(await totals(order)).toEqual([0, 100, 0, 100, 8.88, 0, 108.88])
  })

  it('cannot be written by hand, nor can the authorized amount', async () => {
    const order = await newOrder()
    expect(await app.outcome('UPDATE repair_orders SET labor_total = 5, subtotal = 5, total = 5 WHERE id = $1', [order])).toBe(
      'ro_totals_derived',
    )
    expect(await app.outcome('UPDATE repair_orders SET authorized_total = 5 WHERE id = $1', [order])).toBe('ro_authorized_derived')
    expect(await app.outcome(`UPDATE repair_orders SET ro_number = 'RO-9' WHERE id = $1`, [order])).toBe('ro_number_immutable')
    const { customerId, vehicleId } = await addCar(app)
    const insert = (extra: string): string =>
      `INSERT INTO repair_orders (shop_id, customer_id, vehicle_id, ${extra.split('=')[0]}) VALUES ($1, $2, $3, ${extra.split('=')[1]})`
    for (const [extra, name] of [
      ["status='completed'", 'ro_status_transition'],
      ['authorized_total=5', 'ro_authorized_derived'],
      ['labor_total=5', 'ro_totals_derived'],
    ] as const) {
      expect(await app.outcome(insert(extra), [t.shopId, customerId, vehicleId])).toBe(name)
    }
  })

  it('are one recalculation for five lines, and none for a change without money', async () => {
    const order = await newOrder()
    const before = await app.one<{ n: number }>(`SELECT count(*)::int AS n FROM audit_events`)
    await app.all(
      `INSERT INTO line_items (shop_id, repair_order_id, type, description, unit_price, taxable)
       SELECT $1, $2, 'fee', 'n' || n, n, false FROM generate_series(1, 5) n`,
      [t.shopId, order],
    )
    const { xmin, version } = await app.one('SELECT xmin::text, version FROM repair_orders WHERE id = $1', [order])
    expect(await totals(order)).toEqual([0, 0, 15, 15, 0, 0, 15])
    await app.all(`UPDATE line_items SET description = 'other' WHERE repair_order_id = $1`, [order])
    expect(await app.one('SELECT xmin::text, version FROM repair_orders WHERE id = $1', [order])).toEqual({ xmin, version: 1 })
    expect(version).toBe(1)
    expect(await app.one(`SELECT count(*)::int AS n FROM audit_events`)).toEqual(before)
  })

  it("record a price that is not the shop's, with the shop's own, once a statement", async () => {
    const order = await newOrder()
    const { rate } = await app.one<{ rate: string }>('SELECT labor_rate AS rate FROM shops WHERE id = $1', [t.shopId])
    const insert = `INSERT INTO line_items (shop_id, repair_order_id, type, description, unit_price, taxable) SELECT $1, $2, 'labor', 'n', p, false FROM unnest($3::numeric[]) p`
    const recorded = async (): Promise<unknown[]> =>
      (
        await app.all<{ prices: unknown }>(
          `SELECT jsonb_path_query_array(details, '$.lines[*].unit_price') AS prices FROM audit_events
           WHERE entity_id = $1 AND action = 'lines.price_override' AND details @> jsonb_build_object('lines', jsonb_build_array(jsonb_build_object('list_price', $2::numeric)))
           ORDER BY seq`,
          [order, rate],
        )
      ).map(({ prices }) => prices)
    await app.all(insert, [t.shopId, order, [rate, rate]])
    expect(await recorded()).toEqual([])
    await app.all(insert, [t.shopId, order, [rate, '5', '7']])
    await app.all('UPDATE line_items SET list_price = 5 WHERE repair_order_id = $1', [order])
    expect(await recorded()).toEqual([[5, 7]])
    await app.all('UPDATE line_items SET unit_price = 9 WHERE repair_order_id = $1 AND unit_price = 5', [order])
    await app.all(`UPDATE line_items SET unit_price = $2, type = 'fee' WHERE repair_order_id = $1 AND unit_price = 7`, [order, rate])
    expect(await recorded()).toEqual([[5, 7], [9]])
  })

  it('stay exact when eight counters write one order, without a deadlock', async () => {
    const order = await newOrder()
    const counters = await Promise.all(Array.from({ length: 8 }, () => openProbe(t.appConnection, { shopId: t.shopId })))
    await Promise.all(
      counters.map(async (counter) => {
        for (let n = 0; n < 15; n += 1) await addLine(counter, order, { price: 1 })
      }),
    )
    await Promise.all(counters.map((counter) => counter.close()))
    expect((await totals(order))[6]).toBe(120)
  })
})

describe('status of an order', () => {
  const states = ['draft', 'estimate', 'approved', 'in_progress', 'completed', 'closed', 'declined'] as const
  const allowed: Record<(typeof states)[number], readonly string[]> = {
    draft: ['estimate', 'approved', 'declined'],
    estimate: ['draft', 'approved', 'declined'],
    approved: ['estimate', 'in_progress', 'declined'],
    in_progress: ['estimate', 'approved', 'completed'],
    completed: ['in_progress', 'closed'],
    closed: ['completed'],
    declined: ['estimate', 'completed'],
  }
  const way: Record<(typeof states)[number], readonly string[]> = {
    draft: ['draft'],
    estimate: [],
    approved: ['approved'],
    in_progress: ['approved', 'in_progress'],
    completed: ['approved', 'in_progress', 'completed'],
    closed: ['approved', 'in_progress', 'completed', 'closed'],
    declined: ['declined'],
  }

  it.each(states)('%s goes where the table says and nowhere else', async (from) => {
    for (const to of states) {
      if (to === from) continue
      const order = await newOrder()
      await advance(app, order, ...way[from])
      const outcome = await app.outcome('UPDATE repair_orders SET status = $2 WHERE id = $1', [order, to])
      expect(`${from} -> ${to}: ${outcome}`).toBe(`${from} -> ${to}: ${allowed[from].includes(to) ? 'ok' : 'ro_status_transition'}`)
    }
  })

  it('leaves a chain of events with actor and reason that nobody can forge', async () => {
    const order = await newOrder()
    await app.undone(async () => {
      await app.all(`SELECT set_config('app.reason', 'customer called', true)`)
      await advance(app, order, 'approved')
      expect(
        await app.all(`SELECT from_status, to_status, by_user_id, reason FROM ro_status_events WHERE repair_order_id = $1 ORDER BY seq`, [
          order,
        ]),
      ).toEqual([
        { from_status: null, to_status: 'estimate', by_user_id: t.ownerUserId, reason: null },
        { from_status: 'estimate', to_status: 'approved', by_user_id: t.ownerUserId, reason: 'customer called' },
      ])
    })
    expect(
      await app.outcome(`INSERT INTO ro_status_events (shop_id, repair_order_id, to_status) VALUES ($1, $2, 'closed')`, [t.shopId, order]),
    ).toBe('ro_status_events_derived')
  })

  it('needs the customer to have authorized the present total before work starts or ends', async () => {
    const order = await newOrder()
    const line = await addLine(app, order, { price: 100 })
    await advance(app, order, 'approved')
    const start = (): Promise<string> => app.outcome(`UPDATE repair_orders SET status = 'in_progress' WHERE id = $1`, [order])
    expect(await start()).toBe('ro_unauthorized')
    await authorize(app, order)
    expect(await start()).toBe('ok')
    await app.all('UPDATE line_items SET unit_price = 100.01 WHERE id = $1', [line])
    const finish = (): Promise<string> => app.outcome(`UPDATE repair_orders SET status = 'completed' WHERE id = $1`, [order])
    expect(await finish()).toBe('ro_unauthorized')
    await authorize(app, order, '100.01')
    await app.all(`UPDATE line_items SET status = 'quoted' WHERE id = $1`, [line])
    expect(await finish()).toBe('ro_lines_undecided')
    await app.all(`UPDATE line_items SET status = 'approved' WHERE id = $1`, [line])
    expect(await finish()).toBe('ok')
    expect(await app.one('SELECT status FROM line_items WHERE id = $1', [line])).toEqual({ status: 'completed' })
    expect(await app.outcome(`UPDATE repair_orders SET status = 'closed' WHERE id = $1`, [order])).toBe('ro_close_unpaid')
  })

  it('keeps only the last authorization, each tied to an estimate of the same order', async () => {
    const order = await newOrder()
    await addLine(app, order, { price: 80 })
    await authorize(app, order)
    await authorize(app, order, '50')
    expect(await app.one('SELECT authorized_total::float AS sum FROM repair_orders WHERE id = $1', [order])).toEqual({ sum: 50 })
    const foreign = await newOrder()
    expect(
      await app.outcome(
        `INSERT INTO authorizations (shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method)
         SELECT shop_id, $2, id, 1, 'x', 'phone' FROM estimate_versions WHERE repair_order_id = $1 LIMIT 1`,
        [order, foreign],
      ),
    ).toBe('authorizations_estimate_version_id_fkey')
    for (const table of ['authorizations', 'estimate_versions', 'ro_status_events']) {
      expect(await owner.outcome(`DELETE FROM ${table} WHERE repair_order_id = $1`, [order])).toBe(`${table}_append_only`)
      expect(await owner.outcome(`UPDATE ${table} SET shop_id = shop_id WHERE repair_order_id = $1`, [order])).toBe(`${table}_append_only`)
    }
  })
})

describe('an invoiced order', () => {
  it('keeps its lines, its customer and its rate', async () => {
    const order = await newOrder()
    const line = await addLine(app, order)
    await authorize(app, order)
    await advance(app, order, 'approved', 'in_progress', 'completed')
    await issueInvoice(app, order)
    const other = await addCar(app)
    for (const [statement, values, name] of [
      ['UPDATE line_items SET unit_price = 1 WHERE id = $1', [line], 'line_items_locked'],
      [`UPDATE line_items SET status = 'approved' WHERE id = $1`, [line], 'line_items_locked'],
      [`UPDATE line_items SET description = 'x' WHERE id = $1`, [line], 'line_items_locked'],
      ['DELETE FROM line_items WHERE id = $1', [line], 'line_items_locked'],
      [...lineInsert(app, order, {}), 'line_items_locked'],
      ['UPDATE repair_orders SET tax_rate = 0 WHERE id = $1', [order], 'ro_invoiced'],
      [
        'UPDATE repair_orders SET customer_id = $2, vehicle_id = $3 WHERE id = $1',
        [order, other.customerId, other.vehicleId],
        'ro_invoiced',
      ],
      ['UPDATE repair_orders SET deleted_at = now() WHERE id = $1', [order], 'ro_invoiced'],
      [`UPDATE repair_orders SET status = 'in_progress' WHERE id = $1`, [order], 'ro_invoiced'],
      [`UPDATE repair_orders SET technician_notes = 'wiper too' WHERE id = $1`, [order], 'ok'],
      ['UPDATE line_items SET sort_order = 3 WHERE id = $1', [line], 'ok'],
    ] as const) {
      expect(`${statement}: ${await app.outcome(statement, values)}`).toBe(`${statement}: ${name}`)
    }
  })
})

describe('a closed order', () => {
  it('takes no more lines, though nothing was ever billed on it; reopened, it does', async () => {
    const order = await newOrder()
    await advance(app, order, 'approved', 'in_progress', 'completed', 'closed')
    expect(await app.outcome(...lineInsert(app, order, {}))).toBe('line_items_locked')
    await advance(app, order, 'completed')
    expect(await app.outcome(...lineInsert(app, order, {}))).toBe('ok')
    expect(await app.outcome(`UPDATE repair_orders SET status = 'closed' WHERE id = $1`, [order])).toBe('ro_close_unpaid')
  })
})

describe('numbers', () => {
  it('have no gap and no duplicate: eight counters, 1,000 orders, some rolled back', { timeout: 60_000 }, async () => {
    const car = await addCar(app)
    await addOrder(app, car)
    const first = await app.one<{ n: number }>(`SELECT max(substring(ro_number FROM 4)::int) AS n FROM repair_orders`)
    const counters = await Promise.all(Array.from({ length: 8 }, () => openProbe(t.appConnection, { shopId: t.shopId })))
    let kept = 0
    await Promise.all(
      counters.map(async (counter, place) => {
        for (let n = 0; n < 125; n += 1) {
          await counter.all('BEGIN')
          await addOrder(counter, car)
          const keep = (n + place) % 5 !== 0
          await counter.all(keep ? 'COMMIT' : 'ROLLBACK')
          if (keep) kept += 1
        }
      }),
    )
    await Promise.all(counters.map((counter) => counter.close()))
    expect(
      await app.one(
        `SELECT count(*)::int AS n, count(DISTINCT ro_number)::int AS distinct_n, max(substring(ro_number FROM 4)::int) AS last
         FROM repair_orders WHERE substring(ro_number FROM 4)::int > $1`,
        [first.n],
      ),
    ).toEqual({ n: kept, distinct_n: kept, last: first.n + kept })
    expect(kept).toBe(800)
  })

  it('are zero-padded to six digits and grow beyond; a counter cannot be set back', async () => {
    await app.undone(async () => {
      await owner.all(`ALTER TABLE shop_counters DISABLE TRIGGER guard_shop_counter`)
      await owner.all(`UPDATE shop_counters SET next_value = 999999 WHERE shop_id = $1 AND counter = 'ro'`, [t.shopId])
      await owner.all(`ALTER TABLE shop_counters ENABLE TRIGGER guard_shop_counter`)
      expect(Object.values(await app.one(`SELECT next_shop_number($1, 'ro') AS a, next_shop_number($1, 'ro') AS b`, [t.shopId]))).toEqual([
        'RO-999999',
        'RO-1000000',
      ])
    })
    expect(await app.outcome(`UPDATE shop_counters SET next_value = 1`)).toBe('shop_counters_step')
  })
})
