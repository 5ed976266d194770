import type { NewShop, SessionStatus } from '../../../src-preload/contract/session'
import { ShopSettings } from '../../../src-preload/contract/shop'
import { AppError } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { openDatabase } from '../../database/pool'
import { constraintName } from '../../database/sql-error'
import { one, reading, sql, type Queryable } from '../../database/transaction'
import type { Program, StationCall } from '../../ipc/context'
import { checkNewPassword } from '../people/check-new-secret'
import { enterStation } from '../people/enter-station'
import { formatPhone } from '../people/format-phone'
import { hashPassword } from '../people/hash-password'
import { sessionStatus } from '../people/session-status'
import { recordSignIn } from '../people/try-queries'
import { checkTexts } from './check-texts'
import { checkTimezone } from './check-timezone'

const createShop = sql(
  '',
  `SELECT shop_id AS "shopId", user_id AS "userId"
   FROM create_shop($1, $2, $3, $4, $5, $6, $7, '', $8, from_millionths($9::bigint), dollars($10::bigint), $11::jsonb, $12, $13, $14, $15)`,
)
const knownShops = sql('', 'SELECT id FROM known_shops()')

/** Programs that set up their shop right now: a double click is not two shops, nor two pools for one. */
const busy = new WeakSet<Program>()

/** The first start: the shop and its owner, who is signed in here. No account exists before. @throws AppError SETUP_DONE, INVALID_INPUT */
export async function setUpShop(call: StationCall, input: NewShop): Promise<SessionStatus> {
  const { program } = call
  if (program.shop) throw new AppError('SETUP_DONE')
  if (busy.has(program)) throw new AppError('BUSY')
  busy.add(program)
  try {
    return await setUp(call, input)
  } finally {
    busy.delete(program)
  }
}

async function setUp(call: StationCall, { shop, owner }: NewShop): Promise<SessionStatus> {
  const { program } = call
  checkTexts(shop, 'shop')
  checkTexts({ firstName: owner.firstName, lastName: owner.lastName }, 'owner')
  checkTimezone(shop.timezone, 'shop.timezone')
  checkNewPassword(owner.password, 'owner.password', [shop.name, owner.firstName, owner.lastName])
  const passwordHash = await hashPassword(owner.password)
  const made = await withoutShop(program, async (db) => {
    const { name, address, city, state, zip, phone, timezone, taxRateMillionths, laborRateCents } = shop
    const settings = JSON.stringify(ShopSettings.parse({ registrationNumber: shop.registrationNumber }))
    const place = [slugOf(name), name, address, city, state, zip, formatPhone(phone), timezone]
    const values = [...place, taxRateMillionths, laborRateCents, settings, owner.email, passwordHash, owner.firstName, owner.lastName]
    try {
      return one(await db.query<{ shopId: string; userId: string }>(createShop, values), 'new shop')
    } catch (error) {
      if (constraintName(error) !== 'setup_done') throw error
      await openTheOther(program, db)
      throw new AppError('SETUP_DONE')
    }
  })
  const { db } = await program.openShop(made.shopId)
  const user = await recordSignIn(reading(db), made.shopId, made.userId, null)
  invariant(user, 'the owner of a new shop is active')
  enterStation(call, user, 'password')
  return await sessionStatus(call)
}

/** Another counter was faster: this one works for the same shop from now on. */
async function openTheOther(program: Program, db: Queryable): Promise<void> {
  const [shop] = await db.query<{ id: string }>(knownShops)
  if (shop && !program.shop) await program.openShop(shop.id)
}

async function withoutShop<T>(program: Program, work: (db: Queryable) => Promise<T>): Promise<T> {
  const { app, appRole } = program.connections
  const nobody = openDatabase(app, { shopId: null, max: 1, log: program.log, ...(appRole ? { role: appRole } : {}) })
  try {
    return await work(reading(nobody))
  } finally {
    await nobody.close()
  }
}

/** 'José's Auto Repair' -> 'jose-s-auto-repair'; a name without Latin letters has 'shop'. */
function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return words?.join('-').slice(0, 100).replace(/-$/, '') ?? 'shop'
}
