import { useEffect } from 'react'
import type { QueryClient } from '@tanstack/react-query'
import type { Change } from '../../src-preload/contract/api'
import { client } from './client'
import { whenConnected } from './connection'
import { queryClient } from './query-client'

/**
 * What else shows something of a changed area: first parts of query keys. Query keys are `[area, call, input]`; a query about one record has
 * its id as a string in third place.
 */
const shownIn: Readonly<Record<Exclude<Change['area'], '*'>, readonly string[]>> = {
  customers: ['customers', 'vehicles', 'orders', 'invoices', 'search'],
  vehicles: ['vehicles', 'customers', 'orders', 'search'],
  orders: ['orders', 'customers', 'vehicles', 'invoices', 'reports', 'search'],
  users: ['users', 'orders', 'session'],
  shop: ['shop', 'orders', 'session'],
  printing: ['printing'],
  session: ['session', 'presence'],
  presence: ['presence'],
}

/** Is this query out of date after the change? In its own area a query about another record is not. */
export function isTouched(queryKey: readonly unknown[], change: Change): boolean {
  if (change.area === '*') return true
  const [area, , about] = queryKey
  if (area === change.area && typeof about === 'string' && about !== change.id) return false
  return typeof area === 'string' && shownIn[change.area].includes(area)
}

const GATHER_MS = 40

/** Gathers a burst of changes, so that one commit of many rows is one look. */
function applyGathered(cache: QueryClient): (change: Change) => void {
  let gathered: Change[] = []
  return (change) => {
    gathered.push(change)
    if (gathered.length > 1) return
    setTimeout(() => {
      const changes = gathered
      gathered = []
      void cache.invalidateQueries({ predicate: (query) => changes.some((one) => isTouched(query.queryKey, one)) })
    }, GATHER_MS)
  }
}

async function listen(signal: AbortSignal): Promise<void> {
  const apply = applyGathered(queryClient)
  while (!signal.aborted) {
    try {
      await whenConnected()
      for await (const change of await client.live.changes(undefined, { signal })) apply(change)
    } catch {
      // the connection broke, or the session ended: wait a moment and listen again; the first event then is '*'
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** Listens for as long as somebody is signed in, also while the screen is locked. */
export function useLiveChanges(enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return
    const stop = new AbortController()
    void listen(stop.signal)
    return () => {
      stop.abort()
    }
  }, [enabled])
}
