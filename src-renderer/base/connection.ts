import { useSyncExternalStore } from 'react'

/**
 * connecting  the first connection is being made
 * open        calls go through
 * lost        it was open once; being made again
 * refused     the web host does not know this browser (no launch link was opened in it)
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused'

let state: ConnectionState = 'connecting'
const listeners = new Set<() => void>()

export function connectionState(): ConnectionState {
  return state
}

export function setConnectionState(next: ConnectionState): void {
  if (next === state) return
  state = next
  for (const listener of listeners) listener()
}

export function onConnectionState(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(onConnectionState, connectionState)
}

/** Resolves as soon as calls go through. */
export function whenConnected(): Promise<void> {
  if (state === 'open') return Promise.resolve()
  return new Promise((resolve) => {
    const off = onConnectionState(() => {
      if (state !== 'open') return
      off()
      resolve()
    })
  })
}
