import type { Browser, Page } from 'playwright-core'
import { demoPeople } from '../src-main/features/demo/demo-people'
import { idleShare } from './count-work'
import { percentile } from './measure-blocks'
import { type Host, secondLink } from './web-host'

export interface ScreenSearch {
  readonly p50: number
  readonly p95: number
  readonly samples: number
  readonly idleBefore: number
}

const WARM_UP = 10
const BETWEEN_KEYS_MS = 15
const LIMIT_MS = 10_000

/** What the page keeps of the text that is being typed. */
interface Watch {
  wanted: string
  keyAt: number
  painted: (ms: number) => void
}

/** From the last key press of a text to the picture that shows its rows, in the one search box, in a real browser at the web host. */
export async function measureScreenSearch(browser: Browser, host: Host, texts: readonly string[]): Promise<ScreenSearch> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.setDefaultTimeout(LIMIT_MS)
  try {
    await page.goto(await secondLink(host))
    const person = demoPeople.find(({ role }) => role === 'service_advisor')
    await page.getByLabel('E-mail').fill(person?.email ?? '')
    await page.getByLabel('Password').fill(person?.password ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await page.evaluate(watchBox)
    const ms: number[] = []
    let idleBefore = 1
    for (const [at, text] of texts.entries()) {
      if (at === WARM_UP) idleBefore = await idleShare()
      const took = await typeAndWait(page, text)
      if (at >= WARM_UP) ms.push(took)
    }
    idleBefore = Math.min(idleBefore, await idleShare())
    return { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), samples: ms.length, idleBefore }
  } finally {
    await page.close()
  }
}

/** As a clerk does: F3 marks what stood in the box, typing replaces it. */
async function typeAndWait(page: Page, text: string): Promise<number> {
  await page.keyboard.press('F3')
  const painted = page.evaluate((wanted) => {
    const { watch } = window as unknown as { watch: Watch }
    return new Promise<number>((resolve) => {
      watch.wanted = wanted
      watch.painted = resolve
    })
  }, text)
  await page.keyboard.type(text, { delay: BETWEEN_KEYS_MS })
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => {
      reject(new Error(`the search for a text of ${text.length} characters showed nothing in ${LIMIT_MS} ms`))
    }, LIMIT_MS).unref()
  })
  return Promise.race([painted, late])
}

/**
 * Runs in the page. The list with its note 'N found' is taken out of the page and put back with each text, so the whole page is watched,
 * not the note. The note says so only for what stands in the box; the frame after it is the picture.
 */
function watchBox(): void {
  const watch: Watch = { wanted: '', keyAt: 0, painted: () => undefined }
  Object.assign(window, { watch })
  const box = document.querySelector<HTMLInputElement>('[role=search] input')
  if (!box) throw new Error('there is no search box')
  box.addEventListener(
    'keydown',
    ({ timeStamp }) => {
      watch.keyAt = timeStamp
    },
    { capture: true },
  )
  new MutationObserver(() => {
    const note = document.querySelector('[role=search] [role=status]')?.textContent ?? ''
    if (watch.wanted === '' || box.value !== watch.wanted || !/^\d+ found$/.test(note)) return
    watch.wanted = ''
    const { keyAt, painted } = watch
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => painted(performance.now() - keyAt))
      port1.start()
      port2.postMessage(null) // comes after the frame's painting
    })
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}
