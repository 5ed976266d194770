import type { PowerMonitor } from 'electron'
import type { Program } from '../ipc/context'
import type { Station } from '../ipc/station'

/** Linux tells nobody that its screen was locked: it has to be asked. */
const ASK_EVERY_MS = 2_000
/** getSystemIdleState wants to know after how many seconds of rest it shall say "idle", which nobody asks here. */
const ANY_THRESHOLD_S = 60
/** So long the page has to store what is half typed and to lock itself; then its station is locked whatever the page does. */
export const PAGE_LOCKS_WITHIN_MS = 1_000

export type SystemLockMonitor = Pick<PowerMonitor, 'on' | 'getSystemIdleState'>

/**
 * Whoever locks the computer, closes its lid or changes to another user has left the counter: `onLock` is called once each time.
 * What each system tells stands in Electron's documentation of powerMonitor.
 */
export function watchSystemLock(monitor: SystemLockMonitor, platform: NodeJS.Platform, onLock: () => void): void {
  monitor.on('suspend', onLock)
  if (platform === 'win32' || platform === 'darwin') monitor.on('lock-screen', onLock)
  if (platform === 'darwin') monitor.on('user-did-resign-active', onLock)
  if (platform !== 'linux') return
  let wasLocked = false
  setInterval(() => {
    const isLocked = monitor.getSystemIdleState(ANY_THRESHOLD_S) === 'locked'
    if (isLocked && !wasLocked) onLock()
    wasLocked = isLocked
  }, ASK_EVERY_MS).unref()
}

/**
 * Locks every station where somebody is signed in. The page is asked first, because only it knows what is half typed; a station it has
 * locked is not locked again, or somebody who is quick with the PIN would meet the lock twice.
 */
export function lockStations({ stations, changes, log }: Pick<Program, 'stations' | 'changes' | 'log'>, askPage: () => void): void {
  const open = new Set([...stations].filter(isOpen))
  if (open.size === 0) return
  log.info({}, 'locked with the system')
  const stopListening = changes.subscribe(({ area }) => {
    if (area !== 'session') return
    for (const station of open) if (!isOpen(station)) open.delete(station)
  })
  askPage()
  setTimeout(() => {
    stopListening()
    for (const station of open) {
      station.locked = true
      station.changed()
    }
  }, PAGE_LOCKS_WITHIN_MS)
}

function isOpen(station: Station): boolean {
  return station.user !== null && !station.locked
}
