import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople } from '../../src-main/features/demo/demo-people'
import { launchBrowser, modal, openPage, signIn } from './support/browser'
import { signedIn, type Counter } from './support/counter'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { arrival, newCar, newInvoice } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

const RETURNING_CUSTOMER_KEYS = 15
const CASH_KEYS = 5
const CANNED_JOB_KEYS = 6

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let page: Page
let counter: Counter

const person = demoPeople.find(({ role }) => role === 'owner')!

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  counter = await signedIn(host, person.email, person.password)
  browser = await launchBrowser()
  page = (await openPage(browser, host)).page
  await signIn(page, person.email, person.password)
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

/** Every key that goes down is counted; there is no mouse. A chord counts each of its keys. */
function keyCounter(): { press: (key: string) => Promise<void>; type: (text: string) => Promise<void>; readonly count: number } {
  let count = 0
  const press = async (key: string): Promise<void> => {
    count += key.split('+').length
    await page.keyboard.press(key)
  }
  return {
    press,
    async type(text) {
      for (const key of text) await press(key)
    },
    get count() {
      return count
    },
  }
}

/** Somebody whom the last four digits of the phone find first: where an order has that number, it comes before. */
async function someCustomer(): Promise<{ digits: string; customerId: string }> {
  for (const { phone, id } of await counter.api.customers.list({})) {
    const digits = phone?.replaceAll(/\D/g, '').slice(-4) ?? ''
    if (digits.length < 4) continue
    const [first] = await counter.api.customers.search({ text: digits, limit: 12 })
    if (first?.customerId === id) return { digits, customerId: id }
  }
  throw new Error('the demo shop has no such customer')
}

describe('keys, without a mouse', () => {
  it('a returning customer to a saved repair order', async () => {
    const { digits, customerId } = await someCustomer()
    const before = (await counter.api.customers.history({ customerId })).length
    const keys = keyCounter()
    await keys.press('F3')
    await keys.type(digits)
    await page.getByRole('option').first().waitFor()
    await keys.press('F2')
    await page.getByRole('heading', { level: 1, name: 'Check in a car' }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    // A customer of several cars: the first of them has the focus.
    if ((await page.getByRole('radio').count()) > 0 && (await page.getByRole('radio', { checked: true }).count()) === 0)
      await keys.press('Space')
    await keys.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    console.log(`returning customer to saved repair order: ${keys.count} keys (budget ${RETURNING_CUSTOMER_KEYS})`)
    expect((await counter.api.customers.history({ customerId })).length).toBe(before + 1)
    expect(keys.count).toBeLessThanOrEqual(RETURNING_CUSTOMER_KEYS)
  })

  it('a canned job with its optional parts on an order', async () => {
    // Twice: the second time everything the screen needs is loaded, as it is at the counter.
    const taken: number[] = []
    let count = 0
    for (const round of [1, 2]) {
      const order = await counter.api.orders.checkIn(arrival(await newCar(counter.api)))
      await page.goto(`${host.origin}/#/orders/${order.id}`)
      await page.getByText('Nothing on the estimate yet').waitFor()
      const keys = keyCounter()
      await keys.press('j')
      await page.getByLabel('New job').waitFor()
      await keys.type('oil')
      await page.locator('[role=listbox] [role=option]').first().waitFor()
      await keys.press('Enter')
      await modal(page).getByRole('checkbox').first().waitFor()
      await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
      await page.evaluate(() => {
        let started = 0
        addEventListener('keydown', () => (started = performance.now()), { capture: true, once: true })
        const total = [...document.querySelectorAll('dt')].find((dt) => dt.textContent === 'Total')?.nextElementSibling
        const before = total?.textContent
        const look = (): void => {
          if (total?.textContent === before) requestAnimationFrame(look)
          else document.body.dataset.totalMs = String(performance.now() - started)
        }
        requestAnimationFrame(look)
      })
      await keys.press('Enter')
      await expect.poll(() => page.evaluate(() => document.body.dataset.totalMs)).toBeDefined()
      taken.push(Number(await page.evaluate(() => document.body.dataset.totalMs)))
      await page.evaluate(() => delete document.body.dataset.totalMs)
      const { lines, jobs } = await counter.api.orders.get({ orderId: order.id })
      expect([round, jobs.map(({ name }) => name)]).toEqual([round, ['Oil service']])
      expect(lines.length).toBeGreaterThan(3)
      expect(lines.every(({ priceSource }) => priceSource)).toBe(true)
      count = keys.count
    }
    // How long it takes is the machine's as well: the bar of 100 ms is a gate of the benchmark.
    const total = taken.map((ms) => ms.toFixed(0)).join(', ')
    console.log(`canned job on an order: ${count} keys (budget ${CANNED_JOB_KEYS}), total after ${total} ms`)
    expect(count).toBeLessThanOrEqual(CANNED_JOB_KEYS)
    expect(Math.max(...taken)).toBeLessThan(3000)
  })

  it('a cash payment after the amount is on screen', async () => {
    const { invoiceId } = await newInvoice(counter.api, await newCar(counter.api), 12_000)
    await page.goto(`${host.origin}/#/invoices/${invoiceId}`)
    await page.getByRole('heading', { level: 1, name: /^Invoice / }).waitFor()
    const keys = keyCounter()
    await keys.press('F4')
    await modal(page)
      .getByText(/^\$12\d\.\d\d$/)
      .first()
      .waitFor()
    await keys.press('1')
    await modal(page).getByLabel('Received').waitFor()
    await keys.press('Enter')
    await modal(page)
      .getByRole('heading', { name: /^Payment taken/ })
      .waitFor()
    await keys.press('Enter')
    await modal(page).waitFor({ state: 'hidden' })
    console.log(`cash payment after the amount is on screen: ${keys.count} keys (budget ${CASH_KEYS})`)
    expect((await counter.api.invoices.get({ invoiceId })).status).toBe('paid')
    expect(keys.count).toBeLessThanOrEqual(CASH_KEYS)
  })
})
