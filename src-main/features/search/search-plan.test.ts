import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reading, type Queryable } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import { fillManyRows, rowId } from '../../testing/many-rows'
import { openProbe, type ShopProbe } from '../../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { selectByPhone } from '../customers/search-counter'
import { findBoard } from '../orders/board-queries'
import { findOrder } from '../orders/order-queries'
import { findDayRevenue } from '../reports/report-queries'

let t: TestDatabase
let owner: ShopProbe
let app: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  owner = await openProbe(t.ownerConnection)
  app = await openProbe(t.appConnection, { shopId: t.shopId })
  await fillManyRows(owner, { shopId: t.shopId, userId: t.ownerUserId, customers: 10_000, vehicles: 12_000, orders: 10_000 })
})
afterAll(async () => {
  await Promise.all([owner.close(), app.close()])
  await t.close()
})

/** Reading any of these from end to end is what grows with the shop's history. */
const growing =
  /Seq Scan on (customers|vehicles|repair_orders|line_items|invoices|payments|audit_events|estimate_versions|authorizations|ro_status_events)/

type Plans = { readonly custom: string; readonly generic: string }

async function plansOf(probe: ShopProbe, text: string, values: readonly unknown[]): Promise<Plans> {
  const lines = (rows: { 'QUERY PLAN': string }[]): string => rows.map((row) => row['QUERY PLAN']).join('\n')
  return {
    custom: lines(await probe.all(`EXPLAIN ${text}`, values)),
    generic: lines(await probe.all(`EXPLAIN (GENERIC_PLAN) ${text}`)),
  }
}

/** The plans, as the application's role gets them, of the very statement that `ask` sends. */
async function plansOfQuery(ask: (queryable: Queryable) => Promise<unknown>): Promise<Plans> {
  let plans: Plans | undefined
  const spy: Queryable = {
    async query(statement, values = []) {
      plans = await plansOf(app, statement.text, values)
      return []
    },
    build: () => Promise.reject(new Error('not used')),
  }
  await ask(spy).catch(() => undefined) // no row is no answer; the plan is all that is wanted
  if (plans === undefined) throw new Error('no statement was sent')
  return plans
}

describe('under row-level security and 10,000 orders', () => {
  it.each<[name: string, index: RegExp, ask: (q: Queryable) => Promise<unknown>]>([
    ['a customer by phone', /idx_customers_phone_digits/, (q) => selectByPhone(q, t.shopId, '5550100199', 12)],
    [
      'an order with its lines',
      /idx_line_items_(type|status)/,
      (q) => findOrder(q, { id: t.shopId, timezone: 'America/Los_Angeles' }, rowId('o', 77), null),
    ],
    ['the board of open orders', /idx_ro_open/, (q) => findBoard(q, t.shopId, null)],
    ['the payments of a day by method', /idx_payments_business_date/, (q) => findDayRevenue(q, t.shopId, '2026-01-05')],
  ])('%s is found by index', async (_, index, ask) => {
    const plans = await plansOfQuery(ask)
    for (const plan of [plans.custom, plans.generic]) {
      expect(plan).not.toMatch(growing)
      expect(plan).toMatch(index)
    }
  })

  it.each<[name: string, call: string, index: RegExp]>([
    ['orders by number', `search_orders($1, ARRAY['RO-000077'], 12)`, /repair_orders_shop_id_ro_number_key/],
    ['invoices by number', `search_invoices($1, ARRAY['INV-000077'], 12)`, /invoices_shop_id_invoice_number_key/],
    ['phones by their end', `search_phones($1, '0199', 12)`, /idx_customers_phone_tail/],
    ['e-mail addresses', `search_emails($1, 'c77@', 12)`, /idx_customers_email_lower/],
    ['plates by their beginning', `search_plates($1, '7ABC', 12)`, /vehicles_shop_id_license_plate_key/],
    ['plates by their end', `search_plates($1, '1234', 12)`, /idx_vehicles_plate_tail/],
    ['VINs by their end', `search_vins($1, '4352', 12)`, /idx_vehicles_vin_tail/],
    ['a word of customer or car', `search_pairs($1, '% lee%', ' lee ', 50, 36)`, /idx_vehicles_search/],
    ['words of customer and car', `search_pairs_by_words($1, '% civic%', '% lee%', '{}', ' lee civic ', 50, 36)`, /idx_vehicles_search/],
    ['a word of customers', `search_people($1, '% lee%', ' lee ', 50, 300, 12)`, /idx_customers_search/],
    ['cars at work of those in the house', `search_cars_at_work($1, ARRAY['% honda%'], true, 0, 54, 12)`, /idx_ro_open/],
    ['cars at work of the last ones', `search_cars_at_work($1, ARRAY['% honda%'], true, 120, 54, 12)`, /idx_ro_dates/],
    ['plates of a state', `search_plates_of_state($1, '7ABC', 'CA', 12)`, /vehicles_shop_id_license_plate_key|vehicles_pkey/],
    ['words of customers', `search_people_by_words($1, '% anna%', '% lee%', '{}', ' anna lee ', 50, 300, 12)`, /idx_customers_search/],
  ])('the search for %s is found by index', async (_, call, index) => {
    const plans = await plansOf(owner, `SELECT * FROM ${call}`, [t.shopId])
    for (const plan of [plans.custom, plans.generic]) {
      expect(plan).not.toMatch(growing)
      expect(plan).toMatch(index)
    }
  })

  it('leaves every invariant whole', async () => {
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })
})
