import { join } from 'node:path'
import { app, ipcMain, powerMonitor, protocol, session } from 'electron'
import { createLog } from './base/log'
import { registerAppScheme, serveAppScheme } from './electron/app-protocol'
import { claimFolder, type Claim } from './electron/claim-folder'
import { deskOf } from './electron/desk'
import { endProgramWith } from './electron/end-program'
import { failToStart } from './electron/failure'
import { laterConversation } from './electron/later-conversation'
import { lockStations, watchSystemLock } from './electron/lock-with-system'
import { chooseInPage, setMenu } from './electron/menu'
import { APP_ORIGIN, windowOrigin } from './electron/origin'
import { openPrintPort } from './electron/print-port'
import { openRpcPort } from './electron/rpc-port'
import { saveDocuments } from './electron/save-documents'
import { closeSession, guardAllContents } from './electron/security'
import { showRunning } from './electron/show-running'
import { isOurWindow, openWindow, showWindow } from './electron/window'
import { startApplication } from './ipc/application'
import { readBuiltFiles } from './web/built-files'

const out = join(import.meta.dirname, '..')

// Both must come before Electron is ready.
registerAppScheme(protocol)
app.enableSandbox()
void start()

async function start(): Promise<void> {
  let claim: Claim | null = null
  try {
    const claimed = await claimFolder()
    if (claimed && 'config' in claimed) {
      claim = claimed
      await run(claim)
      return
    }
    if (claimed) await showRunning(claimed.link)
    app.exit(0)
  } catch (error) {
    failToStart(error, claim && logFolderOf(claim))
  }
}

async function run({ config, profile }: Claim): Promise<void> {
  await app.whenReady()
  const log = createLog(config.dataFolder, config.logLevel)
  const origin = windowOrigin(process.env['ELECTRON_RENDERER_URL'], app.isPackaged)
  closeSession(session.defaultSession, { origin, isPackaged: app.isPackaged, log })
  saveDocuments(session.defaultSession, { origin, log })
  guardAllContents(app, origin, log)
  if (origin === APP_ORIGIN) serveAppScheme(protocol, await readBuiltFiles(join(out, 'renderer')))

  // Not awaited yet: the window opens while the database starts, and what it asks meanwhile waits for the application.
  const application = startApplication({ config, demo: process.argv.includes('--demo'), log, version: app.getVersion() })
  endProgramWith(() => application.then((running) => running.close()), log, logFolderOf({ config }))
  const place = application.then((running) => ({ running, station: running.openStation() }))
  openRpcPort({
    ipcMain,
    origin,
    isOurWindow,
    log,
    connect: (contents, send) => {
      const host = { kind: 'electron' as const, send, desk: deskOf(contents) }
      return laterConversation(
        place.then(
          ({ running, station }) =>
            () =>
              running.connect(host, station),
        ),
      )
    },
  })
  openPrintPort({ ipcMain, origin, isOurWindow, log })
  const window = openWindow({
    url: `${origin}/`,
    preload: join(out, 'preload/index.cjs'),
    stateFile: join(profile, 'window-state.json'),
    isPackaged: app.isPackaged,
    log,
  })
  setMenu(window, app.isPackaged)
  app.on('second-instance', () => showWindow(window))
  const { running } = await place
  watchSystemLock(powerMonitor, process.platform, () => lockStations(running.program, () => chooseInPage(window, 'lock')))
}

function logFolderOf({ config }: Pick<Claim, 'config'>): string {
  return join(config.dataFolder, 'logs')
}
