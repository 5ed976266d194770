import { join } from 'node:path'
import { ConfigError, readConfig, type Config } from '../base/config'
import { createLog } from '../base/log'
import { startApplication } from '../ipc/application'
import { readBuiltFiles } from './built-files'
import { claimOrFind, inUse, type Running } from './claim-or-find'
import { launchKeyOf } from './launch-key'
import { startWebHost } from './web-host'
import { version } from '../../package.json'

/**
 * The web host as a command: `web.js [--demo] [--port N] [--data DIR]`. Prints one line with the link when it is ready.
 * SIGTERM and SIGINT end it cleanly, its database last.
 */
async function run(words: readonly string[]): Promise<number> {
  const config = readConfig()
  const found = await claimOrFind(config.dataFolder)
  if ('running' in found) return showRunning(config.dataFolder, found.running)
  const { lock } = found
  try {
    await serve(config, words, (origin) => {
      lock.announce(origin)
    })
    return 0
  } finally {
    lock.release()
  }
}

function showRunning(dataFolder: string, running: Running): number {
  if (running.link === null) {
    console.error(inUse(dataFolder, running))
    return 75
  }
  console.log(`Counterbay is ready at ${running.link}`)
  return 0
}

async function serve(config: Config, words: readonly string[], announce: (origin: string) => void): Promise<void> {
  const log = createLog(config.dataFolder, config.logLevel)
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        resolve()
      })
  })
  const files = await readBuiltFiles(join(import.meta.dirname, '../renderer'))
  const application = await startApplication({ config, log, demo: words.includes('--demo'), version })
  try {
    const launchKey = await launchKeyOf(config.dataFolder)
    const host = await startWebHost({ application, files, port: portOf(words), launchKey })
    announce(host.origin)
    console.log(`Counterbay is ready at ${host.newLink()}`)
    await ended
    await host.close()
  } finally {
    await application.close()
  }
}

function portOf(words: readonly string[]): number {
  const text = words.find((word) => word.startsWith('--port='))?.slice('--port='.length) ?? words[words.indexOf('--port') + 1]
  if (!words.some((word) => word === '--port' || word.startsWith('--port='))) return 0
  if (text === undefined || !/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new ConfigError('--port needs a number between 0 and 65535')
  return Number(text)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof ConfigError ? 2 : 1
}
