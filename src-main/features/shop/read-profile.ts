import { invariant } from '../../base/invariant'
import type { Database } from '../../database/pool'
import { reading } from '../../database/transaction'
import type { ShopRuntime } from '../../ipc/context'
import { selectProfile } from './shop-queries'

/** What every call needs to know of the shop. */
export async function readProfile(db: Database, shopId: string): Promise<ShopRuntime['profile']> {
  const profile = await selectProfile(reading(db), shopId)
  invariant(profile, 'the shop of a pool exists')
  return profile
}
