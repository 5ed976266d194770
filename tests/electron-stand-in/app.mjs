import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, unlinkSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { startBrowser, stopBrowser } from './browser.mjs'
import { emulated, emulatedEmitter, missing } from './emulated.mjs'
import { useReadiness } from './schemes.mjs'
import { hooks, launch, windows } from './state.mjs'

// Events after the first line exist in Electron but never fire here.
const events = [
  'ready',
  'will-finish-launching',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'browser-window-created',
  'web-contents-created',
]
const silentEvents = [
  'activate',
  'render-process-gone',
  'child-process-gone',
  'certificate-error',
  'login',
  'select-client-certificate',
  'open-url',
  'open-file',
]

const commandLine = emulated('app.commandLine', {
  appendSwitch: (name, value = '') => void launch.switches.set(name, value),
  hasSwitch: (name) => launch.switches.has(name),
  getSwitchValue: (name) => launch.switches.get(name) ?? '',
  removeSwitch: (name) => void launch.switches.delete(name),
})

class App extends emulatedEmitter('app', [...events, ...silentEvents]) {
  #ready = false
  #resolveReady
  #whenReady = new Promise((resolve) => (this.#resolveReady = resolve))
  #quitting = false
  #exited = false
  #paths = new Map()
  #lock
  commandLine = commandLine
  isPackaged = false
  dock = undefined
  name = launch.manifest.productName ?? launch.manifest.name ?? 'Electron'

  whenReady = () => this.#whenReady
  isReady = () => this.#ready
  getName = () => this.name
  getVersion = () => launch.manifest.version ?? '0.0.0'
  getAppPath = () => launch.appPath
  getLocale = () => 'en-US'
  setName = (name) => (this.name = name)
  setAppUserModelId() {}
  enableSandbox() {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  focus() {}
  hasSingleInstanceLock = () => this.#lock !== undefined
  setPath = (name, folder) => void this.#paths.set(name, folder)

  getPath(name) {
    const home = os.homedir()
    const folders = {
      home,
      appData: process.env.XDG_CONFIG_HOME ?? path.join(home, '.config'),
      temp: os.tmpdir(),
      exe: process.execPath,
      documents: path.join(home, 'Documents'),
      downloads: path.join(home, 'Downloads'),
      desktop: path.join(home, 'Desktop'),
    }
    if (this.#paths.has(name)) return this.#paths.get(name)
    if (name === 'userData') return launch.switches.get('user-data-dir') ?? path.join(folders.appData, this.name)
    if (name === 'sessionData') return this.getPath('userData')
    if (name === 'logs') return path.join(this.getPath('userData'), 'logs')
    if (!folders[name]) throw missing(`app.getPath('${name}')`)
    return folders[name]
  }

  /** A Unix socket named after the user-data folder; a second start hands its arguments over and leaves. */
  requestSingleInstanceLock(additionalData) {
    const folder = this.getPath('userData')
    mkdirSync(folder, { recursive: true })
    const socket = path.join(os.tmpdir(), `electron-stand-in-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}.sock`)
    if (handOver(socket, { argv: process.argv, workingDirectory: process.cwd(), additionalData })) return false
    if (existsSync(socket)) unlinkSync(socket) // of a process that was killed
    this.#lock = net.createServer((connection) => this.#secondInstance(connection)).listen(socket)
    this.#lock.unref()
    this.once('quit', () => this.#lock.close())
    return true
  }

  #secondInstance(connection) {
    let text = ''
    connection.setEncoding('utf8').on('data', (part) => (text += part))
    connection.on('end', () => {
      connection.end()
      const { argv, workingDirectory, additionalData } = JSON.parse(text)
      this.emit('second-instance', { preventDefault() {} }, argv, workingDirectory, additionalData)
    })
  }

  #emitPreventable(name) {
    let prevented = false
    this.emit(name, { preventDefault: () => (prevented = true) })
    return !prevented
  }

  quit() {
    if (this.#quitting) return
    this.#quitting = true
    const leave = async () => {
      if (!this.#emitPreventable('before-quit')) return false
      for (const window of windows) if (!(await window._close())) return false
      return this.#emitPreventable('will-quit')
    }
    void leave().then((agreed) => {
      this.#quitting = false
      if (agreed) this.exit(0)
    })
  }

  exit(code = 0) {
    if (this.#exited) return
    this.#exited = true
    this.emit('quit', {}, code)
    stopBrowser(() => process.exit(code))
  }

  _windowGone() {
    if (windows.size > 0 || this.#quitting || this.#exited) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }

  async _start() {
    await startBrowser(() => this.exit(1))
    this.#ready = true
    this.#resolveReady()
    this.emit('ready', {}, {})
  }
}

function handOver(socket, message) {
  if (!existsSync(socket)) return false
  const script = `const c = require('net').connect(process.argv[1], () => c.end(process.argv[2]))
    c.on('error', () => process.exit(1)).on('close', () => process.exit(0)).resume()`
  return (
    spawnSync(process.execPath, ['-e', script, socket, JSON.stringify(message)], { env: { ...process.env, NODE_OPTIONS: '' } }).status === 0
  )
}

export const app = new App()
useReadiness(() => app.isReady())
hooks.windowGone = () => app._windowGone()
hooks.emitOnApp = (event, ...args) => app.emit(event, ...args)
