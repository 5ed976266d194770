import type { Bay } from '../../../src-preload/contract/shop'
import { AppError } from '../../base/app-error'
import { constraintName } from '../../database/sql-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { insertBay, isBayInUse, updateBay } from './shop-queries'

/** Adds (new id) or changes a bay. @throws AppError DUPLICATE on the name, IN_USE when a car stands in a bay that is to be closed */
export async function saveBay(ctx: Ctx, { bayId, ...fields }: Omit<Bay, 'id'> & { bayId: string }): Promise<Bay> {
  const bay = { id: bayId, ...fields }
  try {
    return await inTransaction('save bay', ctx, async (tx) => {
      const stored = (await updateBay(tx, ctx.shopId, bay)) ?? (await insertBay(tx, ctx.shopId, bay))
      if (!stored) throw sameName()
      if (!bay.isActive && (await isBayInUse(tx, ctx.shopId, bayId))) throw new AppError('IN_USE', { message: 'A car is in this bay.' })
      await writeAudit(tx, ctx, { action: 'shop.save_bay', entityType: 'bay', entityId: bayId, details: fields })
      return stored
    })
  } catch (error) {
    throw constraintName(error) === 'bays_shop_id_name_key' ? sameName() : error
  }
}

function sameName(): AppError {
  return new AppError('DUPLICATE', { fields: { name: 'There is already a bay with this name.' } })
}
