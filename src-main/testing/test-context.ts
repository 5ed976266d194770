import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { uuid7 } from '../base/uuid7'
import { systemClock, type Clock } from '../base/clock'
import { silentLog } from '../base/log'
import type { Role } from '../../src-preload/contract/permissions'
import { readProfile } from '../features/shop/read-profile'
import type { Ctx } from '../ipc/context'
import { PrintQueues } from '../printing/print-queues'
import { openDatabase, type Database } from '../database/pool'
import { reading, sql } from '../database/transaction'
import type { TestDatabase } from './test-database'

/** Holds what an installation keeps beside its database: the secret that PINs are bound to. One for all files of a worker. */
export const testFolder = mkdtempSync(join(inject('testServer').folder, 'installation-'))

const addUser = sql(
  '',
  `INSERT INTO users (id, shop_id, email, password_hash, first_name, last_name, role, can_approve)
   VALUES ($1, $2, $3, 'none', $4, 'Tester', $5, $6)`,
)

/** A context of a new user with this role, in shop A or (`shop: 'B'`) in the other one. */
export async function testContext(
  test: TestDatabase,
  role: Role,
  options: { shop?: 'A' | 'B'; clock?: Clock; db?: Database; dataFolder?: string } = {},
): Promise<Ctx> {
  const db = options.db ?? (options.shop === 'B' ? test.other : test.db)
  const shopId = options.shop === 'B' ? test.otherShopId : test.shopId
  const userId = uuid7()
  const canApprove = role === 'owner' || role === 'service_advisor'
  await reading(test.owner).query(addUser, [userId, shopId, `${userId}@test.invalid`, role, role, canApprove])
  return {
    db,
    books: db,
    shopId,
    shop: await readProfile(db, shopId),
    user: {
      id: userId,
      firstName: role,
      lastName: 'Tester',
      role,
      canApprove,
      hasPin: false,
      mustChangePassword: false,
      passwordChangedAt: null,
    },
    userId,
    dataFolder: options.dataFolder ?? testFolder,
    prints: new PrintQueues(),
    log: silentLog,
    ref: 'test',
    clock: options.clock ?? systemClock,
    practice: false,
  }
}

/** A second counter: its own pool on the same shop. */
export function secondCounter(test: TestDatabase): Database {
  return openDatabase(test.appConnection, { shopId: test.shopId, max: 4 })
}
