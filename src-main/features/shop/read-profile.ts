import { invariant } from '../../base/invariant'
import type { Database } from '../../database/pool'
import { reading } from '../../database/transaction'
import type { ShopRuntime } from '../../ipc/context'
import { selectShop } from './shop-queries'

/** What every call needs to know of the shop. */
export async function readProfile(db: Database, shopId: string): Promise<ShopRuntime['profile']> {
  const shop = await selectShop(reading(db), shopId)
  invariant(shop, 'the shop of a pool exists')
  const { name, timezone, logoUrl, settings } = shop
  return { name, timezone, logoUrl, settings }
}
