import { one, reading, sql, type Queryable } from '../database/transaction'
import type { TestDatabase } from './test-database'

const tables = sql(
  '',
  `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'schema_migrations' ORDER BY relname`,
)

/** Table -> its rows as text, in order. A row that is touched and put back has another time of its last change, and counts one change more. */
export type AllRows = Readonly<Record<string, readonly string[]>>

/** Everything of both shops as it stands, but for `updated_at` and `version`. */
export async function allRows(test: TestDatabase): Promise<AllRows> {
  const db: Queryable = reading(test.owner)
  const found: Record<string, readonly string[]> = {}
  for (const { name } of await db.query<{ name: string }>(tables)) {
    const text = `SELECT (to_jsonb(t) - ARRAY['updated_at', 'version'])::text AS row FROM "${name}" t ORDER BY 1`
    found[name] = (await db.query<{ row: string }>(sql('', text))).map(({ row }) => row)
  }
  return found
}

/** Without the named tables: those whose rows only ever grow by what was done. */
export function without(rows: AllRows, ...names: readonly string[]): AllRows {
  return Object.fromEntries(Object.entries(rows).filter(([name]) => !names.includes(name)))
}

const audited = sql('', 'SELECT action FROM audit_events WHERE entity_id = $1 ORDER BY seq')

/** What the log says was done with a record, in order. */
export async function eventsOf(test: TestDatabase, entityId: string): Promise<string[]> {
  return (await reading(test.owner).query<{ action: string }>(audited, [entityId])).map(({ action }) => action)
}

const shopDay = sql('', 'SELECT (shop_local_date($1, now()) + $2::int)::text AS day')

/** The day of the shop, or one so many days from it. */
export async function today(test: TestDatabase, days = 0): Promise<string> {
  return one(await reading(test.owner).query<{ day: string }>(shopDay, [test.shopId, days]), 'day').day
}
