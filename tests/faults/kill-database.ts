import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { postmasterPid } from '../e2e/support/owner-sql'

/** kill -9 of a data folder's postmaster and of every connection, as a power cut would. Resolves when the postmaster is gone and reaped. */
export async function killDatabase(dataFolder: string): Promise<void> {
  const postmaster = postmasterPid(dataFolder)
  for (const pid of [postmaster, ...childrenOf(postmaster)]) killNow(pid)
  while (parentOf(postmaster) !== null) await sleep(5)
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return null // it ended meanwhile
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended meanwhile
  }
}
