import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { modal } from './browser'
import { newShop, owner } from './shop-work'

/** What a person at the counter does, on the screens, in either host. */
export interface CounterSteps {
  button(name: string | RegExp): Locator
  heading(name: string | RegExp): Locator
  /** a word of the record's state */
  status(word: string): Locator
  /** a part of the order's right side */
  rail(title: string): Locator
  /** first start: the shop and its owner, by the set-up form */
  setUpShop(): Promise<void>
  newOrder(name: { first: string; last: string; phone: string }, model: string): Promise<void>
  addLine(kind: 'Labor' | 'Part' | 'Fee' | 'Discount', fields: Record<string, string>): Promise<void>
  recordAuthorization(): Promise<void>
  /** some steps ask before they are taken */
  confirmIfAsked(name: RegExp): Promise<void>
}

/** A label and nothing more than the mark of a field that is required. */
export const labelled = (label: string): RegExp => new RegExp(`^${label.replaceAll('?', '\\?')}\\W*$`)

/** @param pageNow the page that is looked at now: it may become another one meanwhile */
export function counterSteps(pageNow: () => Page): CounterSteps {
  const button = (name: string | RegExp): Locator => pageNow().getByRole('button', { name, exact: typeof name === 'string' })
  const heading = (name: string | RegExp): Locator => pageNow().getByRole('heading', { level: 1, name })
  const confirm = async (name: RegExp): Promise<void> => {
    const dialog = modal(pageNow())
    await dialog.waitFor()
    await dialog.getByRole('button', { name }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  return {
    button,
    heading,
    status: (word) => pageNow().locator('main').getByText(word, { exact: true }).first(),
    rail: (title) => pageNow().getByRole('region', { name: title }),
    setUpShop: () => fillSetUp(pageNow(), button, heading),
    newOrder: (name, model) => checkIn(pageNow(), name, model, button, heading),
    async addLine(kind, fields) {
      const page = pageNow()
      await page.getByRole('group', { name: 'Add a line' }).last().getByRole('button', { name: kind }).click()
      for (const [label, value] of Object.entries(fields)) await page.getByLabel(labelled(label)).fill(value)
      const rows = await page.getByRole('row').count()
      await button(/^Add line/).click()
      await expect.poll(() => page.getByRole('row').count()).toBe(rows + 1)
      await button(/^Done/).click()
    },
    async recordAuthorization() {
      await button(/^Record (a new )?authorization/).click()
      await confirm(/^Record authorization/)
    },
    confirmIfAsked: confirm,
  }
}

type Find = (name: string | RegExp) => Locator

async function fillSetUp(page: Page, button: Find, heading: Find): Promise<void> {
  const { shop } = newShop
  const fields: Record<string, string> = {
    'Shop name': shop.name,
    Phone: shop.phone,
    'Street address': shop.address,
    City: shop.city,
    ZIP: shop.zip,
    'Sales tax rate': '7.25',
    'Labor rate an hour': '150',
    'Registration number': shop.registrationNumber,
    'First name': owner.firstName,
    'Last name': owner.lastName,
    'E-mail': owner.email,
    Password: owner.password,
  }
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value)
  await page.getByLabel('State').selectOption(shop.state)
  await page.getByLabel('Time zone').selectOption(shop.timezone)
  await button('Open the shop').click()
  await heading('Today').waitFor()
}

async function checkIn(
  page: Page,
  name: { first: string; last: string; phone: string },
  model: string,
  button: Find,
  heading: Find,
): Promise<void> {
  await page.keyboard.press('F2')
  await heading('Check in a car').waitFor()
  await button('New customer').click()
  const fields = {
    'First name': name.first,
    'Last name': name.last,
    Year: '2019',
    Make: 'Honda',
    Model: model,
    Odometer: '48210',
    Complaint: 'Squeals when braking',
  }
  await page.getByLabel('Phone', { exact: true }).fill(name.phone)
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value)
  await button(/^Check in/).click()
  await heading(/^Order /).waitFor()
}
