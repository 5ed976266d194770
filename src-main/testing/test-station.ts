import { silentLog } from '../base/log'
import type { Clock } from '../base/clock'
import { systemClock } from '../base/clock'
import { openDatabase } from '../database/pool'
import { one, reading, sql } from '../database/transaction'
import { hashPassword } from '../features/people/hash-password'
import { hashPin } from '../features/people/hash-pin'
import { readProfile } from '../features/shop/read-profile'
import { ChangeHub } from '../ipc/change-hub'
import type { Program, StationCall } from '../ipc/context'
import { PracticeRoom } from '../ipc/practice-room'
import { PrintQueues } from '../printing/print-queues'
import { newStation } from '../ipc/station'
import { testFolder } from './test-context'
import type { TestDatabase } from './test-database'

/** A running program on a test database; `empty`: before the shop is set up. What `openShop` opens is closed by `close`. */
export async function testProgram(
  test: TestDatabase,
  { clock = systemClock, empty = false }: { clock?: Clock; empty?: boolean } = {},
): Promise<Program & { close(): Promise<void> }> {
  const opened: (() => Promise<void>)[] = []
  const running: Omit<Program, 'practice'> & { close(): Promise<void> } = {
    config: { dataFolder: testFolder, databaseUrl: null, logLevel: 'silent', color: false },
    log: silentLog,
    clock,
    version: 'test',
    demo: false,
    changes: new ChangeHub(),
    prints: new PrintQueues(),
    connections: { owner: test.ownerConnection, app: test.appConnection },
    stations: new Set(),
    shop: empty ? null : { id: test.shopId, db: test.db, profile: await readProfile(test.db, test.shopId) },
    async openShop(shopId) {
      const db = openDatabase(test.appConnection, { shopId, max: 2 })
      opened.push(() => db.close())
      running.shop = { id: shopId, db, profile: await readProfile(db, shopId) }
      return running.shop
    },
    async close() {
      await program.practice.close()
      for (const close of opened) await close()
    },
  }
  const program = Object.assign(running, { practice: new PracticeRoom(running) })
  return program
}

/** A new place to sign in at. */
export function testCall(program: Program): StationCall {
  const station = newStation(crypto.randomUUID())
  program.stations.add(station)
  return { program, station, host: 'web', log: silentLog, ref: 'test' }
}

const setPassword = sql('', 'UPDATE users SET password_hash = $2, password_changed_at = clock_timestamp() WHERE id = $1 RETURNING email')
const setPin = sql(
  '',
  'UPDATE users SET pin_hash = $2, pin_off = false, failed_pins = 0, pin_locked_until = NULL WHERE id = $1 RETURNING id',
)

/** Gives a user of any shop a password to sign in with; returns the e-mail address. */
export async function givePassword(test: TestDatabase, userId: string, password: string): Promise<string> {
  const rows = await reading(test.owner).query<{ email: string }>(setPassword, [userId, await hashPassword(password)])
  return one(rows, 'user with a new password').email
}

/** Gives a user of any shop a PIN, bound to the data folder of the test contexts. */
export async function givePin(test: TestDatabase, userId: string, pin: string): Promise<void> {
  one(await reading(test.owner).query(setPin, [userId, await hashPin(testFolder, pin)]), 'user with a new PIN')
}
