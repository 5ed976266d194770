import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { invariant, InvariantError } from '../base/invariant'
import { borrow, type Borrowed, type Database, type Statement } from './pool'
import { endsSession, isWorthRetrying, sqlState } from './sql-error'

/** A statement with `$1` placeholders. A name makes PostgreSQL parse and plan it once per connection; '' leaves it unnamed. */
export interface Sql {
  readonly name: string
  readonly text: string
}

export interface Queryable {
  query<Row extends object>(statement: Sql, values?: readonly unknown[]): Promise<Row[]>
  /** For statements whose shape varies (partial updates). `make` returns the builder, it must not await it. */
  build<Row extends object>(make: (knex: Knex) => Knex.QueryBuilder | Knex.Raw): Promise<Row[]>
}

/** A queryable inside an open transaction: a function that takes one cannot be called without. */
export type Tx = Queryable & { readonly __tx: 'tx' }

export interface Actor {
  readonly db: Database
  /** Null when the system itself acts; triggers read it as `app.current_user_id`. */
  readonly userId: string | null
}

/** The connection was lost while COMMIT was on its way: the work is stored or it is not. Read back by the client's id, never repeat blindly. */
export class CommitOutcomeUnknownError extends Error {
  override readonly name = 'CommitOutcomeUnknownError'
}

const MAX_RETRIES = 3
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const IN_FAILED_TRANSACTION = '25P02'
const MAX_NAME_BYTES = 63 // PostgreSQL cuts longer identifiers, so that two could become one

const named = new Map<string, string>()

/** @throws InvariantError when the name is too long or already stands for another text */
export function sql(name: string, text: string): Sql {
  if (name !== '') {
    invariant(Buffer.byteLength(name) <= MAX_NAME_BYTES, `statement name "${name}" is longer than ${MAX_NAME_BYTES} bytes`)
    invariant((named.get(name) ?? text) === text, `two statements are called "${name}"`)
    named.set(name, text)
  }
  return { name, text }
}

interface Scope {
  readonly name: string
  open: boolean
}

/**
 * Which transaction the running code belongs to. Node keeps count of that by a hook on every promise of the process, a sixth of a sale's
 * processor time: so it guards those who write code, while developing and in the tests of the program's parts, and is not in the built program.
 */
const scopes = import.meta.env.MODE === 'production' ? null : new AsyncLocalStorage<Scope>()

export function insideTransaction(): boolean {
  return scopes?.getStore()?.open === true
}

/** Guards network calls, files and PDFs: none may happen while a transaction holds locks. @throws InvariantError, except in the built program */
export function assertOutsideTransaction(what: string): void {
  const scope = scopes?.getStore()
  if (scope?.open) throw new InvariantError(`${what} inside transaction "${scope.name}"`)
}

/**
 * Runs `fn` in one transaction with one durable commit. The whole of it is run again, at most three times, on a serialization failure
 * (40001) or a deadlock (40P01) and on nothing else, so `fn` must not have effects outside the database.
 * @throws whatever `fn` throws, after a rollback; CommitOutcomeUnknownError when the answer to COMMIT was lost
 */
export async function inTransaction<T>(name: string, actor: Actor, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return repeatedly(name, actor, async (attempt) => {
    const result = await attempt.run(fn)
    await attempt.commit()
    return result
  })
}

/**
 * What a transaction writes last, each promise one statement. It is sent with the answer and COMMIT behind it, so nobody can decide on what
 * comes back: what must not be stored has to fail in the database, which undoes it all. What is thrown here afterwards finds it stored.
 */
export type LastWrites = () => readonly Promise<unknown>[]

/**
 * The same, but the answer is read by `read`, whose one statement and COMMIT travel to the server together, behind the last writes if `fn` left
 * some. For the hot half-dozen. By then all is decided: an error that `read` throws after its statement would find the work stored. A second
 * statement could only fail behind the COMMIT, so one that sends more than one, or not at once, is refused before it.
 */
export async function inTransactionThen<T>(
  name: string,
  actor: Actor,
  fn: (tx: Tx) => Promise<LastWrites | void>,
  read: (tx: Tx) => Promise<T>,
): Promise<T> {
  return repeatedly(name, actor, async (attempt) => {
    const left = (await attempt.run(fn)) ?? (() => [])
    const before = attempt.sent()
    let writes: ReturnType<LastWrites> = []
    const writing = attempt.run(() => Promise.all((writes = left())))
    writing.catch(() => undefined) // all are heard below, unless the transaction ends here
    invariant(attempt.sent() === before + writes.length, `each last write of transaction "${name}" is one statement, sent at once`)
    const answering = attempt.run(read)
    answering.catch(() => undefined)
    invariant(attempt.sent() === before + writes.length + 1, `the answer of transaction "${name}" is one statement, sent at once`)
    const [written, answer, commit] = await Promise.allSettled([writing, answering, attempt.commit()])
    const failed = written.status === 'rejected' || answer.status === 'rejected'
    // Whether it is stored matters more than why there is no answer; but a statement that failed took the commit with it.
    if (commit.status === 'rejected' && (!failed || commit.reason instanceof CommitOutcomeUnknownError)) throw commit.reason
    await writing
    return answering
  })
}

async function repeatedly<T>(name: string, { db, userId }: Actor, work: (attempt: Attempt) => Promise<T>): Promise<T> {
  assertOutsideTransaction(`transaction "${name}"`)
  const begin = beginStatement(userId)
  for (let retries = 0; ; retries += 1) {
    try {
      return await attemptOnce(name, db, begin, work)
    } catch (error) {
      if (retries === MAX_RETRIES || !isWorthRetrying(error)) throw error
    }
    await sleep(2 ** retries * (5 + Math.random() * 15))
  }
}

/** Reads outside a transaction: one connection, one round trip, given back at once. */
export function reading(db: Database): Queryable {
  return queryable(db, async (statement) => {
    assertOutsideTransaction('a read that does not use its Tx')
    const borrowed = await borrow(db)
    try {
      return (await borrowed.run(statement)).rows
    } finally {
      await borrowed.giveBack()
    }
  })
}

/** Asserts that a statement touched exactly one row. @throws InvariantError */
export function one<Row>(rows: readonly Row[], what: string): Row {
  const [row] = rows
  invariant(rows.length === 1 && row !== undefined, `${what}: expected one row, got ${rows.length}`)
  return row
}

interface Attempt {
  run<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** how many statements so far */
  sent(): number
  /** nothing may be sent after it */
  commit(): Promise<void>
}

async function attemptOnce<T>(name: string, db: Database, begin: Statement, work: (attempt: Attempt) => Promise<T>): Promise<T> {
  const borrowed = await borrow(db)
  const scope: Scope = { name, open: true }
  const begun = borrowed.run(begin)
  begun.catch(() => undefined) // whoever sends the first statement hears of it
  let hasBegun = false
  let mayOvertake = true
  let isUndone = false
  let count = 0
  let failure: unknown
  const send = async (statement: Statement): Promise<object[]> => {
    if (hasBegun) return (await borrowed.run(statement)).rows
    // A first SELECT, mostly a lock, goes out right behind BEGIN. Anything that writes waits: were BEGIN refused, it would be stored alone.
    mayOvertake &&= isSelect(statement)
    const sent = mayOvertake ? borrowed.run(statement) : undefined
    sent?.catch(() => undefined)
    await begun
    hasBegun = true
    if (sent) return (await sent).rows
    // What nobody waited for any more must not follow the ROLLBACK.
    invariant(!isUndone, `a statement after the end of transaction "${name}"`)
    return (await borrowed.run(statement)).rows
  }
  const tx: Tx = {
    __tx: 'tx',
    ...queryable(db, async (statement) => {
      // The connection may already serve somebody else: a promise that outlived its transaction must not write there.
      invariant(scope.open, `a statement after the end of transaction "${name}"`)
      count += 1
      try {
        return await send(statement)
      } catch (error) {
        // Statements on one way to the server fail together; only the first says why, whichever of them is heard of first.
        if (sqlState(error) === IN_FAILED_TRANSACTION) throw failure ?? error
        failure ??= error
        throw error
      }
    }),
  }
  try {
    return await work({
      run: (fn) => (scopes ? scopes.run(scope, () => fn(tx)) : fn(tx)),
      sent: () => count,
      commit: async () => {
        scope.open = false
        await begun
        await commit(name, borrowed)
      },
    })
  } catch (error) {
    scope.open = false
    isUndone = true
    await rollBack(borrowed)
    throw error
  } finally {
    await borrowed.giveBack()
  }
}

function isSelect({ text }: Statement): boolean {
  return /^\s*SELECT\b/i.test(text)
}

async function commit(name: string, borrowed: Borrowed): Promise<void> {
  let command: string
  try {
    command = (await borrowed.run({ text: 'COMMIT' }, 'commit')).command
  } catch (error) {
    if (endsSession(error)) throw new CommitOutcomeUnknownError(`transaction "${name}": the answer to COMMIT was lost`, { cause: error })
    throw error
  }
  // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which an error was swallowed.
  invariant(command === 'COMMIT', `transaction "${name}" went on after a failed statement; nothing was stored`)
}

async function rollBack(borrowed: Borrowed): Promise<void> {
  try {
    await borrowed.run({ text: 'ROLLBACK' })
  } catch {
    // The connection is broken and already discarded; the server rolls back by itself. The first error is the one to report.
  }
}

function beginStatement(userId: string | null): Statement {
  invariant(userId === null || UUID.test(userId), 'the acting user must be a UUID')
  return { text: `BEGIN; SELECT set_config('app.current_user_id', '${userId ?? ''}', true)` }
}

function queryable(db: Database, run: (statement: Statement) => Promise<object[]>): Queryable {
  return {
    query<Row extends object>(statement: Sql, values: readonly unknown[] = []) {
      const { name, text } = statement
      return run(name === '' ? { text, values } : { name, text, values }) as Promise<Row[]>
    },
    build<Row extends object>(make: (knex: Knex) => Knex.QueryBuilder | Knex.Raw) {
      // Compiled here and sent by us: Knex's own runner would put statement and values into its error messages.
      const { sql: text, bindings } = (make(db.knex) as Knex.Raw).toSQL().toNative()
      return run({ text, values: bindings as readonly unknown[] }) as Promise<Row[]>
    },
  }
}
