import { isDeepStrictEqual } from 'node:util'
import type { Approval } from '../../../src-preload/contract/call'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { AppError } from '../../base/app-error'
import { inTransaction, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { selectFields, updateCustomerFields } from './customer-queries'
import { approveMerge } from './merge-customers'
import { countMoved, findObstacles, insertUndo, lockCustomers, selectMerge, type StoredMerge } from './merge-queries'

type Field = keyof CustomerFields

/**
 * Takes a merge back: the customer that went returns with every row it had, the one that stayed gets its own fields again. Fields that the
 * merge did not touch keep what was typed since.
 * @throws AppError NOT_FOUND, IN_USE with everything that stands in the way, APPROVAL_REQUIRED
 */
export async function undoMerge(
  ctx: Ctx,
  { mergeId, approval }: { mergeId: string; approval?: Approval | undefined },
): Promise<Record<string, never>> {
  const merge = await selectMerge(reading(ctx.db), ctx.shopId, mergeId)
  if (!merge) throw new AppError('NOT_FOUND')
  if (merge.isUndone) return {}
  const { keptId, mergedId, keptName, mergedName } = merge
  const approverId = await approveMerge(ctx, keptId, approval, `Undo the merge of ${mergedName} into ${keptName}.`)
  await inTransaction('undo merge', ctx, async (tx) => {
    await lockCustomers(tx, ctx.shopId, keptId, mergedId)
    if ((await selectMerge(tx, ctx.shopId, mergeId))?.isUndone !== false) return
    const obstacles = await findObstacles(tx, ctx.shopId, mergeId)
    const restored = obstacles.length > 0 ? obstacles : await restoreFields(tx, ctx, merge)
    if (restored.length > 0) throw new AppError('IN_USE', { message: `The merge stays. ${restored.join(' ')}` })
    const moved = await countMoved(tx, ctx.shopId, mergeId)
    await insertUndo(tx, ctx.shopId, ctx.userId, mergeId, approverId)
    const details = { mergeId, mergedId, moved }
    await writeAudit(tx, ctx, { action: 'customers.undo_merge', entityType: 'customer', entityId: keptId, approverId, details })
  })
  return {}
}

const words: Partial<Record<Field, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  companyName: 'company',
  phoneExt: 'extension',
  alternatePhone: 'other phone',
  email: 'e-mail',
  address: 'street address',
  zip: 'ZIP',
  preferredContact: 'way to reach them',
}

/** @returns a sentence for each field of the merge that somebody changed since; then nothing is stored */
async function restoreFields(tx: Tx, ctx: Ctx, { keptId, before, after }: StoredMerge): Promise<string[]> {
  const present = await selectFields(tx, ctx.shopId, keptId, 'lock')
  if (!present) throw new AppError('NOT_FOUND')
  const touched = (Object.keys(before) as Field[]).filter((name) => !isDeepStrictEqual(before[name], after[name]))
  const edited = touched.filter((name) => !isDeepStrictEqual(present[name], after[name]))
  if (edited.length > 0) return [`Changed since: ${edited.map((name) => words[name] ?? name).join(', ')}.`]
  if (touched.length === 0) return []
  const restored = Object.fromEntries(touched.map((name) => [name, before[name]]))
  await updateCustomerFields(tx, ctx.shopId, keptId, { ...present, ...restored })
  return []
}
