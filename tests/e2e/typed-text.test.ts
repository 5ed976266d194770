import type { Browser, Dialog, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoPeople } from '../../src-main/features/demo/demo-people'
import { launchBrowser, modal, openPage, signIn, type CounterPage } from './support/browser'
import { axeViolations, cutOff } from './support/check-screen'
import { signedIn, type Counter } from './support/counter'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { arrival, laborLine, newCar } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let counter: CounterPage
let page: Page
let other: Counter
let orderId: string
let lineId: string

const owner = demoPeople.find(({ role }) => role === 'owner')!
const advisor = demoPeople.find(({ role }) => role === 'service_advisor')!

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  other = await signedIn(host, owner.email, owner.password)
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

/** A browser that knows nothing yet, at an order of one line. */
beforeEach(async () => {
  await counter?.close()
  const line = laborLine(10_000)
  lineId = line.lineId!
  orderId = (await other.api.orders.checkIn(arrival(await newCar(other.api), line))).id
  counter = await openPage(browser, host)
  page = counter.page
  await signIn(page, owner.email, owner.password)
})

async function openOrder(): Promise<void> {
  await page.goto(`${host.origin}/#/orders/${orderId}`)
  await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
}

const today = () => page.getByRole('heading', { level: 1, name: 'Today' })
const price = () => page.getByLabel('Price of Replace brake pads', { exact: true })
/** The toast with this text, as a screen reader names it. */
const toast = (text: string) => page.locator('[role=dialog][aria-modal=false]', { hasText: text })

async function typeInto(label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

async function lockAndEnter(who: (typeof demoPeople)[number]): Promise<void> {
  await page.keyboard.press('Control+l')
  const byPassword = page.getByRole('button', { name: 'Use e-mail and password' })
  await page.getByText('The screen is locked.').waitFor()
  if (await byPassword.isVisible()) await byPassword.click()
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

describe('a text the screen cannot read', () => {
  const sentence = 'Not stored in “Price of Replace brake pads”: “12x”. Enter an amount like 12.50.'

  it.each([
    ['a key of the program', () => page.keyboard.press('F6')],
    ['the navigation', () => page.getByRole('link', { name: /^Today/ }).click()],
    ['the browser’s way back', () => page.goBack()],
  ])('is told with its field when one walks away by %s, and stays until it is dismissed', async (_, walkAway) => {
    await openOrder()
    await typeInto('Price of Replace brake pads', '12x')
    await walkAway()
    await today().waitFor()
    await toast(sentence).waitFor()
    expect(await axeViolations(page)).toEqual([])
    expect(await cutOff(page)).toEqual([])
    await toast(sentence).getByRole('button', { name: 'Go back' }).click()
    await price().waitFor()
    expect(await price().inputValue()).toBe('100.00')
    await toast(sentence).getByRole('button', { name: 'Dismiss' }).click()
    await toast(sentence).waitFor({ state: 'detached' })
    expect(counter.complaints.found).toEqual([])
  })

  it('is told when the other counter takes its line away', async () => {
    await openOrder()
    await typeInto('Price of Replace brake pads', '12x')
    await other.api.orders.removeLine({ lineId })
    await toast(sentence).waitFor()
  })

  it('is told when it is half a date', async () => {
    await openOrder()
    await page.getByLabel('Promised', { exact: true }).focus()
    await page.keyboard.type('05')
    await page.keyboard.press('F6')
    await toast('Not stored in “Promised”: only a part was filled in. Enter a date and a time.').waitFor()
  })

  it('is nobody else’s: told to the one who typed it, once they are back', async () => {
    await openOrder()
    await typeInto('Price of Replace brake pads', '12x')
    await lockAndEnter(advisor)
    await price().waitFor()
    expect(await price().inputValue()).toBe('100.00')
    expect(await toast(sentence).count()).toBe(0)
    await lockAndEnter(owner)
    await toast(sentence).waitFor()
  })

  it('is still in its field when the one who locked the screen comes back', async () => {
    await openOrder()
    await typeInto('Price of Replace brake pads', '12x')
    await lockAndEnter(owner)
    expect(await price().inputValue()).toBe('12x')
    expect(await toast(sentence).count()).toBe(0)
  })
})

describe('a check-in', () => {
  const box = () => page.getByLabel('Find the customer')
  const checkIn = () => page.getByRole('heading', { level: 1, name: 'Check in a car' })

  async function begin(): Promise<void> {
    await page.keyboard.press('F2')
    await checkIn().waitFor()
    await page.getByRole('button', { name: 'New customer', exact: true }).click()
    await page.getByLabel('First name').fill('Zoë')
    await page.getByLabel('Phone', { exact: true }).fill('(555) 010-0777')
    await page.getByLabel('Year').fill('20x9')
    await page.getByLabel('Odometer').fill('51k')
    await page.getByLabel('Complaint').fill('Squeaks')
  }

  async function expectAsTyped(): Promise<void> {
    await page.getByText('it is as you typed it').waitFor()
    const values = ['First name', 'Phone', 'Year', 'Odometer', 'Complaint'].map((label) =>
      page.getByLabel(label, { exact: true }).inputValue(),
    )
    expect(await Promise.all(values)).toEqual(['Zoë', '(555) 010-0777', '20x9', '51k', 'Squeaks'])
  }

  it('is as it was typed when one comes back, can be started afresh, and that be undone', async () => {
    await begin()
    await page.keyboard.press('Escape')
    await today().waitFor()
    await toast('This check-in is kept').waitFor()
    await page.keyboard.press('F2')
    await checkIn().waitFor()
    await expectAsTyped()
    await page.getByText('Enter a whole number.').waitFor()
    // Whoever types at once types into nothing.
    await page.keyboard.type('7')
    await expectAsTyped()
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Alt+n')
    await box().waitFor()
    expect(await page.getByLabel('Odometer').inputValue()).toBe('')
    expect(await box().evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Alt+z')
    await expectAsTyped()
    await page.getByLabel('Complaint').fill('Squeaks and rattles')
    await page.getByRole('link', { name: /^Today/ }).click()
    await page.getByRole('link', { name: /^New order/ }).click()
    expect(await page.getByLabel('Complaint').inputValue()).toBe('Squeaks and rattles')
  })

  it('of one customer stays out of another’s, where it is offered', async () => {
    await begin()
    await page.keyboard.press('Escape')
    const { customer } = await other.api.orders.get({ orderId })
    await page.goto(`${host.origin}/#/orders/new?customer=${customer.id}`)
    await page.getByText(customer.displayName).first().waitFor()
    expect(await page.getByLabel('Complaint').inputValue()).toBe('')
    await page.getByText('You also began a check-in of Zoë.').waitFor()
    await page.getByRole('button', { name: 'Go on with the check-in of Zoë' }).click()
    await expectAsTyped()
  })

  it('is kept for the one who typed it and shown to nobody else', async () => {
    await begin()
    await lockAndEnter(advisor)
    await today().waitFor()
    await page.keyboard.press('F2')
    await box().waitFor()
    expect(await page.getByText(/as you typed it|You also began/).count()).toBe(0)
    expect(await page.getByLabel('Complaint').inputValue()).toBe('')
    await lockAndEnter(owner)
    await today().waitFor()
    await page.keyboard.press('F2')
    await expectAsTyped()
  })

  it('is gone when its person signs out', async () => {
    await begin()
    await page.locator('header').getByRole('button', { name: /Owner/ }).click()
    await page.getByRole('menuitem', { name: /Sign out/ }).click()
    await signIn(page, owner.email, owner.password)
    await page.keyboard.press('F2')
    await box().waitFor()
    expect(await page.getByText(/as you typed it|You also began/).count()).toBe(0)
  })

  it('is gone once it is stored', async () => {
    await begin()
    await page.getByLabel('Year').fill('2019')
    await page.getByLabel('Make').fill('Honda')
    await page.getByLabel('Model').fill('Fit')
    await page.getByLabel('Odometer').fill('51000')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
    expect(await toast('This check-in is kept').count()).toBe(0)
    await page.keyboard.press('F2')
    await box().waitFor()
    expect(await page.getByText(/as you typed it|You also began/).count()).toBe(0)
  })
})

describe('closing or loading the page again', () => {
  /** What comes of it: it is loaded again, or the browser asks (and is told to stay). */
  async function reload(): Promise<'loaded' | 'asked'> {
    const outcome = new Promise<'loaded' | 'asked'>((resolve) => {
      const onLoad = (): void => end('loaded')
      const onDialog = (dialog: Dialog): void => void dialog.dismiss().then(() => end('asked'))
      const end = (what: 'loaded' | 'asked'): void => {
        page.off('load', onLoad)
        page.off('dialog', onDialog)
        resolve(what)
      }
      page.on('load', onLoad)
      page.on('dialog', onDialog)
    })
    await page.evaluate(() => {
      setTimeout(() => location.reload())
    })
    return outcome
  }

  it('is asked about while something would be lost, and not otherwise', async () => {
    await openOrder()
    expect(await reload()).toBe('loaded')
    await price().waitFor()
    await typeInto('Price of Replace brake pads', '12x')
    expect(await reload()).toBe('asked')
    expect(await price().inputValue()).toBe('12x')
    await page.keyboard.press('Escape')
    await expect.poll(() => price().inputValue()).toBe('100.00')
    expect(await reload()).toBe('loaded')
  })
})

describe('what is typed but no stored field', () => {
  it('is told when a line was not added', async () => {
    await openOrder()
    await page.getByRole('button', { name: 'Labor' }).first().click()
    await page.keyboard.type('Check the exhaust')
    await page.keyboard.press('F6')
    await today().waitFor()
    await toast('The line was not added: “Check the exhaust”').waitFor()
  })

  it('is in the new customer’s dialog again after Esc', async () => {
    const button = () => page.getByRole('button', { name: 'New customer' })
    await page.getByRole('link', { name: /^Customers/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await button().click()
    await modal(page).getByLabel('First name').fill('Zoë')
    await page.keyboard.press('Escape')
    await modal(page).waitFor({ state: 'hidden' })
    await button().click()
    expect(await modal(page).getByLabel('First name').inputValue()).toBe('Zoë')
    await page.keyboard.press('Alt+n')
    expect(await modal(page).getByLabel('First name').inputValue()).toBe('')
  })
})
