import { AsyncResource } from 'node:async_hooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { InvariantError } from '../base/invariant'
import { testDatabase, type TestDatabase } from '../testing/test-database'
import { borrow, onStatement, openDatabase, type Database } from './pool'
import { constraintName, sqlState } from './sql-error'
import {
  assertOutsideTransaction,
  CommitOutcomeUnknownError,
  insideTransaction,
  inTransaction,
  inTransactionThen,
  one,
  reading,
  sql,
  type Actor,
  type Tx,
} from './transaction'

let t: TestDatabase
let actor: Actor

beforeAll(async () => {
  t = await testDatabase()
  actor = { db: t.db, userId: t.ownerUserId }
  await reading(t.owner).query(sql('', 'CREATE TABLE marks (id int PRIMARY KEY, note text)'))
  await reading(t.owner).query(sql('', 'GRANT ALL ON marks TO counterbay_app'))
})
beforeEach(async () => {
  await reading(t.owner).query(sql('', 'TRUNCATE marks'))
})
afterAll(() => t.close())

const insertMark = sql('marks.insert', 'INSERT INTO marks (id, note) VALUES ($1, $2) RETURNING id')
const countMarks = sql('marks.count', 'SELECT count(*) AS n FROM marks')
const raise = (state: string) => sql('', `DO $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '${state}'; END $$`)
const backend = sql('', 'SELECT pg_backend_pid() AS pid')

async function marks(): Promise<number> {
  return one(await reading(t.owner).query<{ n: number }>(countMarks), 'count').n
}

/** Bound outside of every transaction, as another counter's would be. */
const endBackend = AsyncResource.bind(async (pid: number): Promise<void> => {
  await reading(t.owner).query(sql('', 'SELECT pg_terminate_backend($1, 5000)'), [pid])
})

const pidOf = async (db: Database) => one(await reading(db).query<{ pid: number }>(backend), 'pid').pid

test('a transaction is stored as a whole and knows who acts', async () => {
  const user = await inTransaction('two marks', actor, async (tx) => {
    await tx.query(insertMark, [1, 'a'])
    await tx.query(insertMark, [2, 'b'])
    return one(await tx.query<{ id: string }>(sql('', "SELECT current_setting('app.current_user_id') AS id")), 'user').id
  })
  expect(user).toBe(t.ownerUserId)
  expect(await marks()).toBe(2)
  const [after] = await reading(t.db).query<{ id: string | null }>(
    sql('', "SELECT nullif(current_setting('app.current_user_id', true), '') AS id"),
  )
  expect(after?.id).toBeNull()
})

test('an error leaves nothing behind and reaches the caller with its SQLSTATE and constraint', async () => {
  const failure = await inTransaction('twice', actor, async (tx) => {
    await tx.query(insertMark, [1, 'a'])
    await tx.query(insertMark, [1, 'again'])
  }).catch((error: unknown) => error)
  expect([sqlState(failure), constraintName(failure)]).toEqual(['23505', 'marks_pkey'])
  expect(await marks()).toBe(0)
})

test('what is read last sees the work, and a reading that fails stores nothing and says why', async () => {
  const insert = (id: number) => async (tx: Tx) => void (await tx.query(insertMark, [id, 'a']))
  const count = await inTransactionThen('then', actor, insert(1), async (tx) => one(await tx.query<{ n: number }>(countMarks), 'count').n)
  expect(count).toBe(1)
  const failed = inTransactionThen('then not', actor, insert(2), (tx) => tx.query(sql('', 'SELECT 1 / 0')))
  await expect(failed).rejects.toMatchObject({ code: '22012' })
  expect(await marks()).toBe(1)
})

test('an answer of two statements, or of a late one, is refused before anything is stored', async () => {
  const insert = (id: number) => async (tx: Tx) => void (await tx.query(insertMark, [id, 'a']))
  const two = (tx: Tx) => Promise.all([tx.query(countMarks), tx.query(countMarks)])
  const late = async (tx: Tx) => (await Promise.resolve(), tx.query(countMarks))
  for (const read of [two, late, async () => []])
    await expect(inTransactionThen('not one', actor, insert(1), read)).rejects.toThrow(
      'the answer of transaction "not one" is one statement',
    )
  expect(await marks()).toBe(0)
})

test('what is written last goes out with the answer and COMMIT, and its failure undoes all and is what is heard', async () => {
  const readCount = async (tx: Tx) => one(await tx.query<{ n: number }>(countMarks), 'count').n
  const last =
    (...ids: number[]) =>
    async (tx: Tx) => {
      await tx.query(insertMark, [1, 'a'])
      return () => ids.map((id) => tx.query(insertMark, [id, 'b']))
    }
  expect(await inTransactionThen('last', actor, last(2, 3), readCount)).toBe(3)
  await expect(inTransactionThen('last not', actor, last(4, 1), readCount)).rejects.toMatchObject({ code: '23505' })
  await expect(inTransactionThen('first not', actor, last(5, 5), readCount)).rejects.toMatchObject({ constraint: 'marks_pkey' })
  expect(await marks()).toBe(3)
})

test('what is written last is one statement each, or nothing is stored', async () => {
  const two = async (tx: Tx) => () => [Promise.all([tx.query(insertMark, [1, 'a']), tx.query(insertMark, [2, 'a'])])]
  const late = async (tx: Tx) => () => [Promise.resolve().then(() => tx.query(insertMark, [1, 'a']))]
  for (const write of [two, late])
    await expect(inTransactionThen('not one each', actor, write, (tx) => tx.query(countMarks))).rejects.toThrow(
      'each last write of transaction "not one each" is one statement',
    )
  expect(await marks()).toBe(0)
})

test('a connection that ends under the last reading leaves the outcome open', async () => {
  const end = sql('', 'SELECT pg_terminate_backend(pg_backend_pid())')
  const lost = inTransactionThen(
    'lost',
    actor,
    async (tx) => void (await tx.query(insertMark, [1, 'a'])),
    (tx) => tx.query(end),
  )
  await expect(lost).rejects.toBeInstanceOf(CommitOutcomeUnknownError)
  expect(await marks()).toBe(0)
})

test('a first statement that reads goes out with BEGIN, one that writes waits for it', async () => {
  const sentAtOnce = async (statement: Parameters<Tx['query']>[0], values: unknown[]) => {
    let sent = 0
    const stop = onStatement(() => (sent += 1))
    let before = 0
    await inTransaction('first', actor, async (tx) => {
      const answer = tx.query(statement, values)
      before = sent
      await answer
    })
    stop()
    return before
  }
  expect(await sentAtOnce(countMarks, [])).toBe(2)
  expect(await sentAtOnce(insertMark, [1, 'a'])).toBe(1)
})

/** More promises on its way back than its neighbour, like a lock that is looked at before it is handed on. */
async function heardLate<T>(answer: Promise<T>, detours = 5): Promise<T> {
  return detours === 0 ? await answer : await heardLate(answer, detours - 1)
}

/** Both answers are in when the program looks. */
function lookLater(): void {
  setImmediate(() => {
    const until = performance.now() + 60
    while (performance.now() < until);
  })
}

test('of statements sent together the first that failed is heard, and runs all again when that can help', async () => {
  const failWith = sql('', 'SELECT fail_with($1)')
  await reading(t.owner).query(
    sql(
      '',
      "CREATE FUNCTION fail_with(state text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = state; END $$",
    ),
  )
  let runs = 0
  const contended = inTransaction('together', actor, async (tx) => {
    runs += 1
    const together = [heardLate(tx.query(failWith, [runs === 1 ? '40P01' : '55P03'])), tx.query(countMarks)]
    lookLater()
    await Promise.all(together)
  })
  await expect(contended).rejects.toMatchObject({ code: '55P03' })
  expect(runs).toBe(2)
})

test('a first write that nobody waited for is not stored behind the rollback', async () => {
  let unheard: Promise<unknown> = Promise.resolve()
  const refused = inTransaction('given up', actor, (tx) => {
    unheard = tx.query(insertMark, [1, 'a'])
    unheard.catch(() => undefined)
    return Promise.reject(new Error('refused'))
  })
  await expect(refused).rejects.toThrow('refused')
  await expect(unheard).rejects.toThrow(InvariantError)
  expect(await marks()).toBe(0)
})

test('a first statement that reads does not overtake one that writes', async () => {
  const [, seen] = await inTransaction('in order', actor, (tx) =>
    Promise.all([tx.query(insertMark, [1, 'a']), tx.query<{ n: number }>(countMarks)]),
  )
  expect(seen).toEqual([{ n: 1 }])
})

test.each(['40001', '40P01'])('%s runs the whole function again', async (state) => {
  let runs = 0
  await inTransaction('contended', actor, async (tx) => {
    runs += 1
    await tx.query(insertMark, [runs, 'a'])
    if (runs < 3) await tx.query(raise(state))
  })
  expect(runs).toBe(3)
  expect(await marks()).toBe(1)
})

test('it gives up after three retries', async () => {
  let runs = 0
  const hopeless = inTransaction('hopeless', actor, async (tx) => {
    runs += 1
    await tx.query(raise('40001'))
  })
  await expect(hopeless).rejects.toMatchObject({ code: '40001' })
  expect(runs).toBe(4)
})

test.each(['23505', '55P03', '57014', 'P0001'])('%s is never retried', async (state) => {
  let runs = 0
  const refused = inTransaction('refused', actor, async (tx) => {
    runs += 1
    await tx.query(raise(state))
  })
  await expect(refused).rejects.toMatchObject({ code: state })
  expect(runs).toBe(1)
})

test('a real deadlock is cured by running one of the two again', async () => {
  await reading(t.owner).query(sql('', "INSERT INTO marks VALUES (1, ''), (2, '')"))
  const lock = sql('', 'UPDATE marks SET note = note WHERE id = $1')
  let arrived = 0
  let goOn: () => void = () => undefined
  const bothHoldOne = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const inOrder = (first: number, second: number) =>
    inTransaction(`lock ${first} then ${second}`, actor, async (tx) => {
      await tx.query(lock, [first])
      arrived += 1
      if (arrived === 2) goOn()
      await bothHoldOne
      await tx.query(lock, [second])
    })
  await expect(Promise.all([inOrder(1, 2), inOrder(2, 1)])).resolves.toHaveLength(2)
})

test('a swallowed error does not pass for success', async () => {
  const swallowed = inTransaction('swallowed', actor, async (tx) => {
    await tx.query(insertMark, [1, 'a'])
    await tx.query(raise('23514')).catch(() => undefined)
  })
  await expect(swallowed).rejects.toThrow(InvariantError)
  expect(await marks()).toBe(0)
})

test('transactions do not nest, and what must stay outside says so', async () => {
  expect(insideTransaction()).toBe(false)
  await inTransaction('outer', actor, async () => {
    expect(insideTransaction()).toBe(true)
    expect(() => assertOutsideTransaction('a network call')).toThrow('a network call inside transaction "outer"')
    await expect(inTransaction('inner', actor, async () => undefined)).rejects.toThrow(InvariantError)
    await expect(reading(t.db).query(backend)).rejects.toThrow(InvariantError)
  })
  expect(() => assertOutsideTransaction('a network call')).not.toThrow()
})

test('a promise that outlives its transaction cannot write any more', async () => {
  let kept: Tx | undefined
  await inTransaction('short', actor, async (tx) => {
    kept = tx
    await Promise.resolve()
  })
  await expect(kept?.query(insertMark, [9, 'late'])).rejects.toThrow(InvariantError)
  expect(await marks()).toBe(0)
})

test('a broken connection is reported once and never handed out again', async () => {
  const db = openDatabase(t.appConnection, { shopId: t.shopId, max: 1 })
  try {
    const before = await pidOf(db)
    const broken = inTransaction('broken', { db, userId: null }, async (tx) => {
      await endBackend(one(await tx.query<{ pid: number }>(backend), 'pid').pid)
      await tx.query(countMarks)
    })
    await expect(broken).rejects.toMatchObject({ name: 'ConnectionLostError', code: '08006' })
    expect(await pidOf(db)).not.toBe(before)
  } finally {
    await db.close()
  }
})

test('a lost answer to COMMIT is called by its name, because the work may be stored', async () => {
  const db = openDatabase(t.appConnection, { shopId: t.shopId, max: 1 })
  try {
    // The deferred trigger ends the session while it commits.
    await reading(t.owner).query(
      sql(
        '',
        `CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
         $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1); RETURN NULL; END $$`,
      ),
    )
    await reading(t.owner).query(
      sql(
        '',
        "CREATE CONSTRAINT TRIGGER t AFTER INSERT ON marks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.note = 'cut') EXECUTE FUNCTION end_session()",
      ),
    )
    let runs = 0
    const cut = inTransaction('cut', { db, userId: null }, async (tx) => {
      runs += 1
      await tx.query(insertMark, [1, 'cut'])
    })
    await expect(cut).rejects.toThrow(CommitOutcomeUnknownError)
    expect(runs).toBe(1)
  } finally {
    await db.close()
  }
})

test('each pool is born with its shop, and the shop is gone with none', async () => {
  const setting = sql(
    '',
    "SELECT current_setting('app.current_shop_id', true) AS shop, current_setting('TimeZone') AS zone, current_setting('lock_timeout') AS wait",
  )
  const [a] = await reading(t.db).query(setting)
  const [b] = await reading(t.other).query(setting)
  const [none] = await reading(t.owner).query(setting)
  expect(a).toEqual({ shop: t.shopId, zone: 'UTC', wait: '3s' })
  expect(b).toMatchObject({ shop: t.otherShopId })
  expect(none).toMatchObject({ shop: null })
  const users = sql('', 'SELECT id FROM users')
  expect(await reading(t.db).query(users)).toEqual([{ id: t.ownerUserId }])
  expect(await reading(t.other).query(users)).toEqual([{ id: t.otherOwnerUserId }])
  expect(await reading(t.owner).query(users)).toHaveLength(2)
})

test("the owner's log-in can act as the application's role", async () => {
  const db = openDatabase(t.ownerConnection, { shopId: t.shopId, max: 1, role: 'counterbay_app' })
  try {
    expect(await reading(db).query(sql('', 'SELECT current_user::text AS name'))).toEqual([{ name: 'counterbay_app' }])
    expect(await reading(db).query(sql('', 'SELECT id FROM users'))).toEqual([{ id: t.ownerUserId }])
  } finally {
    await db.close()
  }
})

test('when all connections are taken the wait ends after three seconds', async () => {
  const db = openDatabase(t.appConnection, { shopId: t.shopId, max: 1 })
  const taken = await borrow(db)
  const began = performance.now()
  await expect(reading(db).query(backend)).rejects.toMatchObject({ name: 'KnexTimeoutError' })
  expect(performance.now() - began).toBeLessThan(4000)
  await taken.giveBack()
  await expect(reading(db).query(backend)).resolves.toHaveLength(1)
  await db.close()
})

test('a named statement is prepared once per connection', async () => {
  const db = openDatabase(t.appConnection, { shopId: t.shopId, max: 1 })
  try {
    for (let n = 0; n < 3; n += 1) await reading(db).query(countMarks)
    const prepared = sql('', "SELECT name FROM pg_prepared_statements WHERE name = 'marks.count'")
    expect(await reading(db).query(prepared)).toHaveLength(1)
  } finally {
    await db.close()
  }
  expect(() => sql('marks.count', 'SELECT 2')).toThrow(InvariantError)
  expect(() => sql('x'.repeat(64), 'SELECT 1')).toThrow(InvariantError)
})

test('statements of varying shape go through the same connection and never quote their values in an error', async () => {
  await inTransaction('built', actor, async (tx) => {
    expect(await tx.build((knex) => knex('marks').insert({ id: 5, note: 'Jane' }).returning('id'))).toEqual([{ id: 5 }])
    expect(await tx.build((knex) => knex('marks').where({ id: 5 }).update({ note: 'Joan' }).returning('note'))).toEqual([{ note: 'Joan' }])
  })
  const failure = await reading(t.db)
    .build((knex) => knex('marks').insert({ id: 5, note: 'Secret' }))
    .catch((error: unknown) => error)
  expect(sqlState(failure)).toBe('23505')
  expect(String(failure)).not.toContain('Secret')
})

test('statements and commits are counted while somebody listens', async () => {
  const seen: string[] = []
  const stop = onStatement(({ kind }) => seen.push(kind))
  await inTransaction('counted', actor, async (tx) => tx.query(insertMark, [1, 'a']))
  await reading(t.db).query(countMarks)
  stop()
  await reading(t.db).query(countMarks)
  expect(seen).toEqual(['statement', 'statement', 'commit', 'statement'])
})
