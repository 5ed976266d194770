import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describeError, type Log } from '../base/log'
import type { ConnectionSettings } from './connection-settings'
import { makeSocketFolder, prepareCluster, removeSocketFolder, type Cluster } from './embedded-cluster'
import { clearLeftovers, spawnServer, type ServerProcess } from './embedded-process'
import { APP_ROLE, DATABASE, OWNER_ROLE, provision } from './embedded-roles'
import { acquireFolderLock, holdsFolderLock, type FolderLock } from './server-lock'

export type ServerState = 'up' | 'down'

/** A PostgreSQL of our own, kept alive until it is stopped. */
export interface EmbeddedServer {
  /** Owns the database and bypasses row-level security: migrations, checks, first set-up. */
  readonly owner: ConnectionSettings
  /** What the application works as. */
  readonly app: ConnectionSettings
  readonly superuser: ConnectionSettings
  /** Of the server that runs now; it changes when the server had to be started again. */
  readonly pid: number
  /** Hears when the server is lost and when it is back. Returns the function that ends it. */
  onState(listener: (state: ServerState) => void): () => void
  stop(): Promise<void>
}

export interface EmbeddedServerOptions {
  readonly dataFolder: string
  readonly log: Log
  /** False only for data that may be lost, such as a test's. Default true. */
  readonly durable?: boolean
}

/** Another application works on the same data folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
  constructor(
    readonly pid: number,
    readonly url: string | null,
  ) {
    super(`the data folder is in use by process ${pid}${url ? ` at ${url}` : ''}`)
  }
}

const PORT = 5432 // only part of the socket's file name
const READY_LIMIT_MS = 120_000
const START_LIMIT_MS = 30_000
const MAX_PAUSE_MS = 5000

/** Data folders that this process has a server for. */
const running = new Set<string>()

/**
 * Starts the PostgreSQL of a data folder, making the cluster first if there is none, and starts it again whenever it dies.
 * @throws FolderInUseError; Error with the server's own last words when it does not come up
 */
export async function startEmbeddedServer({ dataFolder, log, durable = true }: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const folder = resolve(dataFolder)
  if (running.has(folder)) throw new FolderInUseError(process.pid, null)
  const lock = lockUnlessHeld(folder)
  const letGo = (): void => {
    running.delete(folder)
    lock?.release()
  }
  running.add(folder)
  try {
    const cluster = await prepareCluster(folder, durable)
    const host = cluster.socketFolder ?? '127.0.0.1'
    const port = cluster.socketFolder === null ? await freePort() : PORT
    const { superuserPassword, ownerPassword, appPassword } = cluster.secrets
    const connection = (user: string, password: string): ConnectionSettings => ({ host, port, database: DATABASE, user, password })
    const superuser = connection('postgres', superuserPassword)
    const supervisor = new Supervisor(cluster, serverSettings(cluster, port, durable), superuser, log)
    await supervisor.start()
    return {
      owner: connection(OWNER_ROLE, ownerPassword),
      app: connection(APP_ROLE, appPassword),
      superuser,
      get pid() {
        return supervisor.pid
      },
      onState: (listener) => supervisor.onState(listener),
      stop: () => supervisor.stop().finally(letGo),
    }
  } catch (error) {
    letGo()
    throw error
  }
}

/** The application takes the lock before it starts anything; programs that only need the database take it here. */
function lockUnlessHeld(folder: string): FolderLock | null {
  if (holdsFolderLock(folder)) return null
  const attempt = acquireFolderLock(folder)
  if ('heldBy' in attempt) throw new FolderInUseError(attempt.heldBy.pid, attempt.heldBy.url)
  return attempt.lock
}

class Supervisor {
  private process: ServerProcess | undefined
  private stopping = false
  private readonly stopped = new AbortController()
  private readonly listeners = new Set<(state: ServerState) => void>()
  private restarting: Promise<void> = Promise.resolve()

  constructor(
    private readonly cluster: Cluster,
    private readonly settings: readonly string[],
    private readonly superuser: ConnectionSettings,
    private readonly log: Log,
  ) {}

  get pid(): number {
    return this.process?.pid ?? 0
  }

  onState(listener: (state: ServerState) => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** One start; tried again only while children of a killed server still hold its memory. */
  async start(): Promise<void> {
    const began = performance.now()
    for (let pause = 100; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
      const cleared = await clearLeftovers(this.cluster)
      if (cleared !== 'nothing') this.log.warn({ cleared }, 'the database was not closed in good order last time')
      makeSocketFolder(this.cluster)
      const server = spawnServer(this.cluster, this.settings)
      try {
        await this.untilReady(server)
        this.process = server
        void server.exited.then((reason) => this.lost(reason))
        this.log.info({ pid: server.pid, ms: Math.round(performance.now() - began) }, 'database started')
        return
      } catch (error) {
        await server.stop()
        const passing = error instanceof Error && error.message.includes('shared memory block')
        if (!passing || performance.now() - began > START_LIMIT_MS) throw error
      }
      await sleep(pause)
    }
  }

  async stop(): Promise<void> {
    this.stopping = true
    this.stopped.abort()
    await this.restarting
    await this.process?.stop()
    removeSocketFolder(this.cluster)
  }

  /** Ready is who answers a query; no line of a log, whose language and wording change. */
  private async untilReady(server: ServerProcess): Promise<void> {
    const died = server.exited.then((reason) => {
      throw new Error(`the database did not start: ${reason}`)
    })
    died.catch(() => undefined)
    await Promise.race([provision(this.superuser, this.cluster.secrets, AbortSignal.timeout(READY_LIMIT_MS), () => server.alive), died])
  }

  private lost(reason: string): void {
    if (this.stopping) return
    this.log.error({ reason }, 'the database ended unexpectedly')
    this.tell('down')
    this.restarting = this.startAgain()
  }

  private async startAgain(): Promise<void> {
    for (let pause = 50; !this.stopping; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
      await sleep(pause, undefined, { signal: this.stopped.signal }).catch(() => undefined)
      if (this.stopping) return
      try {
        await this.start()
        this.tell('up')
        return
      } catch (error) {
        this.log.error({ error: describeError(error) }, 'the database cannot be started again yet')
      }
    }
  }

  private tell(state: ServerState): void {
    for (const listener of this.listeners) listener(state)
  }
}

function serverSettings({ socketFolder }: Cluster, port: number, durable: boolean): string[] {
  const address =
    socketFolder === null
      ? ['listen_addresses=127.0.0.1']
      : ['listen_addresses=', `unix_socket_directories=${socketFolder}`, 'unix_socket_permissions=0700']
  const durability = durable ? 'on' : 'off'
  return [
    ...address,
    `port=${port}`,
    `fsync=${durability}`,
    `full_page_writes=${durability}`,
    `synchronous_commit=${durability}`,
    'wal_compression=on', // pglz: the binaries are built without lz4
    'shared_buffers=128MB',
    'max_connections=60',
    'jit=off', // compiling a counter's small queries costs more than running them
    'timezone=UTC',
    'log_timezone=UTC',
    'log_line_prefix=%m [%p] %e ',
    // DETAIL quotes rows, parameters and statements hold what people typed: none belongs into a log.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    'log_parameter_max_length=0',
    'log_parameter_max_length_on_error=0',
  ]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, failed) => server.once('error', failed).listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
