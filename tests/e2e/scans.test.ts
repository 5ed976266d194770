import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { billScreens } from './screens/bill-screens'
import { counterScreens } from './screens/counter-screens'
import { fileScreens } from './screens/file-screens'
import { orderScreens } from './screens/order-screens'
import { makeRecords, owner, type Records } from './screens/records'
import { type Screen, settled, visit } from './screens/screen'
import { settingsScreens } from './screens/settings-screens'
import { launchBrowser, modal } from './support/browser'
import { signedIn, type Counter } from './support/counter'
import { type CounterPool, openCounters } from './support/counter-pool'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { fieldsNow, focusText, forgetScans, isSaid, logScans, scanLog } from './support/scan-log'
import { openScanner, type Scanner } from './support/scanner'
import { arrival, laborLine, newCar } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

const SCANS = 20
/** Twenty scans take four seconds and little work: so many counters are at it at once. */
const COUNTERS = 6

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let records: Records
let pool: CounterPool
let counter: Counter
let cars: { vehicleId: string; vin: string; plate: string }[]
let orders: { orderId: string; number: string }[]
const scanners = new Map<Page, Scanner>()

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  counter = await signedIn(host, owner.email, owner.password)
  ;({ cars, orders } = await someRecords())
  records = await makeRecords(host)
  browser = await launchBrowser()
  pool = await openCounters(browser, host, Array<typeof owner>(COUNTERS).fill(owner))
  for (const { page } of pool.counters) {
    await logScans(page)
    scanners.set(page, await openScanner(page))
  }
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

const scan = (page: Page, ...codes: string[]): Promise<void> => scanners.get(page)!.scan(...codes)

/** At a free counter, on this screen. */
function onScreen<Result>({ address, steps }: Pick<Screen, 'address' | 'steps'>, work: (page: Page) => Promise<Result>): Promise<Result> {
  return pool.at(owner, async (page) => {
    await visit(page, host.origin, address(records), { said: true })
    await steps?.(page, records)
    await settled(page)
    await forgetScans(page)
    return work(page)
  })
}

const all = [...counterScreens, ...fileScreens, ...orderScreens, ...billScreens, ...settingsScreens]
const named = (name: string): Screen => {
  const screen = all.find((one) => one.name === name)
  if (!screen) throw new Error(`no screen is called ${name}`)
  return screen
}

const screens = [
  'Today',
  'palette',
  'account',
  'check-in',
  'customers',
  'customer',
  'vehicle',
  ...['draft', 'in_progress', 'closed'].map((status) => `order, ${status}`),
  'order, adding: Part',
  'estimate as a document',
  'work order',
  'what changed',
  'invoice',
  'invoice as a document',
  'credit note as a document',
  ...['shop', 'pricing', 'rules', 'bays', 'people', 'printers'].map((part) => `settings, ${part}`),
].map(named)

const dialogs = [
  'new customer, refused',
  'record authorization',
  'take payment',
  'refund and void',
  'contact',
  'keys of an order',
  'credit of an amount, with its refund',
  'canned-job-dialog, of one that is there',
].map(named)

/** Of no record, and of all kinds: short, with signs, with a blank, with small letters. */
function unknownCodes(place: number): string[] {
  return Array.from({ length: SCANS }, (_, at) => {
    const serial = place * SCANS + at
    const digits = String(serial).padStart(4, '0')
    const short = `Q${serial.toString(36).toUpperCase().padStart(2, '0')}`
    return [short, `ZQ-${digits}`, `#${digits} (A)`, `zq${digits}`][at % 4] ?? ''
  })
}

/** Codes are told in capitals. */
const saying = (code: string): string => `Scanned ${code.toUpperCase()}`

/** The codes that were told of, in the order they were. */
function toldOf(said: readonly string[], codes: readonly string[]): string[] {
  const isOf = (sentence: string, code: string): boolean => /^[:.]/.test(sentence.split(saying(code))[1] ?? '')
  return [...new Set(said.flatMap((sentence) => codes.filter((code) => isOf(sentence, code))))]
}

interface Walk {
  readonly codes: readonly string[]
  readonly told: readonly string[]
  readonly visited: readonly string[]
  /** the fields, and how many dialogs are open */
  readonly before: readonly unknown[]
  readonly after: readonly unknown[]
}

async function walk(screen: Screen, place: number): Promise<Walk> {
  const codes = unknownCodes(place)
  return onScreen(screen, async (page) => {
    const look = async () => [await modal(page).count(), ...(await fieldsNow(page))]
    await focusText(page)
    const before = await look()
    await scan(page, ...codes)
    await isSaid(page, codes.map(saying))
    const { said, visited } = await scanLog(page)
    return { codes, told: toldOf(said, codes), visited, before, after: await look() }
  })
}

const walked = [...screens, ...dialogs]
let walks: Promise<Walk>[]

describe('twenty scans, five a second', () => {
  beforeAll(() => {
    walks = walked.map((screen, place) => walk(screen, place))
    for (const one of walks) one.catch(() => undefined) // its test says so
  })

  it.concurrent.for(walked.map(({ name }, place) => ({ name, place })))('are heard on: $name', async ({ place }, { expect }) => {
    const { codes, told, visited, before, after } = await walks[place]!
    expect(told).toEqual(codes)
    expect(visited).toEqual([])
    expect(after).toEqual(before)
  })

  it.concurrent('of VINs on Today open twenty cars, in their order', async ({ expect }) => {
    await onScreen(named('Today'), async (page) => {
      await scan(page, ...cars.map(({ vin }) => vin))
      const opened = cars.map(({ vehicleId }) => `/vehicles/${vehicleId}`)
      await expect.poll(async () => (await scanLog(page)).visited, { timeout: 30_000 }).toEqual(opened)
      expect(await page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('')
    })
  })

  it.concurrent('of order numbers open twenty orders, although something is typed and selected in the search box', async ({ expect }) => {
    await onScreen(named('Today'), async (page) => {
      await page.keyboard.press('F3')
      await page.keyboard.type('hond')
      await page.keyboard.press('Shift+ArrowLeft')
      await scan(page, ...orders.map(({ number }) => number))
      const opened = orders.map(({ orderId }) => `/orders/${orderId}`)
      await expect.poll(async () => (await scanLog(page)).visited, { timeout: 30_000 }).toEqual(opened)
      expect(await page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('hond')
    })
  })

  it.concurrent('of a part on the work of an order add twenty lines, none typed into the complaint that is being written', async ({
    expect,
  }) => {
    const [part] = await counter.api.orders.findParts({ text: 'filter' })
    const partNumber = part?.partNumber ?? ''
    const onLabel = [partNumber, partNumber.replaceAll(/[^A-Za-z0-9]/g, '')]
    expect(new Set(onLabel).size).toBe(2)
    const { id: orderId } = await counter.api.orders.checkIn(arrival(await newCar(counter.api), laborLine(10_000)))
    const linesNow = async () => (await counter.api.orders.get({ orderId })).lines
    const before = (await linesNow()).length
    await onScreen({ address: () => `/orders/${orderId}` }, async (page) => {
      const complaint = page.getByLabel(/complaint/i).first()
      await complaint.click()
      await complaint.fill('Squeaks when')
      await scan(page, ...Array.from({ length: SCANS }, (_, n) => onLabel[n % onLabel.length] ?? ''))
      await expect.poll(async () => (await linesNow()).length - before, { timeout: 30_000 }).toBe(SCANS)
      expect(await complaint.inputValue()).toBe('Squeaks when')
    })
    expect((await linesNow()).filter((line) => line.partNumber === partNumber)).toHaveLength(SCANS)
  })

  it.concurrent('of order numbers with a dialog open wait: each is said, nothing opens behind it, nothing lands in its fields', async ({
    expect,
  }) => {
    await onScreen({ address: () => '/customers' }, async (page) => {
      await page
        .getByRole('button', { name: /New customer/ })
        .first()
        .click()
      await modal(page).getByLabel('First name').fill('Pat')
      const before = await fieldsNow(page)
      const numbers = orders.map(({ number }) => number)
      await scan(page, ...numbers)
      await expect.poll(async () => toldOf((await scanLog(page)).said, numbers), { timeout: 30_000 }).toEqual(numbers)
      expect((await scanLog(page)).visited).toEqual([])
      expect(await fieldsNow(page)).toEqual(before)
    })
  })

  it.concurrent('of VINs at check-in choose each car and its owner, wherever the focus is', async ({ expect }) => {
    await onScreen(named('Today'), async (page) => {
      await page.keyboard.press('F2')
      await page.getByLabel('Find the customer').waitFor()
      await page.getByLabel('Complaint').fill('Oil change')
      await scan(page, ...cars.map(({ vin }) => vin))
      const last = cars.at(-1)!
      const { label } = await counter.api.vehicles.get({ vehicleId: last.vehicleId })
      await page
        .getByRole('radio', { name: new RegExp(label) })
        .first()
        .waitFor()
      await expect.poll(() => page.getByText(`VIN …${last.vin.slice(-6)}`).count()).toBe(1)
      // A car that the next scan follows before it was drawn is not seen: of the others each came in its turn.
      const { vins } = await scanLog(page)
      expect(vins).toEqual(cars.map(({ vin }) => vin.slice(-6)).filter((vin) => vins.includes(vin)))
      expect(await page.getByLabel('Complaint').inputValue()).toBe('Oil change')
      expect(await page.getByLabel('Odometer', { exact: true }).inputValue()).toBe('')
    })
  })

  it('are tried at every address of the program', () => {
    const source = readFileSync(resolve(import.meta.dirname, '../../src-renderer/routes.tsx'), 'utf8')
    const addresses = [...source.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path)
    expect(addresses.length).toBeGreaterThan(10)
    const visited = screens.map(({ address }) => address(records).split('?')[0] ?? '')
    const fits = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\$\w+/g, '[\\da-f-]{36}')}$`)
    expect(addresses.filter((path) => !visited.some((address) => fits(path).test(address)))).toEqual([])
  })
})

describe('a scan', () => {
  let page: Page
  beforeEach(async () => {
    page = pool.counters[0]!.page
    await visit(page, host.origin, '/')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  })

  const said = async (): Promise<string> => (await scanLog(page)).said.join(' ')

  it('of a plate opens its car', async () => {
    const [car] = cars
    await scan(page, car?.plate ?? '')
    await expect.poll(async () => (await scanLog(page)).visited).toEqual([`/vehicles/${car?.vehicleId}`])
  })

  it('of nothing that is known is said, and searched for on demand', async () => {
    await scan(page, 'ZZ-99999')
    await expect.poll(said).toContain('Scanned ZZ-99999: nothing here has this number.')
    await page.keyboard.press('Alt+z')
    await expect.poll(() => page.getByRole('combobox', { name: /^Find/ }).inputValue()).toBe('ZZ-99999')
  })

  it('of a VIN that is in no file says what car it is and starts its check-in', async () => {
    await expect
      .poll(async () => (await counter.api.vehicles.decodeVin({ vin: '1HGCM82633A004352' })).ready, { timeout: 30_000 })
      .toBe(true)
    await scan(page, '1HGCM82633A004352')
    await expect.poll(said).toContain('2003 Honda Accord')
    await page.keyboard.press('Alt+z')
    await expect.poll(() => page.getByLabel('VIN').inputValue()).toBe('1HGCM82633A004352')
    await expect.poll(() => page.getByLabel('Model').inputValue()).toBe('Accord')
  })

  it('of a second code while a new car is written down is said: it has its plate', async () => {
    await visit(page, host.origin, `/customers/${records.free.customerId}`)
    await page.keyboard.press('v')
    await modal(page).waitFor()
    await scan(page, '4SAM123', '4PAT456')
    await expect.poll(said).toContain('Scanned 4PAT456. Finish this dialog first')
    expect(await modal(page).getByLabel('Plate', { exact: true }).inputValue()).toBe('4SAM123')
  })

  it('is not heard while the screen is locked or nobody is signed in, and lands in no password', async () => {
    await page.keyboard.press('Control+l')
    await page.getByText(/The screen is locked/).waitFor()
    const [first, second] = cars
    await page.getByLabel('PIN').focus()
    await scan(page, second?.plate ?? '', first?.vin ?? '')
    expect(await page.getByLabel('PIN').inputValue()).toBe('')
    await page.getByRole('button', { name: 'Use e-mail and password' }).click()
    await page.getByLabel('Password').focus()
    await scan(page, first?.vin ?? '', '012345678905')
    expect(await page.getByLabel('Password').inputValue()).toBe('')
    await page.getByLabel('E-mail').focus()
    await scan(page, second?.vin ?? '')
    expect((await fieldsNow(page)).flat()).not.toContain(second?.vin)
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    expect((await scanLog(page)).visited).toEqual([])
  })
})
