import type { Shop } from '../../../src-preload/contract/shop'
import { invariant } from '../../base/invariant'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectShop } from './shop-queries'

export async function getShop(ctx: Ctx): Promise<Shop> {
  const shop = await selectShop(reading(ctx.db), ctx.shopId)
  invariant(shop, 'the shop of a session exists')
  return shop
}
