import type { MergeField, MergePreview } from '../../../src-preload/contract/accounts'
import type { Approval } from '../../../src-preload/contract/call'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction, reading, type Queryable, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'
import { writeAudit } from '../people/write-audit'
import { checkFields } from './check-fields'
import { selectFields, updateCustomerFields } from './customer-queries'
import { differingFields, mergeFields } from './merge-fields'
import { countMoved, countOthers, insertMerge, lockCustomers, selectBelongings, selectMerge } from './merge-queries'

interface Pair {
  readonly keptId: string
  readonly mergedId: string
}
interface Input extends Pair {
  readonly mergeId: string
  /** fields of which the merged customer's value stays */
  readonly take: readonly MergeField[]
  readonly approval?: Approval | undefined
}

/** What would stay, field by field, and what would move. Nothing is changed. @throws AppError NOT_FOUND, INVALID_INPUT */
export async function previewMerge(ctx: Ctx, { keptId, mergedId }: Pair): Promise<MergePreview> {
  const db = reading(ctx.db)
  const { kept, merged } = await loadPair(db, ctx, { keptId, mergedId })
  const belongings = await selectBelongings(db, ctx.shopId, mergedId)
  if (!belongings) throw new AppError('NOT_FOUND')
  const { tags, notes } = mergeFields(kept, merged, [])
  return {
    kept: { id: keptId, displayName: nameOf(kept) },
    merged: { id: mergedId, displayName: nameOf(merged) },
    fields: differingFields(kept, merged),
    tags,
    notes,
    losesExemption: merged.taxExempt && !kept.taxExempt,
    ...belongings,
    others: await countOthers(db, ctx.shopId, mergedId),
  }
}

/**
 * Two records of one customer become one: everything of the one that goes belongs to the one that stays, in one transaction. What was
 * issued keeps the name it was issued with. The same mergeId twice is one merge.
 * @throws AppError NOT_FOUND, INVALID_INPUT, APPROVAL_REQUIRED, DUPLICATE
 */
export async function mergeCustomers(ctx: Ctx, input: Input): Promise<Record<string, never>> {
  const { mergeId, keptId, mergedId, take } = input
  // In this order: whoever is gone because the same request was quicker is found merged.
  const names = await findPair(reading(ctx.db), ctx, input)
  if (await isDone(reading(ctx.db), ctx, input)) return {}
  if (!names) throw new AppError('NOT_FOUND')
  const approverId = await approveMerge(ctx, keptId, input.approval, `Merge ${nameOf(names.merged)} into ${nameOf(names.kept)}.`)
  await inTransaction('merge customers', ctx, async (tx) => {
    await lockCustomers(tx, ctx.shopId, keptId, mergedId)
    if (await isDone(tx, ctx, input)) return
    const { kept, merged } = await loadPair(tx, ctx, input)
    const after = mergeFields(kept, merged, take)
    checkFields(after, 'take')
    await updateCustomerFields(tx, ctx.shopId, keptId, after)
    await insertMerge(tx, ctx.shopId, ctx.userId, { mergeId, keptId, mergedId, before: kept, after, approverId })
    await noteMerge(tx, ctx, input, approverId)
  })
  return {}
}

async function noteMerge(tx: Tx, ctx: Ctx, { mergeId, keptId, mergedId }: Input, approverId: string | null): Promise<void> {
  const details = { mergeId, mergedId, moved: await countMoved(tx, ctx.shopId, mergeId) }
  await writeAudit(tx, ctx, { action: 'customers.merge', entityType: 'customer', entityId: keptId, approverId, details })
}

/** A late repetition finds its own merge, also when it was undone since; the same id with other facts must not read as "merged". */
async function isDone(db: Queryable, ctx: Ctx, { mergeId, keptId, mergedId }: Input): Promise<boolean> {
  const found = await selectMerge(db, ctx.shopId, mergeId)
  if (!found) return false
  if (found.keptId !== keptId || found.mergedId !== mergedId) throw new AppError('DUPLICATE')
  return true
}

/** @throws AppError APPROVAL_REQUIRED, APPROVAL_REFUSED, LOCKED_OUT */
export async function approveMerge(ctx: Ctx, keptId: string, approval: Approval | undefined, sentence: string): Promise<string | null> {
  if (grantOf(ctx.user.role, 'customers.merge') === 'yes') return null
  return await requireApproval(ctx, 'customers.merge', approval, sentence, { entityType: 'customer', entityId: keptId })
}

interface Both {
  readonly kept: CustomerFields
  readonly merged: CustomerFields
}

async function loadPair(db: Queryable, ctx: Ctx, pair: Pair): Promise<Both> {
  const both = await findPair(db, ctx, pair)
  if (!both) throw new AppError('NOT_FOUND')
  return both
}

async function findPair(db: Queryable, ctx: Ctx, { keptId, mergedId }: Pair): Promise<Both | undefined> {
  if (keptId === mergedId) throw new AppError('INVALID_INPUT', { message: 'Choose two different customers.' })
  const kept = await selectFields(db, ctx.shopId, keptId, 'read')
  const merged = await selectFields(db, ctx.shopId, mergedId, 'read')
  return kept && merged && { kept, merged }
}

function nameOf({ companyName, firstName, lastName }: CustomerFields): string {
  return companyName || `${firstName} ${lastName}`.trim() || 'Walk-in'
}
