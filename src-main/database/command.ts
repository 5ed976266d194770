import { parseArgs } from 'node:util'
import { ConfigError } from '../base/config'
import { connectionSettingsFromUrl, type ConnectionSettings } from './connection-settings'
import { migrate } from './migrate'
import { openDatabase } from './pool'
import { reading, sql } from './transaction'
import { verifyDatabase } from './verify'

const USAGE = `Usage: npm run db -- <command> --url URL

  migrate   brings the database up to this version of Counterbay
  demo      migrates it and fills it with a demo shop, if it has no shop yet
  verify    checks every invariant of the data; prints each violation, ends with 1 if there is one

  --url URL  postgresql://user:password@host:5432/database (default: DATABASE_URL)`

const SHOWN_ROWS = 20

type Command = (owner: ConnectionSettings) => Promise<boolean>

const commands = new Map<string, Command>([
  ['migrate', migrateDatabase],
  ['demo', fillDemo],
  ['verify', verify],
])

async function migrateDatabase(owner: ConnectionSettings): Promise<boolean> {
  const { applied } = await migrate(owner)
  say(applied.length === 0 ? 'The database is up to date.' : applied.map((name) => `applied ${name}`).join('\n'))
  return true
}

async function fillDemo(owner: ConnectionSettings): Promise<boolean> {
  await migrate(owner)
  const { fillDemoShop } = await import('../features/demo/fill-demo-shop')
  const filled = await fillDemoShop(owner)
  say(filled ? 'The demo shop is filled.' : 'The database has a shop already; nothing was filled.')
  return true
}

const bypasses = sql('', 'SELECT rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = current_user')
const shops = sql('', 'SELECT id FROM known_shops()')

async function verify(owner: ConnectionSettings): Promise<boolean> {
  let violations = 0
  for (const shopId of await shopsToLookInto(owner)) {
    const db = openDatabase(owner, { shopId, max: 1, statementTimeoutMs: 0 })
    try {
      for (const { id, title, remedy, rows } of await verifyDatabase(reading(db))) {
        violations += 1
        say(`${id} is broken: ${title}`)
        for (const row of rows.slice(0, SHOWN_ROWS)) say(`  ${row}`)
        if (rows.length > SHOWN_ROWS) say(`  and ${rows.length - SHOWN_ROWS} more`)
        say(`  What to do: ${remedy}`)
      }
    } finally {
      await db.close()
    }
  }
  if (violations === 0) say('Every invariant holds.')
  return violations === 0
}

/** An owner under row-level security sees nothing without a shop, and nothing is what a check must never be content with. */
async function shopsToLookInto(owner: ConnectionSettings): Promise<(string | null)[]> {
  const db = openDatabase(owner, { shopId: null, max: 1 })
  try {
    const [role] = await reading(db).query<{ bypasses: boolean }>(bypasses)
    if (role?.bypasses) return [null]
    return (await reading(db).query<{ id: string }>(shops)).map(({ id }) => id)
  } finally {
    await db.close()
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** 0 = done, 1 = failed or violations found, 2 = the words were wrong. */
async function main(words: readonly string[]): Promise<number> {
  let command: Command | undefined
  let owner: ConnectionSettings
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: { url: { type: 'string' } }, allowPositionals: true })
    command = positionals.length === 1 ? commands.get(positionals[0] ?? '') : undefined
    if (!command) throw new ConfigError('which command?')
    const url = values.url ?? process.env['DATABASE_URL']
    if (!url) throw new ConfigError('which database? Give --url')
    owner = connectionSettingsFromUrl(url)
  } catch (error) {
    complain(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    return 2
  }
  try {
    return (await command(owner)) ? 0 : 1
  } catch (error) {
    complain(error instanceof Error ? error.message || error.name : String(error))
    return 1
  }
}

process.exitCode = await main(process.argv.slice(2))
