import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { Log } from '../base/log'
import { askToLeave } from './ask-to-leave'
import { background } from './background'
import { MIN_HEIGHT, MIN_WIDTH, placeWindow, readWindowState, writeWindowState } from './window-state'

const RELOADS_PER_MINUTE = 3

export interface WindowOptions {
  readonly url: string
  readonly preload: string
  readonly stateFile: string
  readonly isPackaged: boolean
  readonly log: Log
}

const ours = new WeakSet<WebContents>()

/** Whether this page is the inside of a window that `openWindow` made. */
export function isOurWindow(contents: WebContents): boolean {
  return ours.has(contents)
}

export function openWindow(options: WindowOptions): BrowserWindow {
  const { maximized, ...bounds } = placeWindow(
    readWindowState(options.stateFile),
    screen.getAllDisplays().map((display) => display.workArea),
  )
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    title: 'Counterbay',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      enableBlinkFeatures: '',
      disableBlinkFeatures: 'Auxclick', // a middle click would open a window
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !options.isPackaged,
    },
  })
  ours.add(window.webContents)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  window.on('close', () => keepPlace(window, options))
  askToLeave(window)
  window.on('unresponsive', () => options.log.warn({}, 'the window does not answer'))
  reloadWhenGone(window, options)
  void window.loadURL(options.url).catch((error: unknown) => options.log.error({ error }, 'the window could not load its page'))
  return window
}

/** A second start of the program means: show me the one that runs. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function keepPlace(window: BrowserWindow, { stateFile, log }: WindowOptions): void {
  try {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  } catch (error) {
    log.warn({ error }, 'the place of the window was not kept') // no reason to keep somebody from closing it
  }
}

/** A page whose process died is shown again; one that keeps dying is left, or it would flicker for ever. */
function reloadWhenGone(window: BrowserWindow, { log }: WindowOptions): void {
  let reloads: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ reason, exitCode }, 'the page of the window is gone')
    if (reason === 'clean-exit') return
    const now = performance.now()
    reloads = reloads.filter((at) => now - at < 60_000)
    if (reloads.length >= RELOADS_PER_MINUTE) return
    reloads.push(now)
    window.webContents.reload()
  })
}
