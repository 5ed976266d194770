import { z } from 'zod'
import { call, Done, Id, Moment, Nothing, requiredText, text, seen } from './call'
import { Role } from './permissions'
import { Email, Password } from './session'

export const UserRow = z.object({
  id: Id,
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  role: Role,
  canApprove: z.boolean(),
  certificationNumber: z.string(),
  isActive: z.boolean(),
  hasPin: z.boolean(),
  lockedOut: z.boolean(),
  lastLoginAt: Moment.nullable(),
})
export type UserRow = z.output<typeof UserRow>

export const UserFields = z.strictObject({
  firstName: requiredText(100),
  lastName: requiredText(100),
  email: Email,
  phone: text(20),
  role: Role,
  canApprove: z.boolean(),
})

/** What may be changed of a person. */
export const UserEdit = UserFields.extend({
  isActive: z.boolean(),
  /** of a mechanic, where the state certifies them */
  certificationNumber: text(50),
})
export type UserEdit = z.output<typeof UserEdit>

export const usersCalls = {
  list: call('users.manage', Nothing, z.array(UserRow)),
  /** A new person with a first password that must be changed at the first sign-in. DUPLICATE on the e-mail. */
  create: call(
    'users.manage',
    z.strictObject({
      userId: Id,
      ...UserFields.shape,
      certificationNumber: UserEdit.shape.certificationNumber.optional(),
      password: Password,
    }),
    UserRow,
  ),
  /** Changed fields only, each as it was seen and as it shall be; EDIT_CONFLICT with the present values when one changed meanwhile. */
  update: call('users.manage', z.strictObject({ userId: Id, was: seen(UserEdit), now: UserEdit.partial() }), UserRow),
  /** Gives a new first password, ends every session and PIN of that person. */
  resetPassword: call('users.manage', z.strictObject({ userId: Id, password: Password }), Done),
  /** Everybody who may approve something, for the approver's PIN dialog. */
  approvers: call('signed_in', Nothing, z.array(z.object({ id: Id, firstName: z.string(), lastName: z.string(), role: Role }))),
}
