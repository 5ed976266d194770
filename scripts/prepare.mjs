import { holdLock } from './prepare/hold-lock.mjs'
import { inProject } from './prepare/project.mjs'
import { buildApplication } from './prepare/build-application.mjs'
import { installBrowser } from './prepare/install-browser.mjs'
import { installPackages } from './prepare/install-packages.mjs'

const oldestNode = [20, 19]

function assertNodeIsNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map((part) => Number.parseInt(part, 10))
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Error(`Counterbay needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}`)
}

/**
 * Makes a checkout ready: packages always, the built application and the browser of the tests on request. What is ready already is
 * left alone, so a second call costs some milliseconds. Killed at any moment, the next call repairs what was left.
 * @param {{ build?: boolean, browser?: boolean }} [needs]
 * @returns {Promise<{ browser: string | null }>} the browser's path, where one was asked for and found
 */
export async function prepare({ build = false, browser = false } = {}) {
  assertNodeIsNewEnough()
  return holdLock(inProject('.counterbay', 'prepare.lock'), async () => {
    await installPackages()
    if (build) await buildApplication()
    return { browser: browser ? await installBrowser() : null }
  })
}
