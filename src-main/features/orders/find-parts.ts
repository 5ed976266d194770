import type { PartHit } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { pricePart } from '../pricing/price-part'
import { findMatrices } from '../pricing/shop-prices'
import { findPartsByText } from './choice-queries'

/** Parts of the inventory by number, name or maker, at the shop's price by its rules; what they cost the shop only for those who may see it. */
export async function findParts(ctx: Ctx, input: { text: string }): Promise<PartHit[]> {
  if (input.text.trim() === '') return []
  const [found, matrices] = await Promise.all([
    findPartsByText(reading(ctx.db), ctx.shopId, input.text),
    findMatrices(reading(ctx.db), ctx.shopId),
  ])
  const { priceEnding } = ctx.shop.settings
  const parts = found.map(({ category, ...part }) => ({
    ...part,
    priceCents: pricePart({ ...part, category }, matrices, priceEnding)?.priceCents ?? part.priceCents,
  }))
  return grantOf(ctx.user.role, 'costs.see') === 'yes' ? parts : parts.map((part) => ({ ...part, costCents: null }))
}
