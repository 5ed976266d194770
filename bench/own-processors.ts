import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { Client } from 'pg'

/**
 * Gives program and database a processor each while one client works, as on a machine that has some to spare. Left to the scheduler, a
 * connection's two ends stay together or apart by chance, and a round trip takes 0.04 or 0.09 ms for as long as the connection lasts: the
 * smallest reads, which are hardly more than a round trip, were then three times slower or faster from run to run.
 * Works where there is `taskset` (Linux) and more than one processor; elsewhere the scheduler's choice stands.
 */
export async function onOwnProcessors<T>(superuser: Client, work: () => Promise<T>): Promise<T> {
  const { rows } = await superuser.query<{ pid: number }>('SELECT pid FROM pg_stat_activity')
  const database = rows.map(({ pid }) => pid)
  const place = (own: string, theirs: string): boolean => bind(process.pid, own) && database.every((pid) => bind(pid, theirs))
  const last = availableParallelism() - 1
  if (last < 1 || !place('0', String(last))) return work()
  try {
    return await work()
  } finally {
    place(`0-${last}`, `0-${last}`)
  }
}

/** A connection that has just ended is no fault. */
function bind(pid: number, processors: string): boolean {
  try {
    execFileSync('taskset', ['-cp', processors, String(pid)], { stdio: 'ignore' })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
