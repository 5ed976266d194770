import knexModule, { type Knex } from 'knex'
import type { ConnectionSettings } from './connection-settings'
import { migrationSource, type NamedMigration } from './migration-source'
import { sqlState } from './sql-error'

/** The database was changed by a newer program in a way that this one does not understand. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
  constructor(readonly migrations: readonly string[]) {
    super(`a newer Counterbay has changed this database (${migrations.join(', ')}); update this one before using it`)
  }
}

/** A migration failed and left nothing behind; those before it stand. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  constructor(
    readonly migration: string,
    cause: unknown,
  ) {
    const state = sqlState(cause)
    super(`the database could not be changed (${migration}${state ? `, ${state}` : ''}): ${reason(cause)}`, { cause })
  }
}

/** The server frees it by itself when the session that holds it is gone, so that no kill can leave a lock behind. */
const LOCK_KEY = 7_462_001

/**
 * Brings the database up to this program. Each migration is one transaction that also writes its name down. Two programs that start at once
 * take turns; the second finds nothing left to do.
 * @throws NewerDatabaseError, MigrationError
 */
export async function migrate(
  owner: ConnectionSettings,
  migrations: readonly NamedMigration[] = migrationSource(),
): Promise<{ applied: string[] }> {
  // One connection for lock and work: a dead starter's lock lasts exactly as long as its last statement.
  const knex = knexModule({
    client: 'pg',
    connection: {
      ...owner,
      application_name: 'counterbay migrate',
      options: '-c TimeZone=UTC -c statement_timeout=0 -c client_min_messages=warning',
    },
    pool: { min: 1, max: 1, idleTimeoutMillis: 2_147_483_647 },
    log: { warn: ignore, error: ignore, deprecate: ignore, debug: ignore }, // what matters is thrown
  })
  try {
    await knex.raw('SELECT pg_advisory_lock(?)', [LOCK_KEY])
    return { applied: await applyMissing(knex, migrations) }
  } finally {
    await knex.destroy()
  }
}

async function applyMissing(knex: Knex, migrations: readonly NamedMigration[]): Promise<string[]> {
  await knex.raw(`CREATE TABLE IF NOT EXISTS schema_migrations (
    name text PRIMARY KEY,
    breaking boolean NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  )`)
  const { rows: done } = await knex.raw<{ rows: { name: string; breaking: boolean }[] }>(
    'SELECT name, breaking FROM schema_migrations ORDER BY name',
  )
  const known = new Set(migrations.map(({ name }) => name))
  const newer = done.filter(({ name, breaking }) => breaking && !known.has(name))
  if (newer.length > 0) throw new NewerDatabaseError(newer.map(({ name }) => name))
  const stored = new Set(done.map(({ name }) => name))
  const missing = migrations.filter(({ name }) => !stored.has(name))
  for (const migration of missing) await apply(knex, migration)
  return missing.map(({ name }) => name)
}

async function apply(knex: Knex, { name, load }: NamedMigration): Promise<void> {
  try {
    const migration = await load()
    await knex.transaction(async (transaction) => {
      await migration.up(transaction)
      await transaction.raw('INSERT INTO schema_migrations (name, breaking) VALUES (?, ?)', [name, migration.breaking])
    })
  } catch (error) {
    throw new MigrationError(name, error)
  }
}

/** Knex puts the whole statement before PostgreSQL's own words; only those words help the reader. */
function reason(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause)
  return sqlState(cause) === null ? message : message.slice(message.lastIndexOf(' - ') + (message.includes(' - ') ? 3 : 0))
}

function ignore(): void {}
