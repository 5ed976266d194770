import { setTimeout as wait } from 'node:timers/promises'
import { acquireFolderLock, type FolderLock } from '../database/server-lock'
import { linkFromRunning } from './launch-key'

/** The Counterbay that has the data folder. */
export interface Running {
  readonly pid: number
  /** where it said it can be reached: the web host's address, or a window's own; null while it starts */
  readonly url: string | null
  /** opens it once in a browser of this user; null when it has a window of its own, or does not answer */
  readonly link: string | null
}

/** Longer than a first start with a demo shop takes, and than a database takes to end. */
const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 200

/**
 * The data folder for this start, or who has it already. One that is still starting is waited for, and so is one that is ending: who comes
 * in that second gets the folder itself. A dead holder is succeeded at once.
 */
export async function claimOrFind(dataFolder: string, patienceMs = PATIENCE_MS): Promise<{ lock: FolderLock } | { running: Running }> {
  const until = performance.now() + patienceMs
  for (;;) {
    const attempt = acquireFolderLock(dataFolder)
    if ('lock' in attempt) return attempt
    const { pid, url } = attempt.heldBy
    const inWindow = url !== null && !isWebAddress(url)
    const link = url === null || inWindow ? null : await linkFromRunning(url, dataFolder)
    if (link !== null || inWindow || performance.now() >= until) return { running: { pid, url, link } }
    await wait(LOOK_EVERY_MS)
  }
}

/** For the person who started it, when the running one cannot be opened from here. */
export function inUse(dataFolder: string, { pid, url }: Running): string {
  return `Counterbay already runs on ${dataFolder} (process ${pid}). ${whereItIs(url)}`
}

function whereItIs(url: string | null): string {
  if (url === null) return 'It is still starting.'
  return isWebAddress(url) ? `It is open in a browser, at ${url}. From here it cannot be reached.` : 'It is open in its own window.'
}

function isWebAddress(url: string): boolean {
  return url.startsWith('http://')
}
