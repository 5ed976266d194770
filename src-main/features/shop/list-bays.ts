import type { Bay } from '../../../src-preload/contract/shop'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectBays } from './shop-queries'

/** Bays in use first, in the shop's own order. */
export async function listBays(ctx: Ctx): Promise<Bay[]> {
  return await selectBays(reading(ctx.db), ctx.shopId)
}
