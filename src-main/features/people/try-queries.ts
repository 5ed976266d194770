import { sql, type Queryable } from '../../database/transaction'
import type { SignedInUser } from '../../ipc/station'
import { sessionColumns } from './people-queries'

/**
 * Tries are counted before the secret is looked at, each in its own committed statement: a crash, a second counter or a hundred
 * requests at once win no free guess. The right secret sets the count back.
 * The fifth wrong try locks for 30 seconds, each further one for twice as long, up to 15 minutes.
 */
const lockedUntil = (count: string) => `CASE WHEN ${count} + 1 >= 5
  THEN clock_timestamp() + least(interval '30 seconds' * power(2, least(${count} + 1 - 5, 9)), interval '15 minutes') END`

const isFree = (until: string) => `(${until} IS NULL OR ${until} <= clock_timestamp())`

const secondsLeft = (until: string) => `greatest(1, ceil(extract(epoch FROM coalesce(${until}, clock_timestamp() + interval '30 seconds')
  - clock_timestamp())))::int`

export interface Try {
  readonly userId: string
  /** null while locked out */
  readonly hash: string | null
  readonly retryAfterSeconds: number
}

const signInTry = (name: string, who: string) =>
  sql(
    name,
    `WITH tried AS (
       UPDATE users u SET failed_sign_ins = u.failed_sign_ins + 1, sign_in_locked_until = ${lockedUntil('u.failed_sign_ins')}
       WHERE u.shop_id = $1 AND ${who} AND u.is_active AND u.deleted_at IS NULL AND ${isFree('u.sign_in_locked_until')}
       RETURNING u.id, u.password_hash)
     SELECT u.id AS "userId", t.password_hash AS hash, ${secondsLeft('u.sign_in_locked_until')} AS "retryAfterSeconds"
     FROM users u LEFT JOIN tried t ON t.id = u.id
     WHERE u.shop_id = $1 AND ${who} AND u.is_active AND u.deleted_at IS NULL`,
  )
const tryByEmail = signInTry('people_try_sign_in', 'lower(u.email) = lower($2)')
const tryById = signInTry('people_try_password', 'u.id = $2')

/** Counts a password try by e-mail address; undefined when nobody active has it. */
export async function countSignInTry(db: Queryable, shopId: string, email: string): Promise<Try | undefined> {
  return (await db.query<Try>(tryByEmail, [shopId, email]))[0]
}

/** The same for somebody who is signed in already. */
export async function countPasswordTry(db: Queryable, shopId: string, userId: string): Promise<Try | undefined> {
  return (await db.query<Try>(tryById, [shopId, userId]))[0]
}

const signedIn = sql(
  'people_signed_in',
  `UPDATE users SET failed_sign_ins = 0, sign_in_locked_until = NULL, failed_pins = 0, pin_locked_until = NULL, pin_off = false,
     last_login_at = clock_timestamp(), password_hash = coalesce($3, password_hash)
   WHERE shop_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL RETURNING ${sessionColumns}`,
)

/** The right password: every count starts again. `newHash`: the same password under today's cost. Undefined when deactivated meanwhile. */
export async function recordSignIn(
  db: Queryable,
  shopId: string,
  userId: string,
  newHash: string | null,
): Promise<SignedInUser | undefined> {
  return (await db.query<SignedInUser>(signedIn, [shopId, userId, newHash]))[0]
}

const passwordRight = sql('', 'UPDATE users SET failed_sign_ins = 0, sign_in_locked_until = NULL WHERE shop_id = $1 AND id = $2')

export async function recordRightPassword(db: Queryable, shopId: string, userId: string): Promise<void> {
  await db.query(passwordRight, [shopId, userId])
}

/** The tenth wrong PIN in a row turns the PIN off until the password was given again. */
const pinTry = sql(
  'people_try_pin',
  `WITH tried AS (
     UPDATE users SET failed_pins = failed_pins + 1, pin_locked_until = ${lockedUntil('failed_pins')}, pin_off = failed_pins + 1 >= 10
     WHERE shop_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL AND pin_hash IS NOT NULL AND NOT pin_off
       AND ${isFree('pin_locked_until')}
     RETURNING id, pin_hash)
   SELECT u.id AS "userId", t.pin_hash AS hash, ${secondsLeft('u.pin_locked_until')} AS "retryAfterSeconds"
   FROM users u LEFT JOIN tried t ON t.id = u.id
   WHERE u.shop_id = $1 AND u.id = $2 AND u.is_active AND u.deleted_at IS NULL AND u.pin_hash IS NOT NULL AND NOT u.pin_off`,
)

/** Counts a PIN try; undefined when this person has no PIN that works. */
export async function countPinTry(db: Queryable, shopId: string, userId: string): Promise<Try | undefined> {
  return (await db.query<Try>(pinTry, [shopId, userId]))[0]
}

const pinRight = sql(
  'people_pin_right',
  `UPDATE users SET failed_pins = 0, pin_locked_until = NULL, pin_off = false
   WHERE shop_id = $1 AND id = $2 AND is_active AND deleted_at IS NULL RETURNING ${sessionColumns}`,
)

/** The right PIN: the count starts again. Undefined when deactivated meanwhile. */
export async function recordRightPin(db: Queryable, shopId: string, userId: string): Promise<SignedInUser | undefined> {
  return (await db.query<SignedInUser>(pinRight, [shopId, userId]))[0]
}
