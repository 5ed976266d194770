import type { Page } from 'playwright-core'

/** What a page did about scans, in its order. */
export interface ScanLog {
  /** every address it went to */
  readonly visited: readonly string[]
  /** each sentence said in passing, once */
  readonly said: readonly string[]
  /** the end of each VIN that stood on the check-in, once */
  readonly vins: readonly string[]
}

type Logging = Window & { scanLog: { visited: string[]; said: Set<string>; vins: Set<string> } }

/** From the page's next document on; before that nothing is written down. */
export async function logScans(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const logging = window as unknown as Logging
    logging.scanLog = { visited: [], said: new Set(), vins: new Set() }
    // The router writes addresses itself, which fires no event.
    const push = history.pushState.bind(history)
    history.pushState = (...given) => {
      push(...given)
      logging.scanLog.visited.push(location.hash.slice(1))
    }
    new MutationObserver(() => {
      const { said, vins } = logging.scanLog
      for (const { textContent } of document.querySelectorAll('[role=dialog][aria-modal=false]')) said.add(textContent ?? '')
      if (!location.hash.startsWith('#/orders/new')) return
      for (const [, vin] of (document.querySelector('main')?.textContent ?? '').matchAll(/VIN …(\w{6})/g)) if (vin) vins.add(vin)
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
  await page.reload()
}

export function forgetScans(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.assign((window as unknown as Logging).scanLog, { visited: [], said: new Set(), vins: new Set() })
  })
}

export function scanLog(page: Page): Promise<ScanLog> {
  return page.evaluate(() => {
    const { visited, said, vins } = (window as unknown as Logging).scanLog
    return { visited, said: [...said], vins: [...vins] }
  })
}

/** Waits until each of these was said; what was not for a long while, the log shows. */
export async function isSaid(page: Page, sentences: readonly string[]): Promise<boolean> {
  const wait = page.waitForFunction((all) => {
    const said = [...(window as unknown as Logging).scanLog.said].join(' ')
    return all.every((sentence) => said.includes(sentence))
  }, sentences)
  return wait.then(
    () => true,
    () => false,
  )
}

/** What stands in all the fields there are, and what has the focus with what selection. */
export function fieldsNow(page: Page): Promise<unknown[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLInputElement>('input, textarea, select')]
    return all.map((field) => {
      const hasFocus = field === document.activeElement
      return [field.value, field.checked, hasFocus, hasFocus && field.selectionStart]
    })
  })
}

/** The focus goes into the first text field of the dialog on top, or of the screen, its last letter selected. @returns whether there is one */
export function focusText(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const over = [...document.querySelectorAll('[role=dialog]:not([aria-modal=false]), [role=alertdialog]')].at(-1)
    const kinds = ['text', 'search', 'tel', 'email', 'textarea']
    const fields = (over ?? document.querySelector('main'))?.querySelectorAll<HTMLInputElement>('input, textarea') ?? []
    const field = [...fields].find((one) => kinds.includes(one.type) && !one.disabled && !one.readOnly && one.checkVisibility())
    field?.focus()
    field?.setSelectionRange(Math.max(0, field.value.length - 1), field.value.length)
    return field !== undefined
  })
}
