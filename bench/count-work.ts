import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { onStatement } from '../src-main/database/pool'
import { median } from './measure-blocks'

/** What was sent to the database. No neighbour can disturb these figures. */
export interface Work {
  readonly statements: number
  readonly commits: number
}

export interface WorkCounter {
  now(): Work
  end(): void
}

/** Counts what the application sends; the floor's statements are known beforehand. */
export function countWork(): WorkCounter {
  let [statements, commits] = [0, 0]
  const end = onStatement(({ kind }) => {
    statements += 1
    if (kind === 'commit') commits += 1
  })
  return { now: () => ({ statements, commits }), end }
}

/** Bytes of write-ahead log since the last call. */
export async function logMeter(superuser: Client): Promise<() => Promise<number>> {
  let last = '0/0'
  const since = async (): Promise<number> => {
    const { rows } = await superuser.query<{ now: string; bytes: string }>(
      'SELECT pg_current_wal_insert_lsn() AS now, pg_current_wal_insert_lsn() - $1::pg_lsn AS bytes',
      [last],
    )
    last = rows[0]?.now ?? last
    return Number(rows[0]?.bytes)
  }
  await since()
  return since
}

/**
 * Log bytes of a run that comes alone, as sales do in a shop: after a checkpoint the first touch of a page logs the whole page.
 * @returns the median of some runs
 */
export async function loneLogBytes(superuser: Client, action: () => Promise<void>, runs = 5): Promise<number> {
  const bytes: number[] = []
  const since = await logMeter(superuser)
  for (let run = 0; run < runs; run += 1) {
    await superuser.query('CHECKPOINT')
    await since()
    await action()
    bytes.push(await since())
  }
  return median(bytes)
}

/** Share of the machine's processors that have nothing to do, in a short look. */
export async function idleShare(lookMs = 250): Promise<number> {
  const before = cpuTimes()
  await sleep(lookMs)
  const after = cpuTimes()
  return (after.idle - before.idle) / Math.max(1, after.all - before.all)
}

function cpuTimes(): { idle: number; all: number } {
  let [idle, all] = [0, 0]
  for (const { times } of cpus()) {
    idle += times.idle
    all += times.idle + times.user + times.nice + times.sys + times.irq
  }
  return { idle, all }
}
