import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { checkNewPin } from './check-new-secret'
import { checkPassword } from './check-password'
import { hashPin } from './hash-pin'
import { updateOwnPin } from './people-queries'

/** @throws AppError FORBIDDEN before the first password is changed, WRONG_CREDENTIALS, LOCKED_OUT, INVALID_INPUT */
export async function setMyPin(ctx: Ctx, { password, pin }: { password: string; pin: string }): Promise<Record<string, never>> {
  // A first password is known to whoever gave it.
  if (ctx.user.mustChangePassword) throw new AppError('FORBIDDEN', { message: 'Choose a password of your own first.' })
  checkNewPin(pin, 'pin')
  await checkPassword(ctx, password, 'password')
  const pinHash = await hashPin(ctx.dataFolder, pin)
  const stored = await inTransaction('set my PIN', ctx, (tx) => updateOwnPin(tx, ctx.shopId, ctx.userId, pinHash))
  if (!stored) throw new AppError('SIGNED_OUT')
  ctx.user.hasPin = true
  return {}
}
