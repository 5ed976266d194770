import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect } from 'vitest'
import type { ConnectionSettings } from '../../../src-main/database/connection-settings'
import { DATABASE, OWNER_ROLE } from '../../../src-main/database/embedded-roles'
import { clusterSecrets } from '../../../src-main/database/embedded-secrets'
import { openDatabase } from '../../../src-main/database/pool'
import { reading } from '../../../src-main/database/transaction'
import { verifyDatabase } from '../../../src-main/database/verify'

/** How to reach the embedded database of a running host past the host. */
export function embeddedConnection(dataFolder: string, role: 'owner' | 'superuser' = 'owner'): ConnectionSettings {
  const secrets = clusterSecrets(dataFolder)
  const lines = readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')
  return {
    host: lines[4] ?? '',
    port: Number(lines[3]),
    database: DATABASE,
    user: role === 'owner' ? OWNER_ROLE : 'postgres',
    password: role === 'owner' ? secrets.ownerPassword : secrets.superuserPassword,
  }
}

/** The process of the embedded database; each of its connections is a child of it. */
export function postmasterPid(dataFolder: string): number {
  return Number.parseInt(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8'), 10)
}

/** Runs `work` on a connection of its own that sees every shop. A connection that is killed meanwhile is no error of its own. */
export async function withOwner<T>(connection: ConnectionSettings, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Every broken invariant, 'id: title: rows'; nothing in a sound database. */
export async function violationsOf(connection: ConnectionSettings): Promise<string[]> {
  const db = openDatabase(connection, { shopId: null, max: 1, statementTimeoutMs: 0 })
  try {
    return (await verifyDatabase(reading(db))).map(({ id, title, rows }) => `${id}: ${title}: ${rows.slice(0, 5).join(', ')}`)
  } finally {
    await db.close()
  }
}

/** Table -> number of rows and a hash of all they hold: equal means that nothing was stored, changed or removed. */
export function contentsOf(client: Client, where = ''): Promise<Record<string, string>> {
  return hashTables(client, 't::text', where)
}

/** Looks at all that is stored, again and again: each look expects what the one before found. */
export function watchContents(connection: ConnectionSettings, where = ''): () => Promise<void> {
  let last: Record<string, string> | undefined
  return () =>
    withOwner(connection, async (client) => {
      const before = last
      last = await contentsOf(client, where)
      if (before) expect(last).toEqual(before)
    })
}

/** The same, and which transaction wrote each row: a write that changed nothing, or was changed back, shows as well. */
export function writesOf(client: Client): Promise<Record<string, string>> {
  return hashTables(client, "t::text || ' ' || t.xmin", '')
}

async function hashTables(client: Client, row: string, where: string): Promise<Record<string, string>> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname`,
  )
  const parts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(sum(hashtextextended(${row}, 0)), 0) AS state FROM "${name}" t ${where}`,
  )
  const { rows } = await client.query<{ name: string; state: string }>(parts.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
}
