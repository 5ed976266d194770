import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acquireFolderLock } from '../../src-main/database/server-lock'
import {
  callFromPage,
  endElectron,
  launchElectron,
  realElectron,
  standIn,
  startAndWait,
  type ElectronHost,
  type PageApi,
  type RunningApp,
} from './electron-app'

const real = realElectron()
/** Generous: the machine may be busy with other tests. */
const patient = { timeout: 30_000 }

describe('the built program in the stand-in for Electron', () => {
  behavesAsADesktopProgram(standIn)
})

describe.skipIf(real.missing !== null)(
  `the built program in real Electron${real.missing === null ? '' : ` (skipped: ${real.missing})`}`,
  () => {
    behavesAsADesktopProgram(real)
  },
)

function behavesAsADesktopProgram(host: ElectronHost): void {
  let running: RunningApp
  beforeAll(async () => {
    running = await launchElectron(host)
  })
  afterAll(async () => {
    await endElectron(running)
  })
  const call = (id: string): ReturnType<typeof callFromPage> => callFromPage(running.page, '/session/status', id)

  describe('window', () => {
    it('is one sandboxed window without Node, of the agreed size', async () => {
      const windows = await running.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => ({
          minimum: window.getMinimumSize(),
          title: window.getTitle(),
          url: window.webContents.getURL(),
          preferences: (window.webContents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences(),
        })),
      )
      expect(windows).toHaveLength(1)
      expect(windows[0]).toMatchObject({ minimum: [1024, 700], url: expect.stringMatching(/^app:\/\/counterbay\//) as string })
      expect(windows[0]?.preferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
      })
    })

    it('becomes visible once it has painted', async () => {
      await expect
        .poll(() => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()), patient)
        .toBe(true)
    })

    it('comes to the front when the program is started a second time, which ends at once', async () => {
      await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
      const second = await startAndWait(host, ['--data', running.dataFolder])
      expect(second.exitCode).toBe(0)
      await expect
        .poll(() => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized()), patient)
        .toBe(false)
      expect(running.app.windows()).toHaveLength(1)
    })

    it('tells the page which menu item was chosen', async () => {
      await running.page.evaluate(() => {
        const heard: string[] = []
        Object.assign(window, { heard })
        ;(window as unknown as { api: PageApi }).api.onMenu((id) => heard.push(id))
      })
      await running.app.evaluate(({ Menu }) => {
        Menu.getApplicationMenu()?.getMenuItemById('today')?.click()
      })
      await expect.poll(() => running.page.evaluate(() => (window as unknown as { heard: string[] }).heard), patient).toEqual(['today'])
    })
  })

  describe('page', () => {
    it('has nothing of Node or Electron', async () => {
      const found = await running.page.evaluate(() =>
        ['require', 'process', 'module', 'exports', 'global', 'Buffer', '__dirname', 'ipcRenderer', 'electron', 'setImmediate'].filter(
          (name) => name in window,
        ),
      )
      expect(found).toEqual([])
    })

    it('has window.api with five members that nobody can change', async () => {
      const api = await running.page.evaluate(() => {
        const described = Object.getOwnPropertyDescriptor(window, 'api')
        const value = (window as unknown as { api: PageApi }).api
        return {
          members: Object.keys(value).toSorted(),
          frozen: Object.isFrozen(value),
          fixed: described?.writable === false && described.configurable === false,
          host: value.host,
        }
      })
      expect(api).toEqual({ members: ['host', 'onMenu', 'onMessage', 'print', 'send'], frozen: true, fixed: true, host: 'electron' })
    })

    it('comes with the policy and the headers that go with it', async () => {
      const headers = await running.page.evaluate(async () => Object.fromEntries((await fetch('/')).headers))
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self';/) as string,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      })
    })

    it('runs no script that is not a file of the program', async () => {
      const foreign = await running.page.evaluate(async () => {
        const broken: string[] = []
        Object.assign(window, { broken })
        document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective))
        const script = document.createElement('script')
        script.append('window.injected = true') // Trusted Types stop it before the policy of scripts is asked: that one stops the next
        const foreignScript = document.createElement('link')
        Object.assign(foreignScript, { rel: 'preload', as: 'script', href: 'https://example.com/x.js' })
        const style = document.createElement('style')
        style.textContent = 'body { color: red }'
        const frame = document.createElement('iframe')
        frame.src = 'https://example.com/'
        document.body.append(script, foreignScript, style, frame)
        return fetch('https://example.com/').then(
          () => 'fetched',
          () => 'refused',
        )
      })
      const broken = (): Promise<string[]> =>
        running.page.evaluate(() => [...new Set((window as unknown as { broken: string[] }).broken)].toSorted())
      await expect.poll(broken, patient).toEqual(['connect-src', 'frame-src', 'script-src-elem', 'style-src-elem'])
      expect(foreign).toBe('refused')
      expect(await running.page.evaluate(() => 'injected' in window)).toBe(false)
    })

    it('makes no markup and no script out of text', async () => {
      const refused = await running.page.evaluate(() => {
        const tries: Record<string, () => unknown> = {
          markup: () => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'),
          script: () => (document.createElement('script').text = 'window.injected = true'),
          'a foreign script': () => (document.createElement('script').src = 'https://example.com/x.js'),
          'a foreign worker': () => new Worker('data:text/javascript,1'),
          'another policy': () =>
            (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy(
              'mine',
              {},
            ),
        }
        return Object.entries(tries).flatMap(([name, attempt]) => {
          try {
            attempt()
            return []
          } catch (error) {
            return error instanceof TypeError ? [name] : []
          }
        })
      })
      expect(refused).toEqual(['markup', 'script', 'a foreign script', 'a foreign worker', 'another policy'])
    })

    it('reads no file of the machine', async () => {
      const statuses = await running.page.evaluate(async () => {
        const paths = ['/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/etc/passwd.txt', '/main/index.js']
        return Promise.all(paths.map(async (path) => (await fetch(path)).status))
      })
      expect(statuses).toEqual([404, 404, 404, 404])
    })

    it('is granted no permission', async () => {
      const states = await running.page.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'clipboard-read'] as PermissionName[]
        return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
      })
      expect(states).toEqual(['denied', 'denied', 'denied'])
    })
  })

  describe('conversation', () => {
    it('carries a call of the contract and its answer', async () => {
      const answer = await call('test-1')
      expect(answer.status).toBe(200)
      expect(answer.body.json).toMatchObject({ stage: 'setup', host: 'electron' })
    })

    it('survives a navigation that is refused', async () => {
      await running.page.evaluate(() => {
        const link = document.createElement('a')
        link.href = 'https://example.com/'
        document.body.append(link)
        link.click()
        location.assign('https://example.com/')
      })
      const answer = await call('test-2')
      expect(answer.status).toBe(200)
      expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toMatch(
        /^app:\/\/counterbay\//,
      )
      expect(logOf(running.dataFolder)).toContainEqual(
        expect.objectContaining({ msg: 'navigation refused', origin: 'https://example.com' }),
      )
    })

    it('opens no second window', async () => {
      await running.page.evaluate(() => {
        Object.assign(window, { opened: window.open('https://example.com/', '_blank') })
      })
      const stayedOpen = (): Promise<boolean> =>
        running.page.evaluate(() => (window as unknown as { opened: Window | null }).opened?.closed === false)
      await expect.poll(stayedOpen, patient).toBe(false)
      expect(await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
      expect(running.app.windows()).toHaveLength(1)
      expect(logOf(running.dataFolder)).toContainEqual(
        expect.objectContaining({ msg: 'new window refused', origin: 'https://example.com' }),
      )
    })

    it('is a new one after a reload: the same message id is free again', async () => {
      await running.page.reload()
      await running.page.waitForFunction(() => 'api' in window)
      expect((await call('test-1')).body.json).toMatchObject({ stage: 'setup' })
    })

    it('of a page outside the program never begins: its request is cancelled', async () => {
      const refused = await running.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]
          ?.loadURL('https://example.com/')
          .then(
            () => 'loaded',
            (error: { code?: string }) => error.code,
          ),
      )
      expect(refused).toBe('ERR_BLOCKED_BY_CLIENT')
      await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://counterbay/'))
      await running.page.waitForFunction(() => 'api' in window)
      expect((await call('test-1')).status).toBe(200)
    })

    it('belongs to the person at the window: a reload signs nobody out', async () => {
      const opened = await callFromPage(running.page, '/session/setUpShop', 'test-3', newShop)
      expect(opened.body.json).toMatchObject({ stage: 'open', user: { role: 'owner', firstName: 'Olive' } })
      await running.page.reload()
      await running.page.waitForFunction(() => 'api' in window)
      expect((await call('test-1')).body.json).toMatchObject({ stage: 'open', user: { firstName: 'Olive' } })
    })
  })

  it('says in plain words why it does not start, and ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'counterbay-taken-'))
    try {
      const attempt = acquireFolderLock(folder)
      if ('heldBy' in attempt) throw new Error('the folder is new')
      attempt.lock.announce('http://127.0.0.1:4000')
      const taken = await startAndWait(host, ['--data', folder])
      expect(taken.exitCode).toBe(1)
      expect(taken.errorOutput).toMatch(/Counterbay cannot start/)
      expect(taken.errorOutput).toContain(`(process ${process.pid}). It is open in a browser, at http://127.0.0.1:4000.`)
      attempt.lock.release()

      const misspelt = await startAndWait(host, ['--data'])
      expect(misspelt.exitCode).toBe(1)
      expect(misspelt.errorOutput).toContain('--data needs a value')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.skipIf(process.platform === 'win32')('ends cleanly by Ctrl+C, however often it is pressed', async () => {
    const pressed = await launchElectron(host)
    await callFromPage(pressed.page, '/session/status', 'test-1')
    const database = databaseProcess(pressed.dataFolder)
    const windowGone = pressed.page.waitForEvent('close')
    pressed.app.process().kill('SIGINT')
    await windowGone
    pressed.app.process().kill('SIGINT') // somebody impatient, while the database ends
    expect(await pressed.exit).toBe(0)
    expect(isAlive(database)).toBe(false)
    expect(logOf(pressed.dataFolder).filter(({ msg }) => msg === 'ended')).toHaveLength(1)
    await endElectron(pressed)
  })

  it('ends cleanly, its database stopped, and starts again where it was', async () => {
    const bounds = { x: 40, y: 30, width: 1100, height: 720 }
    const first = await launchElectron(host)
    await callFromPage(first.page, '/session/status', 'test-1')
    const database = databaseProcess(first.dataFolder)
    expect(isAlive(database)).toBe(true)
    await first.app.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds)
    await first.app.close()
    expect(await first.exit).toBe(0)
    expect(isAlive(database)).toBe(false)
    expect(filesBelow(first.dataFolder).filter((file) => file.endsWith('postmaster.pid') || file.endsWith('counterbay.lock'))).toEqual([])
    expect(logOf(first.dataFolder).at(-1)).toMatchObject({ msg: 'ended', exitCode: 0 })

    const second = await launchElectron(host, first.dataFolder)
    expect((await callFromPage(second.page, '/session/status', 'test-1')).status).toBe(200)
    expect(await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(bounds)
    await endElectron(second)
  })
}

const newShop = {
  shop: {
    name: 'Window Test Garage',
    address: '1 Test Street',
    city: 'Sampletown',
    state: 'CA',
    zip: '90001',
    phone: '(555) 555-0100',
    timezone: 'America/Los_Angeles',
    taxRateMillionths: 72_500,
    laborRateCents: 15_000,
  },
  owner: { firstName: 'Olive', lastName: 'Owner', email: 'olive@example.com', password: 'a long test password' },
}

function logOf(dataFolder: string): Record<string, unknown>[] {
  const lines = readFileSync(join(dataFolder, 'logs/counterbay.log'), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}

function databaseProcess(dataFolder: string): number {
  const file = filesBelow(dataFolder).find((name) => name.endsWith('postmaster.pid'))
  if (file === undefined) throw new Error('no database runs in this data folder')
  return Number.parseInt(readFileSync(join(dataFolder, file), 'utf8'), 10)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
