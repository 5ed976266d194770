import type { UserRow } from '../../../src-preload/contract/users'
import { AppError } from '../../base/app-error'
import { constraintName } from '../../database/sql-error'
import { inTransaction, one } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { formatPhone } from './format-phone'
import { lockUser, selectUserRows, updateUserValues, type UserValues } from './people-queries'

/**
 * Rights act at once: the database tells every counter, and who was deactivated is signed out there.
 * @throws AppError NOT_FOUND, FORBIDDEN for one's own rights, LAST_OWNER, DUPLICATE
 */
export async function updateUser(ctx: Ctx, input: UserValues & { isActive: boolean }): Promise<UserRow> {
  const user = { ...input, phone: formatPhone(input.phone) }
  try {
    return await inTransaction('update user', ctx, async (tx) => {
      const before = await lockUser(tx, ctx.shopId, user.userId)
      if (!before) throw new AppError('NOT_FOUND')
      const losesOwner = before.role === 'owner' && before.isActive && !(user.role === 'owner' && user.isActive)
      if (losesOwner && before.otherOwners === 0) throw new AppError('LAST_OWNER')
      if (user.userId === ctx.userId && (user.role !== before.role || !user.isActive)) {
        throw new AppError('FORBIDDEN', { message: 'Another owner has to change your own role or access.' })
      }
      await updateUserValues(tx, ctx.shopId, user)
      return one(await selectUserRows(tx, ctx.shopId, user.userId), 'updated user')
    })
  } catch (error) {
    if (constraintName(error) === 'users_last_owner') throw new AppError('LAST_OWNER')
    if (constraintName(error) !== 'users_shop_id_email_key') throw error
    throw new AppError('DUPLICATE', { fields: { email: 'Somebody already signs in with this e-mail address.' } })
  }
}
