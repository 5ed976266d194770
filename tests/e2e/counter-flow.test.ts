import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionUrl } from '../../src-main/database/connection-settings'
import { launchBrowser, modal, openPage, signIn, type CounterPage } from './support/browser'
import { counterSteps, labelled } from './support/counter-steps'
import { embeddedConnection } from './support/owner-sql'
import { owner } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

let host: RunningHost
let browser: Browser
let counter: CounterPage
let page: Page

beforeAll(async () => {
  host = await startWebHost()
  browser = await launchBrowser()
  counter = await openPage(browser, host)
  page = counter.page
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
})

const { button, heading, status, rail, setUpShop, newOrder, addLine, recordAuthorization, confirmIfAsked } = counterSteps(() => page)

const orderAddress = async (): Promise<string> => new URL(page.url()).hash

describe('one car through the counter', () => {
  let order = ''

  it('sets up the shop at the first start', async () => {
    await heading('Welcome. Let us set up your shop.').waitFor()
    await button('Open the shop').click()
    await page.getByText(/fields need another look/).waitFor()
    await setUpShop()
    await page.getByText('No open repair orders').waitFor()
  })

  it('signs out and in again', async () => {
    await button(/Olive Owner/).click()
    await page.getByRole('menuitem', { name: /Sign out/ }).click()
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill('not the password')
    await button('Sign in').click()
    await page.getByText('E-mail or password is not right.').waitFor()
    await signIn(page, owner.email, owner.password)
  })

  it('checks in a new customer with a car, and writes the estimate: labor, part, fee, discount', async () => {
    await newOrder({ first: 'Carla', last: 'Tester', phone: '555 010 0142' }, 'Civic')
    order = await orderAddress()
    await page.getByText('Carla Tester').first().waitFor()
    await button(/^Add job/).click()
    await page.getByLabel('New job').fill('Front brakes')
    await page.keyboard.press('Enter')
    await page.getByLabel('Description', { exact: true }).fill('Replace pads')
    await page.getByLabel('Hours', { exact: true }).fill('1.5')
    await button(/^Add line/).click()
    await page.getByRole('row', { name: /Replace pads/ }).waitFor()
    await button(/^Done/).click()
    await addLine('Part', { Description: 'Brake pads', Qty: '2', Price: '40' })
    await addLine('Fee', { Description: 'Brake cleaner', Price: '12.50' })
    await addLine('Discount', { 'What for': 'Returning customer', 'Amount off': '10', 'Why is it given?': 'Second visit' })
    // labor 225.00 + parts 80.00 + fee 12.50 - discount 10.00; 7.25 % on the taxed 92.50 (the discount lowers no tax)
    await expect.poll(() => rail('Totals').textContent()).toMatch(/Total\$314\.21/)
  })

  it('shows the estimate as a document', async () => {
    await button(/^Print/).click()
    await heading(/Estimate/).waitFor()
    const paper = page.getByRole('region', { name: /document/ })
    await paper.locator('canvas').first().waitFor()
    await expect.poll(() => paper.textContent()).toMatch(/Front brakes/)
    await page.keyboard.press('Escape')
    await heading(/^Order /).waitFor()
  })

  it('records the customer’s authorization: the work, and not one cent more', async () => {
    await recordAuthorization()
    await status('Approved').waitFor()
    await expect.poll(() => rail('Authorized').textContent()).toContain('$314.21')

    await addLine('Fee', { Description: 'Cent', Price: '0.01' })
    await expect.poll(() => button(/^Start work/).isDisabled()).toBe(true)
    expect(await button(/^Complete and invoice/).isDisabled()).toBe(true)
    await page.getByText('The total is above what the customer authorized.', { exact: false }).first().waitFor()
    await recordAuthorization()
    await button(/^Start work/).click()
    await status('In work').waitFor()

    await addLine('Fee', { Description: 'Another cent', Price: '0.01' })
    await expect.poll(() => button(/^Complete work/).isDisabled()).toBe(true)
    expect(await button(/^Complete and invoice/).isDisabled()).toBe(true)
    await recordAuthorization()
    await button(/^Complete work/).click()
    await confirmIfAsked(/^Complete/)
    await status('Completed').waitFor()
  })

  it('issues the invoice, voids it, issues it again', async () => {
    await button(/^Issue invoice/).click()
    await heading(/^Invoice /).waitFor()
    const first = await heading(/^Invoice /).textContent()
    await button(/^Void invoice/).click()
    const dialog = modal(page)
    await dialog.getByLabel('Reason').fill('Wrong car')
    await dialog.getByRole('button', { name: /^Void invoice/ }).click()
    await page.getByText(/^Void since/).waitFor()
    expect(await button(/^Take payment/).count()).toBe(0)
    await page.keyboard.press('Escape')
    await button(/^Issue invoice/).click()
    await heading(/^Invoice /).waitFor()
    expect(await heading(/^Invoice /).textContent()).not.toBe(first)
  })

  it('shows the invoice as a document', async () => {
    await button(/^Print/).click()
    const paper = page.getByRole('region', { name: /document/ })
    await paper.locator('canvas').first().waitFor()
    await expect.poll(() => paper.textContent()).toMatch(/Carla Tester/)
    await page.keyboard.press('Escape')
    await heading(/^Invoice /).waitFor()
  })

  it('takes cash with change, and closes the order', async () => {
    await page.keyboard.press('F4')
    const dialog = modal(page)
    await dialog.getByText('$314.23').first().waitFor()
    await page.keyboard.press('1')
    await dialog.getByLabel('Received').fill('320')
    await page.keyboard.press('Enter')
    await dialog.getByRole('heading', { name: /^Payment taken/ }).waitFor()
    await dialog.getByText('$5.77').first().waitFor()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await status('Paid').waitFor()
    await page.keyboard.press('Escape')
    await heading(/^Order /).waitFor()
    await status('Closed').waitFor()
  })

  it('takes a check and cash for another car, each a part', async () => {
    await newOrder({ first: 'Dora', last: 'Sample', phone: '555 010 0199' }, 'Accord')
    await page.keyboard.press('l')
    await page.getByLabel(labelled('Description')).fill('Diagnose')
    await page.getByLabel(labelled('Hours')).fill('2')
    await button(/^Add line/).click()
    await page.getByRole('row', { name: /Diagnose/ }).waitFor()
    await button(/^Done/).click()
    await recordAuthorization()
    await button(/^Complete and invoice/).click()
    await confirmIfAsked(/invoice/i)
    await heading(/^Invoice /).waitFor()
    await page.keyboard.press('F4')
    const dialog = modal(page)
    await dialog.getByText('$300.00').first().waitFor()
    await page.keyboard.press('2')
    await dialog.getByLabel('Check number').fill('1042')
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('120')
    await page.keyboard.press('Enter')
    await dialog.getByText('Check $120.00 taken.').waitFor()
    await dialog.getByText('$180.00').first().waitFor()
    await page.keyboard.press('1')
    await dialog.getByLabel('Received').waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByRole('heading', { name: /^Payment taken/ }).waitFor()
    await page.keyboard.press('Enter')
    await status('Paid').waitFor()
  })

  it('keeps everything over a restart', async () => {
    expect(await host.end()).toBe(0)
    await counter.close()
    host = await startWebHost({ dataFolder: host.dataFolder })
    console.log(`web host on an existing data folder: ready after ${host.readyMs} ms`)
    counter = await openPage(browser, host)
    page = counter.page
    await signIn(page, owner.email, owner.password)
    await page.goto(`${host.origin}/${order}`)
    await status('Closed').waitFor()
    await expect.poll(() => rail('Totals').textContent()).toMatch(/Total\$314\.23/)
    await expect.poll(() => rail('Balance').textContent()).toContain('Paid in full')
  })

  it('is silent for `db verify`, and no page complained', async () => {
    const program = resolve(import.meta.dirname, '../../out/main/db.js')
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      'verify',
      '--url',
      connectionUrl(embeddedConnection(host.dataFolder)),
    ])
    expect(stdout.trim()).toBe('Every invariant holds.')
    expect(counter.complaints.found).toEqual([])
  })
})
