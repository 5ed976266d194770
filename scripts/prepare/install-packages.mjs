import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project.mjs'
import { runStep } from './run-step.mjs'

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Why node_modules is not what package-lock.json says, or null when it is. npm writes node_modules/.package-lock.json as the last
 * act of an installation and `npm ci` begins by emptying the folder, so an installation that was killed has no such file.
 * @param {string} folder the checkout
 * @returns {string | null}
 */
export function installationFault(folder) {
  const wanted = readJson(join(folder, 'package-lock.json'))
  if (wanted === null) return 'package-lock.json cannot be read'
  const present = readJson(join(folder, 'node_modules', '.package-lock.json'))
  if (present === null) return 'nothing or only a part is installed'
  const names = Object.keys(wanted.packages).filter((name) => name !== '')
  for (const name of names) {
    const fault = packageFault(folder, name, wanted.packages[name], present.packages?.[name])
    if (fault !== null) return fault
  }
  const surplus = Object.keys(present.packages ?? {}).find((name) => !(name in wanted.packages))
  return surplus === undefined ? null : `${surplus} is no longer wanted`
}

function packageFault(folder, name, wanted, present) {
  if (present === undefined) return isLeftOutHere(wanted) ? null : `${name} is missing`
  if (present.version !== wanted.version || present.integrity !== wanted.integrity) return `${name} has another version`
  return existsSync(join(folder, name, 'package.json')) ? null : `${name} is missing`
}

/** npm leaves out optional packages for another operating system, processor or C library, and what only those need. */
function isLeftOutHere(entry) {
  if (entry.optional !== true && entry.devOptional !== true && entry.peer !== true) return false
  const isForThisMachine = entry.os?.includes(process.platform) === true && entry.cpu?.includes(process.arch) === true
  return !isForThisMachine || entry.libc !== undefined
}

/** Installs exactly what package-lock.json says, unless it is there already. */
export async function installPackages() {
  const fault = installationFault(root)
  if (fault === null) return
  const parameters = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  // Started by npm, its own program is the one to use; started by hand, the one on the path.
  if (npm?.endsWith('.js')) await runStep(`Installing packages (${fault})`, process.execPath, [npm, ...parameters])
  else await runStep(`Installing packages (${fault})`, 'npm', parameters, { shell: process.platform === 'win32' })
  const stillWrong = installationFault(root)
  if (stillWrong !== null) throw new Error(`Packages were installed, but ${stillWrong}`)
}
