import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { ConnectionSettings } from '../../src-main/database/connection-settings'
import { withOwner } from '../e2e/support/owner-sql'

export type Victim = 'application' | 'database'

/** A request that is on its way. */
export interface Flight {
  readonly owner: ConnectionSettings
  readonly superuser: ConnectionSettings
  send(): void
  hasAnswer(): boolean
}

/** A moment between a request and its answer. */
export interface KillPoint {
  readonly name: string
  /** whether it must be stored when this one is killed here and nothing was acknowledged; null: either */
  stored(victim: Victim): boolean | null
  /** Sends the request, waits for the moment and kills. @returns false when the request was answered without coming to it */
  strike(flight: Flight, kill: () => Promise<void>): Promise<boolean>
}

/** So long after the request left: what no lock can stop at, its reads and its answer among them. */
export function afterMs(ms: number): KillPoint {
  return {
    name: `${ms} ms after the request`,
    stored: () => null,
    async strike({ send }, kill) {
      send()
      if (ms > 0) await sleep(ms)
      await kill()
      return true
    },
  }
}

const WRITES = 4711
const COMMITS = 4712

/**
 * Makes every transaction of the database count the statements that write, those inside of triggers too, and ask for the advisory lock of
 * each number before it: whoever holds the lock of number n stops it there, exactly. The lock of COMMIT is asked for inside of it, with
 * everything written.
 */
export async function layStops(owner: ConnectionSettings): Promise<void> {
  await withOwner(owner, async (client) => {
    await client.query(`
      CREATE FUNCTION stop_before_write() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE n int := coalesce(nullif(current_setting('stops.passed', true), ''), '0')::int + 1;
      BEGIN
        PERFORM set_config('stops.passed', n::text, true);
        PERFORM pg_advisory_xact_lock_shared(${WRITES}, n);
        RETURN NULL;
      END $$;
      CREATE FUNCTION stop_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(${COMMITS}, 1);
        RETURN NULL;
      END $$;
      DO $$
      DECLARE name text;
      BEGIN
        FOR name IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' LOOP
          EXECUTE format('CREATE TRIGGER a_stop BEFORE INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION stop_before_write()', name);
          EXECUTE format('CREATE CONSTRAINT TRIGGER z_stop AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                          FOR EACH ROW EXECUTE FUNCTION stop_at_commit()', name);
        END LOOP;
      END $$`)
  })
}

/** Before the transaction's write of this number, with all before it written. */
export function beforeWrite(number: number): KillPoint {
  return { name: `before write ${number}`, stored: () => false, strike: stopAt(WRITES, number) }
}

/** Everything is written and COMMIT has begun: it is the database's now, whatever becomes of who asked for it. */
export const insideCommit: KillPoint = {
  name: 'inside COMMIT',
  stored: (victim) => victim === 'application',
  strike: stopAt(COMMITS, 1),
}

function stopAt(kind: number, number: number): KillPoint['strike'] {
  return ({ owner, send, hasAnswer }, kill) =>
    withOwner(owner, async (client) => {
      await client.query('SELECT pg_advisory_lock($1, $2)', [kind, number])
      send()
      const waits = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = ${kind} AND objid = ${number} AND NOT granted`
      const isThere = await withOwner(owner, (watch) => isReached(watch, waits, hasAnswer))
      if (isThere) await kill()
      return isThere
    })
}

/**
 * COMMIT is on the disk and its answer is not sent: the server waits for a standby that does not exist. Set back before the kill, so that
 * the server that starts next does not wait as well.
 */
export const afterCommit: KillPoint = {
  name: 'after COMMIT, before the answer',
  stored: () => true,
  strike: ({ superuser, send, hasAnswer }, kill) =>
    withOwner(superuser, async (admin) => {
      await admin.query(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`)
      await admin.query('SELECT pg_reload_conf()')
      await isReached(admin, `SELECT WHERE current_setting('synchronous_standby_names') = 'nobody'`, () => false)
      send()
      const isThere = await isReached(admin, `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'`, hasAnswer)
      await admin.query('ALTER SYSTEM RESET synchronous_standby_names')
      await kill()
      return isThere
    }),
}

/** Asks until there is a row, or the request has its answer. */
async function isReached(client: Client, query: string, hasAnswer: () => boolean): Promise<boolean> {
  const deadline = performance.now() + 20_000
  for (;;) {
    if ((await client.query(query)).rowCount) return true
    if (hasAnswer()) return false
    if (performance.now() > deadline) throw new Error(`the request neither came to the point nor was answered: ${query}`)
    await sleep(2)
  }
}
