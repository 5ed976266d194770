import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { Browser } from 'playwright-core'
import type { ApiClient } from '../src-preload/contract/api'
import { demoPeople } from '../src-main/features/demo/demo-people'
import { idleShare } from './count-work'
import { median } from './measure-blocks'
import { sell, type Sales } from './sales'

export interface StartUp {
  /** from the start of the process; null = there is no browser on this machine */
  readonly readyMs: number
  readonly statusMs: number
  readonly paintedMs: number | null
  /** JavaScript that the page loads for its first screen, as it would travel */
  readonly scriptGzipBytes: number | null
  readonly idleBefore: number
}

export interface Memory {
  readonly sales: number
  readonly startedMib: number | null
  readonly afterMib: number | null
  /** from the tenth part of the sales on, when everything is loaded; a garbage collector's moods included */
  readonly growthMibPerThousand: number | null
}

export interface StartUpResult extends StartUp {
  readonly runs: number
  readonly memory: Memory
}

const RUNS = 3

/** Starts the web host, as `npm start -- --web` does, on a data folder that exists; database and all. */
export async function measureStartUp(options: {
  dataFolder: string
  browserPath: string | null
  sales: Sales
  sold: number
}): Promise<StartUpResult> {
  const browser = options.browserPath === null ? null : await launch(options.browserPath)
  try {
    const starts: StartUp[] = []
    let memory: Memory | undefined
    for (let run = 0; run < RUNS; run += 1) {
      const idleBefore = await idleShare()
      const host = await startHost(options.dataFolder)
      try {
        const { calls, statusMs } = await knock(host)
        const painted = browser && (await paint(browser, host))
        starts.push({
          readyMs: host.readyMs,
          statusMs,
          paintedMs: painted?.ms ?? null,
          scriptGzipBytes: painted?.scriptGzipBytes ?? null,
          idleBefore,
        })
        if (run === RUNS - 1) memory = await sellAndWeigh(host, calls, options.sales, options.sold)
      } finally {
        await stop(host.process)
      }
    }
    if (!memory) throw new Error('the web host was not started')
    const painted = starts.flatMap(({ paintedMs }) => (paintedMs === null ? [] : [paintedMs]))
    return {
      runs: RUNS,
      readyMs: median(starts.map(({ readyMs }) => readyMs)),
      statusMs: median(starts.map(({ statusMs }) => statusMs)),
      paintedMs: painted.length === 0 ? null : median(painted),
      scriptGzipBytes: starts[0]?.scriptGzipBytes ?? null,
      idleBefore: median(starts.map(({ idleBefore }) => idleBefore)),
      memory,
    }
  } finally {
    await browser?.close()
  }
}

interface Host {
  readonly process: ChildProcess
  readonly began: number
  readonly readyMs: number
  readonly link: URL
}

const START_LIMIT_MS = 60_000

async function startHost(dataFolder: string): Promise<Host> {
  const began = performance.now()
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, [join(import.meta.dirname, 'web.js'), '--data', dataFolder, '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const late = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS)
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /ready at (\S+)/.exec(line)?.[1]
    if (link === undefined) continue
    clearTimeout(late)
    return { process: child, began, readyMs: performance.now() - began, link: new URL(link) }
  }
  throw new Error('the web host did not start')
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

/** Comes in as a browser does: the link's token for a cookie, then the first call. */
async function knock({ link, began }: Host): Promise<{ calls: ApiClient; statusMs: number }> {
  const token = new URLSearchParams(link.hash.slice(1)).get('token') ?? ''
  const answer = await fetch(new URL('/session', link), { method: 'POST', headers: { origin: link.origin, 'x-counterbay-token': token } })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const calls: ApiClient = createORPCClient(new RPCLink({ url: `${link.origin}/rpc`, headers: { cookie, origin: link.origin } }))
  await calls.session.status({})
  return { calls, statusMs: performance.now() - began }
}

async function launch(executablePath: string): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
}

/** Until the sign-in screen can be typed into. A second link is asked for, as the token of the first one is used up. */
async function paint(browser: Browser, host: Host): Promise<{ ms: number; scriptGzipBytes: number }> {
  const page = await browser.newPage()
  const known = performance.now()
  const link = await secondLink(host)
  const detour = performance.now() - known
  const scripts: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body())
  })
  try {
    await page.goto(link)
    await page.locator('input[type="password"]').first().waitFor({ timeout: 30_000 })
    const ms = performance.now() - host.began - detour
    const bodies = await Promise.all(scripts)
    return { ms, scriptGzipBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) }
  } finally {
    await page.close()
  }
}

async function secondLink({ link, process: { spawnargs } }: Host): Promise<string> {
  const { linkFromRunning } = await import('../src-main/web/launch-key')
  const dataFolder = spawnargs[spawnargs.indexOf('--data') + 1] ?? ''
  const another = await linkFromRunning(link.origin, dataFolder)
  if (another === null) throw new Error('the web host gives no second link')
  return another
}

/** The host's process at work: what it weighs when it has started and after a long day. */
async function sellAndWeigh(host: Host, calls: ApiClient, sales: Sales, wanted: number): Promise<Memory> {
  const startedMib = weigh(host.process)
  const person = demoPeople.find(({ role }) => role === 'service_advisor')
  await calls.session.signIn({ email: person?.email ?? '', password: person?.password ?? '' })
  let early: number | null = null
  for (let sold = 1; sold <= wanted; sold += 1) {
    await sell({ calls }, sales.next(), () => undefined)
    if (sold === Math.ceil(wanted / 10)) early = weigh(host.process)
  }
  const afterMib = weigh(host.process)
  const growth = early === null || afterMib === null ? null : ((afterMib - early) * 1000) / (wanted * 0.9)
  return { sales: wanted, startedMib, afterMib, growthMibPerThousand: growth }
}

/** Resident memory in MiB; null where there is no `ps`. */
function weigh({ pid }: ChildProcess): number | null {
  try {
    const kib = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).trim())
    return Number.isFinite(kib) ? kib / 1024 : null
  } catch {
    return null
  }
}
