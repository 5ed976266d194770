import type { Page } from 'playwright-core'

const KEY_GAP_MS = 8
const SCAN_GAP_MS = 200

export interface Scanner {
  /** The codes one after the other, as a scanner on the keyboard's cable sends them: 8 ms a key, Enter, five codes a second. */
  scan(...codes: string[]): Promise<void>
}

/**
 * Real key events through the browser's own input. Each carries the time a scanner would have sent it, so that a machine under load does not
 * make a slow typist of it; none waits for the one before to be handled.
 */
export async function openScanner(page: Page): Promise<Scanner> {
  const session = await page.context().newCDPSession(page)
  const press = (key: string, atMs: number): Promise<unknown>[] => {
    const text = key === 'Enter' ? '\r' : key
    const windowsVirtualKeyCode = key === 'Enter' ? 13 : key.charCodeAt(0)
    const modifiers = /^[A-Z]$/.test(key) ? 8 : 0
    const event = { key, windowsVirtualKeyCode, modifiers, timestamp: atMs / 1000 }
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, unmodifiedText: text, ...event }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
    ]
  }
  let clockMs = 0
  return {
    async scan(...codes) {
      clockMs = Math.max(clockMs, Date.now()) // never before now: the browser takes no event from the past
      const sent = codes.flatMap((code, at) =>
        [...code, 'Enter'].flatMap((key, place) => press(key, clockMs + at * SCAN_GAP_MS + place * KEY_GAP_MS)),
      )
      clockMs += codes.length * SCAN_GAP_MS
      await Promise.all(sent)
    },
  }
}
