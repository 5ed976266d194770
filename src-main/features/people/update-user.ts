import type { UserEdit, UserRow } from '../../../src-preload/contract/users'
import { AppError } from '../../base/app-error'
import { mergeEdit, type Part } from '../../database/merge-edit'
import { constraintName } from '../../database/sql-error'
import { inTransaction, one } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { formatPhone } from './format-phone'
import { lockUser, selectUserRows, updateUserValues } from './people-queries'

interface Input {
  userId: string
  was: Part<UserEdit>
  now: Part<UserEdit>
}

/**
 * Changes fields of a person, each only while it still is what the owner saw. Rights act at once: the database tells every counter, and
 * who was deactivated is signed out there.
 * @throws AppError NOT_FOUND, EDIT_CONFLICT, FORBIDDEN for one's own rights, LAST_OWNER, DUPLICATE, INVALID_INPUT
 */
export async function updateUser(ctx: Ctx, { userId, was, now }: Input): Promise<UserRow> {
  const wanted = now.phone === undefined ? now : { ...now, phone: formatPhone(now.phone) }
  try {
    return await inTransaction('update user', ctx, async (tx) => {
      const locked = await lockUser(tx, ctx.shopId, userId)
      if (!locked) throw new AppError('NOT_FOUND')
      const { otherOwners, ...before } = locked
      const { merged: after, changed } = mergeEdit<UserEdit>(before, was, wanted)
      const losesOwner = before.role === 'owner' && before.isActive && !(after.role === 'owner' && after.isActive)
      if (losesOwner && otherOwners === 0) throw new AppError('LAST_OWNER')
      if (userId === ctx.userId && (after.role !== before.role || after.isActive !== before.isActive)) {
        throw new AppError('FORBIDDEN', { message: 'Another owner has to change your own role or access.' })
      }
      if (changed.length > 0) await updateUserValues(tx, ctx.shopId, userId, after)
      return one(await selectUserRows(tx, ctx.shopId, userId), 'updated user')
    })
  } catch (error) {
    if (constraintName(error) === 'users_last_owner') throw new AppError('LAST_OWNER')
    if (constraintName(error) !== 'users_shop_id_email_key') throw error
    throw new AppError('DUPLICATE', { fields: { email: 'Somebody already signs in with this e-mail address.' } })
  }
}
