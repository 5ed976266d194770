import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, realpathSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { rotateLog } from '../base/log'
import { serverEnvironment, type Cluster } from './embedded-cluster'
import { identifyProcess, type ProcessIdentity } from './process-identity'

export interface ServerProcess {
  readonly pid: number
  /** Resolves when the process is gone, with what it last wrote. */
  readonly exited: Promise<string>
  readonly alive: boolean
  /** Fast shutdown: open transactions are rolled back, everything committed is on the disk. Sterner after 30 s, by pid after 35 s. */
  stop(): Promise<void>
}

const FAST_SHUTDOWN_MS = 30_000
const IMMEDIATE_SHUTDOWN_MS = 5000
const MAX_REASON_BYTES = 4000
const START_TOLERANCE_SECONDS = 5

/** Starts the server program; it is not ready yet when this returns. Its messages go to `<dataFolder>/logs/postgres.log`. */
export function spawnServer(cluster: Cluster, settings: readonly string[]): ServerProcess {
  const logFile = join(cluster.dataFolder, 'logs', 'postgres.log')
  rotateLog(logFile)
  // A file, not a pipe: the server must survive the death of whoever would read the pipe.
  const log = openSync(logFile, 'a+', 0o600)
  const logStart = fstatSync(log).size
  const child = spawn(cluster.binaries.postgres, ['-D', cluster.folder, ...settings.flatMap((setting) => ['-c', setting])], {
    ...cluster.user,
    // Its own session: Ctrl+C in the terminal is for us, and we stop the server in good order.
    detached: process.platform !== 'win32',
    cwd: dirname(cluster.binaries.postgres), // ours may be closed to the server's user
    stdio: ['ignore', log, log],
    env: serverEnvironment(),
    windowsHide: true,
  })
  // Where a signal is a kill (Windows) the next start stops the server in better order than we can here.
  const endWithUs = (): boolean => process.platform !== 'win32' && child.kill('SIGINT')
  process.once('exit', endWithUs)
  const exited = new Promise<string>((resolve) => {
    const finish = (reason: string): void => {
      process.removeListener('exit', endWithUs)
      closeSync(log)
      resolve(reason)
    }
    child.once('error', (error) => finish(`the server program could not be started: ${error.message}`))
    child.once('exit', (code, signal) => finish(lastWords(logFile, logStart) || `the server ended with ${signal ?? `code ${code}`}`))
  })
  return {
    pid: child.pid ?? 0,
    exited,
    get alive() {
      return child.exitCode === null && child.signalCode === null && child.pid !== undefined
    },
    stop: () => stop(cluster, child, exited),
  }
}

async function stop(cluster: Cluster, child: ChildProcess, exited: Promise<string>): Promise<void> {
  if (process.platform === 'win32') await pgCtlStop(cluster, 'fast').catch(() => undefined)
  else child.kill('SIGINT')
  if (await within(FAST_SHUTDOWN_MS, exited)) return
  child.kill('SIGQUIT')
  if (await within(IMMEDIATE_SHUTDOWN_MS, exited)) return
  child.kill('SIGKILL')
  await exited
}

async function within(milliseconds: number, done: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController()
  const late = sleep(milliseconds, false, { signal: timer.signal }).catch(() => false)
  const result = await Promise.race([done.then(() => true), late])
  timer.abort()
  return result
}

async function pgCtlStop({ binaries, folder, user }: Cluster, mode: 'fast' | 'immediate'): Promise<void> {
  const args = ['stop', '-D', folder, '-m', mode, '-w', '-t', String(FAST_SHUTDOWN_MS / 1000), '-s']
  await promisify(execFile)(binaries.pgCtl, args, { ...user, cwd: dirname(binaries.pgCtl), env: serverEnvironment(), windowsHide: true })
}

/**
 * Clears what a killed application or a power cut left behind: stops a server that still runs on this folder without its application, and
 * removes a `postmaster.pid` whose number now belongs to another program. The caller holds the folder lock.
 * @throws Error when it cannot be told whose process it is
 */
export async function clearLeftovers(cluster: Cluster): Promise<'nothing' | 'stopped-orphan' | 'removed-stale-file'> {
  const file = join(cluster.folder, 'postmaster.pid')
  const written = read(file)
  // A number that nobody has is PostgreSQL's own business: it also looks for children of the dead server.
  if (written === null || !exists(written.pid)) return 'nothing'
  const holder = identifyProcess(written.pid)
  const verdict = judge(cluster.folder, written.startedAtSeconds, holder)
  if (verdict === 'ours') {
    await pgCtlStop(cluster, 'fast').catch(() => pgCtlStop(cluster, 'immediate'))
    return 'stopped-orphan'
  }
  if (verdict === 'foreign') {
    rmSync(file, { force: true })
    return 'removed-stale-file'
  }
  throw new Error(
    `process ${written.pid} (${holder?.program}) may be a PostgreSQL working on ${cluster.folder}; end it, or remove ${file} if it has nothing to do with it`,
  )
}

function read(file: string): { pid: number; startedAtSeconds: number } | null {
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, startedAtSeconds: Number.parseInt(lines[2] ?? '', 10) } : null
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/**
 * PostgreSQL changes into its data folder when it starts, so program and working folder together prove whose it is. Where the system does
 * not tell the working folder, the moment of the start does: the third line of the file.
 */
function judge(folder: string, startedAtSeconds: number, holder: ProcessIdentity | null): 'ours' | 'foreign' | 'unsure' {
  if (holder === null || holder.program.toLowerCase() !== 'postgres') return 'foreign'
  if (holder.workingFolder !== null) return realpathSync(folder) === holder.workingFolder ? 'ours' : 'foreign'
  if (holder.startedAtSeconds === null || Number.isNaN(startedAtSeconds)) return 'unsure'
  return Math.abs(holder.startedAtSeconds - startedAtSeconds) <= START_TOLERANCE_SECONDS ? 'ours' : 'foreign'
}

function lastWords(file: string, start: number): string {
  if (!existsSync(file)) return ''
  const size = statSync(file).size
  const from = Math.max(start, size - MAX_REASON_BYTES)
  const buffer = Buffer.alloc(Math.max(0, size - from))
  const handle = openSync(file, 'r')
  try {
    readSync(handle, buffer, 0, buffer.length, from)
  } finally {
    closeSync(handle)
  }
  return buffer.toString('utf8').trim()
}
