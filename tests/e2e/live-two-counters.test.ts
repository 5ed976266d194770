import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import type { ApiClient } from '../../src-preload/contract/api'
import { launchBrowser, openPage, signIn } from './support/browser'
import { arrival, laborLine, newCar, owner, setUpShop } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

/** How soon a change must be seen at the other counter. */
const LIVE_MS = 1_000

let database: TestDatabase
const hosts: RunningHost[] = []
let browser: Browser
let here: Page
let there: Page
let api: ApiClient
let orderId: string

// Two programs on one database: what crosses between them crosses through PostgreSQL alone.
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  hosts.push(await startWebHost({ databaseUrl: database.url }))
  api = (await setUpShop(hosts[0]!)).api
  hosts.push(await startWebHost({ databaseUrl: database.url }))
  orderId = (await api.orders.checkIn(arrival(await newCar(api), laborLine(10_000)))).id
  browser = await launchBrowser()
  here = (await openPage(browser, hosts[0]!)).page
  there = (await openPage(browser, hosts[1]!)).page
  for (const page of [here, there]) {
    await signIn(page, owner.email, owner.password)
    await page.goto(`${new URL(page.url()).origin}/#/orders/${orderId}`)
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
  }
})

afterAll(async () => {
  await browser?.close()
  for (const host of hosts) await removeHost(host)
  await database?.close()
})

const notes = (page: Page) => page.getByLabel('Internal notes')
const complaint = (page: Page) => page.getByRole('tabpanel').getByLabel('Complaint', { exact: true })

/** Leaves the field, which stores it, and waits until it is stored. */
async function store(page: Page, field: 'internalNotes' | 'complaint', value: string): Promise<void> {
  await page.keyboard.press('Tab')
  await expect.poll(async () => (await api.orders.get({ orderId }))[field]).toBe(value)
}

describe('two people on one order', () => {
  it('see each other’s changes within a second', async () => {
    await notes(here).fill('Customer waits in the lobby')
    await here.keyboard.press('Tab')
    const left = performance.now()
    await there.waitForFunction(
      (text) => [...document.querySelectorAll('textarea')].some(({ value }) => value === text),
      'Customer waits in the lobby',
      { polling: 'raf', timeout: 10_000 },
    )
    const seenMs = Math.round(performance.now() - left)
    console.log(`a change is seen at the other counter after ${seenMs} ms`)
    expect(seenMs).toBeLessThan(LIVE_MS)
  })

  it('see a new line and the new total', async () => {
    await here.getByRole('group', { name: 'Add a line' }).last().getByRole('button', { name: 'Labor' }).click()
    await here.getByLabel('Description', { exact: true }).fill('Road test')
    await here.getByRole('button', { name: /^Add line/ }).click()
    await expect.poll(() => there.getByRole('region', { name: 'Totals' }).textContent(), { timeout: 5_000 }).toContain('$250.00')
    await here.getByRole('button', { name: /^Done/ }).click()
  })

  it('never overwrite each other: the one who comes second is shown both and decides', async () => {
    const before = await complaint(there).inputValue()
    await complaint(there).click()
    await there.keyboard.press('End')
    await there.keyboard.type(' (typed there)')
    await complaint(here).fill('Changed here meanwhile')
    await store(here, 'complaint', 'Changed here meanwhile')
    expect(await complaint(there).inputValue(), 'what is being typed is not taken away').toBe(`${before} (typed there)`)
    await there.keyboard.press('Tab')
    await there.getByText('Changed here meanwhile').first().waitFor()
    expect((await api.orders.get({ orderId })).complaint).toBe('Changed here meanwhile')
    expect(await complaint(there).inputValue()).toBe(`${before} (typed there)`)
  })
})
