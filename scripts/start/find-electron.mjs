import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../prepare/project.mjs'
import { runStep } from '../prepare/run-step.mjs'

const fetchLimitSeconds = 60

/** @returns {boolean} whether a window could be seen here */
export function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** @returns {string | null} the program, as the electron package itself finds it; the package is not loaded, because that starts a download */
export function electronBinary() {
  const folder = inProject('node_modules', 'electron')
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8').trim()
    const file = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name)
    return existsSync(file) ? file : null
  } catch {
    return null
  }
}

/**
 * @param {{ fetch: boolean }} options whether to fetch the binary when it is not there
 * @returns {Promise<{ binary: string } | { binary: null, reason: string }>} the program, or one sentence about why there is none
 */
export async function findElectron({ fetch }) {
  if (!hasDisplay()) return { binary: null, reason: 'this machine has no display' }
  if (process.platform === 'linux' && process.getuid?.() === 0) return { binary: null, reason: 'Electron does not run as root' }
  const present = electronBinary()
  if (present !== null) return { binary: present }
  if (!fetch) return { binary: null, reason: 'its binary is not installed' }
  try {
    const installer = inProject('node_modules', 'electron', 'install.js')
    await runStep('Fetching Electron', process.execPath, [installer], { timeoutSeconds: fetchLimitSeconds, quiet: true })
  } catch (error) {
    const cause = /\b(?:ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|fetch failed|HTTPError|ENOSPC|EACCES)\b[^\n]*/.exec(error.output ?? '')
    return { binary: null, reason: `its binary could not be fetched: ${cause === null ? error.message : cause[0]}` }
  }
  const fetched = electronBinary()
  return fetched === null ? { binary: null, reason: 'its binary was fetched but is not there' } : { binary: fetched }
}
