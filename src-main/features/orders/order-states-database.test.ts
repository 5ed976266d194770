import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { reading, sql } from '../../database/transaction'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { canMove } from './order-states'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

test('program and database have the same table of transitions, all 49 pairs', async () => {
  const all = await reading(t.db).query<{ from: OrderStatus; to: OrderStatus; allowed: boolean }>(
    sql(
      '',
      `SELECT a AS "from", b AS "to", ro_transition_allowed(a, b) AS allowed
       FROM unnest(enum_range(NULL::ro_status)) a, unnest(enum_range(NULL::ro_status)) b`,
    ),
  )
  expect(all).toHaveLength(49)
  for (const { from, to, allowed } of all) expect(canMove(from, to), `${from} -> ${to}`).toBe(allowed)
})
