import { uuid7 } from '../../src-main/base/uuid7'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, signIn } from './support/browser'
import { setUpShop, arrival, customerFields, newCar, owner } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

let host: RunningHost
let browser: Browser
let page: Page
const at: Record<string, string> = { Today: '/', customers: '/customers', bays: '/settings?part=bays' }

beforeAll(async () => {
  host = await startWebHost()
  const { api } = await setUpShop(host)
  browser = await launchBrowser()
  page = (await openPage(browser, host)).page
  await signIn(page, owner.email, owner.password)
  await visitEmpty('Today')
  await visitEmpty('customers')
  const customerId = uuid7()
  await api.customers.create({ customerId, fields: { ...customerFields, firstName: 'Nora', lastName: 'Newcomer' } })
  const car = await newCar(api)
  const order = await api.orders.checkIn(arrival(car))
  const other = await newCar(api)
  Object.assign(at, { customer: `/customers/${customerId}`, vehicle: `/vehicles/${other.vehicleId}`, order: `/orders/${order.id}` })
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
})

const shown: Record<string, string[]> = {}

/** What a screen says where it has nothing to show. */
async function visitEmpty(name: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${host.origin}/#${at[name]}`)
  await page.locator('main [data-empty]').first().waitFor()
  shown[name] = await page.locator('main [data-empty]').allInnerTexts()
}

/** 'F2', 'Press N', 'L adds labor', or a key cap, which innerText puts on its own: 'J' */
const KEY = /\bF\d{1,2}\b|\bPress [A-Z]\b|\b[A-Z]\s+(?:adds|starts|writes)\b/

describe('a screen with nothing on it says what to do next, and by which key', () => {
  it.each(['Today', 'customers', 'bays', 'customer', 'vehicle', 'order'])('%s', async (name) => {
    if (!shown[name]) await visitEmpty(name)
    expect(shown[name]!.length).toBeGreaterThan(0)
    for (const text of shown[name]!) expect(text).toMatch(KEY)
  })

  it('documents of an order', async () => {
    await page.goto(`${host.origin}/#${at['order']}`)
    await page.getByRole('tab', { name: 'Documents' }).click()
    await page.getByText('No documents yet').waitFor()
    expect(await page.locator('main [data-empty]').innerText()).toMatch(KEY)
  })
})
