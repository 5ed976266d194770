import { useEffect } from 'react'
import { lock, sayStillHere } from './session-api'

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
const LOOK_EVERY_MS = 5_000
/** Well below the shortest time a shop may choose, one minute. */
const SAY_EVERY_MS = 20_000

/** Locks the screen when nobody touched it for `idleMinutes`; while somebody does, tells the program so now and then. */
export function useAutoLock(idleMinutes: number): void {
  useEffect(() => {
    let lastSign = performance.now()
    let lastSaid = lastSign
    const onSign = (): void => {
      lastSign = performance.now()
    }
    const look = (): void => {
      const now = performance.now()
      if (now - lastSign > idleMinutes * 60_000) {
        leaveField()
        lock().catch(() => undefined) // the gate locks by itself; the session query finds out
      } else if (lastSign > lastSaid && now - lastSaid > SAY_EVERY_MS) {
        lastSaid = now
        sayStillHere().catch(() => undefined)
      }
    }
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { passive: true })
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, onSign)
      clearInterval(timer)
    }
  }, [idleMinutes])
}

/** Leaving the field stores what was typed, before the screen goes away. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
