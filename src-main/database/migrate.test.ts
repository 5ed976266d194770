import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { silentLog } from '../base/log'
import { buildProgram } from '../testing/build-program'
import { startVictim } from '../testing/start-victim'
import type { ConnectionSettings } from './connection-settings'
import { startEmbeddedServer } from './embedded-server'
import { migrate, MigrationError, NewerDatabaseError } from './migrate'
import { migrationSource, namedMigrations, type NamedMigration } from './migration-source'
import { openDatabase } from './pool'
import { reading, sql } from './transaction'

const { owner: template, superuser } = inject('testServer')
const name = `migrate_${process.pid}`
const owner: ConnectionSettings = { ...template, database: name }

beforeEach(() => query({ ...superuser, database: 'postgres' }, `CREATE DATABASE ${name} OWNER ${template.user}`))
afterEach(() => query({ ...superuser, database: 'postgres' }, `DROP DATABASE ${name} WITH (FORCE)`))

let victim: Awaited<ReturnType<typeof buildProgram>>
beforeAll(async () => {
  victim = await buildProgram(join(import.meta.dirname, '../testing/victim.ts'))
})
afterAll(() => victim.remove())

async function query(settings: ConnectionSettings, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client(settings)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

function change(migrationName: string, statement: string, breaking = false): NamedMigration {
  return {
    name: migrationName,
    load: async () => ({
      breaking,
      up: async (knex) => {
        await knex.raw(statement)
      },
      down: async () => undefined,
    }),
  }
}

const first = change('0001-first', 'CREATE TABLE first (id int)')
const second = change('0002-second', 'CREATE TABLE second (id int)')
const stored = () => query(owner, 'SELECT name, breaking FROM schema_migrations ORDER BY name')

test('applies what is missing, in order, once', async () => {
  expect(await migrate(owner, [first])).toEqual({ applied: ['0001-first'] })
  expect(await migrate(owner, [first, second])).toEqual({ applied: ['0002-second'] })
  expect(await migrate(owner, [first, second])).toEqual({ applied: [] })
  expect(await stored()).toEqual([
    { name: '0001-first', breaking: false },
    { name: '0002-second', breaking: false },
  ])
})

test('the migrations of this program are found, named without extension and in the order of their numbers', () => {
  const names = migrationSource().map((migration) => migration.name)
  expect(names.length).toBeGreaterThan(0)
  for (const found of names) expect(found).toMatch(/^\d{4}-[a-z0-9-]+$/)
  expect(names).toEqual(names.toSorted())
  const load = () => first.load()
  expect(namedMigrations({ './m/0002-b.js': load, './m/0001-a.ts': load, './m/0001-a.test.ts': load }).map((m) => m.name)).toEqual([
    '0001-a',
    '0002-b',
  ])
})

test('a migration that fails leaves nothing of itself; those before it stand', async () => {
  const half = change('0002-half', 'CREATE TABLE half (id int); SELECT 1/0')
  const failure = await migrate(owner, [first, half]).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(MigrationError)
  expect((failure as Error).message).toBe('the database could not be changed (0002-half, 22012): division by zero')
  expect(await query(owner, "SELECT to_regclass('first')::text AS first, to_regclass('half') AS half")).toEqual([
    { first: 'first', half: null },
  ])
  expect(await migrate(owner, [first, second])).toEqual({ applied: ['0002-second'] })
})

test('of two that start at once one migrates and the other waits', async () => {
  const slow = change('0001-slow', 'SELECT pg_sleep(0.3); CREATE TABLE slow (id int)')
  const results = await Promise.all([migrate(owner, [slow]), migrate(owner, [slow])])
  expect(results.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, 1])
})

test('a change by a newer program is refused when it is breaking, tolerated when not', async () => {
  await migrate(owner, [first, second])
  expect(await migrate(owner, [first])).toEqual({ applied: [] })
  await migrate(owner, [first, second, change('0003-renamed', 'ALTER TABLE first RENAME TO eldest', true)])
  const refused = migrate(owner, [first, second, change('0004-other', 'CREATE TABLE other (id int)')])
  await expect(refused).rejects.toThrow(NewerDatabaseError)
  await expect(refused).rejects.toThrow('a newer Counterbay has changed this database (0003-renamed)')
  expect(await query(owner, "SELECT to_regclass('other') AS other")).toEqual([{ other: null }])
})

test("on a PostgreSQL of the shop's own, an owner that may only make roles can migrate and act as the application", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), `counterbay-test-${process.pid}-`))
  chmodSync(dataFolder, 0o755)
  const server = await startEmbeddedServer({ dataFolder, log: silentLog, durable: false })
  try {
    await query(
      { ...server.superuser, database: 'postgres' },
      "ALTER ROLE counterbay_app RENAME TO unused; CREATE ROLE shop LOGIN CREATEROLE PASSWORD 'x'",
    )
    await query({ ...server.superuser, database: 'postgres' }, 'CREATE DATABASE shop OWNER shop')
    const shop: ConnectionSettings = { ...server.superuser, user: 'shop', password: 'x', database: 'shop' }
    expect((await migrate(shop)).applied).toEqual(migrationSource().map((migration) => migration.name))
    const db = openDatabase(shop, { shopId: null, role: 'counterbay_app' })
    expect(await reading(db).query(sql('', 'SELECT current_user::text AS name, (SELECT count(*) FROM users) AS users'))).toEqual([
      { name: 'counterbay_app', users: 0 },
    ])
    await db.close()
  } finally {
    await server.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
})

test('kill -9 in the middle of a migration leaves no lock and no half', async () => {
  const program = await startVictim(victim.file, 'migrate', JSON.stringify(owner))
  expect(program.said).toBe('migrating')
  await program.kill()
  expect(await migrate(owner, [change('0002-slow', 'CREATE TABLE half (id int)')])).toEqual({ applied: ['0002-slow'] })
  expect(await stored()).toEqual([{ name: '0002-slow', breaking: false }])
})
