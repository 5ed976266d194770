import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const KEY_GAP_MS = 8
const SCAN_GAP_MS = 200
/** The browser takes no event from the past: each says that it happens a little later than it does. */
const AHEAD_MS = 300
/** Longer than the gap that the program takes for a scanner's. */
const PAUSE_MS = 60

export interface Scanner {
  /**
   * The codes one after the other, as a scanner on the keyboard's cable sends them: a key every 8 ms, Enter, a code every 200 ms. Over when no key
   * from now on can be taken for one of the scanner's: before, the next would seem to come right behind its Enter.
   */
  scan(...codes: string[]): Promise<void>
}

/**
 * Real key events through the browser's own input, those of a code sent when its time has come. Each carries the time a scanner would have sent
 * it, so that a machine under load does not make a slow typist of it; none waits for the one before to be handled.
 */
export async function openScanner(page: Page): Promise<Scanner> {
  const session = await page.context().newCDPSession(page)
  const press = (key: string, atMs: number): Promise<unknown>[] => {
    const text = key === 'Enter' ? '\r' : key
    // Of signs it is left out: their characters are the numbers of End, Home and the arrows.
    const windowsVirtualKeyCode = key === 'Enter' ? 13 : /^[\da-z ]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0
    const modifiers = /^[A-Z]$/.test(key) ? 8 : 0
    const event = { key, windowsVirtualKeyCode, modifiers, timestamp: (atMs + AHEAD_MS) / 1000 }
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, unmodifiedText: text, ...event }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
    ]
  }
  let freeMs = 0
  let lastMs = 0
  return {
    async scan(...codes) {
      const beganMs = Math.max(freeMs, Date.now())
      freeMs = beganMs + codes.length * SCAN_GAP_MS
      const sent: Promise<unknown>[] = []
      for (const [at, code] of codes.entries()) {
        const startMs = beganMs + at * SCAN_GAP_MS
        await sleep(Math.max(0, startMs - Date.now()))
        for (const [place, key] of [...code, 'Enter'].entries()) sent.push(...press(key, startMs + place * KEY_GAP_MS))
        lastMs = startMs + code.length * KEY_GAP_MS + AHEAD_MS
      }
      await Promise.all(sent)
      await sleep(lastMs + PAUSE_MS - Date.now())
    },
  }
}
