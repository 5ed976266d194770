import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRecords, owner } from './screens/records'
import { launchBrowser, loaded, modal, openPage, signIn } from './support/browser'
import { axeViolations } from './support/check-screen'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
const at: Record<string, string> = {}

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  const { orders, changed, invoice, credited, creditNote, free } = await makeRecords(host)
  Object.assign(at, {
    Today: '/',
    'check-in': '/orders/new',
    'order, estimate': `/orders/${orders.estimate}`,
    'order, in progress': `/orders/${orders.in_progress}`,
    'order, with something that cannot be done': `/orders/${orders.draft}`,
    'estimate as a document': `/orders/${orders.estimate}/estimate`,
    'work order': `/orders/${orders.in_progress}/work-order`,
    'change order': `/orders/${changed}/changes`,
    invoice: `/invoices/${invoice}`,
    'invoice as a document': `/invoices/${invoice}/print`,
    'credit note': `/invoices/${credited}/credit/${creditNote}`,
    customers: '/customers',
    customer: `/customers/${free.customerId}`,
    vehicle: `/vehicles/${free.vehicleId}`,
    'settings, shop': '/settings?part=shop',
    'settings, pricing': '/settings?part=pricing',
    'settings, rules': '/settings?part=rules',
    'settings, bays': '/settings?part=bays',
    'settings, people': '/settings?part=people',
    'settings, printers': '/settings?part=printers',
    account: '/account',
  })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

/** Each walk has a browser context of its own: most of its time is waiting for keys that nobody wants, so several walk at once. */
async function signedInPage(): Promise<Page> {
  const { page } = await openPage(browser, host)
  // A screen is come to from Today, in the same document: Escape leads back to where one came from.
  await page.addInitScript(() => {
    const address = location.hash
    if (address === '') return
    history.replaceState(null, '', '#/')
    history.pushState(null, '', address)
  })
  await signIn(page, owner.email, owner.password)
  return page
}

async function visit(page: Page, address: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${host.origin}/#${address}`)
  await page.locator('main h1').first().waitFor()
  if (/^\/orders\/[\da-f-]{36}$/.test(address)) await page.getByRole('group', { name: 'Next steps' }).waitFor()
  await loaded(page)
  if (/\/(?:print|estimate|work-order|changes|credit\/.*)$/.test(address)) await page.locator('main canvas').first().waitFor()
}

/** In tinykeys' notation, as the help page tells them to a screen reader. */
async function listedKeys(page: Page): Promise<string[]> {
  await page.keyboard.press('F1')
  await modal(page).waitFor()
  const keys = await modal(page).locator('dd .sr-only:first-child').allTextContents()
  await page.keyboard.press('Escape')
  await modal(page).waitFor({ state: 'hidden' })
  return keys
}

const plain = [...'abcdefghijklmnopqrstuvwxyz0123456789+-/*?.,', 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Backspace']
const functionKeys = Array.from({ length: 12 }, (_, at0) => `F${at0 + 1}`)
const letters = [...'abcdefghijklmnopqrstuvwxyz']
const candidates = [
  ...plain,
  ...functionKeys,
  ...letters.map((letter) => `$mod+${letter}`),
  ...letters.map((letter) => `Alt+${letter}`),
  ...[...'123456789'].map((digit) => `Alt+${digit}`),
  '$mod+Enter',
  '$mod+Shift+p',
  'Escape',
  'ArrowDown',
  'ArrowUp',
  'ArrowLeft',
  'ArrowRight',
  'Enter',
]

/**
 * Presses a key where no field has the focus; true when the program did something with it. A key may be held back for a moment, until it is
 * sure that no scanner types: what nobody wants arrives at the window's end untouched.
 */
async function works(page: Page, keys: string): Promise<boolean> {
  const pressed = page.evaluate(async (text) => {
    const key = text === '+' ? '+' : (text.split('+').at(-1) ?? '')
    const [ctrlKey, altKey, shiftKey] = [text.startsWith('$mod'), text.startsWith('Alt'), text.includes('Shift+')]
    let arrived = (_isUnwanted: boolean): void => undefined
    const unwanted = new Promise<boolean>((resolve) => {
      arrived = resolve
    })
    const atTheEnd = (event: KeyboardEvent): void => {
      if (event.key === key) arrived(!event.defaultPrevented)
    }
    window.addEventListener('keydown', atTheEnd)
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, altKey, shiftKey, bubbles: true, cancelable: true }))
    const isUnwanted = await Promise.race([unwanted, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 400))])
    window.removeEventListener('keydown', atTheEnd)
    return !isUnwanted
  }, keys)
  // a key that leaves the page did something
  return pressed.catch((error: Error) => {
    if (error.message.includes('because of a navigation')) return true
    throw error
  })
}

/** Heard on every screen in the same way: tried on the first. */
const EVERYWHERE: ReadonlySet<string> = new Set(['F1', 'F3', 'F6', '$mod+k', '$mod+u', '$mod+Shift+p'])

/** What a key may have changed: where one is, what is open, what there is to type into. */
const look = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 2; frames += 1) await new Promise((painted) => requestAnimationFrame(painted))
    const count = (selector: string): number => document.querySelectorAll(selector).length
    return [location.hash, count('[role=dialog], [role=alertdialog]'), count('input, select, textarea'), count('button')].join(' ')
  })

describe('the keys of a screen', () => {
  it.concurrent.for([
    'Today',
    'check-in',
    'order, estimate',
    'order, in progress',
    'estimate as a document',
    'work order',
    'change order',
    'invoice',
    'invoice as a document',
    'credit note',
    'customers',
    'customer',
    'vehicle',
    'settings, shop',
    'settings, pricing',
    'settings, rules',
    'settings, bays',
    'settings, people',
    'settings, printers',
    'account',
  ])('%s: F1 lists each key that works, and no other', async (name, { expect }) => {
    const page = await signedInPage()
    await visit(page, at[name]!)
    const listed = await listedKeys(page)
    // What a key did may have led away or changed what keys there are: the screen is opened anew after each that worked.
    const working: string[] = []
    for (const keys of candidates.filter((one) => !listed.includes(one))) {
      if (!(await works(page, keys))) continue
      working.push(keys)
      await visit(page, at[name]!)
    }
    // the same as F9, which is listed
    expect(working.filter((keys) => keys !== '$mod+p')).toEqual([])
    const unheard: string[] = []
    for (const keys of listed) {
      // locking and taking things away would end the walk, not prove more
      if (keys === '$mod+l') continue
      if (!candidates.includes(keys)) unheard.push(`${keys}: not a key this test knows`)
      else if (name === 'Today' || !EVERYWHERE.has(keys)) {
        const before = await look(page)
        if (!(await works(page, keys))) unheard.push(keys)
        if ((await look(page)) === before) continue
        await page.keyboard.press('Escape')
        if ((await look(page)) !== before) await visit(page, at[name]!)
      }
    }
    expect(unheard).toEqual([])
    await page.context().close()
  })
})

describe('the palette', () => {
  let page: Page
  beforeAll(async () => {
    page = await signedInPage()
  })

  const options = () => page.getByRole('listbox', { name: 'What can be done' }).getByRole('option')

  it('lists what can be done here with its key, and why something cannot', async () => {
    await visit(page, at['order, with something that cannot be done']!)
    await page.keyboard.press('Control+k')
    await options().first().waitFor()
    const all = await options().allTextContents()
    expect(all.some((text) => text.startsWith('Add labor'))).toBe(true)
    expect(all.some((text) => text.includes('Settings: State rules'))).toBe(true)
    expect(all.some((text) => /Not now: ./.test(text))).toBe(true)
    const refused = page.locator('[role=listbox] [role=option][aria-disabled=true]').first()
    await refused.waitFor()
    expect(await axeViolations(page)).toEqual([])
    await refused.click({ force: true })
    expect(await options().count()).toBe(all.length)
  })

  it('takes words in any order, runs by Enter and gives the focus back first', async () => {
    await visit(page, at['order, estimate']!)
    await page.locator('[data-job-head]').first().focus()
    const job = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['jobHead'])
    await page.keyboard.press('Control+k')
    await page.keyboard.type('lab ad')
    await expect.poll(() => options().count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Add line/ }).waitFor()
    const inside = await page.evaluate(
      (id) => document.activeElement?.closest('section, article, [data-job]')?.querySelector(`[data-job-head="${id}"]`) !== null,
      job,
    )
    expect(inside).toBe(true)
  })

  it('shares its box with the finder: the mark turns one into the other', async () => {
    await visit(page, at['Today']!)
    await page.keyboard.press('F3')
    await page.keyboard.type('>bays')
    await page.getByRole('option', { name: 'Settings: Bays' }).waitFor()
    await page.keyboard.press('F3')
    expect(await page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('')
    await page.keyboard.type('hond')
    await page.getByRole('listbox', { name: 'Found' }).getByRole('option').first().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).not.toBe('combobox')
  })

  it('offers what was opened last', async () => {
    await visit(page, at['customer']!)
    const name = await page.locator('main h1').innerText()
    await page.keyboard.press('F6')
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name }).filter({ hasText: 'Recent' }).waitFor()
  })
})
