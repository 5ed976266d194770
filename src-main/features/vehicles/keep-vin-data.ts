import type { Log } from '../../base/log'
import type { ConnectionSettings } from '../../database/connection-settings'
import { loadVinData } from './load-vin-data'

/** The first screen has database and processor for itself. */
const WAIT_MS = 1500

/**
 * Loads the VIN catalogue behind a program that runs already; answers with what ends that. Without it cars are typed by hand: a failure is
 * logged and tried again at the next start.
 */
export function keepVinData(owner: ConnectionSettings, log: Log): () => Promise<void> {
  const ending = new AbortController()
  let loading = Promise.resolve()
  const timer = setTimeout(() => {
    const started = performance.now()
    loading = loadVinData(owner, { signal: ending.signal }).then(
      (edition) => {
        if (edition) log.info({ edition, ms: Math.round(performance.now() - started) }, 'VIN catalogue loaded')
      },
      (error: unknown) => {
        if (!ending.signal.aborted) log.warn({ error }, 'VIN catalogue not loaded')
      },
    )
  }, WAIT_MS)
  return async () => {
    clearTimeout(timer)
    ending.abort()
    await loading
  }
}
