import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron'
import { readConfig, surroundings, type Config } from './base/config'
import { createLog } from './base/log'
import { registerAppScheme, serveAppScheme } from './electron/app-protocol'
import { readBuiltFiles } from './web/built-files'
import { endProgramWith } from './electron/end-program'
import { failToStart } from './electron/failure'
import { hostServices } from './electron/host-services'
import { laterConversation } from './electron/later-conversation'
import { setMenu } from './electron/menu'
import { APP_ORIGIN, windowOrigin } from './electron/origin'
import { refusedSwitch } from './electron/refused-switches'
import { openRpcPort } from './electron/rpc-port'
import { closeSession, guardAllContents } from './electron/security'
import { isOurWindow, openWindow, showWindow } from './electron/window'
import { startApplication } from './ipc/application'

const out = join(import.meta.dirname, '..')

// Both must come before Electron is ready.
registerAppScheme(protocol)
app.enableSandbox()

const config = takeLock()
if (config) run(config).catch((error: unknown) => failToStart(error, logFolderOf(config)))

/** The lock belongs to the data folder: two programs on two folders may run, two on one may not. @returns null when this process ends */
function takeLock(): Config | null {
  try {
    const refused = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
    if (refused !== null) throw new Error(`Counterbay does not start with --${refused}.`)
    const read = readConfig({ ...surroundings(), argv: process.argv.slice(1) })
    mkdirSync(profileOf(read), { recursive: true, mode: 0o700 })
    app.setPath('userData', profileOf(read))
    if (app.requestSingleInstanceLock()) return read
    app.exit(0)
  } catch (error) {
    failToStart(error, null)
  }
  return null
}

async function run(config: Config): Promise<void> {
  await app.whenReady()
  const log = createLog(config.dataFolder, config.logLevel)
  const origin = windowOrigin(process.env['ELECTRON_RENDERER_URL'], app.isPackaged)
  closeSession(session.defaultSession, origin, log)
  guardAllContents(app, origin, log)
  if (origin === APP_ORIGIN) serveAppScheme(protocol, await readBuiltFiles(join(out, 'renderer')))

  // Not awaited yet: the window opens while the database starts, and what it asks meanwhile waits for the application.
  const application = startApplication({ config, demo: process.argv.includes('--demo'), log, version: app.getVersion() })
  endProgramWith(() => application.then((running) => running.close()), log, logFolderOf(config))
  const station = application.then((running) => running.openStation())
  openRpcPort({
    ipcMain,
    origin,
    isOurWindow,
    log,
    connect: (contents, send) => {
      const window = BrowserWindow.fromWebContents(contents)
      const host = { kind: 'electron' as const, send, ...(window ? hostServices(window) : {}) }
      return laterConversation(
        Promise.all([application, station]).then(
          ([running, place]) =>
            () =>
              running.connect(host, place),
        ),
      )
    },
  })
  const window = openWindow({
    url: `${origin}/`,
    preload: join(out, 'preload/index.cjs'),
    stateFile: join(profileOf(config), 'window-state.json'),
    isPackaged: app.isPackaged,
    log,
  })
  setMenu(window, app.isPackaged)
  app.on('second-instance', () => showWindow(window))
  await application
}

/** Chromium's own folder, and with it the lock. */
function profileOf({ dataFolder }: Config): string {
  return join(dataFolder, 'window')
}

function logFolderOf({ dataFolder }: Config): string {
  return join(dataFolder, 'logs')
}
