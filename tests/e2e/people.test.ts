import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import { launchBrowser, modal, openPage, signIn, type CounterPage } from './support/browser'
import { owner, setUpShop } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

const PIN = '582947'
const newcomer = {
  first: 'Ada',
  last: 'Advisor',
  email: 'ada@test.invalid',
  firstPassword: 'first password of ada',
  password: 'a password of her own',
}

let database: TestDatabase
let host: RunningHost
let browser: Browser
let counter: CounterPage
let page: Page

beforeAll(async () => {
  database = await testDatabase({ empty: true })
  host = await startWebHost({ databaseUrl: database.url })
  await setUpShop(host)
  browser = await launchBrowser()
  counter = await openPage(browser, host)
  page = counter.page
  await signIn(page, owner.email, owner.password)
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await database?.close()
})

const button = (name: RegExp) => page.getByRole('button', { name }).first()
const today = () => page.getByRole('heading', { level: 1, name: 'Today' })

async function fromMenu(name: RegExp): Promise<void> {
  await page
    .locator('header')
    .getByRole('button', { name: /Owner|Advisor/ })
    .click()
  await page.getByRole('menuitem', { name }).click()
}

describe('people at the counter', () => {
  it('set a PIN with their password', async () => {
    await fromMenu(/Set my PIN/)
    const dialog = modal(page)
    await dialog.getByLabel('Password').fill(owner.password)
    await dialog.getByLabel('New PIN', { exact: true }).fill(PIN)
    await dialog.getByLabel('New PIN again').fill(PIN)
    await dialog.locator('[type=submit]').click()
    await dialog.waitFor({ state: 'hidden' })
  })

  it('lock the screen, and open it with the PIN, not with another', async () => {
    await page.keyboard.press('Control+l')
    await page.getByLabel('PIN', { exact: true }).waitFor()
    expect(await today().isVisible()).toBe(false)
    await page.getByLabel('PIN', { exact: true }).pressSequentially('000001')
    await page.getByText('That PIN is not right.').waitFor()
    await page.getByLabel('PIN', { exact: true }).fill('')
    await page.getByLabel('PIN', { exact: true }).pressSequentially(PIN)
    await today().waitFor()
  })

  it('add somebody, whose first password is only good for choosing an own one', async () => {
    await page.getByRole('link', { name: /Settings/ }).click()
    await page.getByRole('tab', { name: /People/ }).click()
    await button(/New person|Add person/).click()
    const dialog = modal(page)
    await dialog.getByLabel('First name').fill(newcomer.first)
    await dialog.getByLabel('Last name').fill(newcomer.last)
    await dialog.getByLabel('E-mail').fill(newcomer.email)
    await dialog.getByLabel('Role').selectOption({ label: 'Service advisor' })
    await dialog.getByLabel('First password').fill(newcomer.firstPassword)
    await dialog.locator('[type=submit]').click()
    await page.getByRole('row', { name: /Ada Advisor/ }).waitFor()

    await fromMenu(/Sign out/)
    await page.getByLabel('E-mail').fill(newcomer.email)
    await page.getByLabel('Password').fill(newcomer.firstPassword)
    await button(/^Sign in/).click()
    await page.getByRole('heading', { level: 1, name: 'Choose your own password' }).waitFor()
    await page.getByLabel('Present password').fill(newcomer.firstPassword)
    await page.getByLabel('New password', { exact: true }).fill(newcomer.password)
    await page.getByLabel('New password again').fill(newcomer.password)
    await page.locator('form [type=submit]').click()
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
    await page.keyboard.press('F6')
    await today().waitFor()
  })

  it('see only what their role may do', async () => {
    expect(await page.getByRole('link', { name: /Settings/ }).count()).toBe(0)
    await page.goto(`${host.origin}/#/settings`)
    await page.locator('h1').first().waitFor()
    expect(await page.getByRole('tab', { name: /People/ }).count()).toBe(0)
  })

  it('are locked out after five wrong passwords', async () => {
    await fromMenu(/Sign out/)
    for (let tries = 0; tries < 5; tries += 1) {
      await page.getByLabel('E-mail').fill(newcomer.email)
      await page.getByLabel('Password').fill(`wrong password ${tries}`)
      await button(/^Sign in/).click()
      await page.getByText('E-mail or password is not right.').waitFor()
      await page.reload()
      await page.getByLabel('E-mail').waitFor()
    }
    await page.getByLabel('E-mail').fill(newcomer.email)
    await page.getByLabel('Password').fill(newcomer.password)
    await button(/^Sign in/).click()
    await page.getByText(/Too many wrong tries/).waitFor()
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill(owner.password)
    await button(/^Sign in/).click()
    await page.getByRole('navigation', { name: 'Screens' }).waitFor()
  })

  it('leave no complaint of the browser', () => {
    expect(counter.complaints.found).toEqual([])
  })
})
