import type { PartHit } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findPartsByText } from './choice-queries'

/** Parts of the inventory by number, name or maker; what they cost the shop only for those who may see it. */
export async function findParts(ctx: Ctx, input: { text: string }): Promise<PartHit[]> {
  if (input.text.trim() === '') return []
  const parts = await findPartsByText(reading(ctx.db), ctx.shopId, input.text)
  return grantOf(ctx.user.role, 'costs.see') === 'yes' ? parts : parts.map((part) => ({ ...part, costCents: null }))
}
