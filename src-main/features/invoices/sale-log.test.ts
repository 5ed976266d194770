import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { silentLog } from '../../base/log'
import { uuid7 } from '../../base/uuid7'
import { startEmbeddedServer, type EmbeddedServer } from '../../database/embedded-server'
import { migrate } from '../../database/migrate'
import { type Database, openDatabase } from '../../database/pool'
import type { Ctx } from '../../ipc/context'
import { buildNoise } from '../../testing/build-png'
import { fillTestShops, shopA } from '../../testing/fill-test-shops'
import { arrival, line, newCar, newPart, part, yes } from '../../testing/order-test-kit'
import { TEST_FOLDER } from '../../testing/sweep-dead-runs'
import { testContext } from '../../testing/test-context'
import type { TestDatabase } from '../../testing/test-database'
import { authorize } from '../orders/authorize'
import { checkIn } from '../orders/check-in'
import { takePayment } from '../payments/take-payment'
import { readProfile } from '../shop/read-profile'
import { setLogo } from '../shop/set-logo'
import { issueInvoice } from './issue-invoice'

/** What one sale may write (the benchmark's gate), whatever the shop's logo weighs. */
const MOST_BYTES = 300 * 1024
const RUNS = 5

// A server of its own, durable as a shop's: in the log of the one that all tests share there is what the others write.
const folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER}${process.pid}-`))
let server: EmbeddedServer
let superuser: Client
let [db, ownerDb] = [] as unknown as [Database, Database]

beforeAll(async () => {
  server = await startEmbeddedServer({ dataFolder: folder, log: silentLog })
  await migrate(server.owner)
  await fillTestShops(server.owner)
  db = openDatabase(server.app, { shopId: shopA.shopId })
  ownerDb = openDatabase(server.owner, { shopId: null })
  superuser = new Client({ ...server.superuser, database: server.owner.database })
  await superuser.connect()
})
afterAll(async () => {
  await Promise.all([db.close(), ownerDb.close(), superuser.end()])
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a lone sale writes little log, however large the logo is', async () => {
  const place = { db, owner: ownerDb, ...shopA } as Partial<TestDatabase> as TestDatabase
  const ctx = await testContext(place, 'owner')
  const logo = buildNoise(640, 470)
  // As base64, which is how it travels and how it would be embedded.
  expect(logo.toString('base64').length).toBeGreaterThan(395_000)
  await setLogo(ctx, { image: { mimeType: 'image/png', base64: logo.toString('base64') } })
  const counter = { ...ctx, shop: await readProfile(db, shopA.shopId) }
  await sell(counter, place)
  const written: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    await superuser.query('CHECKPOINT')
    const { rows } = await superuser.query<{ at: string }>('SELECT pg_current_wal_insert_lsn() AS at')
    await sell(counter, place)
    const after = await superuser.query<{ bytes: string }>('SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1) AS bytes', [
      rows[0]?.at,
    ])
    written.push(Number(after.rows[0]?.bytes))
  }
  expect(written.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]).toBeLessThan(MOST_BYTES)
})

async function sell(ctx: Ctx, place: TestDatabase): Promise<void> {
  const lines = [line(), line(), part({ inventoryItemId: await newPart(place) }), part(), line({ type: 'fee', unitPriceCents: 350 })]
  const order = await checkIn(ctx, arrival(await newCar(place), { jobs: [{ jobId: uuid7(), name: 'Brakes', lines }] }))
  await authorize(ctx, yes(order))
  const bill = await issueInvoice(ctx, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
  const payment = { paymentId: uuid7(), invoiceId: bill.id, method: 'cash' as const, amountCents: cents(bill.dueCents) }
  const { invoice } = await takePayment(ctx, { ...payment, checkNumber: '', reference: '', note: '' })
  expect(invoice.status).toBe('paid')
}
