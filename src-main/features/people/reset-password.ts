import { AppError } from '../../base/app-error'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { checkNewPassword } from './check-new-secret'
import { hashPassword } from './hash-password'
import { resetUserPassword, selectUserRows } from './people-queries'

/**
 * A new first password for somebody else. Their sessions end wherever they are, their PIN is gone, every lock-out too.
 * @throws AppError NOT_FOUND, FORBIDDEN for oneself, INVALID_INPUT
 */
export async function resetPassword(ctx: Ctx, { userId, password }: { userId: string; password: string }): Promise<Record<string, never>> {
  if (userId === ctx.userId) throw new AppError('FORBIDDEN', { message: 'Change your own password under your name, with the present one.' })
  const [person] = await selectUserRows(reading(ctx.db), ctx.shopId, userId)
  if (!person) throw new AppError('NOT_FOUND')
  checkNewPassword(password, 'password', [ctx.shop.name, person.firstName, person.lastName])
  const passwordHash = await hashPassword(password)
  const found = await inTransaction('reset password', ctx, (tx) => resetUserPassword(tx, ctx.shopId, userId, passwordHash))
  if (!found) throw new AppError('NOT_FOUND')
  return {}
}
