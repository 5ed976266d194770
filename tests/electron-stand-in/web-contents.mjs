import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { makeBridge } from './bridge.mjs'
import { browser, sessionOf } from './browser.mjs'
import { makeCodec } from './codec.mjs'
import { assertKnownOptions, emulated, emulatedEmitter, missing } from './emulated.mjs'
import { receiveFromPage } from './ipc-main.mjs'
import { runPreload } from './preload-world.mjs'
import { answerRequest } from './requests.mjs'
import { originOf, toAppUrl, toChromiumUrl } from './schemes.mjs'
import { defaultSession } from './session.mjs'
import { contentsByTarget, debug, record } from './state.mjs'

const WORLD = 'Electron Isolated Context'
const codec = makeCodec()
const printOptions = new Set(['silent', 'printBackground', 'margins', 'pageSize'])
let nextId = 1

const events = [
  'did-start-navigation',
  'did-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'did-finish-load',
  'did-stop-loading',
  'did-fail-load',
]
const guards = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-prevent-unload',
  'will-attach-webview',
  'preload-error',
  'render-process-gone',
  'console-message',
  'destroyed',
]
const silentEvents = ['unresponsive', 'responsive', 'context-menu', 'before-input-event', 'zoom-changed']

class WebContents extends emulatedEmitter('webContents', [...events, ...guards, ...silentEvents]) {
  id = nextId++
  session = defaultSession
  #window
  #preferences
  #devtools
  #context // of the preload's world in the document that is shown
  #secret = randomBytes(16).toString('hex')
  #destroyed = false
  #url = ''
  #windowOpenHandler = () => ({ action: 'allow' })
  #popupUrl

  constructor(window, size, preferences) {
    super()
    this.#window = window
    this.#preferences = preferences
    this._programmatic = 0 // loads that the main process asked for: Electron sends no will-navigate for these
    this._ready = this.#open(size)
    this._ready.catch((error) => this.#destroyed || console.error(error))
  }

  get mainFrame() {
    const url = this.#url
    return emulated('mainFrame', {
      url,
      origin: originOf(url),
      parent: null,
      frames: [],
      processId: 1,
      routingId: this.id,
      detached: this.#destroyed,
    })
  }

  async #open({ width, height }) {
    const { targetId } = await browser().send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
    this._targetId = targetId
    contentsByTarget.set(targetId, this)
    const devtools = (this.#devtools = await sessionOf(targetId))
    this.#listen(devtools)
    const scripts = await this.#scripts()
    await Promise.all([
      devtools.send('Page.enable'),
      devtools.send('Runtime.enable'),
      devtools.send('Runtime.addBinding', { name: '__standIn', executionContextName: WORLD }),
      devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
      devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: WORLD }),
      devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      defaultSession._applyPermissions(),
      devtools.send('Runtime.runIfWaitingForDebugger'),
    ])
  }

  #listen(devtools) {
    const isMain = (frameId) => frameId === this._targetId // the main frame's id is the target's id
    const on = (name, listener) => devtools.on(name, listener)
    on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === WORLD && isMain(context.auxData?.frameId)) this.#context = context.id
    })
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== '__standIn') return
      this.#context = executionContextId
      this.#fromPage(JSON.parse(payload))
    })
    on('Runtime.consoleAPICalled', ({ type, args }) => {
      const message = args.map((arg) => arg.value ?? arg.description).join(' ')
      if (debug) console.error(`[page] ${message}`)
      this.emit('console-message', { level: type, message })
    })
    on('Page.frameStartedNavigating', ({ url, frameId, navigationType }) => {
      const isSameDocument = /samedocument/i.test(navigationType) // 'sameDocument' or 'historySameDocument'
      this.emit('did-start-navigation', { url: toAppUrl(url), isMainFrame: isMain(frameId), isSameDocument })
    })
    on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return
      this.#url = toAppUrl(frame.url + (frame.urlFragment ?? ''))
      this.emit('did-navigate', {}, this.#url, 200, 'OK')
    })
    on('Page.navigatedWithinDocument', ({ url }) => {
      this.#url = toAppUrl(url)
      this.emit('did-navigate-in-page', {}, this.#url, true)
    })
    on('Page.domContentEventFired', () => this.emit('dom-ready', {}))
    on('Page.loadEventFired', () => this.#loaded())
    on('Page.windowOpen', ({ url }) => (this.#popupUrl = toAppUrl(url)))
    on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
    on('Fetch.requestPaused', (paused) => {
      answerRequest(this, devtools, paused).catch((error) => this.#destroyed || console.error(error))
    })
  }

  #loaded() {
    if (this.#url === '' || this.#url === 'about:blank') return
    this.emit('did-finish-load', {})
    this.emit('did-stop-loading', {})
    this.#window._painted()
  }

  async #scripts() {
    const file = this.#preferences.preload
    const preload = file ? await readFile(file, 'utf8') : ''
    const info = { platform: process.platform, arch: process.arch, versions: { ...process.versions }, argv: [process.execPath] }
    const secret = JSON.stringify(this.#secret)
    const start = `if (window !== window.top || location.href === 'about:blank') return; const codec = (${makeCodec})();`
    const bridge = (side) => `(${makeBridge})('${side}', ${secret}, codec)`
    return {
      page: `(() => { ${start} ${bridge('main')}; })()`,
      preload: `(() => { ${start} (${runPreload})(${JSON.stringify(info)}, codec, ${bridge('isolated')},
        function (require, process, module, exports, global) {${preload}\n}) })()\n//# sourceURL=electron-stand-in-preload`,
    }
  }

  #fromPage(message) {
    if (message.type === 'preload-error') {
      console.error('Unable to load preload script:', message.message)
      this.emit('preload-error', {}, this.#preferences.preload, new Error(message.message))
      return
    }
    const event = emulated('event', { sender: this, senderFrame: this.mainFrame, processId: 1, frameId: this.id, ports: [], type: 'frame' })
    void receiveFromPage(event, message, codec, (reply) => void this.#deliver(reply))
  }

  async #deliver(message) {
    if (this.#destroyed || this.#context === undefined) return
    const expression = `__standInDeliver(${JSON.stringify(message)})`
    await this.#devtools.send('Runtime.evaluate', { expression, contextId: this.#context }).catch(() => {}) // the document is gone
  }

  send(channel, ...args) {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
    void this.#deliver({ type: 'event', channel, args: codec.encode(args) })
  }

  async loadURL(url, options) {
    if (options) throw missing('options of loadURL')
    await this._ready
    this._programmatic++
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve))
    const { errorText } = await this.#devtools.send('Page.navigate', { url: toChromiumUrl(url) })
    if (!errorText) return loaded
    const code = errorText.replace('net::', '')
    this.emit('did-fail-load', {}, -2, code, url, true)
    throw Object.assign(new Error(`${code} (-2) loading '${url}'`), { code, errno: -2, url })
  }

  reload() {
    this._programmatic++
    void this.#devtools.send('Page.reload')
  }

  /** The sheets that a printer would get, as a PDF in the record; the dialog is always answered with "print". */
  print(options = {}, callback = () => {}) {
    assertKnownOptions('webContents.print', options, printOptions)
    if (options.pageSize !== 'Letter') throw missing(`pageSize ${options.pageSize} of webContents.print`)
    if (options.margins?.marginType !== 'none') throw missing(`marginType ${options.margins?.marginType} of webContents.print`)
    const paper = { paperWidth: 8.5, paperHeight: 11, marginTop: 0, marginBottom: 0, marginLeft: 0, marginRight: 0 }
    const asked = { ...paper, printBackground: options.printBackground ?? false, preferCSSPageSize: true }
    void this.#printToRecord(options, asked, callback)
  }

  async #printToRecord(options, asked, callback) {
    try {
      const { data } = await this.#devtools.send('Page.printToPDF', asked)
      record.printed.push({ options, pdfBase64: data })
    } catch {
      callback(false, 'Print job failed')
      return
    }
    callback(true, '')
  }

  _popup(url) {
    const details = { url: this.#popupUrl ?? toAppUrl(url), frameName: '', features: '', disposition: 'new-window' }
    if (this.#windowOpenHandler(details).action !== 'deny') throw missing('a child window')
  }

  setWindowOpenHandler = (handler) => (this.#windowOpenHandler = handler)
  getURL = () => this.#url
  isDestroyed = () => this.#destroyed
  getType = () => 'window'
  close = () => void this.#window._close()
  setVisualZoomLevelLimits = () => Promise.resolve()
  getLastWebPreferences = () => ({ ...this.#preferences })

  /** Asks the page, as closing a window does; it may refuse, and the program may overrule it. */
  async _mayUnload() {
    await this._ready.catch(() => {})
    if (this.#destroyed) return true
    const expression = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    const answer = await this.#devtools.send('Runtime.evaluate', { expression }).catch(() => undefined) // the document is gone
    if (answer?.result.value !== false) return true
    let isOverruled = false
    this.emit('will-prevent-unload', { preventDefault: () => (isOverruled = true) })
    return isOverruled
  }

  async _closePage() {
    await this._ready.catch(() => {})
    if (this.#destroyed) return
    const gone = new Promise((resolve) => this.once('destroyed', resolve))
    await browser()
      .send('Target.closeTarget', { targetId: this._targetId })
      .catch(() => {})
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000).unref())])
    this._gone()
  }

  _gone() {
    if (this.#destroyed) return
    this.#destroyed = true
    contentsByTarget.delete(this._targetId)
    this.emit('destroyed')
    this.#window._closed()
  }
}

export const makeWebContents = (...args) => new WebContents(...args)

export const webContents = emulated('webContents', {
  getAllWebContents: () => [...contentsByTarget.values()],
  fromId: (id) => [...contentsByTarget.values()].find((contents) => contents.id === id),
  fromDevToolsTargetId: (id) => contentsByTarget.get(id),
})
