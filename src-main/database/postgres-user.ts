import { execFileSync } from 'node:child_process'
import { chmodSync, lchownSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The user that PostgreSQL runs as when we are root. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

const CANDIDATES = ['postgres', 'counterbay']

/**
 * PostgreSQL refuses to run as root. Null = run as ourselves. A cluster that exists keeps its owner, so that `sudo` once does not lock
 * the person out of his own data afterwards.
 * @throws Error when no unprivileged user exists and none can be made
 */
export function chooseServerUser(clusterFolder: string): ServerUser | null {
  if (process.getuid?.() !== 0) return null
  const owner = statSync(clusterFolder, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of CANDIDATES) {
    const user = lookUp(name)
    if (user) return user
  }
  return create('counterbay')
}

function lookUp(name: string): ServerUser | null {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim())
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function create(name: string): ServerUser {
  let reason = ''
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name], { stdio: 'pipe' })
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error)
  }
  const user = lookUp(name) // also when another starter was faster
  if (!user) throw new Error(`PostgreSQL cannot run as root and the user "${name}" could not be created: ${reason}`)
  return user
}

/** Whether the user may walk through every folder from the root of the disk down to this one. */
export function canEnter(folder: string, user: ServerUser): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (!mayEnter(at, user)) return false
    if (at === dirname(at)) return true
  }
}

/** Opens our own data folder for walking through; what lies in it keeps its own rights. */
export function letThrough(folder: string, user: ServerUser): void {
  if (!mayEnter(folder, user)) chmodSync(folder, (statSync(folder).mode & 0o777) | 0o011)
}

/** Gives a folder of ours, with all that is in it, to the server's user. */
export function handOver(folder: string, user: ServerUser): void {
  lchownSync(folder, user.uid, user.gid)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) handOver(path, user)
    else lchownSync(path, user.uid, user.gid)
  }
}

function mayEnter(folder: string, { uid, gid }: ServerUser): boolean {
  const { mode, uid: ownerUid, gid: ownerGid } = statSync(folder)
  if (ownerUid === uid) return (mode & 0o100) !== 0
  if (ownerGid === gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}
