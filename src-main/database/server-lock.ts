import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { invariant, InvariantError } from '../base/invariant'
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
  /** Unique to this one attempt; names the file by which a successor takes over. */
  readonly claim: string
  readonly url: string | null
}

const TRIES = 100
const heldHere = new Set<string>()

/** Whether this very process holds the lock of the folder. */
export function holdsFolderLock(dataFolder: string): boolean {
  return heldHere.has(lockFile(dataFolder))
}

/**
 * A dead holder has exactly one successor: who creates the succession file that carries the dead claim's name. Whoever dies between that
 * and replacing the lock file is succeeded in the same way, so the file and its successions form a chain, and the last of it holds the lock.
 */
export function acquireFolderLock(dataFolder: string): LockAttempt {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const file = lockFile(dataFolder)
  const mine = newClaim()
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (create(file, mine)) return { lock: held(file, mine) }
    const chain = readChain(file)
    const last = chain.at(-1)
    if (!last) continue // released in this moment
    if (isSameProcess(last.pid, last.startId)) return { heldBy: { pid: last.pid, url: last.url } }
    if (!create(successionOf(file, last), mine)) continue
    if (isSameChain(readChain(file), [...chain, mine])) {
      put(file, mine, renameSync)
      for (const dead of chain) rmSync(successionOf(file, dead), { force: true })
      return { lock: held(file, mine) }
    }
    // Somebody replaced the lock file between our look and our claim: it was the wrong one to succeed to.
    rmSync(successionOf(file, last), { force: true })
  }
  throw new InvariantError(`the lock file ${file} cannot be taken`)
}

function newClaim(): Holder {
  const me = identifyProcess(process.pid)
  invariant(me, 'this process cannot identify itself')
  return { pid: process.pid, startId: me.startId, claim: randomBytes(8).toString('hex'), url: null }
}

function held(file: string, mine: Holder): FolderLock {
  heldHere.add(file)
  return {
    announce: (url) => put(file, { ...mine, url }, renameSync),
    release: () => {
      if (heldHere.delete(file)) rmSync(file, { force: true })
    },
  }
}

/** Creates the file with its content in one step, so that a reader never sees it empty; false when it exists. */
function create(file: string, holder: Holder): boolean {
  try {
    put(file, holder, linkSync)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function put(file: string, holder: Holder, place: (from: string, to: string) => void): void {
  const draft = `${file}.${holder.claim}.draft`
  try {
    writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
    place(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** The holder named in the lock file and those who succeeded to him, in order; empty without a lock file. */
function readChain(file: string): Holder[] {
  const chain: Holder[] = []
  for (let next = read(file); next && chain.length < TRIES; next = read(successionOf(file, next))) chain.push(next)
  return chain
}

function isSameChain(a: readonly Holder[], b: readonly Holder[]): boolean {
  return a.length === b.length && a.every((holder, index) => holder.claim === b[index]?.claim)
}

function read(file: string): Holder | null {
  if (!existsSync(file)) return null
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>
    if (typeof value.pid === 'number' && typeof value.startId === 'string' && typeof value.claim === 'string') {
      return { pid: value.pid, startId: value.startId, claim: value.claim, url: value.url ?? null }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
  }
  // Torn by a power cut: whoever wrote it is dead.
  return { pid: 0, startId: '', claim: 'unreadable', url: null }
}

function successionOf(file: string, { claim }: Holder): string {
  return `${file}.after-${claim}`
}

function lockFile(dataFolder: string): string {
  return join(resolve(dataFolder), 'counterbay.lock')
}
