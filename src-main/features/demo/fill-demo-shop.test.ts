import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { openDatabase } from '../../database/pool'
import type { Ctx } from '../../ipc/context'
import { listEstimates } from '../invoices/list-estimates'
import { readProfile } from '../shop/read-profile'
import { decodeVin } from '../vehicles/decode-vin'
import { loadVinData } from '../vehicles/load-vin-data'
import { fillDemoShop } from './fill-demo-shop'

const size = { orders: 320, customers: 120, vehicles: 160, days: 90, seed: 7 }
const fingerprint = sql(
  '',
  `SELECT count(*) AS orders, sum(cents(total)) AS total, min(customer_complaint) AS complaint, string_agg(status::text, ',' ORDER BY ro_number) AS statuses
   FROM repair_orders`,
)

async function demoContext(t: TestDatabase): Promise<Ctx> {
  const [shop] = await reading(t.owner).query<{ id: string }>(sql('', 'SELECT id FROM known_shops()'))
  const shopId = shop?.id ?? ''
  const db = openDatabase(t.appConnection, { shopId, max: 2 })
  return { db, shopId, shop: await readProfile(db, shopId) } as Ctx
}

describe('the demo shop', () => {
  let first: TestDatabase
  let second: TestDatabase
  beforeAll(async () => {
    first = await testDatabase({ empty: true })
    second = await testDatabase({ empty: true })
  })
  afterAll(async () => {
    await first.close()
    await second.close()
  })

  it('satisfies every invariant', async () => {
    expect(await fillDemoShop(first.ownerConnection, size)).toBe(true)
    expect(await verifyDatabase(reading(first.owner))).toEqual([])
    const states = await reading(first.owner).query<{ status: string }>(sql('', 'SELECT DISTINCT status::text FROM repair_orders'))
    expect(states.map((row) => row.status).sort()).toEqual([
      'approved',
      'closed',
      'completed',
      'declined',
      'draft',
      'estimate',
      'in_progress',
    ])
  })

  it('has estimates that stand as their customers agreed to them', async () => {
    const ctx = await demoContext(first)
    const authorized = sql('', 'SELECT repair_order_id AS id FROM estimate_versions ORDER BY id LIMIT 100')
    const changed: unknown[] = []
    const answered = await reading(first.owner).query<{ id: string }>(authorized)
    expect(answered).toHaveLength(100)
    for (const { id } of answered) {
      const [current] = await listEstimates(ctx, { orderId: id })
      if (current?.authorizations.length !== 1) changed.push(current)
    }
    await ctx.db.close()
    expect(changed).toEqual([])
  })

  it('has cars that their own VINs decode to', async () => {
    await loadVinData(first.ownerConnection)
    const ctx = { ...(await demoContext(first)), clock: { now: () => new Date('2026-06-01T12:00:00Z') } } as Ctx
    const cars = await reading(first.owner).query<Record<'vin' | 'make' | 'model' | 'engine', string> & { year: number }>(
      sql('', 'SELECT vin, year, make, model, engine FROM vehicles'),
    )
    expect(cars).toHaveLength(size.vehicles)
    expect(new Set(cars.map(({ vin }) => vin)).size).toBe(size.vehicles)
    const others: unknown[] = []
    for (const car of cars) {
      const { vin, year, make, model, engine, checkDigit } = await decodeVin(ctx, car)
      if (checkDigit !== 'right' || !isDeepStrictEqual({ vin, year, make, model, engine }, car)) others.push([car, make, model, year])
    }
    await ctx.db.close()
    expect(others).toEqual([])
  })

  it('is made once', async () => {
    expect(await fillDemoShop(first.ownerConnection, size)).toBe(false)
    const [row] = await reading(first.owner).query<{ orders: number }>(fingerprint)
    expect(row?.orders).toBe(320)
  })

  it('is the same shop with the same seed', async () => {
    await fillDemoShop(second.ownerConnection, size)
    expect(await reading(second.owner).query(fingerprint)).toEqual(await reading(first.owner).query(fingerprint))
  })
})
