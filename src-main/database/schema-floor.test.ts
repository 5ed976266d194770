import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addCar, addOrder, openProbe, type ShopProbe } from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'

let t: TestDatabase
let app: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
})
afterAll(async () => {
  await app.close()
  await t.close()
})

describe('the floor', () => {
  it('has one car a bay and one bay a car, and finished cars leave it', async () => {
    const add = async (name: string): Promise<string> =>
      (await app.one<{ id: string }>(`INSERT INTO bays (shop_id, name) VALUES ($1, $2) RETURNING id`, [t.shopId, name])).id
    const [one, two] = [await add('A1'), await add('A2')]
    const order = await addOrder(app, await addCar(app))
    const enter = (bay: string, ro: string): Promise<string> => app.outcome('UPDATE bays SET current_ro_id = $1 WHERE id = $2', [ro, bay])
    expect(await enter(one, order)).toBe('ok')
    expect(
      await app.one('SELECT status, (SELECT bay_id FROM repair_orders WHERE id = $2) AS bay FROM bays WHERE id = $1', [one, order]),
    ).toEqual({ status: 'occupied', bay: one })
    expect(await enter(two, order)).toBe('bays_one_bay_per_ro')
    await app.all(`UPDATE bays SET status = 'maintenance' WHERE id = $1`, [two])
    expect(await enter(two, await addOrder(app, await addCar(app)))).toBe('bay_not_usable')
    for (const status of ['approved', 'in_progress', 'completed'])
      await app.all('UPDATE repair_orders SET status = $1 WHERE id = $2', [status, order])
    expect(await app.one('SELECT status, current_ro_id FROM bays WHERE id = $1', [one])).toEqual({
      status: 'available',
      current_ro_id: null,
    })
    expect(await enter(one, order)).toBe('bay_order_finished')
  })

  it('takes no double booking', async () => {
    const car = await addCar(app)
    const { id: bay } = await app.one<{ id: string }>(`INSERT INTO bays (shop_id, name) VALUES ($1, 'B1') RETURNING id`, [t.shopId])
    const book = (from: string, to: string, extra: { bay?: string; person?: string; status?: string } = {}): Promise<string> =>
      app.outcome(
        `INSERT INTO appointments (shop_id, customer_id, vehicle_id, bay_id, assigned_technician_id, scheduled_start, scheduled_end, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          t.shopId,
          car.customerId,
          car.vehicleId,
          extra.bay ?? null,
          extra.person ?? null,
          `2026-04-02T${from}Z`,
          `2026-04-02T${to}Z`,
          extra.status ?? 'scheduled',
        ],
      )
    expect(await book('09:00', '10:00', { bay, person: t.ownerUserId })).toBe('ok')
    expect(await book('09:30', '10:30', { bay })).toBe('appointments_no_bay_overlap')
    expect(await book('09:30', '10:30', { person: t.ownerUserId })).toBe('appointments_no_technician_overlap')
    expect(await book('10:00', '11:00', { bay, person: t.ownerUserId })).toBe('ok')
    expect(await book('09:30', '10:30', { bay, status: 'cancelled' })).toBe('ok')
    expect(await book('12:00', '12:00')).toBe('end_after_start')
  })

  it('counts only the points somebody looked at', async () => {
    const order = await addOrder(app, await addCar(app))
    const { id } = await app.one<{ id: string }>('INSERT INTO inspections (shop_id, repair_order_id) VALUES ($1, $2) RETURNING id', [
      t.shopId,
      order,
    ])
    await app.all(
      `INSERT INTO inspection_points (shop_id, inspection_id, category, item) SELECT $1, $2, 'brakes', 'p' || n FROM generate_series(1, 25) n`,
      [t.shopId, id],
    )
    await app.all(`UPDATE inspection_points SET status = 'urgent' WHERE inspection_id = $1 AND item = 'p1'`, [id])
    const counts = (): Promise<unknown> =>
      app.one('SELECT total_points AS t, good_count AS g, attention_count AS a, urgent_count AS u FROM inspections WHERE id = $1', [id])
    expect(await counts()).toEqual({ t: 25, g: 0, a: 0, u: 1 })
    expect(await app.outcome('UPDATE inspections SET is_complete = true WHERE id = $1', [id])).toBe('inspection_unassessed_points')
    await app.all('UPDATE inspection_points SET assessed_at = now() WHERE inspection_id = $1', [id])
    expect(await app.outcome('UPDATE inspections SET is_complete = true, good_count = -7 WHERE id = $1', [id])).toBe('ok')
    expect(await counts()).toEqual({ t: 25, g: 24, a: 0, u: 1 })
    expect(
      await app.outcome(`INSERT INTO photos (shop_id, context, repair_order_id, url) VALUES ($1, 'vehicle', $2, 'u')`, [t.shopId, order]),
    ).toBe('photo_context_matches_parent')
  })
})

describe('customers', () => {
  it('are people with a name and a phone, companies with a name, or walk-ins with neither', async () => {
    const add = (row: Record<string, unknown>): Promise<string> => {
      const full = { shop_id: t.shopId, first_name: '', last_name: '', phone: '', ...row }
      const columns = Object.keys(full)
      return app.outcome(
        `INSERT INTO customers (${columns.join()}) VALUES (${columns.map((_, n) => `$${n + 1}`).join()})`,
        Object.values(full),
      )
    }
    expect(await add({ first_name: 'Ann' })).toBe('customers_person_complete')
    expect(await add({ first_name: ' ', last_name: '', phone: '555' })).toBe('customers_person_complete')
    expect(await add({ last_name: 'Lee', phone: '555-010-0101' })).toBe('ok')
    expect(await add({ kind: 'company' })).toBe('customers_company_named')
    expect(await add({ kind: 'company', company_name: 'Acme Fleet' })).toBe('ok')
    expect(await add({ kind: 'walk_in' })).toBe('ok')
    expect(await add({ kind: 'robot' })).toBe('customers_kind_known')
    expect(await add({ first_name: 'A', phone: '1', preferred_contact: 'fax' })).toBe('customers_preferred_contact_known')
    const names = await app.all<{ display_name: string }>(
      `SELECT display_name FROM customers WHERE last_name = 'Lee' OR kind <> 'person' ORDER BY 1`,
    )
    expect(names.map((row) => row.display_name)).toEqual(['Acme Fleet', 'Lee', 'Walk-in'])
  })

  it('have one phone key, however the number is written', async () => {
    for (const phone of ['(555) 010-0199', '555.010.0199', '+15550100199', '5550100199', '555-010-0199 x12'])
      await addCar(app, { last: 'Phones', phone })
    expect(await app.one(`SELECT count(*)::int AS n FROM customers WHERE phone_digits = '5550100199'`)).toEqual({ n: 5 })
  })
})
