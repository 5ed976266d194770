import type { Page } from 'playwright-core'
import { pressToPicture } from './at-screen'
import { type Times, timesOf } from './times'

const WARM_UP = 10
const BETWEEN_KEYS_MS = 15

/** From the last key press of a text to the picture that shows its rows, in the one search box. */
export function measureSearch(page: Page, texts: readonly string[]): Promise<Times> {
  return timesOf(texts, WARM_UP, async (text) => {
    // As a clerk does: F3 marks what stood in the box, typing replaces it.
    await page.keyboard.press('F3')
    return pressToPicture(page, 'found', text, () => page.keyboard.type(text, { delay: BETWEEN_KEYS_MS }))
  })
}
