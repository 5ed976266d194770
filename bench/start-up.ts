import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { idleShare } from './count-work'
import { median } from './measure-blocks'
import { measureMemory, MEASURABLE, type Memory } from './memory'
import type { Questions } from './measure-shop'
import { atScreen } from './at-screen'
import { measureCannedJob } from './screen-canned-job'
import { measureSearch } from './screen-search'
import type { Times } from './times'
import { measureVinDecoding } from './vin-decoding'
import { type Host, knock, secondLink, signedIn, startHost, stopHost } from './web-host'

export interface StartUp {
  /** from the start of the process; null = there is no browser on this machine */
  readonly readyMs: number
  readonly statusMs: number
  readonly paintedMs: number | null
  /** JavaScript that the page loads for its first screen, as it would travel */
  readonly scriptGzipBytes: number | null
  readonly idleBefore: number
}

export interface StartUpResult extends StartUp {
  readonly runs: number
  readonly memory: Memory
  readonly vinDecoding: Times
  /** null = there is no browser on this machine */
  readonly screenSearch: Times | null
  readonly cannedJob: Times | null
}

const RUNS = 3

/** Starts the web host, as `npm start -- --web` does, on a data folder that exists; database and all. */
export async function measureStartUp(options: {
  dataFolder: string
  browserPath: string | null
  questions: Questions
  sold: number
}): Promise<StartUpResult> {
  const { dataFolder, browserPath, questions, sold } = options
  const { sales, texts, vins } = questions
  const browser = browserPath === null ? null : await launch(browserPath)
  try {
    const starts: StartUp[] = []
    for (let run = 0; run < RUNS; run += 1) starts.push(await startOnce(dataFolder, browser))
    const painted = starts.flatMap(({ paintedMs }) => (paintedMs === null ? [] : [paintedMs]))
    const host = await startHost(dataFolder, MEASURABLE)
    try {
      const calls = await signedIn(host)
      const vinDecoding = await measureVinDecoding(calls, vins)
      const screenSearch = browser && (await atScreen(browser, host, (page) => measureSearch(page, texts)))
      const cannedJob = browser && (await atScreen(browser, host, (page) => measureCannedJob(page, calls, sales)))
      const memory = await measureMemory(host, calls, sales, sold)
      return {
        runs: RUNS,
        readyMs: median(starts.map(({ readyMs }) => readyMs)),
        statusMs: median(starts.map(({ statusMs }) => statusMs)),
        paintedMs: painted.length === 0 ? null : median(painted),
        scriptGzipBytes: starts[0]?.scriptGzipBytes ?? null,
        idleBefore: median(starts.map(({ idleBefore }) => idleBefore)),
        memory,
        vinDecoding,
        screenSearch,
        cannedJob,
      }
    } finally {
      await stopHost(host)
    }
  } finally {
    await browser?.close()
  }
}

async function startOnce(dataFolder: string, browser: Browser | null): Promise<StartUp> {
  const idleBefore = await idleShare()
  const host = await startHost(dataFolder)
  try {
    const calls = await knock(host)
    await calls.session.status({})
    const statusMs = performance.now() - host.began
    const painted = browser && (await paint(browser, host))
    return {
      readyMs: host.readyMs,
      statusMs,
      paintedMs: painted?.ms ?? null,
      scriptGzipBytes: painted?.scriptGzipBytes ?? null,
      idleBefore,
    }
  } finally {
    await stopHost(host)
  }
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
