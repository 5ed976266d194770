import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, ipcMain, powerMonitor, protocol, session, BrowserWindow, type WebContents } from 'electron'
import { readConfig, surroundings, type Config } from './base/config'
import { createLog, type Log } from './base/log'
import { registerAppScheme, serveAppScheme } from './electron/app-protocol'
import { readBuiltFiles } from './web/built-files'
import { failToStart, tellFatalError } from './electron/failure'
import { hostServices } from './electron/host-services'
import { laterConversation } from './electron/later-conversation'
import { setMenu } from './electron/menu'
import { windowOrigin } from './electron/origin'
import { refusedSwitch } from './electron/refused-switches'
import { openRpcPort, type Conversation } from './electron/rpc-port'
import { closeSession, guardAllContents } from './electron/security'
import { isOurWindow, openWindow, preloadFile, showWindow } from './electron/window'
import { startApplication, type Application } from './ipc/application'

const MENU_CHANNEL = 'counterbay-menu'
const CLOSE_LIMIT_MS = 20_000

// Both must come before Electron is ready.
registerAppScheme(protocol)
app.enableSandbox()

const config = takeLock()
if (config) run(config).catch((error: unknown) => failToStart(error, logFolderOf(config)))

/** The lock belongs to the data folder: two programs on two folders may run, two on one may not. @returns null when this process has to end */
function takeLock(): Config | null {
  const refused = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
  if (refused !== null) {
    app.exit(1)
    return null
  }
  try {
    const read = readConfig({ ...surroundings(), argv: process.argv.slice(1) })
    const profile = join(read.dataFolder, 'window')
    mkdirSync(profile, { recursive: true })
    app.setPath('userData', profile)
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
  const devServer = process.env['ELECTRON_RENDERER_URL']
  const origin = windowOrigin(devServer, app.isPackaged)
  closeSession(session.defaultSession, origin, log)
  guardAllContents(app, origin, log)
  serveAppScheme(protocol, await readBuiltFiles(join(import.meta.dirname, '../renderer')))

  // The window opens while the database starts.
  const application = startApplication({ config, demo: process.argv.includes('--demo'), log, version: app.getVersion() })
  endWith(application, config, log)
  openRpcPort({ ipcMain, origin, isOurWindow, log, connect: (contents, send) => converse(application, contents, send) })
  const window = openWindow({
    url: `${origin}/`,
    preload: preloadFile(import.meta.dirname),
    stateFile: join(config.dataFolder, 'window', 'window-state.json'),
    isPackaged: app.isPackaged,
    log,
  })
  setMenu(app.isPackaged, (shortcutId) => window.webContents.send(MENU_CHANNEL, shortcutId))
  app.on('second-instance', () => showWindow(window))
  await application
  log.info({ ms: Math.round(process.uptime() * 1000) }, 'ready')
}
