import type { Role } from '../../../src-preload/contract/permissions'
import type { UserEdit, UserRow } from '../../../src-preload/contract/users'
import { sql, type Queryable } from '../../database/transaction'
import type { SignedInUser } from '../../ipc/station'

const signedInColumns = `id, first_name AS "firstName", last_name AS "lastName", role, can_approve AS "canApprove",
  pin_hash IS NOT NULL AS "hasPin", must_change_password AS "mustChangePassword", password_changed_at AS "passwordChangedAt"`

const userById = sql(
  'people_user_by_id',
  `SELECT ${signedInColumns} FROM users WHERE shop_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL`,
)

/** Somebody who may work here now; undefined when unknown, deactivated or removed. */
export async function findActiveUser(db: Queryable, shopId: string, userId: string): Promise<SignedInUser | undefined> {
  const [user] = await db.query<SignedInUser>(userById, [shopId, userId])
  return user
}

const userRowColumns = `id, first_name AS "firstName", last_name AS "lastName", email, phone, role, can_approve AS "canApprove",
  coalesce(certification_number, '') AS "certificationNumber", is_active AS "isActive", pin_hash IS NOT NULL AS "hasPin", last_login_at AS "lastLoginAt",
  pin_off OR coalesce(greatest(sign_in_locked_until, pin_locked_until) > clock_timestamp(), false) AS "lockedOut"`

const userRows = sql(
  'people_user_rows',
  `SELECT ${userRowColumns} FROM users WHERE shop_id = $1 AND deleted_at IS NULL AND ($2::uuid IS NULL OR id = $2)
   ORDER BY is_active DESC, lower(last_name), lower(first_name), id`,
)

/** As the list of users shows them; `userId` null = everybody. */
export function selectUserRows(db: Queryable, shopId: string, userId: string | null): Promise<UserRow[]> {
  return db.query<UserRow>(userRows, [shopId, userId])
}

export interface UserValues {
  readonly userId: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string
  readonly role: Role
  readonly canApprove: boolean
  readonly certificationNumber?: string | undefined
}

const insertUserRow = sql(
  '',
  `INSERT INTO users (id, shop_id, first_name, last_name, email, phone, role, can_approve, password_hash, password_changed_at,
     must_change_password, certification_number)
   VALUES ($2, $1, $3, $4, $5, nullif($6, ''), $7, $8, $9, CURRENT_TIMESTAMP, true, nullif($10, '')) ON CONFLICT DO NOTHING RETURNING id`,
)

/** False when the id or the e-mail address is taken; then nothing was stored. */
export async function insertUser(db: Queryable, shopId: string, user: UserValues, passwordHash: string): Promise<boolean> {
  const { userId, firstName, lastName, email, phone, role, canApprove, certificationNumber } = user
  const values = [shopId, userId, firstName, lastName, email, phone, role, canApprove, passwordHash, certificationNumber ?? '']
  return (await db.query(insertUserRow, values)).length === 1
}

const userIdByEmail = sql('', 'SELECT id FROM users WHERE shop_id = $1 AND lower(email) = lower($2) AND deleted_at IS NULL')

export async function findUserIdByEmail(db: Queryable, shopId: string, email: string): Promise<string | undefined> {
  const [user] = await db.query<{ id: string }>(userIdByEmail, [shopId, email])
  return user?.id
}

const lockUserRow = sql(
  '',
  `SELECT first_name AS "firstName", last_name AS "lastName", email, coalesce(phone, '') AS phone, role, can_approve AS "canApprove",
     is_active AS "isActive", coalesce(certification_number, '') AS "certificationNumber",
     (SELECT count(*)::int FROM users o WHERE o.shop_id = $1 AND o.id <> $2 AND o.role = 'owner' AND o.is_active AND o.deleted_at IS NULL) AS "otherOwners"
   FROM users WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE`,
)

/** The person as they may be edited, held until the transaction ends; `otherOwners` = active owners besides this person. */
export async function lockUser(db: Queryable, shopId: string, userId: string): Promise<(UserEdit & { otherOwners: number }) | undefined> {
  const [user] = await db.query<UserEdit & { otherOwners: number }>(lockUserRow, [shopId, userId])
  return user
}

const updateUserRow = sql(
  '',
  `UPDATE users SET first_name = $3, last_name = $4, email = $5, phone = nullif($6, ''), role = $7, can_approve = $8, is_active = $9,
     certification_number = nullif($10, '')
   WHERE shop_id = $1 AND id = $2`,
)

export async function updateUserValues(db: Queryable, shopId: string, userId: string, user: UserEdit): Promise<void> {
  const { firstName, lastName, email, phone, role, canApprove, isActive, certificationNumber } = user
  const values = [shopId, userId, firstName, lastName, email, phone, role, canApprove, isActive, certificationNumber]
  await db.query(updateUserRow, values)
}

const resetPasswordRow = sql(
  '',
  `UPDATE users SET password_hash = $3, password_changed_at = clock_timestamp(), must_change_password = true, pin_hash = NULL, pin_off = false,
     failed_sign_ins = 0, sign_in_locked_until = NULL, failed_pins = 0, pin_locked_until = NULL
   WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING id`,
)

/** A password given by somebody else: it must be changed, the PIN is gone, every lock-out too. False when there is no such person. */
export async function resetUserPassword(db: Queryable, shopId: string, userId: string, passwordHash: string): Promise<boolean> {
  return (await db.query(resetPasswordRow, [shopId, userId, passwordHash])).length === 1
}

const ownPassword = sql(
  '',
  `UPDATE users SET password_hash = $3, password_changed_at = clock_timestamp(), must_change_password = false,
     failed_sign_ins = 0, sign_in_locked_until = NULL
   WHERE shop_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL RETURNING password_changed_at AS "changedAt"`,
)

/** A password chosen by the person. Undefined when the person is no longer active. */
export async function updateOwnPassword(db: Queryable, shopId: string, userId: string, passwordHash: string): Promise<string | undefined> {
  const [row] = await db.query<{ changedAt: string }>(ownPassword, [shopId, userId, passwordHash])
  return row?.changedAt
}

const ownPin = sql(
  '',
  `UPDATE users SET pin_hash = $3, pin_off = false, failed_pins = 0, pin_locked_until = NULL, failed_sign_ins = 0, sign_in_locked_until = NULL
   WHERE shop_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL RETURNING id`,
)

export async function updateOwnPin(db: Queryable, shopId: string, userId: string, pinHash: string): Promise<boolean> {
  return (await db.query(ownPin, [shopId, userId, pinHash])).length === 1
}

const pinPeople = sql(
  'people_with_pin',
  `SELECT id, first_name AS "firstName", last_name AS "lastName", role FROM users
   WHERE shop_id = $1 AND id = ANY ($2::uuid[]) AND is_active AND deleted_at IS NULL AND pin_hash IS NOT NULL AND NOT pin_off
   ORDER BY lower(first_name), lower(last_name), id`,
)

export interface PersonRow {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly role: Role
}

/** Those of `userIds` whose PIN can be entered now. */
export function selectPinPeople(db: Queryable, shopId: string, userIds: readonly string[]): Promise<PersonRow[]> {
  return db.query<PersonRow>(pinPeople, [shopId, userIds])
}

const approvers = sql(
  '',
  `SELECT id, first_name AS "firstName", last_name AS "lastName", role FROM users
   WHERE shop_id = $1 AND id <> $2 AND is_active AND deleted_at IS NULL AND (can_approve OR role = 'owner') AND NOT must_change_password
     AND pin_hash IS NOT NULL AND NOT pin_off
   ORDER BY role, lower(first_name), lower(last_name), id`,
)

export function selectApprovers(db: Queryable, shopId: string, exceptUserId: string): Promise<PersonRow[]> {
  return db.query<PersonRow>(approvers, [shopId, exceptUserId])
}

/** Who signs in: the columns of a session, for `RETURNING`. */
export const sessionColumns = signedInColumns
