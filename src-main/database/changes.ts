import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { ConnectionSettings } from './connection-settings'

/** Something changed in an area; `*` for both means: anything may have, read again what is on the screen. */
export interface Change {
  readonly area: string
  readonly id: string
}

const CHANNEL = 'counterbay'
const FIRST_PAUSE_MS = 100
const MAX_PAUSE_MS = 5000

/**
 * Hears the changes of one shop that any counter commits. PostgreSQL keeps nothing for a listener that is away, so each reconnection is
 * reported as a change of everything.
 */
export function listenForChanges(app: ConnectionSettings, shopId: string, onChange: (change: Change) => void): { close(): Promise<void> } {
  const closing = new AbortController()
  const closed = keepListening(app, shopId, onChange, closing.signal)
  return {
    close: () => {
      closing.abort()
      return closed
    },
  }
}

async function keepListening(
  app: ConnectionSettings,
  shopId: string,
  onChange: (change: Change) => void,
  closing: AbortSignal,
): Promise<void> {
  let pause = FIRST_PAUSE_MS
  for (let connections = 0; !closing.aborted;) {
    const client = new Client({ ...app, application_name: 'counterbay changes', keepAlive: true, connectionTimeoutMillis: 5000 })
    const ended = endOf(client)
    client.on('notification', ({ payload }) => {
      const change = read(payload, shopId)
      if (change && !closing.aborted) onChange(change)
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      if (connections > 0 && !closing.aborted) onChange({ area: '*', id: '*' })
      connections += 1
      pause = FIRST_PAUSE_MS
      await Promise.race([ended, aborted(closing)])
    } catch {
      // The server is away; the pools say so in the log.
    }
    await client.end().catch(() => undefined)
    if (closing.aborted) return
    await sleep(pause, undefined, { signal: closing, ref: false }).catch(() => undefined)
    pause = Math.min(pause * 2, MAX_PAUSE_MS)
  }
}

/** `<shop>:<area>:<id>`, null for another shop's. */
function read(payload: string | undefined, shopId: string): Change | null {
  const [shop, area, id] = (payload ?? '').split(':')
  return shop === shopId && area && id ? { area, id } : null
}

function endOf(client: Client): Promise<void> {
  return new Promise((resolve) => {
    client.once('end', () => resolve())
    client.on('error', () => resolve())
  })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
