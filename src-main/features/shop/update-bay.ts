import type { Bay, BayFields } from '../../../src-preload/contract/shop'
import { AppError } from '../../base/app-error'
import { type Edit, guardedEdit, plainColumn } from '../../database/guarded-edit'
import { constraintName } from '../../database/sql-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { sameName } from './add-bay'
import { isBayInUse, selectBay } from './shop-queries'

const columns = {
  name: plainColumn('name', 'text'),
  type: plainColumn('type', 'bay_type'),
  isActive: { ...plainColumn('is_active', 'boolean'), read: 'coalesce(is_active, true)' },
} as const

/**
 * Changes fields of a bay, each only while it still is what the owner saw.
 * @throws AppError NOT_FOUND, EDIT_CONFLICT, DUPLICATE on the name, IN_USE when a car stands in a bay that is to be closed, INVALID_INPUT
 */
export async function updateBay(ctx: Ctx, input: { bayId: string; was: Edit<BayFields>; now: Edit<BayFields> }): Promise<Bay> {
  const { bayId, was, now } = input
  try {
    return await inTransaction('update bay', ctx, async (tx) => {
      await guardedEdit(tx, { table: 'bays', columns, shopId: ctx.shopId, id: bayId, was, now })
      const bay = await selectBay(tx, ctx.shopId, bayId)
      if (!bay) throw new AppError('NOT_FOUND')
      if (now.isActive === false && (await isBayInUse(tx, ctx.shopId, bayId)))
        throw new AppError('IN_USE', { message: 'A car is in this bay.' })
      await writeAudit(tx, ctx, { action: 'shop.update_bay', entityType: 'bay', entityId: bayId, details: { was, now } })
      return bay
    })
  } catch (error) {
    throw constraintName(error) === 'bays_shop_id_name_key' ? sameName() : error
  }
}
