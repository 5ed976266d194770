import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { silentLog } from '../base/log'
import type { ConnectionSettings } from '../database/connection-settings'
import { startEmbeddedServer } from '../database/embedded-server'
import { migrate } from '../database/migrate'
import type { NamedMigration } from '../database/migration-source'
import { acquireFolderLock } from '../database/server-lock'

/** A program that tests start in order to kill it. Prints one word when it is where the test wants it, then waits for its end. */
const [role, subject = '', ...words] = process.argv.slice(2)

if (role === 'serve') {
  const server = await startEmbeddedServer({ dataFolder: subject, log: silentLog, durable: false })
  say(`serving ${server.pid}`)
  if (words.includes('leave')) process.exit(0)
} else if (role === 'lock') {
  const attempt = acquireFolderLock(subject)
  if ('lock' in attempt) attempt.lock.announce('http://127.0.0.1:4711')
  say('lock' in attempt ? 'locked' : 'refused')
} else if (role === 'lock-many') {
  const [rounds = '0', startAt = '0'] = words
  await sleep(Number(startAt) - Date.now())
  const won: number[] = []
  for (let round = 0; round < Number(rounds); round += 1) {
    if ('lock' in acquireFolderLock(join(subject, String(round)))) won.push(round)
  }
  say(JSON.stringify(won))
} else if (role === 'migrate') {
  const slow: NamedMigration = {
    name: '0002-slow',
    load: async () => ({
      breaking: false,
      up: async (knex) => {
        await knex.raw('CREATE TABLE half (id int)')
        say('migrating')
        await knex.raw('SELECT pg_sleep(0.5)')
      },
      down: async () => undefined,
    }),
  }
  await migrate(JSON.parse(subject) as ConnectionSettings, [slow])
}

setInterval(() => undefined, 60_000)

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
