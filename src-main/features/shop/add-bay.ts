import type { Bay, BayFields } from '../../../src-preload/contract/shop'
import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { insertBay, selectBay } from './shop-queries'

/** The same bay twice is one. @throws AppError DUPLICATE on the name, or when the id stands for another bay */
export async function addBay(ctx: Ctx, { bayId, ...fields }: BayFields & { bayId: string }): Promise<Bay> {
  return await inTransaction('add bay', ctx, async (tx) => {
    const added = await insertBay(tx, ctx.shopId, { id: bayId, ...fields })
    if (added) {
      await writeAudit(tx, ctx, { action: 'shop.add_bay', entityType: 'bay', entityId: bayId, details: fields })
      return added
    }
    const stored = await selectBay(tx, ctx.shopId, bayId)
    const isSame = stored?.name === fields.name && stored.type === fields.type && stored.isActive === fields.isActive
    if (stored && isSame) return stored
    throw stored ? new AppError('DUPLICATE') : sameName()
  })
}

export function sameName(): AppError {
  return new AppError('DUPLICATE', { fields: { name: 'There is already a bay with this name.' } })
}
