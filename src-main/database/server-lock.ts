import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { InvariantError } from '../base/invariant'
import { identifyProcess, isSameProcess } from './process-identity'

/** One application per data folder. The file outlives a kill -9; the process it names does not, and that is what counts. */
export interface FolderLock {
  /** Tells later starters where this application can be reached. */
  announce(url: string): void
  release(): void
}

export type LockAttempt = { readonly lock: FolderLock } | { readonly heldBy: { readonly pid: number; readonly url: string | null } }

interface Holder {
  readonly pid: number
  readonly startId: string
  readonly url: string | null
}

const TRIES = 20
const heldHere = new Set<string>()

/** Whether this very process holds the lock of the folder. */
export function holdsFolderLock(dataFolder: string): boolean {
  return heldHere.has(lockFile(dataFolder))
}

export function acquireFolderLock(dataFolder: string): LockAttempt {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const file = lockFile(dataFolder)
  const me = identifyProcess(process.pid)
  if (!me) throw new InvariantError('this process cannot identify itself')
  const mine: Holder = { pid: process.pid, startId: me.startId, url: null }
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (create(file, mine)) return { lock: held(file, mine) }
    const other = read(file)
    if (other && isSameProcess(other.pid, other.startId)) return { heldBy: { pid: other.pid, url: other.url } }
    setAside(file, other)
  }
  throw new InvariantError(`the lock file ${file} cannot be taken`)
}

function held(file: string, mine: Holder): FolderLock {
  heldHere.add(file)
  return {
    announce: (url) => writeWhole(file, { ...mine, url }, renameSync),
    release: () => {
      if (heldHere.delete(file)) rmSync(file, { force: true })
    },
  }
}

/** Creates the file with its content in one step: a reader never sees it empty. */
function create(file: string, holder: Holder): boolean {
  try {
    writeWhole(file, holder, linkSync)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function writeWhole(file: string, holder: Holder, put: (from: string, to: string) => void): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
    put(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Removes a dead holder's file, and puts it back if another starter has replaced it in the meantime. */
function setAside(file: string, dead: Holder | null): void {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const taken = read(aside)
  if (taken && taken.startId !== dead?.startId && isSameProcess(taken.pid, taken.startId)) linkSync(aside, file)
  rmSync(aside, { force: true })
}

function read(file: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    if (typeof value.pid !== 'number' || typeof value.startId !== 'string') return null
    return { pid: value.pid, startId: value.startId, url: value.url ?? null }
  } catch {
    return null
  }
}

function lockFile(dataFolder: string): string {
  return join(resolve(dataFolder), 'counterbay.lock')
}
