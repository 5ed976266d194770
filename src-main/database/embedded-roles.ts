import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { ConnectionSettings } from './connection-settings'
import type { ClusterSecrets } from './embedded-secrets'
import { sqlState } from './sql-error'

export const DATABASE = 'counterbay'
export const OWNER_ROLE = 'counterbay_owner'
export const APP_ROLE = 'counterbay_app'

const EXTENSIONS = ['pg_trgm', 'unaccent', 'btree_gist']
const STARTING_UP = '57P03'
const NO_SUCH_DATABASE = '3D000'
const POLL_MS = 20

/**
 * Waits until the server answers and gives it what the application expects: two roles, the database, its extensions. Each step looks
 * first, so that a kill in between is made good by the next start.
 */
export async function provision(
  superuser: ConnectionSettings,
  secrets: ClusterSecrets,
  deadline: AbortSignal,
  alive: () => boolean,
): Promise<void> {
  let client = await connectWhenReady(superuser, deadline, alive)
  if (client === null) {
    client = await connectWhenReady({ ...superuser, database: 'postgres' }, deadline, alive)
    if (client === null) throw new Error('the cluster has lost its database "postgres"')
    await during(client, (admin) => createDatabase(admin, secrets))
    client = await connectWhenReady(superuser, deadline, alive)
    if (client === null) throw new Error(`the database "${DATABASE}" could not be created`)
  }
  await during(client, completeDatabase)
}

/** Null when the server is up but does not have this database. */
async function connectWhenReady(settings: ConnectionSettings, deadline: AbortSignal, alive: () => boolean): Promise<Client | null> {
  for (;;) {
    const client = new Client({ ...settings, connectionTimeoutMillis: 5000, application_name: 'counterbay supervisor' })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      const state = sqlState(error)
      if (state === NO_SUCH_DATABASE) return null
      if (state !== null && state !== STARTING_UP) throw error
      if (!alive()) throw error
      if (deadline.aborted) throw new Error('the database did not answer in time', { cause: error })
    }
    await sleep(POLL_MS)
  }
}

async function during(client: Client, work: (client: Client) => Promise<void>): Promise<void> {
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Passwords are hexadecimal, names are constants: nothing here needs quoting. */
async function createDatabase(admin: Client, { ownerPassword, appPassword }: ClusterSecrets): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>('SELECT rolname FROM pg_roles')
  const known = new Set(rows.map(({ rolname }) => rolname))
  if (!known.has(OWNER_ROLE)) await admin.query(`CREATE ROLE ${OWNER_ROLE} LOGIN BYPASSRLS CREATEDB PASSWORD '${ownerPassword}'`)
  if (!known.has(APP_ROLE)) await admin.query(`CREATE ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '${appPassword}'`)
  await admin.query(`GRANT ${APP_ROLE} TO ${OWNER_ROLE}`)
  await admin.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`)
}

async function completeDatabase(client: Client): Promise<void> {
  const { rows } = await client.query<{ extname: string }>('SELECT extname FROM pg_extension')
  const present = new Set(rows.map(({ extname }) => extname))
  for (const name of EXTENSIONS) if (!present.has(name)) await client.query(`CREATE EXTENSION IF NOT EXISTS ${name}`)
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1 AND rolcreatedb', [OWNER_ROLE])
  if (rowCount === 0) await client.query(`ALTER ROLE ${OWNER_ROLE} CREATEDB`) // for the copy that practice works on
  await client.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE ${DATABASE} TO ${APP_ROLE}`)
}
