import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople } from '../../src-main/features/demo/demo-people'
import { launchBrowser, openPage, signIn } from './support/browser'
import { signedIn, type Counter } from './support/counter'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { openScanner } from './support/scanner'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

const VIN = '1FTEW1EG2JFA00001'
const LONGEST_MS = 30_000

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let page: Page
let counter: Counter
/** what was asked of anything but this machine */
const outside: string[] = []

const person = demoPeople.find(({ role }) => role === 'owner')!

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  counter = await signedIn(host, person.email, person.password)
  browser = await launchBrowser()
  page = (await openPage(browser, host)).page
  await page.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => {
      outside.push(route.request().url())
      return route.abort('internetdisconnected')
    },
  )
  await signIn(page, person.email, person.password)
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

describe('a new customer with a new car, the network unplugged', () => {
  it('is checked in by VIN scan, name and phone: year, make and model are filled in', async () => {
    await expect.poll(async () => (await counter.api.vehicles.decodeVin({ vin: VIN })).ready, { timeout: 60_000 }).toBe(true)
    const scanner = await openScanner(page)
    let keys = 0
    const press = async (key: string): Promise<void> => {
      keys += key.split('+').length
      await page.keyboard.press(key)
    }
    const type = async (text: string): Promise<void> => {
      for (const key of text) await press(key)
    }
    const startedMs = performance.now()
    await press('F2')
    await page.getByLabel('Find the customer').waitFor()
    await scanner.scan(VIN)
    await expect.poll(() => page.getByLabel('Model').inputValue()).toBe('F-150')
    expect([await page.getByLabel('Year').inputValue(), await page.getByLabel('Make').inputValue()]).toEqual(['2018', 'Ford'])
    await type('Quentin Brandnew')
    await page.getByRole('option', { name: /New customer/ }).waitFor()
    await press('Enter')
    await page.getByLabel('First name').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    const phone = page.getByLabel('Phone', { exact: true })
    const isAtPhone = (): Promise<boolean> => phone.evaluate((field) => field === document.activeElement)
    for (let tabs = 0; tabs < 5 && !(await isAtPhone()); tabs += 1) await press('Tab')
    expect(await isAtPhone()).toBe(true)
    await type('5550100777')
    await press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    const ms = Math.round(performance.now() - startedMs)
    console.log(`new customer and car by VIN scan, network unplugged: ${keys} keys and one scan, ${ms} ms (bar ${LONGEST_MS} ms)`)
    const [hit] = await counter.api.customers.search({ text: VIN, limit: 5 })
    const { vehicle } = { vehicle: await counter.api.vehicles.get({ vehicleId: hit?.vehicleId ?? '' }) }
    expect(vehicle).toMatchObject({ year: 2018, make: 'Ford', model: 'F-150', engine: '3.5L V6 turbo', vin: VIN })
    expect(vehicle.customer).toMatchObject({ displayName: 'Quentin Brandnew', phone: expect.stringMatching(/0777/) as string })
    expect(outside).toEqual([])
    expect(ms).toBeLessThan(LONGEST_MS)
  })
})
