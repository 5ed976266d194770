import { app } from './app.mjs'
import { assertKnownOptions, emulatedEmitter } from './emulated.mjs'
import { hooks, windows } from './state.mjs'
import { makeWebContents } from './web-contents.mjs'

const heeded = ['width', 'height', 'x', 'y', 'show', 'title', 'webPreferences']
const notShown = ['minWidth', 'minHeight', 'backgroundColor', 'icon', 'autoHideMenuBar', 'useContentSize', 'center', 'parent', 'modal']
const knownOptions = new Set([...heeded, ...notShown])

// Only safe windows can be emulated: a page with Node in it would need another kind of host.
const required = { sandbox: true, contextIsolation: true, nodeIntegration: false }
const accepted = {
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  enableBlinkFeatures: '',
  webviewTag: false,
  navigateOnDragDrop: false,
  plugins: false,
}
const knownPreferences = new Set([
  ...Object.keys(required),
  ...Object.keys(accepted),
  'preload',
  'safeDialogs',
  'spellcheck',
  'disableBlinkFeatures',
  'devTools',
])

const events = [
  'show',
  'hide',
  'focus',
  'blur',
  'maximize',
  'unmaximize',
  'minimize',
  'restore',
  'enter-full-screen',
  'leave-full-screen',
  'resize',
  'move',
  'close',
  'closed',
  'ready-to-show',
]
const silentEvents = ['unresponsive', 'responsive', 'session-end', 'query-session-end', 'page-title-updated']

export class BrowserWindow extends emulatedEmitter('BrowserWindow', [...events, ...silentEvents]) {
  #visible
  #closed = false
  #closing
  #painted = false
  #bounds
  #state = { maximized: false, minimized: false, fullScreen: false }
  #title
  #minimum
  #backgroundColor

  constructor(options = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    const preferences = options.webPreferences ?? {}
    assertKnownOptions('BrowserWindow', options, knownOptions)
    assertKnownOptions('webPreferences', preferences, knownPreferences)
    for (const [key, value] of Object.entries(required))
      if (preferences[key] !== value) throw new Error(`electron stand-in: ${key} must be ${value}`)
    for (const [key, value] of Object.entries(accepted))
      if ((preferences[key] ?? value) !== value) throw new Error(`electron stand-in: ${key} must be ${value}`)
    this.#minimum = [options.minWidth ?? 0, options.minHeight ?? 0]
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF'
    this.#visible = options.show !== false
    this.#title = options.title ?? app.getName()
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    windows.add(this)
    this.webContents = makeWebContents(this, this.#bounds, preferences)
    this.id = this.webContents.id
    hooks.emitOnApp('browser-window-created', {}, this)
    hooks.emitOnApp('web-contents-created', {}, this.webContents)
  }

  static getAllWindows = () => [...windows]
  static fromWebContents = (contents) => [...windows].find((window) => window.webContents === contents) ?? null
  static fromId = (id) => [...windows].find((window) => window.id === id) ?? null
  static getFocusedWindow = () => [...windows].at(-1) ?? null

  loadURL = (url, options) => this.webContents.loadURL(url, options)
  isVisible = () => this.#visible
  isDestroyed = () => this.#closed
  isMaximized = () => this.#state.maximized
  isMinimized = () => this.#state.minimized
  isFullScreen = () => this.#state.fullScreen
  getBounds = () => ({ ...this.#bounds })
  getNormalBounds = () => ({ ...this.#bounds })
  getMinimumSize = () => this.#minimum
  getBackgroundColor = () => this.#backgroundColor
  getTitle = () => this.#title
  setTitle = (title) => (this.#title = title)
  setMenuBarVisibility() {}
  close = () => void this._close()
  destroy = () => void this.webContents._closePage()

  #change(member, value, event) {
    this.#state[member] = value
    this.emit(event)
  }
  maximize = () => this.#change('maximized', true, 'maximize')
  unmaximize = () => this.#change('maximized', false, 'unmaximize')
  minimize = () => this.#change('minimized', true, 'minimize')
  restore = () => this.#change('minimized', false, 'restore')
  setFullScreen = (on) => this.#change('fullScreen', on, on ? 'enter-full-screen' : 'leave-full-screen')

  show() {
    this.#visible = true
    this.emit('show')
    this.focus()
  }
  hide() {
    this.#visible = false
    this.emit('hide')
  }
  focus() {
    this.emit('focus')
  }
  setBounds(bounds) {
    Object.assign(this.#bounds, bounds)
    this.emit('resize')
  }

  /** Whether the window is closed: its `close` event may forbid it. */
  async _close() {
    if (this.#closed) return true
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (prevented) return false
    if (!(await this.webContents._mayUnload())) return false
    await (this.#closing ??= this.webContents._closePage())
    return true
  }

  _painted() {
    if (this.#painted) return
    this.#painted = true
    this.emit('ready-to-show', {})
  }

  _closed() {
    if (this.#closed) return
    this.#closed = true
    windows.delete(this)
    this.emit('closed')
    hooks.windowGone()
  }
}
