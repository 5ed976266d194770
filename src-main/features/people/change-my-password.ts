import { AppError, invalidField } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { checkNewPassword } from './check-new-secret'
import { checkPassword } from './check-password'
import { hashPassword } from './hash-password'
import { updateOwnPassword } from './people-queries'

/** @throws AppError WRONG_CREDENTIALS, LOCKED_OUT, INVALID_INPUT */
export async function changeMyPassword(
  ctx: Ctx,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<Record<string, never>> {
  checkNewPassword(newPassword, 'newPassword', [ctx.shop.name, ctx.user.firstName, ctx.user.lastName])
  if (newPassword === currentPassword) throw invalidField('newPassword', 'This is the password you have now. Choose another one.')
  await checkPassword(ctx, currentPassword, 'currentPassword')
  const passwordHash = await hashPassword(newPassword)
  await inTransaction('change my password', ctx, async (tx) => {
    const changedAt = await updateOwnPassword(tx, ctx.shopId, ctx.userId, passwordHash)
    if (!changedAt) throw new AppError('SIGNED_OUT')
    // Before the commit is heard of: this session goes on, those of the same person elsewhere end.
    ctx.user.passwordChangedAt = changedAt
    ctx.user.mustChangePassword = false
  })
  return {}
}
