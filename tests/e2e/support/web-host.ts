import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { TEST_FOLDER } from '../../../src-main/testing/sweep-dead-runs'
import { linkFromRunning } from '../../../src-main/web/launch-key'
import { cleanEnvironment } from '../electron-app'

export interface RunningHost {
  /** 'http://127.0.0.1:PORT' */
  readonly origin: string
  readonly dataFolder: string
  readonly pid: number
  /** From the start of the process to the line that says it is ready. */
  readonly readyMs: number
  /** A link with a one-time token of its own. */
  newLink(): Promise<string>
  /** SIGTERM, as the end of the day; SIGKILL when that does nothing. Answers with the exit code. */
  end(): Promise<number | null>
  /** kill -9, nothing is closed. Resolves when the process is gone. */
  kill(): Promise<void>
}

export interface HostOptions {
  /** A folder that outlives this start; without it there is a new one. */
  readonly dataFolder?: string
  readonly demo?: boolean
  /** A PostgreSQL of the test's own instead of the embedded one. */
  readonly databaseUrl?: string
}

const program = resolve(import.meta.dirname, '../../../out/main/web.js')
const END_LIMIT_MS = 30_000

/** A folder whose leftovers, a database that still runs among them, the next run of the tests sweeps away. */
export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), `${TEST_FOLDER}${process.pid}-host-`))
}

/** Starts the built program in the web host, as `npm start -- --web` does, and waits for its ready line. */
export async function startWebHost({ dataFolder = newDataFolder(), demo = false, databaseUrl }: HostOptions = {}): Promise<RunningHost> {
  if (!existsSync(program)) throw new Error('the program is not built: npm run build')
  const began = performance.now()
  const words = [program, '--data', dataFolder, '--port', '0', ...(demo ? ['--demo'] : [])]
  const env = { ...cleanEnvironment(), ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) }
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], env })
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  let unused: string | null = await readyLine(child)
  const { origin } = new URL(unused)
  return {
    origin,
    dataFolder,
    pid: child.pid ?? 0,
    readyMs: Math.round(performance.now() - began),
    async newLink() {
      const link = unused ?? (await linkFromRunning(origin, dataFolder))
      unused = null
      if (link === null) throw new Error('the host gives no link')
      return link
    },
    end: () => endChild(child, exit),
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
  }
}

/** Ends the host and removes its folder. */
export async function removeHost(host: RunningHost): Promise<void> {
  await host.end()
  rmSync(host.dataFolder, { recursive: true, force: true, maxRetries: 5 })
}

async function endChild(child: ChildProcess, exit: Promise<number | null>): Promise<number | null> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS)
  try {
    return await exit
  } finally {
    clearTimeout(timer)
  }
}

/** The link of the line that says the host is ready. */
function readyLine(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('the host has no output')
  let complaints = ''
  stderr.setEncoding('utf8').on('data', (part: string) => {
    complaints += part
  })
  return new Promise((ready, failed) => {
    createInterface(stdout).on('line', (line) => {
      const link = /^Counterbay is ready at (\S+)$/.exec(line)?.[1]
      if (link !== undefined) ready(link)
    })
    child.once('exit', (code) => {
      failed(new Error(`the host ended with ${code} before it was ready: ${complaints}`))
    })
  })
}
