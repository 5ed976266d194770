import type { UserRow } from '../../../src-preload/contract/users'
import { AppError } from '../../base/app-error'
import { inTransaction, one, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { checkNewPassword } from './check-new-secret'
import { formatPhone } from './format-phone'
import { hashPassword } from './hash-password'
import { findUserIdByEmail, insertUser, selectUserRows, type UserValues } from './people-queries'

/**
 * A new person with a first password, to be changed at the first sign-in. The same facts twice are one person.
 * @throws AppError INVALID_INPUT, DUPLICATE
 */
export async function createUser(ctx: Ctx, input: UserValues & { password: string }): Promise<UserRow> {
  const { password, ...typed } = input
  checkNewPassword(password, 'password', [ctx.shop.name, typed.firstName, typed.lastName])
  const user = { ...typed, phone: formatPhone(typed.phone) }
  const passwordHash = await hashPassword(password)
  return await inTransaction('create user', ctx, async (tx) => {
    if (await insertUser(tx, ctx.shopId, user, passwordHash)) return one(await selectUserRows(tx, ctx.shopId, user.userId), 'new user')
    return await alreadyThere(tx, ctx, user)
  })
}

async function alreadyThere(tx: Tx, ctx: Ctx, user: UserValues): Promise<UserRow> {
  const [stored] = await selectUserRows(tx, ctx.shopId, user.userId)
  const same =
    stored?.email.toLowerCase() === user.email.toLowerCase() &&
    stored.firstName === user.firstName &&
    stored.lastName === user.lastName &&
    stored.role === user.role
  if (stored && same) return stored
  const existingId = await findUserIdByEmail(tx, ctx.shopId, user.email)
  if (!existingId) throw new AppError('DUPLICATE')
  throw new AppError('DUPLICATE', { existingId, fields: { email: 'Somebody already signs in with this e-mail address.' } })
}
