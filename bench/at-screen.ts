import type { Browser, Page } from 'playwright-core'
import { advisor } from './advisor'
import { type Host, secondLink } from './web-host'

/** What a key press is followed by: 'found' = rows for this text in the search box; 'total' = another total of the order than this one. */
export type Sign = 'found' | 'total'

/** What the page keeps of its last key press and of what shall be seen after it. */
interface Watch {
  sign: Sign | ''
  text: string
  keyAt: number
  painted: (ms: number) => void
}

const LIMIT_MS = 10_000

/** The service advisor of the demo shop, in a real browser at the web host. */
export async function atScreen<T>(browser: Browser, host: Host, measure: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(LIMIT_MS)
  try {
    await page.goto(await secondLink(host))
    await page.getByLabel('E-mail').fill(advisor.email)
    await page.getByLabel('Password').fill(advisor.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await page.evaluate(watchPage)
    return await measure(page)
  } finally {
    await page.close()
  }
}

/** Milliseconds from the last key that `press` presses to the picture that shows the sign. */
export async function pressToPicture(page: Page, sign: Sign, text: string, press: () => Promise<void>): Promise<number> {
  const painted = page.evaluate(
    (expected) => {
      const { watch } = window as unknown as { watch: Watch }
      return new Promise<number>((resolve) => {
        Object.assign(watch, expected, { painted: resolve })
      })
    },
    { sign, text },
  )
  await press()
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error(`the sign "${sign}" did not come in ${LIMIT_MS} ms`))
    }, LIMIT_MS).unref()
  })
  return Promise.race([painted, late])
}

/**
 * Runs in the page, whose policy lets no text become a function: so all signs are here. The list of the search box with its note 'N found'
 * is taken out of the page and put back with each text, so the whole page is watched, not the note. The frame after the sign is the picture.
 */
function watchPage(): void {
  const watch: Watch = { sign: '', text: '', keyAt: 0, painted: () => undefined }
  Object.assign(window, { watch })
  const box = document.querySelector<HTMLInputElement>('[role=search] input')
  if (!box) throw new Error('there is no search box')
  const isThere: Record<Sign, (text: string) => boolean> = {
    found: (text) => box.value === text && /^\d+ found$/.test(document.querySelector('[role=search] [role=status]')?.textContent ?? ''),
    total(before) {
      const name = [...document.querySelectorAll('dt')].find((each) => each.textContent === 'Total')
      const total = name?.nextElementSibling?.textContent ?? before
      return total !== before
    },
  }
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      watch.keyAt = timeStamp
    },
    { capture: true },
  )
  new MutationObserver(() => {
    if (watch.sign === '' || !isThere[watch.sign](watch.text)) return
    watch.sign = ''
    const { keyAt, painted } = watch
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => painted(performance.now() - keyAt))
      port1.start()
      port2.postMessage(null) // comes after the frame's painting
    })
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}
