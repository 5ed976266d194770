import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { connectionUrl, type ConnectionSettings } from '../database/connection-settings'
import { openDatabase, type Database } from '../database/pool'
import { shopA, shopB } from './fill-test-shops'

/** A database of the test file's own: schema of the real migrations, shops A and B with one owner each, nothing else. */
export interface TestDatabase {
  /** The application's role in shop A. */
  readonly db: Database
  /** The application's role in shop B. */
  readonly other: Database
  /** The owner's role: no limit by row-level security, no statement timeout. */
  readonly owner: Database
  readonly shopId: string
  readonly otherShopId: string
  readonly ownerUserId: string
  readonly otherOwnerUserId: string
  /** For further pools: a second counter, a listener. */
  readonly appConnection: ConnectionSettings
  readonly ownerConnection: ConnectionSettings
  readonly superuserConnection: ConnectionSettings
  /** The owner's connection as DATABASE_URL, for programs. */
  readonly url: string
  close(): Promise<void>
}

export interface TestDatabaseOptions {
  /** A migrated database without any shop, for first set-up. `shopId` and the pools then point at a shop that does not exist. */
  readonly empty?: boolean
}

/** Call in `beforeAll` and `close()` in `afterAll`. */
export async function testDatabase({ empty = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('testServer')
  const name = `t_${process.pid}_${randomBytes(6).toString('hex')}`
  const template = empty ? server.emptyTemplate : server.shopsTemplate
  // Copied as files it takes a quarter of the time: nothing here is worth a log.
  await asSuperuser(`CREATE DATABASE ${name} OWNER ${server.owner.user} TEMPLATE ${template} STRATEGY file_copy`)
  const appConnection = { ...server.app, database: name }
  const ownerConnection = { ...server.owner, database: name }
  const db = openDatabase(appConnection, { shopId: shopA.shopId })
  const other = openDatabase(appConnection, { shopId: shopB.shopId, max: 4 })
  const owner = openDatabase(ownerConnection, { shopId: null, max: 4, statementTimeoutMs: 0 })
  return {
    db,
    other,
    owner,
    shopId: shopA.shopId,
    otherShopId: shopB.shopId,
    ownerUserId: shopA.ownerUserId,
    otherOwnerUserId: shopB.ownerUserId,
    appConnection,
    ownerConnection,
    superuserConnection: { ...server.superuser, database: name },
    url: connectionUrl(ownerConnection),
    async close() {
      await Promise.all([db.close(), other.close(), owner.close()])
      await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function asSuperuser(statement: string): Promise<void> {
  const client = new Client({ ...inject('testServer').superuser, database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
