import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { say } from './project.mjs'
import { runStep } from './run-step.mjs'

/** Has no window's frame to draw: a walk through the screens takes a third less time than in the whole browser. */
const headlessShells = ['chromium-headless-shell', 'chrome-headless-shell']
const names = [...headlessShells, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const elsewhere = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [
    join(process.env.PROGRAMFILES ?? '', 'Google/Chrome/Application/chrome.exe'),
    join(process.env['PROGRAMFILES(X86)'] ?? '', 'Microsoft/Edge/Application/msedge.exe'),
  ],
}

const isProgram = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * @param {readonly string[]} programs
 * @returns {string | null} the first of them on the path
 */
function onPath(programs) {
  const ending = process.platform === 'win32' ? '.exe' : ''
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return programs.flatMap((name) => folders.map((folder) => join(folder, name + ending))).find(isProgram) ?? null
}

/** @returns {string | null} a Chromium for the tests: CHROMIUM_PATH, the path, the usual places */
export function findBrowser() {
  const given = process.env.CHROMIUM_PATH
  if (given && isProgram(given)) return given
  return onPath(names) ?? (elsewhere[process.platform] ?? []).find(isProgram) ?? null
}

const missingTools = () => {
  const missing = []
  if (findBrowser() === null) missing.push('chromium-headless-shell')
  if (onPath(['pdftoppm']) === null) missing.push('poppler-utils')
  return missing
}

/** Continuous integration gets the fast browser beside the one it may have; nobody else gets a second one. */
const wantedTools = () => {
  const missing = missingTools()
  const isSlow = process.env.CI && !process.env.CHROMIUM_PATH && onPath(headlessShells) === null
  return isSlow ? [...new Set(['chromium-headless-shell', ...missing])] : missing
}

async function installFromDebian(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const lock = ['-o', 'DPkg::Lock::Timeout=300']
  // One source that does not answer makes this fail, while the packages may well come from another.
  await runStep('Fetching the list of Debian packages', 'apt-get', [...lock, 'update', '-q'], { env, timeoutSeconds: 300 }).catch((error) =>
    say(error.message),
  )
  const parameters = [...lock, 'install', '-y', '-q', '--no-install-recommends', ...packages]
  await runStep(`Installing ${packages.join(' and ')}`, 'apt-get', parameters, { env, timeoutSeconds: 900 })
}

/**
 * The browser and the PDF tools of the tests. Where this program may install them it does, else it says what to install.
 * Tests that need them fail without them: nothing is passed over in silence.
 * @returns {Promise<string | null>} the browser's path
 */
export async function installBrowser() {
  const wanted = wantedTools()
  if (wanted.length === 0) return findBrowser()
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && onPath(['apt-get']) !== null
  if (mayInstall) {
    await installFromDebian(wanted).catch((error) => say(error.message))
    // Not every release has the shell alone.
    const still = missingTools().map((name) => (headlessShells.includes(name) ? 'chromium' : name))
    if (still.length > 0) await installFromDebian(still).catch((error) => say(error.message))
  }
  const left = missingTools()
  if (left.length > 0)
    say(`Missing for the tests: ${left.join(', ')}. On Debian: sudo apt-get install ${left.join(' ')}; or set CHROMIUM_PATH.`)
  return findBrowser()
}
