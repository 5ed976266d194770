import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoPeople } from '../../src-main/features/demo/demo-people'
import { launchBrowser, modal, openPage, SCREEN, signIn, type CounterPage } from './support/browser'
import { axeViolations, cutOff } from './support/check-screen'
import { signedIn } from './support/counter'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { arrival, laborLine, newCar, newInvoice } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

/** 1366x768 at 200 %. */
const ZOOMED = { width: 683, height: 384 }

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let counter: CounterPage
let page: Page
const records = { customer: '', vehicle: '', removedCustomer: '', removedVehicle: '', invoice: '', paid: '' }
const orders: Record<string, string> = {}

const person = demoPeople.find(({ role }) => role === 'owner')!

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  await findRecords()
  browser = await launchBrowser()
  counter = await openPage(browser, host)
  page = counter.page
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

async function findRecords(): Promise<void> {
  const { api } = await signedIn(host, person.email, person.password)
  const board = await api.orders.board({})
  for (const order of board.orders) orders[order.status] ??= order.id
  const anyOrder = await api.orders.get({ orderId: board.orders[0]!.id })
  records.customer = anyOrder.customer.id
  records.vehicle = anyOrder.vehicle.id
  records.invoice = (await newInvoice(api, await newCar(api), 10_000)).invoiceId
  const { invoiceId, orderId } = await newInvoice(api, await newCar(api), 5_000)
  await api.payments.take({ paymentId: crypto.randomUUID(), invoiceId, method: 'cash', amountCents: 5_000, tenderedCents: 6_000 })
  records.paid = invoiceId
  orders['closed'] = orderId
  orders['draft'] = (await api.orders.checkIn(arrival(await newCar(api)))).id
  const refused = await api.orders.checkIn(arrival(await newCar(api), laborLine(5_000)))
  orders['declined'] = refused.id
  await api.orders.transition({ orderId: refused.id, from: 'estimate', to: 'declined', reason: 'Too dear' })
  const { customerId, vehicleId } = await newCar(api)
  await api.customers.remove({ customerId })
  Object.assign(records, { removedCustomer: customerId, removedVehicle: vehicleId })
}

/** With nothing left of the screen before: over a screen that is none, and loaded anew where something lies over the screens. */
const visit = async (address: string): Promise<void> => {
  const isCovered = (await page.locator('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]').count()) > 0
  await page.goto(isCovered ? 'about:blank' : `${host.origin}/#/nothing`)
  await page.goto(`${host.origin}/#${address}`)
  await settled()
}

/** Everything that was asked for is there: no part of the screen is still at work (components/spinner.tsx). */
async function settled(): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.animate-spin, [aria-busy=true]') === null)
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

const button = (name: RegExp) => page.getByRole('button', { name }).first()
const dialog = async (): Promise<void> => {
  await modal(page).waitFor()
  await settled()
}

interface Screen {
  readonly name: string
  readonly open: () => Promise<void>
}

const at = (name: string, address: () => string): Screen => ({ name, open: () => visit(address()) })
const from = (name: string, address: () => string, steps: () => Promise<void>): Screen => ({
  name,
  open: async () => {
    await visit(address())
    await steps()
  },
})

const screens: readonly Screen[] = [
  at('Today', () => '/'),
  from(
    'search, found',
    () => '/',
    async () => {
      await page.keyboard.press('F3')
      await page.keyboard.type('hond')
      await page.getByRole('option').first().waitFor()
    },
  ),
  from(
    'keys of the screen',
    () => '/',
    async () => {
      await page.keyboard.press('F1')
      await dialog()
    },
  ),
  from(
    'user menu',
    () => '/',
    async () => {
      await button(/Olivia Owner/).click()
      await page.getByRole('menu').waitFor()
    },
  ),
  from(
    'switch user',
    () => '/',
    async () => {
      await page.keyboard.press('Control+u')
      await dialog()
    },
  ),
  at('check-in', () => '/orders/new'),
  at('check-in of a known customer', () => `/orders/new?customer=${records.customer}`),
  from(
    'check-in of a new customer, refused',
    () => '/orders/new?name=Nora',
    async () => {
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  ),
  ...['draft', 'estimate', 'approved', 'in_progress', 'completed', 'closed', 'declined'].map((status) =>
    at(`order, ${status}`, () => `/orders/${orders[status]}`),
  ),
  ...['History', 'Documents', 'Log'].map((tab) =>
    from(
      `order, ${tab}`,
      () => `/orders/${orders['in_progress']}`,
      async () => {
        await page.getByRole('tab', { name: new RegExp(tab) }).click()
        await settled()
      },
    ),
  ),
  ...['Labor', 'Part', 'Discount'].map((kind) =>
    from(
      `order, adding: ${kind}`,
      () => `/orders/${orders['estimate']}`,
      async () => {
        await page.getByRole('group', { name: 'Add a line' }).first().getByRole('button', { name: kind }).click()
        await button(/^Add line/).waitFor()
      },
    ),
  ),
  from(
    'record authorization',
    () => `/orders/${orders['estimate']}`,
    async () => {
      await button(/^Record (a new )?authorization/).click()
      await dialog()
    },
  ),
  at('estimate as a document', () => `/orders/${orders['estimate']}/estimate`),
  at('invoice', () => `/invoices/${records.invoice}`),
  at('invoice, paid', () => `/invoices/${records.paid}`),
  at('invoice as a document', () => `/invoices/${records.invoice}/print`),
  from(
    'void invoice',
    () => `/invoices/${records.invoice}`,
    async () => {
      await button(/^Void invoice/).click()
      await dialog()
    },
  ),
  from(
    'take payment',
    () => `/invoices/${records.invoice}`,
    async () => {
      await page.keyboard.press('F4')
      await dialog()
    },
  ),
  ...['1', '2', '3'].map((digit) =>
    from(
      `take payment, tender ${digit}`,
      () => `/invoices/${records.invoice}`,
      async () => {
        await page.keyboard.press('F4')
        await dialog()
        await page.keyboard.press(digit)
        await modal(page).getByRole('textbox', { name: 'Amount' }).waitFor()
      },
    ),
  ),
  at('customers', () => '/customers'),
  from(
    'new customer',
    () => '/customers',
    async () => {
      await button(/^New customer/).click()
      await dialog()
    },
  ),
  at('customer', () => `/customers/${records.customer}`),
  at('vehicle', () => `/vehicles/${records.vehicle}`),
  at('customer, removed', () => `/customers/${records.removedCustomer}`),
  at('vehicle, removed', () => `/vehicles/${records.removedVehicle}`),
  at('settings', () => '/settings'),
  at('account', () => '/account'),
  from(
    'set my PIN',
    () => '/account',
    async () => {
      await button(/PIN/).click()
      await dialog()
    },
  ),
  from(
    'change my password',
    () => '/account',
    async () => {
      await button(/Change password/).click()
      await dialog()
    },
  ),
  at('nothing there', () => '/nothing'),
  at('an order that does not exist', () => '/orders/01900000-0000-7000-8000-00000000dead'),
]

/** What a screen is called that has nothing to show, or broke: it must not pass for the one that is meant. */
const WITHOUT_RECORD = new Set([
  'There is no such screen',
  'This screen stopped working',
  'Repair order',
  'Estimate',
  'Invoice',
  'Customer',
  'Vehicle',
])
const showsNothing = new Set(['nothing there', 'an order that does not exist'])

/** Light and large, dark and zoomed: both looks and both sizes, without paying for each pair. */
const views = [
  { viewport: SCREEN, colorScheme: 'light' },
  { viewport: ZOOMED, colorScheme: 'dark' },
] as const

async function check(name: string): Promise<string[]> {
  const found: string[] = []
  for (const { viewport, colorScheme } of views) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    const where = `${name} (${colorScheme}, ${viewport.width})`
    found.push(...(await axeViolations(page)).map((line) => `${where}: ${line}`))
    found.push(...(await cutOff(page)).map((line) => `${where}: cut off: ${line}`))
  }
  await page.setViewportSize(SCREEN)
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

describe('every screen, light and dark, at 1366x768 and at 200 %', () => {
  it('sign-in', async () => {
    await settled()
    expect(await check('sign-in')).toEqual([])
    await signIn(page, person.email, person.password)
  })

  it.each(screens)('$name', async ({ name, open }) => {
    await open()
    expect([name, WITHOUT_RECORD.has((await page.locator('h1').first().textContent()) ?? '')]).toEqual([name, showsNothing.has(name)])
    expect(await check(name)).toEqual([])
  })

  it('every part of the settings, and their dialogs', async () => {
    await visit('/settings')
    const tabs = await page.getByRole('tab').allTextContents()
    expect(tabs.length).toBeGreaterThan(1)
    const found: string[] = []
    for (const tab of tabs) {
      await page.getByRole('tab', { name: tab }).click()
      await settled()
      found.push(...(await check(`settings, ${tab}`)))
      const add = page.getByRole('tabpanel').getByRole('button', { name: /^(Add|New)/ })
      if ((await add.count()) === 0) continue
      await add.first().click()
      await settled()
      found.push(...(await check(`settings, ${tab}, adding`)))
      await visit('/settings')
    }
    expect(found).toEqual([])
  })

  it('the lock screen', async () => {
    await visit('/')
    await page.keyboard.press('Control+l')
    await page
      .getByLabel(/Password|PIN/)
      .first()
      .waitFor()
    expect(await check('locked')).toEqual([])
  })

  it('raises no violation of the content security policy and no error in the console', () => {
    // The browser itself notes each answer above 399; a refused call of the contract is none over the WebSocket.
    expect(counter.complaints.found).toEqual([])
  })
})

describe('the first start', () => {
  it('is all right too, empty and refused', async () => {
    const empty = await startWebHost()
    const first = await openPage(browser, empty)
    const before = page
    try {
      page = first.page
      await settled()
      expect(await check('set-up')).toEqual([])
      await button(/Open the shop/).click()
      await page.locator('[aria-invalid=true]').first().waitFor()
      expect(await check('set-up, refused')).toEqual([])
      expect(first.complaints.found).toEqual([])
    } finally {
      page = before
      await removeHost(empty)
    }
  })
})
