import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoPeople } from '../../src-main/features/demo/demo-people'
import { launchBrowser, modal, openPage, signIn } from './support/browser'
import { signedIn, type Counter } from './support/counter'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { openScanner, type Scanner } from './support/scanner'
import { arrival, laborLine, newCar } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

const SCANS = 20

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let page: Page
let scanner: Scanner
let counter: Counter
let cars: { vehicleId: string; vin: string; plate: string }[]
let orders: { orderId: string; number: string }[]

const person = demoPeople.find(({ role }) => role === 'owner')!

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  counter = await signedIn(host, person.email, person.password)
  browser = await launchBrowser()
  page = (await openPage(browser, host)).page
  await signIn(page, person.email, person.password)
  scanner = await openScanner(page)
  ;({ cars, orders } = await someRecords())
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

async function someRecords(): Promise<{ cars: typeof cars; orders: typeof orders }> {
  const found = { cars: [] as typeof cars, orders: [] as typeof orders }
  for (const { id } of await counter.api.customers.list({})) {
    const { vehicles } = await counter.api.customers.get({ customerId: id })
    const visits = await counter.api.customers.history({ customerId: id })
    for (const { id: vehicleId, vin, plate } of vehicles) if (vin && plate) found.cars.push({ vehicleId, vin, plate })
    for (const { orderId, orderNumber } of visits) found.orders.push({ orderId, number: orderNumber })
    if (found.cars.length >= SCANS && found.orders.length >= SCANS) break
  }
  return { cars: found.cars.slice(0, SCANS), orders: found.orders.slice(0, SCANS) }
}

/** Every address the page goes to and every sentence it says in passing, from now on. */
async function watch(): Promise<{ visited: () => Promise<string[]>; said: () => Promise<string[]> }> {
  await page.evaluate(() => {
    const log = { visited: [] as string[], said: new Set<string>() }
    Object.assign(window, { scanLog: log })
    // The router writes addresses itself, which fires no event.
    const push = history.pushState.bind(history)
    history.pushState = (...given) => {
      push(...given)
      log.visited.push(location.hash.slice(1))
    }
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('[role=dialog][aria-modal=false]')) log.said.add(textContent ?? '')
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  type Logged = { scanLog: { visited: string[]; said: Set<string> } }
  return {
    visited: () => page.evaluate(() => (window as unknown as Logged).scanLog.visited),
    said: () => page.evaluate(() => [...(window as unknown as Logged).scanLog.said]),
  }
}

/** What stands in all the fields there are. */
const fields = (): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map((field) => field.value))

beforeEach(async () => {
  await page.goto(`${host.origin}/#/`)
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
})

describe('twenty scans, five a second', () => {
  it('of VINs on Today open twenty cars, in their order', async () => {
    const { visited } = await watch()
    await scanner.scan(...cars.map(({ vin }) => vin))
    await expect.poll(visited, { timeout: 30_000 }).toEqual(cars.map(({ vehicleId }) => `/vehicles/${vehicleId}`))
    expect(await page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('')
  })

  it('of order numbers open twenty orders, although something is typed and selected in the search box', async () => {
    await page.keyboard.press('F3')
    await page.keyboard.type('hond')
    await page.keyboard.press('Shift+ArrowLeft')
    const { visited } = await watch()
    await scanner.scan(...orders.map(({ number }) => number))
    await expect.poll(visited, { timeout: 30_000 }).toEqual(orders.map(({ orderId }) => `/orders/${orderId}`))
    expect(await page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('hond')
  })

  it('of a part on the work of an order add twenty lines, none typed into the complaint that is being written', async () => {
    const [part] = await counter.api.orders.findParts({ text: 'filter' })
    const { id: orderId } = await counter.api.orders.checkIn(arrival(await newCar(counter.api), laborLine(10_000)))
    const before = (await counter.api.orders.get({ orderId })).lines.length
    await page.goto(`${host.origin}/#/orders/${orderId}`)
    const complaint = page.getByLabel(/complaint/i).first()
    await complaint.click()
    await complaint.fill('Squeaks when')
    await scanner.scan(...Array.from({ length: SCANS }, () => part?.partNumber ?? ''))
    await expect.poll(async () => (await counter.api.orders.get({ orderId })).lines.length - before, { timeout: 30_000 }).toBe(SCANS)
    expect(await complaint.inputValue()).toBe('Squeaks when')
    expect((await counter.api.orders.get({ orderId })).lines.filter(({ partNumber }) => partNumber === part?.partNumber)).toHaveLength(
      SCANS,
    )
  })

  it('with a dialog open wait: each is said, nothing opens behind it, nothing lands in its fields', async () => {
    await page.goto(`${host.origin}/#/customers`)
    await page
      .getByRole('button', { name: /New customer/ })
      .first()
      .click()
    await modal(page).getByLabel('First name').fill('Pat')
    const before = await fields()
    const { visited, said } = await watch()
    await scanner.scan(...orders.map(({ number }) => number))
    await expect.poll(async () => (await said()).join(' '), { timeout: 30_000 }).toContain(orders.at(-1)?.number)
    const sentences = (await said()).join(' ')
    for (const { number } of orders) expect(sentences).toContain(number)
    expect(await visited()).toEqual([])
    expect(await fields()).toEqual(before)
  })

  it('at check-in choose the car and its owner, wherever the focus is', async () => {
    await page.keyboard.press('F2')
    await page.getByLabel('Find the customer').waitFor()
    await page.getByLabel('Complaint').fill('Oil change')
    await scanner.scan(...cars.map(({ vin }) => vin))
    const last = cars.at(-1)!
    const { label } = await counter.api.vehicles.get({ vehicleId: last.vehicleId })
    await page
      .getByRole('radio', { name: new RegExp(label) })
      .first()
      .waitFor()
    await expect.poll(() => page.getByText(`VIN …${last.vin.slice(-6)}`).count()).toBe(1)
    expect(await page.getByLabel('Complaint').inputValue()).toBe('Oil change')
    expect(await page.getByLabel('Odometer', { exact: true }).inputValue()).toBe('')
  })
})

describe('a scan', () => {
  it('of a plate opens its car', async () => {
    const { visited } = await watch()
    const [car] = cars
    await scanner.scan(car?.plate ?? '')
    await expect.poll(visited).toEqual([`/vehicles/${car?.vehicleId}`])
  })

  it('of nothing that is known is said, and searched for on demand', async () => {
    const { said } = await watch()
    await scanner.scan('ZZ-99999')
    await expect.poll(async () => (await said()).join(' ')).toContain('Scanned ZZ-99999: nothing here has this number.')
    await page.keyboard.press('Alt+z')
    await expect.poll(() => page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('ZZ-99999')
  })

  it('of a VIN that is in no file says what car it is and starts its check-in', async () => {
    const { said } = await watch()
    await expect
      .poll(async () => (await counter.api.vehicles.decodeVin({ vin: '1HGCM82633A004352' })).ready, { timeout: 30_000 })
      .toBe(true)
    await scanner.scan('1HGCM82633A004352')
    await expect.poll(async () => (await said()).join(' ')).toContain('2003 Honda Accord')
    await page.keyboard.press('Alt+z')
    await expect.poll(() => page.getByLabel('VIN').inputValue()).toBe('1HGCM82633A004352')
    await expect.poll(() => page.getByLabel('Model').inputValue()).toBe('Accord')
  })

  it('is not heard while the screen is locked or nobody is signed in, and lands in no password', async () => {
    await page.keyboard.press('Control+l')
    await page.getByText(/The screen is locked/).waitFor()
    const { visited } = await watch()
    const [first, second] = cars
    await page.getByLabel('Password').focus()
    await scanner.scan(first?.vin ?? '', '012345678905')
    expect(await page.getByLabel('Password').inputValue()).toBe('')
    await page.getByLabel('E-mail').focus()
    await scanner.scan(second?.vin ?? '')
    expect(await fields()).not.toContain(second?.vin)
    await page.getByLabel('E-mail').fill(person.email)
    await page.getByLabel('Password').fill(person.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    expect(await visited()).toEqual([])
  })
})
