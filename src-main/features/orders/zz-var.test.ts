import { variants } from './zz-variants'
import { afterAll, beforeAll, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { silentLog } from '../../base/log'
import { systemClock } from '../../base/clock'
import { onStatement, openDatabase, type Database } from '../../database/pool'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { takePayment } from '../payments/take-payment'
import { dayRevenue } from '../reports/day-revenue'
import { fillDemoShop } from '../demo/fill-demo-shop'
import { readProfile } from '../shop/read-profile'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { loadBoard } from './load-board'
import pg from 'pg'
import { arrival, line, part, yes } from './order-test-kit'
let t: TestDatabase
let ctx: Ctx
let db: Database
beforeAll(async () => {
  t = await testDatabase({ empty: true })
  await fillDemoShop(t.ownerConnection, { orders: 10_000, customers: 4000, vehicles: 6000 })
  const [s] = await reading(t.owner).query<{ id: string; u: string }>(
    sql('', `select s.id, u.id as u from shops s join users u on u.shop_id = s.id where u.role = 'owner'`),
  )
  db = openDatabase(t.appConnection, { shopId: s!.id })
  ctx = {
    db,
    shopId: s!.id,
    shop: await readProfile(db, s!.id),
    user: { id: s!.u, firstName: 'o', lastName: 'x', role: 'owner', canApprove: true, hasPin: false, mustChangePassword: false },
    userId: s!.u,
    dataFolder: '/tmp',
    log: silentLog,
    ref: 'x',
    clock: systemClock,
  } as Ctx
}, 120_000)
afterAll(async () => {
  await db.close()
  await t.close()
})
const p = (a: number[], q: number) => a.toSorted((x, y) => x - y)[Math.floor(a.length * q)]!.toFixed(2)
const FLOOR_GET = sql(
  'floor-get',
  `select ro.id, ro.ro_number, ro.status, ro.total::text, c.first_name, c.last_name, c.phone, v.year, v.make, v.model, i.invoice_number, i.status as istatus, i.amount_due::text,
  (select json_agg(json_build_object('id', l.id, 'type', l.type, 'description', l.description, 'quantity', l.quantity, 'unit_price', l.unit_price, 'total', l.total, 'status', l.status) order by l.sort_order) from line_items l where l.repair_order_id = ro.id) as lines
  from repair_orders ro join customers c on c.id = ro.customer_id join vehicles v on v.id = ro.vehicle_id left join invoices i on i.repair_order_id = ro.id and i.status <> 'void' where ro.id = $1`,
)
const st: Record<string, number[]> = {}
const pgq = pg.Client.prototype.query as (...a: unknown[]) => unknown
;(pg.Client.prototype as { query: unknown }).query = function (this: unknown, ...a: unknown[]) {
  const s = performance.now(); const r = pgq.apply(this, a)
  const q = a[0] as { name?: string; text?: string }
  if (r instanceof Promise) void r.then(() => (st[q.name || (q.text ?? String(q)).slice(0, 30)] ??= []).push(performance.now() - s), () => undefined)
  return r
}
test('perf', async () => {
  const r = reading(db)
  const cars = await r.query<{ customerId: string; vehicleId: string }>(
    sql('', 'select customer_id as "customerId", id as "vehicleId" from vehicles order by id limit 50'),
  )
  const [filter] = await r.query<{ id: string; p: number }>(
    sql('', 'select id, cents(price) as p from inventory_items order by id limit 1'),
  )
  await reading(t.owner).query(
    sql('', `insert into stock_transactions (shop_id, inventory_item_id, type, quantity) values ($1, $2, 'receipt', 100000)`),
    [ctx.shopId, filter!.id],
  )
  const ids = await r.query<{ id: string }>(sql('', `select id from repair_orders where status = 'closed' order by random() limit 200`))
  const times: Record<string, number[]> = {}
  const list = Object.entries(variants)
  for (let i = 0; i < 1200; i += 1) {
    const id = ids[i % 200]!.id
    for (let k = 0; k < list.length; k += 1) {
      const [name, text] = list[(k + i) % list.length]!
      const s = performance.now()
      await r.query({ name: 'v-' + name, text }, [ctx.shopId, id, null, ctx.shop.timezone])
      ;(times[name] ??= []).push(performance.now() - s)
    }
    let s = performance.now(); await r.query(FLOOR_GET, [id]); (times['floor'] ??= []).push(performance.now() - s)
    s = performance.now(); await getOrder(ctx, { orderId: id }); (times['getOrder'] ??= []).push(performance.now() - s)
  }
  for (const [k, v] of Object.entries(times)) console.log(k.padEnd(12), 'p10', p(v.slice(50), 0.1), 'p50', p(v.slice(50), 0.5))
}, 120000)
