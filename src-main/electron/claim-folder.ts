import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { readConfig, surroundings, type Config } from '../base/config'
import { acquireFolderLock } from '../database/server-lock'
import { refusedSwitch } from './refused-switches'

export interface Claim {
  readonly config: Config
  /** Chromium's own folder, inside the data folder: with it goes Electron's lock */
  readonly profile: string
}

/**
 * Before anything else: what is this start about, and is it the only one on its data folder? Two programs on two folders may run.
 * @returns null when another window has it and was told to show itself: this process ends
 * @throws with a sentence for the user
 */
export function claimFolder(): Claim | null {
  const refused = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
  if (refused !== null) throw new Error(`Counterbay does not start with --${refused}.`)
  const config = readConfig({ ...surroundings(), argv: process.argv.slice(1) })
  const profile = join(config.dataFolder, 'window')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  if (!app.requestSingleInstanceLock()) return null

  const attempt = acquireFolderLock(config.dataFolder) // the web host has no window to show, but may have this folder
  if ('heldBy' in attempt) throw new Error(inUse(config.dataFolder, attempt.heldBy))
  app.on('quit', () => attempt.lock.release())
  return { config, profile }
}

function inUse(folder: string, { pid, url }: { pid: number; url: string | null }): string {
  const where = url === null ? 'It is still starting.' : `It is open in a browser, at ${url}.`
  return `Counterbay already runs on ${folder} (process ${pid}). ${where}`
}
