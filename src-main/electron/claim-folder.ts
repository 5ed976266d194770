import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { readConfig, surroundings, type Config } from '../base/config'
import { claimOrFind, inUse } from '../web/claim-or-find'
import { APP_ORIGIN } from './origin'
import { refusedSwitch } from './refused-switches'

export interface Claim {
  readonly config: Config
  /** Chromium's own folder, inside the data folder: with it goes Electron's lock */
  readonly profile: string
}

/** This start has the data folder; or a link into the web host that has it; or null: another window has it and was told to show itself. */
export type Claimed = Claim | { readonly link: string } | null

/**
 * Before anything else: what is this start about, and is it the only one on its data folder? Two programs on two folders may run.
 * @throws with a sentence for the user
 */
export async function claimFolder(): Promise<Claimed> {
  const refused = refusedSwitch(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
  if (refused !== null) throw new Error(`Counterbay does not start with --${refused}.`)
  const config = readConfig({ ...surroundings(), argv: process.argv.slice(1) })
  const profile = join(config.dataFolder, 'window')
  mkdirSync(profile, { recursive: true, mode: 0o700 })
  app.setPath('userData', profile)
  if (!app.requestSingleInstanceLock()) return null

  const found = await claimOrFind(config.dataFolder) // the web host takes no part in Electron's lock
  if ('running' in found) {
    const { link } = found.running
    if (link === null) throw new Error(inUse(config.dataFolder, found.running))
    return { link }
  }
  found.lock.announce(APP_ORIGIN)
  app.on('quit', () => found.lock.release())
  return { config, profile }
}
