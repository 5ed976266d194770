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
/** Never written, even when a caller hands them over. */
const WITHHELD: ReadonlySet<string> = new Set(SECRET_KEYS.concat(PERSONAL_KEYS))
const MAX_DEPTH = 4

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
      formatters: { level: (label) => ({ level: label }), log: (data) => withhold(data, MAX_DEPTH) },
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

/** A copy that may be written. One pass by hand: the logger's own list of paths costs five times the rest of a line, on every call. */
function withhold(data: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(data) as [string, unknown][]) {
    if (WITHHELD.has(key)) copy[key] = '[redacted]'
    else if (key === 'error') copy[key] = describeError(value)
    else copy[key] = typeof value === 'object' && value !== null ? withholdBelow(value, depth - 1) : value
  }
  return copy
}

function withholdBelow(value: object, depth: number): unknown {
  if (value instanceof Error) return describeError(value)
  if ('toJSON' in value) return value // a date says itself what it is
  if (depth === 0) return '[too deep]'
  if (!Array.isArray(value)) return withhold(value, depth)
  return value.map((item: unknown) => (typeof item === 'object' && item !== null ? withholdBelow(item, depth - 1) : item))
}

function ignore(): void {}
