import type { Approval } from '../../../src-preload/contract/call'
import { grantOf, type Permission } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { checkPin } from './check-pin'
import { findActiveUser } from './people-queries'
import { writeAudit } from './write-audit'

/**
 * The PIN of somebody else who has the right without limit and may approve. Called before the transaction of the action it approves:
 * tries must count whatever becomes of the action. `sentence` says what is approved, with its amount; it is kept with the record it is `about`.
 * In practice too a try counts in the books, or a copy would be the place to guess a PIN.
 * Somebody who still has a first password approves nothing: whoever gave it could.
 * @returns the approver's id
 * @throws AppError APPROVAL_REQUIRED without `approval`; APPROVAL_REFUSED; LOCKED_OUT
 */
export async function requireApproval(
  ctx: Ctx,
  permission: Permission,
  approval: Approval | undefined,
  sentence: string,
  about?: { readonly entityType: string; readonly entityId: string },
): Promise<string> {
  if (!approval) throw new AppError('APPROVAL_REQUIRED', { approvalFor: permission, message: sentence })
  const { approverId, pin } = approval
  const approver = approverId === ctx.userId ? undefined : await findActiveUser(reading(ctx.books), ctx.shopId, approverId)
  const mayApprove = approver && !approver.mustChangePassword && (approver.canApprove || approver.role === 'owner')
  const hasRight = approver && grantOf(approver.role, permission) === 'yes'
  if (!mayApprove || !hasRight || !(await pinIsRight(ctx, approverId, pin))) throw new AppError('APPROVAL_REFUSED')
  await writeAudit(reading(ctx.db), ctx, { action: 'approval.given', ...about, approverId, details: { permission, sentence } })
  return approverId
}

/**
 * The same for several rights that one call needs: whoever lends them is told of all before the PIN, or one yes would cover what nobody heard of.
 * @returns the approver's id, null when nothing is wanted
 * @throws AppError as `requireApproval`
 */
export async function requireApprovals(
  ctx: Ctx,
  wanted: readonly { readonly permission: Permission; readonly sentence: string }[],
  approval: Approval | undefined,
  about?: { readonly entityType: string; readonly entityId: string },
): Promise<string | null> {
  const message = wanted.map(({ sentence }) => sentence).join(' ')
  if (wanted[0] && !approval) throw new AppError('APPROVAL_REQUIRED', { approvalFor: wanted[0].permission, message })
  let approverId: string | null = null
  for (const { permission, sentence } of wanted) approverId = await requireApproval(ctx, permission, approval, sentence, about)
  return approverId
}

async function pinIsRight(ctx: Ctx, userId: string, pin: string): Promise<boolean> {
  try {
    return (await checkPin({ ...ctx, db: ctx.books }, userId, pin)) !== undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'WRONG_PIN') return false
    throw error
  }
}
