import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findBinaries, type Binaries } from './embedded-binaries'
import { clusterSecrets, type ClusterSecrets } from './embedded-secrets'
import { canEnter, chooseServerUser, handOver, letThrough, type ServerUser } from './postgres-user'

/** Everything that stays the same between two starts of the server. */
export interface Cluster {
  readonly dataFolder: string
  /** The folder PostgreSQL calls PGDATA. */
  readonly folder: string
  /** Null on Windows, where the server listens on 127.0.0.1 instead. */
  readonly socketFolder: string | null
  readonly user: ServerUser | null
  readonly binaries: Binaries
  readonly secrets: ClusterSecrets
}

/** Where clusters of root's data folders lie that the server's user cannot walk to, such as those below /root. */
const OUTSIDE = '/var/lib/counterbay-postgres'
/** sun_path holds 104 bytes on macOS, 108 on Linux; PostgreSQL adds `/.s.PGSQL.5432`. */
const MAX_SOCKET_FOLDER_BYTES = 85
const DRAFT = '.new-'

/** Finds the cluster of a data folder or makes it. A kill at any moment leaves a whole cluster or none. */
export async function prepareCluster(dataFolder: string, durable: boolean): Promise<Cluster> {
  mkdirSync(join(dataFolder, 'logs'), { recursive: true, mode: 0o700 })
  const user = chooseServerUser(join(dataFolder, 'postgres'))
  const binaries = findBinaries(user)
  const secrets = clusterSecrets(dataFolder)
  if (user) letThrough(dataFolder, user)
  const folder = placeCluster(dataFolder, user, secrets)
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialize({ folder, user, binaries, secrets }, durable)
  refuseOtherMajor(folder, binaries)
  if (user && lstatSync(folder).uid !== user.uid) handOver(folder, user)
  return {
    dataFolder,
    folder,
    user,
    binaries,
    secrets,
    socketFolder: process.platform === 'win32' ? null : socketFolderName(user, secrets),
  }
}

function placeCluster(dataFolder: string, user: ServerUser | null, { clusterId }: ClusterSecrets): string {
  const inside = join(dataFolder, 'postgres')
  if (!user || canEnter(dataFolder, user)) return inside
  const outside = join(OUTSIDE, clusterId)
  mkdirSync(OUTSIDE, { recursive: true, mode: 0o711 })
  letThrough(OUTSIDE, user)
  if (!lstatSync(inside, { throwIfNoEntry: false })) symlinkSync(outside, inside)
  return outside
}

function refuseOtherMajor(folder: string, binaries: Binaries): void {
  const major = Number(readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim())
  if (major === binaries.major) return
  throw new Error(
    `the database in ${folder} was made by PostgreSQL ${major}; this Counterbay brings ${binaries.major}. ` +
      'Open it with the version of Counterbay that made it and restore a backup here',
  )
}

type New = Pick<Cluster, 'folder' | 'user' | 'binaries' | 'secrets'>

async function initialize({ folder, user, binaries, secrets }: New, durable: boolean): Promise<void> {
  sweepDrafts(folder)
  // A name of its own: the initdb of a killed application may still be writing to the last one.
  const draft = `${folder}${DRAFT}${randomBytes(4).toString('hex')}`
  const passwordFile = `${draft}-password`
  mkdirSync(draft, { mode: 0o700 })
  if (user) chownSync(draft, user.uid, user.gid)
  try {
    writeFileSync(passwordFile, secrets.superuserPassword, { mode: 0o600, flag: 'wx' })
    if (user) chownSync(passwordFile, user.uid, user.gid)
    await runInitdb(binaries, user, [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      ...localeFlags(),
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, folder)
  if (durable) syncFolder(dirname(folder))
}

function sweepDrafts(folder: string): void {
  const drafts = readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}${DRAFT}`))
  for (const name of drafts) rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 })
}

/** PostgreSQL's own locale, so that no index ever depends on a library of the system; the C library only classifies characters. */
function localeFlags(): string[] {
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  if (process.platform === 'linux') return [...builtin, '--locale=C.UTF-8']
  if (process.platform === 'darwin') return [...builtin, '--locale=C', '--lc-ctype=en_US.UTF-8']
  return [...builtin, '--locale=C']
}

async function runInitdb(binaries: Binaries, user: ServerUser | null, args: string[]): Promise<void> {
  try {
    await promisify(execFile)(binaries.initdb, args, {
      ...user,
      env: serverEnvironment(),
      cwd: dirname(binaries.initdb),
      windowsHide: true,
    })
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new Error(`the database could not be created: ${stderr?.trim() || String(error)}`, { cause: error })
  }
}

/** The environment of this process without what would steer PostgreSQL (PGDATA, PGPORT, ...). */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG') && name !== 'LC_ALL'))
}

/** Short, and from the cluster's secret id, so that nobody can prepare the folder for us. */
function socketFolderName(user: ServerUser | null, { clusterId }: ClusterSecrets): string {
  const fits = (base: string): boolean => Buffer.byteLength(base) + 20 <= MAX_SOCKET_FOLDER_BYTES && (!user || canEnter(base, user))
  return join([tmpdir(), '/tmp'].find(fits) ?? '/tmp', `cb-${clusterId}`)
}

/**
 * Makes the folder that only the server's user can open; before each start, because systems tidy their temporary folders up.
 * @throws Error when somebody else owns it all the same
 */
export function makeSocketFolder({ socketFolder, user }: Cluster): void {
  if (socketFolder === null) return
  mkdirSync(socketFolder, { recursive: true, mode: 0o700 })
  if (user) chownSync(socketFolder, user.uid, user.gid)
  const found = lstatSync(socketFolder)
  const isOurs = found.isDirectory() && found.uid === (user?.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0
  if (!isOurs) throw new Error(`the folder ${socketFolder} is not private to the database`)
}

/** After the last stop; a folder that is not empty is somebody else's business and stays. */
export function removeSocketFolder({ socketFolder }: Cluster): void {
  try {
    if (socketFolder !== null) rmdirSync(socketFolder)
  } catch {
    // The next start uses it again.
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
