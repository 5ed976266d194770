import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople } from '../../src-main/features/demo/demo-people'
import { launchBrowser, modal, openPage, signIn } from './support/browser'
import { signedIn, type Counter } from './support/counter'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { arrival, newCar } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

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

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

/** As fast as a person, not as a scanner. */
const type = (text: string): Promise<void> => page.keyboard.type(text, { delay: 60 })

/** Where the next key goes: the row of the work, else the label or words of the element. */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document
    const row = element?.closest<HTMLElement>('[data-job-head], [data-line]')
    const words = row?.closest('section')?.getAttribute('aria-label') ?? element?.getAttribute('aria-label')
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent
    return element === document.body ? 'nowhere' : (words ?? label ?? element?.textContent ?? '')
  })

const expectFocus = (on: RegExp): Promise<void> => expect.poll(focused).toMatch(on)

describe('the focus, without a mouse', () => {
  it('stays in the work of an order: on the job that came, on the one in the place of the job that went', async () => {
    const order = await counter.api.orders.checkIn(arrival(await newCar(counter.api)))
    await page.goto(`${host.origin}/#/orders/${order.id}`)
    await page.getByText('Nothing on the estimate yet').waitFor()
    for (const [code, name] of [
      ['fb', 'Front brakes'],
      ['cel', 'Check engine diagnosis'],
    ] as const) {
      await press('j')
      await page.getByLabel('New job').waitFor()
      await type(code)
      await page.locator('[role=listbox] [role=option]').first().waitFor()
      await press('Enter')
      await expectFocus(new RegExp(`Job ${name}`))
    }
    await press('Alt+z')
    await expectFocus(/Lines without a job|Job Front brakes/)
    await press('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp')
    await expectFocus(/Job Front brakes/)
    await press('a')
    await page.getByText('Approved', { exact: true }).first().waitFor()
    await press('Delete')
    await expect.poll(async () => (await counter.api.orders.get({ orderId: order.id })).jobs.length).toBe(0)
    await press('j')
    await expectFocus(/^New job/)
  })

  it('is not needed to take a removal back: Alt+Z brings the agreed job as it was', async () => {
    const { id: orderId } = await counter.api.orders.checkIn(arrival(await newCar(counter.api)))
    const work = async () => {
      const { jobs, lines } = await counter.api.orders.get({ orderId })
      // The fees follow the work.
      const ofJobs = lines.filter(({ jobId }) => jobId !== null)
      const facts = ofJobs.map(({ id, status, priceSource, terms, totalCents }) => ({ id, status, priceSource, terms, totalCents }))
      return { jobs: jobs.map(({ id, name }) => ({ id, name })), lines: facts }
    }
    await page.goto(`${host.origin}/#/orders/${orderId}`)
    await page.getByText('Nothing on the estimate yet').waitFor()
    await press('j')
    await page.getByLabel('New job').waitFor()
    await type('fb')
    await page.locator('[role=listbox] [role=option]').first().waitFor()
    await press('Enter')
    await expectFocus(/Job Front brakes/)
    await press('a')
    await page.getByText('Approved', { exact: true }).first().waitFor()
    const before = await work()
    expect(before.lines.map(({ priceSource }) => priceSource?.quantityHundredths)).not.toContain(undefined)
    await press('Delete')
    await expect.poll(async () => (await work()).jobs).toEqual([])
    await press('Alt+z')
    await expect.poll(work).toEqual(before)
  })

  it('is on the first field of a dialog that another one leads to', async () => {
    await page.goto(`${host.origin}/#/customers`)
    await page.getByRole('button', { name: 'New customer' }).focus()
    await press('Enter')
    await expectFocus(/^First name/)
    await type('Zoe')
    await press('Tab')
    await type('Zimmer')
    await press('Tab')
    await type('5550107001')
    await press('Enter')
    await modal(page).getByText('What is next?').waitFor()
    await expectFocus(/^Check in a car/)
    await press('Tab', 'Enter')
    await modal(page).getByText('New vehicle').waitFor()
    await expectFocus(/^VIN/)
  })

  it('stays in the dialog when what was pressed goes: the new owner is chosen, Enter hands over', async () => {
    const car = await newCar(counter.api)
    await page.goto(`${host.origin}/#/vehicles/${car.vehicleId}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: /^Another owner/ }).waitFor()
    await press('t')
    await expectFocus(/^New owner/)
    await type('Zimmer')
    await modal(page)
      .getByRole('option', { name: /Zoe Zimmer/ })
      .waitFor()
    await press('ArrowDown', 'Enter')
    await expectFocus(/^New owner/)
    await press('Enter')
    await modal(page).waitFor({ state: 'hidden' })
    const { customer } = await counter.api.vehicles.get({ vehicleId: car.vehicleId })
    expect(customer.displayName).toBe('Zoe Zimmer')
  })

  it('is back where it was after a dialog', async () => {
    for (const [part, name] of [
      ['pricing', 'New canned job'],
      ['pricing', 'New matrix'],
      ['pricing', 'New fee rule'],
      ['bays', 'New bay'],
      ['printers', 'New printer'],
    ] as const) {
      await page.goto(`${host.origin}/#/settings?part=${part}`)
      await page.getByRole('button', { name }).focus()
      await press('Enter')
      await expectFocus(/^Name/)
      await press('Escape')
      await modal(page).waitFor({ state: 'hidden' })
      await expectFocus(new RegExp(`^${name}`))
    }
  })

  it('is on the screen after a dialog whose button went with it', async () => {
    const { customerId } = await newCar(counter.api)
    await page.goto(`${host.origin}/#/customers/${customerId}`)
    await page.getByRole('button', { name: /^Make exempt/ }).focus()
    await press('Enter')
    await expectFocus(/^Certificate number/)
    await type('CERT-7')
    await press('Enter')
    await modal(page).waitFor({ state: 'hidden' })
    await expectFocus(/^Carla Tester/)
  })
})
