import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { verifyPassword } from './hash-password'
import { countPasswordTry, recordRightPassword } from './try-queries'

/**
 * The signed-in person's own password, asked again before a secret changes. Wrong tries count towards the same lock-out as at sign-in.
 * @throws AppError LOCKED_OUT, WRONG_CREDENTIALS beside `field`
 */
export async function checkPassword(ctx: Ctx, password: string, field: string): Promise<void> {
  const db = reading(ctx.db)
  const tried = await countPasswordTry(db, ctx.shopId, ctx.userId)
  if (!tried) throw new AppError('SIGNED_OUT')
  if (tried.hash === null) throw new AppError('LOCKED_OUT', { retryAfterSeconds: tried.retryAfterSeconds })
  if (!(await verifyPassword(tried.hash, password))) {
    const message = 'That is not your password.'
    throw new AppError('WRONG_CREDENTIALS', { message, fields: { [field]: message } })
  }
  await recordRightPassword(db, ctx.shopId, ctx.userId)
}
