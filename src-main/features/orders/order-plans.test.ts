import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase, type Database } from '../../database/pool'
import { one, reading, sql } from '../../database/transaction'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import type { Ctx } from '../../ipc/context'
import { fillDemoShop } from '../demo/fill-demo-shop'
import { findInvoice } from '../invoices/invoice-queries'
import { findShopPrices } from '../pricing/shop-prices'
import { findDayRevenue } from '../reports/report-queries'
import { findBoard } from './board-queries'
import { findDeclinedLines } from './declined-queries'
import { findOrder } from './order-queries'
import { findSnapshotRow } from './snapshot-queries'
import { findTargetWork } from './take-off-queries'

let t: TestDatabase
let db: Database
let shop: { id: string; timezone: string; orderId: string; invoiceId: string; day: string; customerId: string; vehicleId: string }
beforeAll(async () => {
  t = await testDatabase({ empty: true })
  await fillDemoShop(t.ownerConnection, { orders: 3_000, customers: 1_500, vehicles: 2_000 })
  const found = sql(
    '',
    `SELECT s.id, s.timezone, i.repair_order_id AS "orderId", i.id AS "invoiceId", p.business_date AS day,
       r.customer_id AS "customerId", r.vehicle_id AS "vehicleId"
     FROM shops s, repair_orders r, invoices i, payments p WHERE p.invoice_id = i.id AND r.id = i.repair_order_id LIMIT 1`,
  )
  shop = one(await reading(t.owner).query<typeof shop>(found), 'a paid order')
  // nobody's bay and nobody's time, so that they may overlap: enough for a calendar of years
  const calendar = sql(
    '',
    `INSERT INTO appointments (shop_id, customer_id, vehicle_id, scheduled_start, scheduled_end)
     SELECT v.shop_id, v.customer_id, v.id, d, d + interval '1 hour'
     FROM (SELECT * FROM vehicles LIMIT 10) v, generate_series(now() - interval '400 days', now(), interval '1 day') d`,
  )
  await reading(t.owner).query(calendar)
  await reading(t.owner).query(sql('', 'ANALYZE appointments'))
  await indexesInUse()
  // one connection, so that EXPLAIN finds what was prepared
  db = openDatabase(t.appConnection, { shopId: shop.id, max: 1 })
})
afterAll(async () => {
  await db.close()
  await t.close()
})

/**
 * PostgreSQL does not use an index built over rows that the same transaction had changed, until every transaction that was open then has
 * ended: also those of other test files on this server, of which some fill a shop for seconds.
 */
async function indexesInUse(): Promise<void> {
  const waiting = sql(
    '',
    `SELECT indexrelid::regclass FROM pg_index
     WHERE indcheckxmin AND xmin::text::bigint >= (pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295)`,
  )
  await vi.waitFor(async () => expect(await reading(t.owner).query(waiting)).toEqual([]), { timeout: 60_000, interval: 100 })
}

const GROWING =
  'repair_orders|line_items|ro_jobs|ro_status_events|estimate_versions|authorizations|invoices|payments|customers|vehicles|appointments'

/** A function's plan is not shown: what it consists of is asked by itself. */
async function askPast(): Promise<object[]> {
  const [body] = await reading(db).query<{ text: string }>(sql('', `SELECT pg_get_function_sqlbody('order_past'::regproc) AS text`))
  const text = body?.text
    .replace(/^BEGIN ATOMIC|END$|;/g, '')
    .replaceAll('order_past.p_shop', '$1')
    .replaceAll('order_past.p_order', '$2')
  return reading(db).query(sql('order-past', text ?? ''), [shop.id, shop.orderId])
}

const pricedIn = (): Ctx => ({ shopId: shop.id, shop: { settings: { priceEnding: 'none' } } }) as unknown as Ctx

test.each([
  ['order-load', () => findOrder(reading(db), shop, shop.orderId, null), () => [shop.id, shop.orderId, null, shop.timezone]],
  ['order-past', askPast, () => [shop.id, shop.orderId]],
  ['order-snapshot', () => findSnapshotRow(reading(db), shop.id, shop.orderId), () => [shop.id, shop.orderId]],
  ['order-board', () => findBoard(reading(db), shop.id, null), () => [shop.id]],
  ['invoice-load', () => findInvoice(reading(db), shop, shop.invoiceId), () => [shop.id, shop.invoiceId, shop.timezone]],
  [
    'shop-prices',
    () => findShopPrices(reading(db), pricedIn(), [], shop),
    () => [shop.id, '{}', shop.orderId, shop.customerId, shop.vehicleId],
  ],
  ['work-target', () => findTargetWork(reading(db), shop.id, { orderId: shop.orderId }), () => [shop.id, shop.orderId, null, null]],
  [
    'declined-work',
    () => findDeclinedLines(reading(db), shop.id, { vehicleId: shop.vehicleId, exceptOrderId: shop.orderId }),
    () => [shop.id, shop.vehicleId, shop.orderId],
  ],
  ['report-day-revenue', () => findDayRevenue(reading(db), shop.id, shop.day), () => [shop.id, shop.day]],
] as const)('%s reads no growing table from end to end, under row-level security, planned once', async (name, run, values) => {
  expect(await run()).toBeTruthy()
  const literals = values().map((value) => (value === null ? 'NULL' : `'${value}'`))
  await reading(db).query(sql('', 'SET plan_cache_mode = force_generic_plan'))
  const rows = await reading(db).query<{ 'QUERY PLAN': string }>(sql('', `EXPLAIN (COSTS OFF) EXECUTE "${name}"(${literals.join(', ')})`))
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toMatch(/Index/)
  expect(plan).not.toMatch(new RegExp(`Seq Scan on (${GROWING})\\b`))
})
