import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from '../testing/test-database'
import { listenForChanges, type Change } from './changes'
import { inTransaction, one, reading, sql } from './transaction'

let t: TestDatabase
let heard: Change[] = []
let listener: { close(): Promise<void> } | undefined

beforeAll(async () => {
  t = await testDatabase()
})
afterEach(async () => {
  await listener?.close()
  heard = []
})
afterAll(() => t.close())

const listening = sql(
  '',
  "SELECT pid FROM pg_stat_activity WHERE application_name = 'counterbay changes' AND datname = current_database() AND query LIKE 'LISTEN%'",
)
const notify = sql('', "SELECT pg_notify('counterbay', $1)")

/** Resolves with the server's process of the listener, once it listens. */
async function startListening(): Promise<number> {
  listener = listenForChanges(t.appConnection, t.shopId, (change) => heard.push(change))
  await expect.poll(() => reading(t.owner).query(listening), { timeout: 5000, interval: 10 }).toHaveLength(1)
  return one(await reading(t.owner).query<{ pid: number }>(listening), 'listener').pid
}

const tell = (area: string, shopId = t.shopId) =>
  inTransaction('tell', { db: t.db, userId: null }, (tx) => tx.query(notify, [`${shopId}:${area}:42`]))

test('a change that another counter commits is heard within a second, one of another shop never', async () => {
  await startListening()
  await tell('orders', t.otherShopId)
  await tell('customers')
  await expect.poll(() => heard, { timeout: 1000, interval: 5 }).toEqual([{ area: 'customers', id: '42' }])
})

test('a change that is rolled back is not heard', async () => {
  await startListening()
  const undone = inTransaction('undone', { db: t.db, userId: null }, async (tx) => {
    await tx.query(notify, [`${t.shopId}:orders:1`])
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  await tell('users')
  await expect.poll(() => heard, { timeout: 1000, interval: 5 }).toEqual([{ area: 'users', id: '42' }])
})

test('after a lost connection everything may have changed, and it listens again', async () => {
  const pid = await startListening()
  await reading(t.owner).query(sql('', 'SELECT pg_terminate_backend($1)'), [pid])
  await expect.poll(() => heard, { timeout: 3000, interval: 10 }).toEqual([{ area: '*', id: '*' }])
  await tell('orders')
  await expect.poll(() => heard.at(-1), { timeout: 1000, interval: 5 }).toEqual({ area: 'orders', id: '42' })
})

test('a closed listener hears nothing and holds no connection', async () => {
  await startListening()
  await listener?.close()
  await tell('orders')
  await expect.poll(() => reading(t.owner).query(listening), { timeout: 2000, interval: 10 }).toEqual([])
  expect(heard).toEqual([])
})
