import { createHash } from 'node:crypto'
import { Client } from 'pg'
import type { ConnectionSettings } from '../../database/connection-settings'
import { APP_ROLE } from '../../database/embedded-roles'
import { loadInBulk } from '../../database/load-in-bulk'
import { migrate } from '../../database/migrate'
import { pourRows } from '../../database/pour-rows'

const LONGEST_NAME = 63

/**
 * The database that practice works on, beside the books in the same server. Programs that share a server of the shop's own have one each:
 * `installation` tells them apart; null for the embedded server, which has one program.
 */
export function practiceName(books: ConnectionSettings, installation: string | null): string {
  const suffix = installation === null ? '' : `_${createHash('sha256').update(installation).digest('hex').slice(0, 8)}`
  const ending = `_practice${suffix}`
  return `${books.database.slice(0, LONGEST_NAME - ending.length)}${ending}`
}

/** Takes the practice database away, whoever still works on it. Nothing happens when there is none. */
export async function dropPractice(books: ConnectionSettings, name: string): Promise<void> {
  await withClient(books, (client) => client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`))
}

/**
 * Makes a database of its own with everything of this shop as it stands at one moment. The books are only read.
 * @throws the server's error when the owner may not make databases; nothing is left behind then
 */
export async function fillPractice(books: ConnectionSettings, name: string, shopId: string): Promise<void> {
  await dropPractice(books, name)
  await withClient(books, (client) => client.query(`CREATE DATABASE ${quoted(name)} TEMPLATE template0`))
  const practice = { ...books, database: name }
  try {
    await migrate(practice)
    // A copy has no wider doors than the books.
    const closed = `REVOKE ALL ON DATABASE ${quoted(name)} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE ${quoted(name)} TO ${APP_ROLE}`
    await withClient(practice, (client) => client.query(closed))
    await withClient(books, (source) => withClient(practice, (target) => copyShop(source, target, shopId)))
  } catch (error) {
    await dropPractice(books, name)
    throw error
  }
}

interface Table {
  readonly name: string
  readonly columns: string[]
  readonly condition: string
  readonly forcesSecurity: boolean
}

const tables = `
  SELECT format('%I', c.relname) AS name, array_agg(format('%I', a.attname) ORDER BY a.attnum) AS columns,
         CASE WHEN c.relname = 'shops' THEN 'id' WHEN bool_or(a.attname = 'shop_id') THEN 'shop_id' END AS shop,
         c.relforcerowsecurity AS "forcesSecurity"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_migrations'
  GROUP BY c.oid ORDER BY c.relname`

async function copyShop(source: Client, target: Client, shopId: string): Promise<void> {
  // One moment of the books: what other counters do meanwhile is either wholly in the copy or not at all.
  await source.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  await source.query(`SELECT set_config('app.current_shop_id', $1, true)`, [shopId])
  const id = source.escapeLiteral(shopId)
  const { rows } = await target.query<Omit<Table, 'condition'> & { shop: string | null }>(tables)
  const copied: Table[] = rows.map((row) => ({ ...row, condition: row.shop === null ? 'true' : `${row.shop} = ${id}` }))
  await target.query('BEGIN')
  await withoutForcedSecurity(target, copied, async () => {
    const names = copied.map((table) => table.name)
    await loadInBulk(target, names, async () => {
      await target.query(`TRUNCATE ${names.join(', ')}`)
      for (const { name, columns, condition } of copied)
        await pourRows(source, `SELECT ${columns.join(', ')} FROM ${name} WHERE ${condition}`, target, name, columns)
    })
  })
  await copyCounters(source, target)
  await target.query('COMMIT')
  await source.query('COMMIT')
  await target.query('ANALYZE')
}

/** An owner that row-level security holds too may not COPY into a table, nor check its foreign keys, while it is forced. */
async function withoutForcedSecurity(target: Client, copied: readonly Table[], work: () => Promise<void>): Promise<void> {
  const forced = copied.filter((table) => table.forcesSecurity)
  const all = (change: string): string => forced.map(({ name }) => `ALTER TABLE ${name} ${change} ROW LEVEL SECURITY`).join('; ')
  await target.query(all('NO FORCE'))
  await work()
  await target.query(all('FORCE'))
}

/** Numbers that a sequence gives go on behind the copied ones. */
async function copyCounters(source: Client, target: Client): Promise<void> {
  const { rows } = await source.query<{ name: string; last: string }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last
     FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL`,
  )
  for (const { name, last } of rows) await target.query('SELECT setval($1::regclass, $2::bigint)', [name, last])
}

async function withClient<T>(settings: ConnectionSettings, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    ...settings,
    application_name: 'counterbay practice',
    options: '-c TimeZone=UTC -c statement_timeout=0 -c client_min_messages=warning',
  })
  client.on('error', () => undefined) // a connection that is lost fails the statement that waits
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
