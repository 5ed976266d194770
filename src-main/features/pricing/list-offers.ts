import type { PriceOffers } from '../../../src-preload/contract/pricing'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findOffers } from './pricing-queries'

/** What a clerk may choose from at an order: canned jobs, labor rates, discounts with a name. */
export function listOffers(ctx: Ctx, _input: object): Promise<PriceOffers> {
  return findOffers(reading(ctx.db), ctx.shopId)
}
