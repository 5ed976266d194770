import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { destination, pino } from 'pino'
import type { LogLevel } from './config'

/** What the application may say about itself. Data are facts (names, counts, milliseconds), never a person and never SQL bindings. */
export interface Log {
  debug(data: object, message: string): void
  info(data: object, message: string): void
  warn(data: object, message: string): void
  error(data: object, message: string): void
}

const MAX_FILE_BYTES = 5 * 1024 * 1024
const KEPT_FILES = 4

const SECRET_KEYS = [
  'password',
  'passwordHash',
  'pin',
  'pinHash',
  'token',
  'cookie',
  'authorization',
  'secret',
  'connectionString',
  'databaseUrl',
]
const PERSONAL_KEYS = ['firstName', 'lastName', 'name', 'email', 'phone', 'address', 'licensePlate', 'vin', 'values', 'bindings', 'detail']

/** JSON lines in `<dataFolder>/logs/counterbay.log`; written at once, so that a crash does not take its own explanation with it. */
export function createLog(dataFolder: string, level: LogLevel): Log {
  const folder = join(dataFolder, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'counterbay.log')
  rotateLog(file)
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describeError },
      redact: { paths: [...SECRET_KEYS, ...PERSONAL_KEYS].flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
    },
    destination({ dest: file, sync: true, append: true, mode: 0o600 }),
  )
}

export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** Moves a file that has grown too large to `.1`, `.1` to `.2` and so on. Called before the file is opened, never while it is in use. */
export function rotateLog(file: string, maxBytes: number = MAX_FILE_BYTES): void {
  if (!existsSync(file) || statSync(file).size < maxBytes) return
  rmSync(`${file}.${KEPT_FILES}`, { force: true })
  for (let age = KEPT_FILES - 1; age >= 1; age -= 1) {
    if (existsSync(`${file}.${age}`)) renameSync(`${file}.${age}`, `${file}.${age + 1}`)
  }
  renameSync(file, `${file}.1`)
}

/** Passes on at most one line a second: a server that is gone fails every connection of every pool at once. */
export function atMostOncePerSecond(write: (message: string, suppressed: number) => void): (message: string) => void {
  let last = -Infinity
  let suppressed = 0
  return (message) => {
    const now = performance.now()
    if (now - last < 1000) {
      suppressed += 1
      return
    }
    last = now
    write(message, suppressed)
    suppressed = 0
  }
}

/** An error as facts. PostgreSQL's DETAIL, QUERY and the literal in a data exception (class 22) can hold a customer's data. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error }
  const facts = error as Error & { code?: unknown; constraint?: unknown; table?: unknown }
  const quotesData = typeof facts.code === 'string' && /^22.{3}$/.test(facts.code)
  const message = quotesData ? `data exception ${String(facts.code)}` : error.message
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message,
    ...(facts.code === undefined ? {} : { code: facts.code }),
    ...(facts.constraint === undefined ? {} : { constraint: facts.constraint }),
    ...(facts.table === undefined ? {} : { table: facts.table }),
    stack: frames.join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

function ignore(): void {}
