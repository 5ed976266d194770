import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'

/** What `window.api` is to a test: the preload's five members. */
export interface PageApi {
  host: string
  send(text: string): void
  onMessage(callback: (text: string) => void): () => void
  onMenu(callback: (shortcutId: string) => void): () => void
  print(): Promise<string>
}

export interface ElectronHost {
  readonly name: string
  readonly executable: string
  /** why it cannot run here, or null */
  readonly missing: string | null
}

const root = resolve(import.meta.dirname, '../..')

export const standIn: ElectronHost = { name: 'the stand-in', executable: join(root, 'tests/electron-stand-in/bin.mjs'), missing: null }

/** Electron's own binary, found without loading its package (which would try to download it). */
export function realElectron(): ElectronHost {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  const executable = existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : ''
  const noDisplay = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
  const missing = executable === '' || !existsSync(executable) ? 'its binary is not installed' : noDisplay ? 'there is no display' : null
  return { name: 'real Electron', executable, missing }
}

export interface RunningApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataFolder: string
  /** how the process ended */
  readonly exit: Promise<number | null>
}

/** Starts the built program on a data folder of its own, or on one that is given. A start that fails leaves nothing behind. */
export async function launchElectron(
  host: ElectronHost,
  dataFolder = mkdtempSync(join(tmpdir(), 'counterbay-electron-')),
): Promise<RunningApp> {
  if (!existsSync(join(root, 'out/main/index.js'))) throw new Error('the program is not built: npm run build')
  let app: ElectronApplication | undefined
  try {
    const args = [root, '--data', dataFolder]
    app = await _electron.launch({ executablePath: host.executable, args, env: cleanEnvironment(), timeout: 60_000 })
    const child = app.process()
    const exit = new Promise<number | null>((done) => {
      child.once('exit', done)
    })
    const page = await app.firstWindow({ timeout: 60_000 })
    await page.waitForFunction(() => 'api' in window && document.readyState === 'complete', null, { timeout: 60_000 })
    return { app, page, dataFolder, exit }
  } catch (error) {
    await app?.close()
    rmSync(dataFolder, { recursive: true, force: true })
    throw error
  }
}

/** Without what would lead the program away from its data folder. */
export function cleanEnvironment(): Record<string, string> {
  const led = new Set(['DATABASE_URL', 'COUNTERBAY_DATA', 'ELECTRON_RENDERER_URL', 'NODE_OPTIONS'])
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined || led.has(name) ? [] : [[name, value]])),
  )
}

export async function endElectron(running: RunningApp): Promise<void> {
  try {
    await running.app.close()
    await running.exit
  } finally {
    rmSync(running.dataFolder, { recursive: true, force: true })
  }
}

/** A start that is expected to end by itself. */
export async function startAndWait(
  host: ElectronHost,
  words: readonly string[],
): Promise<{ exitCode: number | null; errorOutput: string }> {
  const flags = process.platform === 'linux' ? ['--no-sandbox'] : []
  const child = spawn(host.executable, [...flags, root, ...words], { stdio: ['ignore', 'ignore', 'pipe'], env: cleanEnvironment() })
  let errorOutput = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errorOutput += part
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, errorOutput }
}

interface Answer {
  status: number
  body: { json: Record<string, unknown> }
}

/** One call of the contract from the page, as text on the channel: what crosses, without the program's own client in between. */
export function callFromPage(page: Page, path: string, id: string, input: object = {}): Promise<Answer> {
  return page.evaluate(
    ({ url, messageId, json }) =>
      new Promise<Answer>((answered, failed) => {
        const { api } = window as unknown as { api: PageApi }
        const timer = setTimeout(() => {
          failed(new Error(`no answer to ${url}`))
        }, 60_000)
        const off = api.onMessage((text) => {
          const message = JSON.parse(text) as { i: string; p?: { s?: number; b: Answer['body'] } }
          if (message.i !== messageId || !message.p) return
          clearTimeout(timer)
          off()
          answered({ status: message.p.s ?? 200, body: message.p.b })
        })
        api.send(JSON.stringify({ i: messageId, p: { u: url, b: { json } } }))
      }),
    { url: path, messageId: id, json: input },
  )
}
