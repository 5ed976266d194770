// Chromium, driven over its DevTools pipe; Playwright gets a port of its own to the same browser.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findBrowser } from '../../scripts/prepare/install-browser.mjs'
import { Cdp } from './cdp.mjs'
import { watchDownloads } from './downloads.mjs'
import { contentsByTarget, debug, launch, unprivileged } from './state.mjs'

const PROFILE = 'electron-stand-in-profile-'
let connection
let profile
const sessionIds = new Map()
const waiters = new Map()

export const browser = () => connection

function executable() {
  const found = findBrowser()
  if (!found) throw new Error('electron stand-in: no Chromium here; set CHROMIUM_PATH')
  return found
}

function chromiumArguments() {
  const port = launch.switches.get('remote-debugging-port')
  return [
    '--headless',
    '--no-startup-window',
    ...(unprivileged && !launch.switches.has('no-sandbox') ? [] : ['--no-sandbox']),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-extensions',
    '--disable-default-apps',
    '--disable-back-forward-cache', // as Electron
    '--password-store=basic',
    '--disable-features=HttpsUpgrades,MediaRouter,OptimizationHints,Translate',
    '--force-color-profile=srgb',
    `--user-data-dir=${profile}`,
    ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
  ]
}

/** Of processes that were killed and could not tidy up. */
function removeForgottenProfiles() {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = name.startsWith(PROFILE) ? Number.parseInt(name.slice(PROFILE.length), 10) : NaN
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true })
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

export async function startBrowser(onExit) {
  removeForgottenProfiles()
  profile = mkdtempSync(path.join(os.tmpdir(), `${PROFILE}${process.pid}-`))
  connection = Cdp.launch(executable(), chromiumArguments(), (line) => {
    if (debug || line.startsWith('DevTools listening')) process.stderr.write(line + '\n') // Playwright waits for this line
  })
  connection.once('exit', onExit)
  connection.on('Target.attachedToTarget', (event) => void attached(event))
  connection.on('Target.detachedFromTarget', ({ targetId, sessionId }) => {
    const target = targetId ?? [...sessionIds].find(([, id]) => id === sessionId)?.[0]
    contentsByTarget.get(target)?._gone()
  })
  const version = await connection.send('Browser.getVersion')
  process.versions.chrome = version.product.split('/')[1]
  await connection.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  })
  await watchDownloads(connection, path.join(profile, 'stand-in-downloads'))
}

async function attached({ sessionId, targetInfo, waitingForDebugger }) {
  const { targetId } = targetInfo
  if (contentsByTarget.has(targetId) && sessionIds.has(targetId)) return
  const opener = contentsByTarget.get(targetInfo.openerId)
  if (!opener) {
    sessionIds.set(targetId, sessionId)
    waiters.get(targetId)?.(sessionId)
    return
  }
  opener._popup(targetInfo.url) // Electron asks the window-open handler before a window exists; here the empty page is closed again
  if (waitingForDebugger)
    await connection
      .session(sessionId)
      .send('Runtime.runIfWaitingForDebugger')
      .catch(() => {})
  await connection.send('Target.closeTarget', { targetId }).catch(() => {})
}

/** The DevTools session of a page that was just asked for. */
export function sessionOf(targetId) {
  const known = sessionIds.get(targetId)
  const id = known ? Promise.resolve(known) : new Promise((resolve) => waiters.set(targetId, resolve))
  return id.then((sessionId) => connection.session(sessionId))
}

/** Ends Chromium, then removes its profile (which it holds until it has ended), then calls `done`. */
export function stopBrowser(done) {
  const finish = () => {
    if (profile) rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    profile = undefined
    done()
  }
  if (!connection || connection.closed) return finish()
  connection.removeAllListeners('exit')
  connection.once('exit', finish)
  connection.send('Browser.close').catch(() => {})
  setTimeout(() => connection.kill(), 3000).unref()
}
