import { spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silentLog, type Log } from '../base/log'
import { buildProgram } from '../testing/build-program'
import { startVictim } from '../testing/start-victim'
import type { ConnectionSettings } from './connection-settings'
import { FolderInUseError, startEmbeddedServer, type EmbeddedServer } from './embedded-server'
import { openDatabase } from './pool'
import { identifyProcess } from './process-identity'
import { acquireFolderLock } from './server-lock'
import { reading, sql } from './transaction'

let parent: string
let dataFolder: string
let victim: Awaited<ReturnType<typeof buildProgram>>

const start = (log: Log = silentLog): Promise<EmbeddedServer> => startEmbeddedServer({ dataFolder, log, durable: false })
const postmasterFile = (): string => join(realpathSync(join(dataFolder, 'postgres')), 'postmaster.pid')

beforeAll(async () => {
  victim = await buildProgram(join(import.meta.dirname, '../testing/victim.ts'))
  parent = mkdtempSync(join(tmpdir(), `counterbay-test-${process.pid}-folder of é `))
  chmodSync(parent, 0o755)
  dataFolder = join(parent, 'Dátový priečinok')
  const server = await start()
  await query(server.app, 'SELECT 1')
  await query(server.owner, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)')
  await server.stop()
})
afterAll(() => {
  victim.remove()
  rmSync(parent, { recursive: true, force: true })
})

async function query(settings: ConnectionSettings, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client(settings)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Starts, proves that it is the cluster of the first start, stops. */
async function startsAgain(log: Log = silentLog): Promise<void> {
  const server = await start(log)
  try {
    expect(await query(server.owner, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
  } finally {
    await server.stop()
  }
}

async function eventually(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 10_000, interval: 20 }).toBe(true)
}

describe('a server that runs', () => {
  let server: EmbeddedServer
  beforeAll(async () => {
    server = await start()
  })
  afterAll(() => server.stop())

  test('has the two roles, the database and its extensions, as they must be', async () => {
    expect(await query(server.owner, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
    const roles = await query(
      server.superuser,
      `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcanlogin FROM pg_roles WHERE rolname LIKE 'counterbay%' ORDER BY rolname`,
    )
    expect(roles).toEqual([
      { rolname: 'counterbay_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcanlogin: true },
      { rolname: 'counterbay_owner', rolsuper: false, rolbypassrls: true, rolcreaterole: false, rolcanlogin: true },
    ])
    const [database] = await query(
      server.app,
      `SELECT pg_get_userbyid(datdba) AS owner, pg_encoding_to_char(encoding) AS encoding, datlocprovider::text AS provider, datlocale AS locale
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(database).toEqual({ owner: 'counterbay_owner', encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' })
    const extensions = await query(server.app, 'SELECT extname FROM pg_extension ORDER BY 1')
    expect(extensions.map(({ extname }) => extname)).toEqual(['btree_gist', 'pg_trgm', 'plpgsql', 'unaccent'])
  })

  test('keeps checksums, asks for a password and listens on no network', async () => {
    const [settings] = await query(
      server.app,
      `SELECT current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS addresses,
              current_setting('log_error_verbosity') AS verbosity, current_setting('log_min_error_statement') AS statement,
              current_setting('max_connections') AS connections`,
    )
    expect(settings).toEqual({ checksums: 'on', addresses: '', verbosity: 'terse', statement: 'panic', connections: '60' })
    await expect(query({ ...server.app, password: 'wrong' }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect(listeningPorts(server.pid)).toEqual([])
    expect(statSync(server.app.host).mode & 0o777).toBe(0o700)
  })

  test('keeps its passwords and its files to itself', () => {
    expect(statSync(join(dataFolder, 'postgres-secrets.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(dataFolder, 'postgres')).mode & 0o777).toBe(0o700)
    const secrets = JSON.parse(readFileSync(join(dataFolder, 'postgres-secrets.json'), 'utf8')) as Record<string, string>
    expect(secrets['appPassword']).toMatch(/^[0-9a-f]{64}$/)
    const passwords = [secrets['superuserPassword'], secrets['ownerPassword'], secrets['appPassword']]
    expect(new Set(passwords).size).toBe(3)
  })

  test('is found by a second starter, in this process and in another', async () => {
    await expect(start()).rejects.toMatchObject({ name: 'FolderInUseError', pid: process.pid })
    const other = await startVictim(victim.file, 'lock', dataFolder)
    expect(other.said).toBe('refused')
    await other.kill()
  })

  test('comes back by itself after kill -9, and so do the pools', async () => {
    const states: string[] = []
    const stopListening = server.onState((state) => states.push(state))
    const db = openDatabase(server.app, { shopId: null })
    const one = sql('', 'SELECT 1 AS n')
    await reading(db).query(one)
    const before = server.pid
    process.kill(before, 'SIGKILL')
    await eventually(() => states.includes('up'))
    expect(states).toEqual(['down', 'up'])
    expect(server.pid).not.toBe(before)
    expect(await reading(db).query(one)).toEqual([{ n: 1 }])
    expect(await query(server.owner, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
    await db.close()
    stopListening()
  })
})

test('after kill -9 of the application the next start ends the orphan and goes on', async () => {
  const program = await startVictim(victim.file, 'serve', dataFolder)
  const orphan = Number(program.said.split(' ')[1])
  await program.kill()
  expect(identifyProcess(orphan)?.program).toBe('postgres')
  await startsAgain()
  expect(identifyProcess(orphan)).toBeNull()
})

test('an application that leaves without stopping its server takes it along', async () => {
  const program = await startVictim(victim.file, 'serve', dataFolder, 'leave')
  const left = Number(program.said.split(' ')[1])
  await eventually(() => identifyProcess(left) === null)
  await startsAgain()
})

test('a postmaster.pid whose number now belongs to another program does not keep the shop closed', async () => {
  const user = statSync(join(dataFolder, 'postgres'))
  const foreign = spawn('sleep', ['60'], { uid: user.uid, gid: user.gid, cwd: '/' })
  try {
    await new Promise((resolve) => foreign.once('spawn', resolve))
    writeFileSync(postmasterFile(), `${foreign.pid}\n${dataFolder}/postgres\n1700000000\n5432\n/tmp\n\n  12345   678\nready\n`)
    const notes: string[] = []
    await startsAgain({ ...silentLog, warn: (data) => notes.push(JSON.stringify(data)) })
    expect(notes).toEqual(['{"cleared":"removed-stale-file"}'])
    expect(foreign.exitCode).toBeNull()
  } finally {
    foreign.kill()
  }
})

test('a cluster of another major version is left alone and explained', async () => {
  const file = join(dataFolder, 'postgres', 'PG_VERSION')
  writeFileSync(file, '17\n')
  try {
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 17; this Counterbay brings 18/)
  } finally {
    writeFileSync(file, '18\n')
  }
  await startsAgain()
})

test('a server that cannot start says why, in its own words', async () => {
  const file = join(dataFolder, 'postgres', 'postgresql.auto.conf')
  const before = readFileSync(file)
  writeFileSync(file, "shared_preload_libraries = 'no_such_library'\n")
  try {
    await expect(start()).rejects.toThrow(/no_such_library/)
  } finally {
    writeFileSync(file, before)
  }
  await startsAgain()
})

test('a kill during the creation of the cluster leaves no half of one', async () => {
  const half = join(parent, 'half')
  const program = await startVictimEarly(half)
  await eventually(() => existsSync(half) && readdirSync(half).some((name) => /^postgres\.new-[0-9a-f]+$/.test(name)))
  await program.kill()
  expect(existsSync(join(half, 'postgres'))).toBe(false)
  const server = await startEmbeddedServer({ dataFolder: half, log: silentLog, durable: false })
  expect(await query(server.app, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
  expect(readdirSync(half).filter((name) => name.includes('.new-'))).toEqual([])
  await server.stop()
})

test.runIf(process.getuid?.() === 0)('as root, a data folder that no other user can walk to works all the same', async () => {
  const closed = join(parent, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const options = { dataFolder: join(closed, 'data'), log: silentLog, durable: false }
  const first = await startEmbeddedServer(options)
  await query(first.owner, 'CREATE TABLE kept (id int)')
  await first.stop()
  const second = await startEmbeddedServer(options)
  const elsewhere = realpathSync(join(closed, 'data', 'postgres'))
  try {
    expect(await query(second.owner, 'SELECT id FROM kept')).toEqual([])
    expect(elsewhere).not.toContain(closed)
    expect(statSync(closed).mode & 0o777).toBe(0o700)
  } finally {
    await second.stop()
    rmSync(elsewhere, { recursive: true, force: true })
  }
})

test('a cluster without its passwords is not replaced by an empty one', async () => {
  const file = join(dataFolder, 'postgres-secrets.json')
  const secrets = readFileSync(file)
  rmSync(file)
  try {
    await expect(start()).rejects.toThrow(/postgres-secrets.json is missing/)
  } finally {
    writeFileSync(file, secrets, { mode: 0o600 })
  }
})

test('a stopped server leaves neither lock nor process', async () => {
  const server = await start()
  const { pid } = server
  await server.stop()
  expect(identifyProcess(pid)).toBeNull()
  expect(existsSync(postmasterFile())).toBe(false)
  const attempt = acquireFolderLock(dataFolder)
  expect(attempt).toHaveProperty('lock')
  if ('lock' in attempt) attempt.lock.release()
  await expect(query(server.app, 'SELECT 1')).rejects.toThrow(/ENOENT|ECONNREFUSED/)
  expect(new FolderInUseError(7, 'http://127.0.0.1:1').message).toContain('process 7 at http://127.0.0.1:1')
})

/** Without waiting for a word: it is killed while it still prepares. */
async function startVictimEarly(folder: string): Promise<{ kill(): Promise<void> }> {
  const child = spawn(process.execPath, [victim.file, 'serve', folder], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise((resolve) => child.once('spawn', resolve))
  return {
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** Listening TCP sockets of a process, by inode: what `ss` would print. */
function listeningPorts(pid: number): string[] {
  const listening = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A'),
  )
  const own = new Set(socketInodes(pid))
  return listening.filter((fields) => own.has(fields[9] ?? '')).map((fields) => fields[1] ?? '')
}

function socketInodes(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  const links = readdirSync(folder).map((fd) => readlinkSync(join(folder, fd)))
  const inodes = links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]).filter((inode) => inode !== undefined)
  if (inodes.length === 0) throw new Error('the sockets of the server cannot be seen')
  return inodes
}
