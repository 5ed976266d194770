import { EventEmitter } from 'node:events'
import type { Change } from '../../src-preload/contract/api'

/** What one listener has not taken yet. A commit of many rows (a fleet's merge) is told as "everything" instead of row by row. */
const MOST_WAITING = 100
const EVERYTHING: Change = { area: '*', id: '*' }

/** Hands what changed in the database, or at a station, to everybody in this process who listens. */
export class ChangeHub {
  private readonly emitter = new EventEmitter<{ change: [Change] }>().setMaxListeners(0)

  publish(change: Change): void {
    this.emitter.emit('change', change)
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.emitter.on('change', listener)
    return () => {
      this.emitter.off('change', listener)
    }
  }

  /** Until `signal` aborts. */
  async *stream(signal: AbortSignal | undefined): AsyncGenerator<Change, void> {
    let waiting: Change[] = []
    let wake = (): void => undefined
    const end = this.subscribe((change) => {
      if (waiting.length < MOST_WAITING) waiting.push(change)
      else waiting = [EVERYTHING]
      wake()
    })
    const stop = (): void => wake()
    const isOver = (): boolean => signal?.aborted === true
    signal?.addEventListener('abort', stop)
    try {
      while (!isOver()) {
        const next = waiting.shift()
        if (next) yield next
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      end()
    }
  }
}
