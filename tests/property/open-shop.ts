import { createRouterClient } from '@orpc/server'
import { uuid7 } from '../../src-main/base/uuid7'
import { reading, sql } from '../../src-main/database/transaction'
import { readProfile } from '../../src-main/features/shop/read-profile'
import { gate } from '../../src-main/ipc/gate'
import { router } from '../../src-main/ipc/router'
import { newStation } from '../../src-main/ipc/station'
import type { TestDatabase } from '../../src-main/testing/test-database'
import { testProgram } from '../../src-main/testing/test-station'
import type { ApiClient } from '../../src-preload/contract/api'
import { type FilledShop, fillShop } from './fill-shop'
import type { ShopPlan } from './shop-plan'

const SHOP = sql(
  '',
  `INSERT INTO shops (id, name, slug, address, phone, state, tax_rate, labor_rate, timezone)
   VALUES ($1, $2, $3, '1 Test Street', '(555) 010-0100', 'CA', 0, 100, 'America/Los_Angeles')`,
)
const OWNER = sql(
  '',
  `INSERT INTO users (id, shop_id, email, password_hash, first_name, last_name, role)
   VALUES ($1, $2, 'owner@test.invalid', 'none', 'Olga', 'Owner', 'owner')`,
)

export interface OpenShop extends FilledShop {
  close(): Promise<void>
}

/** A shop of its own in the database, and its only owner at a counter of a running program: every call goes through the gate. */
export async function openShop(test: TestDatabase, plan: ShopPlan, serial: number): Promise<OpenShop> {
  const [shopId, userId] = [uuid7(), uuid7()]
  await reading(test.owner).query(SHOP, [shopId, `Shop ${serial}`, `shop-${serial}`])
  await reading(test.owner).query(OWNER, [userId, shopId])
  const program = await testProgram(test)
  const runtime = await program.openShop(shopId)
  const station = newStation(uuid7())
  station.user = {
    id: userId,
    firstName: 'Olga',
    lastName: 'Owner',
    role: 'owner',
    canApprove: true,
    hasPin: false,
    mustChangePassword: false,
    passwordChangedAt: null,
  }
  const context = { program, station, host: 'web' as const }
  const api: ApiClient = createRouterClient(router, { context, interceptors: [gate as never] } as never)
  const rows: FilledShop['rows'] = (text, values) => reading(test.owner).query(sql('', text), values)
  const filled = await fillShop(api, plan, { shopId, rows })
  runtime.profile = await readProfile(runtime.db, shopId)
  return { ...filled, close: () => program.close() }
}
