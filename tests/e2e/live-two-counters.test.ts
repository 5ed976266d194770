import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import type { ApiClient } from '../../src-preload/contract/api'
import { launchBrowser, openPage, signIn } from './support/browser'
import { signedIn } from './support/counter'
import { arrival, laborLine, newCar, owner, setUpShop } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

/** How soon a change must be seen at the other counter, and how soon who comes and goes. */
const LIVE_MS = 1_000
const PRESENCE_MS = 2_000

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

async function hireAdvisor(): Promise<{ email: string; password: string }> {
  const ada = { email: 'ada@test.invalid', password: 'another long test password' }
  const facts = { firstName: 'Ada', lastName: 'Advisor', phone: '', role: 'service_advisor' as const, canApprove: false }
  await api.users.create({ userId: uuid7(), email: ada.email, password: 'a first password for a day', ...facts })
  const station = await signedIn(hosts[1]!, ada.email, 'a first password for a day')
  await station.api.session.changeMyPassword({ currentPassword: 'a first password for a day', newPassword: ada.password })
  return ada
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

  it('see who else is here within two seconds of their coming and of their going, however they go', async () => {
    const others = (page: Page) => page.getByRole('status', { name: 'Others on this order' })
    const seenMs = async (text: string): Promise<number> => {
      const began = performance.now()
      await expect.poll(() => others(here).textContent(), { interval: 10, timeout: 10_000 }).toBe(text)
      return Math.round(performance.now() - began)
    }
    const order = `${hosts[1]!.origin}/#/orders/${orderId}`
    const ada = await hireAdvisor()
    const took: number[] = []
    const comes = async (): Promise<void> => void took.push(await seenMs('Also here: Ada Advisor'))
    const goes = async (): Promise<void> => void took.push(await seenMs(''))
    const guest = (await openPage(browser, hosts[1]!)).page
    await signIn(guest, ada.email, ada.password)
    await guest.goto(order)
    await comes()
    await guest.goto(`${hosts[1]!.origin}/#/`)
    await goes()
    await guest.goto(order)
    await comes()
    await guest.keyboard.press('Control+l')
    await goes()
    await guest.getByLabel('E-mail').fill(ada.email)
    await guest.getByLabel('Password').fill(ada.password)
    await guest.getByRole('button', { name: 'Sign in' }).click()
    await comes()
    await guest.context().close() // as a browser that was killed: the page says nothing any more
    await goes()
    console.log(`who is here is seen after ${took.join(', ')} ms`)
    expect(Math.max(...took)).toBeLessThan(PRESENCE_MS)
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
