import { app, powerMonitor } from 'electron'
import type { Log } from '../base/log'
import { leaveWithoutAsking } from './ask-to-leave'
import { tellFatalError } from './failure'

/** Longer than PostgreSQL needs to write down what it has; after that it is left to its recovery at the next start. */
const CLOSE_LIMIT_MS = 20_000

/**
 * However the program ends, the application is closed first (its database last), once. A fault that nobody caught ends the program too:
 * with money in it, going on in an unknown state is worse.
 */
export function endProgramWith(close: () => Promise<void>, log: Log, logFolder: string): void {
  let ending: Promise<void> | undefined
  const end = (exitCode: number): void => {
    ending ??= withinLimit(close())
      .catch((error: unknown) => log.error({ error }, 'the application did not close cleanly'))
      .then(() => {
        log.info({ exitCode }, 'ended')
        app.exit(exitCode)
      })
  }
  const fail = (error: unknown): void => {
    log.error({ error }, 'fatal')
    if (ending) return
    tellFatalError(logFolder)
    end(1)
  }

  const quit = (): void => {
    leaveWithoutAsking()
    app.quit()
  }
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    event.preventDefault() // until the application is closed; then `exit`, which asks nobody
    end(0)
  })
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault()
    quit()
  })
  // Electron's own answer to these holds once: the second Ctrl+C of somebody impatient would leave the database running.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit)
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
}

function withinLimit(work: Promise<void>): Promise<void> {
  const limit = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('took too long')), CLOSE_LIMIT_MS).unref()
  })
  return Promise.race([work, limit])
}
