import { EventEmitter, on } from 'node:events'
import type { Change } from '../../src-preload/contract/api'

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
    try {
      for await (const [change] of on(this.emitter, 'change', signal ? { signal } : {})) yield change as Change
    } catch (error) {
      if (!signal?.aborted) throw error
    }
  }
}
