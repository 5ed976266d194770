import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import { type Change, listenForChanges } from '../../database/changes'
import type { Database } from '../../database/pool'
import { one, reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { codeOf, estimated, line } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { orderPresence } from './order-presence'

let t: TestDatabase
let counter: Database
let advisor: Ctx
let desk: Ctx
beforeAll(async () => {
  t = await testDatabase()
  counter = secondCounter(t)
  advisor = await testContext(t, 'service_advisor')
  desk = await testContext(t, 'front_desk', { db: counter })
})
afterAll(async () => {
  await counter.close()
  await t.close()
})

/** Where the row of a view stands: another place after each write. */
async function rowOf(viewId: string): Promise<string> {
  const rows = await reading(t.owner).query<{ place: string }>(
    sql('', 'SELECT ctid::text AS place FROM order_viewers WHERE view_id = $1'),
    [viewId],
  )
  return one(rows, 'view').place
}

test('two counters see each other on an order, hear of coming and going, and nobody stays who fell silent', async () => {
  const order = await estimated(t, advisor, [line()])
  const view = (viewId: string, here = true) => ({ orderId: order.id, viewId, here })
  const [one, two] = [uuid7(), uuid7()]
  const heard: Change[] = []
  const listener = listenForChanges(t.ownerConnection, t.shopId, (change) => heard.push(change))
  const news = () => heard.filter(({ area, id }) => area === 'presence' && id === order.id).length
  await expect
    .poll(async () => {
      await orderPresence(advisor, view(one, false))
      await orderPresence(advisor, view(one))
      return news()
    })
    .toBeGreaterThan(0)
  expect(await orderPresence(desk, view(two))).toEqual(['service_advisor Tester'])
  expect(await orderPresence(advisor, view(one))).toEqual(['front_desk Tester'])
  // The same person at another counter is nobody else.
  expect(await orderPresence(advisor, view(uuid7()))).toEqual(['front_desk Tester'])
  await expect.poll(news).toBeGreaterThan(1)
  const before = await rowOf(two)
  await orderPresence(desk, view(two))
  expect(await rowOf(two), 'a look at who else is here writes nothing').toBe(before)
  await orderPresence(desk, view(two, false))
  expect(await orderPresence(advisor, view(one))).toEqual([])
  await orderPresence(desk, view(two))
  await reading(t.owner).query(sql('', `UPDATE order_viewers SET seen_at = seen_at - interval '80 seconds' WHERE view_id = $1`), [two])
  expect(await orderPresence(advisor, view(one))).toEqual([])
  await listener.close()
  const elsewhere = await testContext(t, 'owner', { shop: 'B' })
  expect(await codeOf(orderPresence(elsewhere, view(uuid7())))).toBe('NOT_FOUND')
})
