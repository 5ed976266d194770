import type { Approval } from '../../../src-preload/contract/call'
import { addCents, type Cents, formatDollars, ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import { reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { obtain } from './approve-lines'
import { isFeeAsked } from './line-floor'
import type { WantedApproval } from './line-rules'
import { findTargetWork, insertTakenOff, type TakenOffNote, type TargetLine, type TargetWork, type WorkTarget } from './take-off-queries'

/** What an approver was told before the transaction opened. */
export interface TakeOffApproval {
  readonly approverId: string | null
  readonly amountCents: Cents
}

/**
 * The one rule for agreed work that leaves the bill, by a no of the customer, by removing it, or with the whole order. Before the work was
 * begun a customer may change their mind: no approval, but it is recorded who wrote it down, when and why. Once it was begun, whatever the
 * order's state is now, the car may be repaired already and the money in somebody's pocket: it is a price override down to nothing, and
 * needs the same approval. A single piece of done work leaves only after a reopening, which had an approval of its own; with the whole order
 * it counts like the rest. Work that leaves before is not given away, for it is not done; a fee that leaves alone is, agreed to or not.
 */
function approvalToTakeOff(
  ctx: Ctx,
  work: TargetWork,
  way: TakenOffNote['way'],
): (WantedApproval & Pick<TakeOffApproval, 'amountCents'>) | null {
  const agreed = work.isBegun ? standing(work.lines).filter(({ status }) => way === 'order_declined' || status !== 'completed') : []
  const leaving = agreed.length > 0 ? agreed : feesAlone(ctx, work)
  if (leaving.length === 0 || grantOf(ctx.user.role, 'orders.price_override') === 'yes') return null
  const amountCents = amountOf(leaving)
  const what =
    agreed.length > 0 ? 'of agreed work off the bill although work was begun' : 'of fees off the order, however much work it gets'
  return { permission: 'orders.price_override', sentence: `Take ${formatDollars(amountCents)} ${what}: ${named(leaving)}.`, amountCents }
}

/** The fee that is meant by itself, while its rule asks for it: with its job, or with what it is reckoned on, it goes like work. */
function feesAlone(ctx: Ctx, work: TargetWork): TargetLine[] {
  return work.isLine ? work.lines.filter((line) => line.status !== 'declined' && line.totalCents > 0 && isFeeAsked(ctx, line, work)) : []
}

/** Outside any transaction: checking a PIN takes its time. @throws APPROVAL_REQUIRED, APPROVAL_REFUSED */
export async function approveTakingOff(
  ctx: Ctx,
  way: TakenOffNote['way'],
  target: WorkTarget,
  approval: Approval | undefined,
): Promise<TakeOffApproval> {
  const work = await findTargetWork(reading(ctx.db), ctx.shopId, target)
  const wanted = work ? approvalToTakeOff(ctx, work, way) : null
  if (!work || !wanted) return { approverId: null, amountCents: ZERO }
  const { approverId } = await obtain(ctx, [wanted], approval, work.orderId)
  return { approverId, amountCents: wanted.amountCents }
}

/**
 * The same again under the order's lock, before anything is taken off, and the record of it for the order's log.
 * @throws APPROVAL_REQUIRED when it is more by now than the approver was told, INVALID_INPUT when a no of the customer has no reason
 */
export async function takeOff(
  tx: Tx,
  ctx: Ctx,
  work: TargetWork,
  approval: TakeOffApproval,
  { way, reason }: Pick<TakenOffNote, 'way' | 'reason'>,
): Promise<void> {
  const wanted = approvalToTakeOff(ctx, work, way)
  if (wanted && (approval.approverId === null || wanted.amountCents > approval.amountCents)) {
    throw new AppError('APPROVAL_REQUIRED', { approvalFor: wanted.permission, message: wanted.sentence })
  }
  // A single piece of done work stays when a customer says no; when it is removed after a reopening, that is told too.
  const leaving = standing(work.lines).filter(({ status }) => way !== 'declined' || status !== 'completed')
  if (leaving.length === 0) return
  if (way !== 'removed' && reason === '') throw invalidField('reason', 'The customer agreed to this before. Say why it is declined now.')
  const note = { way, reason, amountCents: amountOf(leaving), work: leaving.map(({ description }) => description) }
  await insertTakenOff(tx, ctx.shopId, work.orderId, approval.approverId, note)
}

function standing(lines: readonly TargetLine[]): TargetLine[] {
  return lines.filter(({ status, isAgreed }) => isAgreed && status !== 'declined')
}

function amountOf(lines: readonly TargetLine[]): Cents {
  return addCents(...lines.map(({ totalCents }) => totalCents))
}

const MOST_NAMED = 3

function named(lines: readonly TargetLine[]): string {
  const names = lines.slice(0, MOST_NAMED).map(({ description }) => `“${description.slice(0, 60)}”`)
  const more = lines.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}
