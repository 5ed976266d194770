import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '../base/log'
import { uuid7 } from '../base/uuid7'
import { reading, sql } from '../database/transaction'
import { stationId } from '../features/printing/station-id'
import { completed, line } from '../testing/order-test-kit'
import { testContext } from '../testing/test-context'
import { type TestDatabase, testDatabase } from '../testing/test-database'
import { issueInvoice } from '../features/invoices/issue-invoice'
import { takePayment } from '../features/payments/take-payment'
import { openProgram } from './open-program'

let t: TestDatabase
const dataFolder = mkdtempSync(join(tmpdir(), 'counterbay-start-'))
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(async () => {
  await t.close()
  rmSync(dataFolder, { recursive: true })
})

async function paidInCash(): Promise<string> {
  const owner = await testContext(t, 'owner')
  const order = await completed(t, owner, [line({ unitPriceCents: 10_000 })])
  const { id: invoiceId, dueCents } = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
  const paymentId = uuid7()
  await takePayment(owner, { paymentId, invoiceId, method: 'cash', amountCents: dueCents, checkNumber: '', reference: '', note: '' })
  return paymentId
}

/** What a program left that was killed while it printed. */
async function leftBehind(station: string, kind: 'drawer' | 'receipt', state: 'printing' | 'queued'): Promise<string> {
  const statement = sql(
    '',
    `WITH printer AS (INSERT INTO printers (shop_id, name, kind, host) VALUES ($1, $2, 'escpos', '127.0.0.1') RETURNING id)
     INSERT INTO print_jobs (id, shop_id, created_by_user_id, station_id, printer_id, kind, payment_id, state)
     SELECT $2::uuid, $1, $3, $4, id, $5, $6, $7 FROM printer`,
  )
  const id = uuid7()
  await reading(t.owner).query(statement, [t.shopId, id, t.ownerUserId, station, kind, await paidInCash(), state])
  return id
}

test('a program that starts sets free what its station left behind when it was killed, and nothing of another station', async () => {
  const own = await stationId(dataFolder)
  const jobs = [
    await leftBehind(own, 'drawer', 'printing'),
    await leftBehind(own, 'receipt', 'queued'),
    await leftBehind(crypto.randomUUID(), 'receipt', 'queued'),
  ]
  const config = { dataFolder, databaseUrl: t.url, logLevel: 'silent', color: false } as const
  const opened = await openProgram({ config, demo: false, log: silentLog, version: 'test' })
  await opened.close()
  expect(opened.program.shop?.id).toBe(t.shopId)
  const states = sql('', 'SELECT state FROM print_jobs WHERE id = ANY ($1) ORDER BY array_position($1, id)')
  expect(await reading(t.owner).query(states, [jobs])).toEqual([{ state: 'unsure' }, { state: 'failed' }, { state: 'queued' }])
})
