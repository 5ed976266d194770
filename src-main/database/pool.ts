import type { Writable } from 'node:stream'
import knexModule, { type Knex } from 'knex'
import { atMostOncePerSecond, silentLog, type Log } from '../base/log'
import { invariant } from '../base/invariant'
import type { ConnectionSettings } from './connection-settings'
import { ConnectionLostError, endsSession, isConnectionLoss } from './sql-error'
import { rowTypes } from './type-parsers'

export type { ConnectionSettings } from './connection-settings'

/** A pool of connections that see one shop (row-level security), or no shop at all. */
export interface Database {
  readonly shopId: string | null
  readonly knex: Knex
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly shopId: string | null
  readonly max?: number
  readonly applicationName?: string
  /** The role to act as when the log-in role is the owner: with a DATABASE_URL of the shop's own. */
  readonly role?: string
  /** 0 = no limit: for bulk loads, checks and benchmarks. Default 10 s. */
  readonly statementTimeoutMs?: number
  readonly log?: Log
}

const ACQUIRE_TIMEOUT_MS = 3000
const STATEMENT_TIMEOUT_MS = 10_000
/** On top of the server's own limit: a network that swallows packets never lets the server's error through. */
const SILENCE_MS = 5000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const ROLE = /^[a-z_][a-z0-9_]*$/

export function openDatabase(connection: ConnectionSettings, options: DatabaseOptions): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS
  const log = options.log ?? silentLog
  const warn = atMostOncePerSecond((message, suppressed) =>
    log.warn({ suppressed, reason: firstLine(message) }, 'database connection trouble'),
  )
  const knex = knexModule({
    client: 'pg',
    connection: {
      ...connection,
      application_name: options.applicationName ?? 'counterbay',
      options: startUpOptions(options, statementTimeoutMs),
      types: rowTypes,
      keepAlive: true,
      pipeline: true, // what is sent without waiting for the answer before it shares its way to the server
      connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
      ...(statementTimeoutMs > 0 ? { query_timeout: statementTimeoutMs + SILENCE_MS } : {}),
    } as Knex.PgConnectionConfig,
    pool: { min: 1, max: options.max ?? 8, acquireTimeoutMillis: ACQUIRE_TIMEOUT_MS, idleTimeoutMillis: 60_000 },
    log: { warn, error: warn, deprecate: warn, debug: () => undefined },
  })
  let closing: Promise<void> | undefined
  return { shopId: options.shopId, knex, close: () => (closing ??= knex.destroy()) }
}

/** Settings that a connection is born with cost no round trip and cannot be forgotten. */
function startUpOptions({ shopId, role }: DatabaseOptions, statementTimeoutMs: number): string {
  invariant(shopId === null || UUID.test(shopId), 'the shop of a pool must be a UUID')
  invariant(role === undefined || ROLE.test(role), 'the role of a pool must be a plain name')
  return [
    ...(shopId === null ? [] : [`app.current_shop_id=${shopId}`]),
    ...(role === undefined ? [] : [`role=${role}`]),
    'TimeZone=UTC',
    `statement_timeout=${statementTimeoutMs}ms`,
    'lock_timeout=3s',
    'idle_in_transaction_session_timeout=30s',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ')
}

export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
}

export interface StatementEvent {
  readonly kind: 'statement' | 'commit'
}

const listeners = new Set<(event: StatementEvent) => void>()

/** Hears every statement sent by transactions and reads; for the benchmark's counters. Returns the function that ends it. */
export function onStatement(listener: (event: StatementEvent) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

interface Session {
  __knex__disposed?: unknown
  readonly connection: { readonly stream: Writable }
  query(statement: { name?: string; text: string; values?: readonly unknown[] }): Promise<{ rows: object[]; command: string }>
  end(): Promise<void>
}

interface SessionPool {
  acquireConnection(): Promise<Session>
  releaseConnection(session: Session): Promise<void>
}

/** One connection out of the pool, held until it is given back. */
export interface Borrowed {
  run(statement: Statement, kind?: StatementEvent['kind']): Promise<{ rows: object[]; command: string }>
  giveBack(): Promise<void>
}

/** @throws KnexTimeoutError after 3 s when all connections are taken; ConnectionLostError at once when the server is away */
export async function borrow(db: Database): Promise<Borrowed> {
  const pool = db.knex.client as SessionPool
  const session = await pool.acquireConnection().catch((error: unknown) => {
    throw isConnectionLoss(error) ? new ConnectionLostError(error) : error
  })
  return {
    async run(statement, kind = 'statement') {
      if (listeners.size > 0) for (const listener of listeners) listener({ kind })
      holdForTheNext(session.connection.stream)
      try {
        return await session.query(statement)
      } catch (error) {
        if (endsSession(error)) discard(session, error)
        throw isConnectionLoss(error) ? new ConnectionLostError(error) : error
      }
    },
    giveBack: () => pool.releaseConnection(session),
  }
}

/** What is sent before anything else can happen travels in one piece: waking the server costs more than most statements. */
function holdForTheNext(stream: Writable): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** The pool asks for this mark before it hands a connection out again; ending the session frees the server's side now. */
function discard(session: Session, error: unknown): void {
  session.__knex__disposed = error
  session.end().catch(() => undefined)
}

function firstLine(text: unknown): string {
  return String(text).split('\n', 1)[0] ?? ''
}
