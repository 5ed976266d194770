import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakePrinter, fakePrinter } from '../../src-main/testing/fake-printer'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import { addStaff, emailOf, PASSWORD } from '../contract/staff'
import { type CounterPage, launchBrowser, modal, openPage, signIn } from './support/browser'
import { type Counter, signedIn } from './support/counter'
import { newCar, newInvoice } from './support/shop-work'
import { removeHost, type RunningHost, startWebHost } from './support/web-host'

let database: TestDatabase
let host: RunningHost
let browser: Browser
let counter: Counter
let desk: CounterPage
let printer: FakePrinter

beforeAll(async () => {
  database = await testDatabase()
  await addStaff(database)
  printer = await fakePrinter()
  host = await startWebHost({ databaseUrl: database.url })
  browser = await launchBrowser()
  counter = await signedIn(host, emailOf('owner'), PASSWORD)
  desk = await openPage(browser, host)
  await signIn(desk.page, emailOf('owner'), PASSWORD)
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await printer?.turnOff()
  await database?.close()
})

/** For looking at: with PICTURES set to a folder, each step in light and dark. */
async function shoot(name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await desk.page.emulateMedia({ colorScheme })
    await desk.page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
  }
}

async function payInCash(): Promise<void> {
  const { page } = desk
  await page.keyboard.press('F4')
  await modal(page).getByText('Amount due').waitFor()
  await page.keyboard.press('1')
  await modal(page).getByLabel('Received').waitFor()
  await page.keyboard.press('Enter')
}

it('the owner adds a printer, tries its pins and chooses it for this station, by keyboard', async () => {
  const { page } = desk
  await page.goto(`${host.origin}/#/settings`)
  await page.getByRole('tab', { name: 'Printers' }).click()
  await page.getByText('No printers yet').waitFor()
  await shoot('printers-empty')
  await page.keyboard.press('n')
  await modal(page).waitFor()
  await page.getByLabel('Name').fill('Front counter')
  await page.getByLabel('Address').fill('8.8.8.8')
  await page.keyboard.press('Enter')
  await page.getByText('An address of the shop’s own network').waitFor()
  await shoot('printer-refused')
  await page.getByLabel('Address').fill(printer.host)
  await page.getByLabel('Port').selectOption(String(printer.port))
  await page.keyboard.press('Enter')
  await modal(page).waitFor({ state: 'hidden' })
  await page.getByRole('row', { name: /Front counter/ }).press('Enter')
  await page.getByRole('button', { name: 'Page and pin 5' }).press('Enter')
  await page.getByText('a pulse for pin 5').waitFor()
  expect(printer.pulses()).toEqual([5])
  await shoot('printer-tested')
  await page.getByLabel('Cash drawer').selectOption('5')
  await page.getByRole('button', { name: 'Save printer' }).press('Enter')
  await modal(page).waitFor({ state: 'hidden' })
  await page.getByLabel('Receipts').selectOption({ label: 'Front counter' })
  await expect.poll(async () => (await counter.api.printing.papers({})).receipt.printerId).not.toBeNull()
  await shoot('printers-chosen')
})

it('cash opens the drawer within a second and prints the receipt; F9 prints a copy, without a pulse', async () => {
  const { page } = desk
  printer.tearOff()
  const { invoiceId, number } = await newInvoice(counter.api, await newCar(counter.api), 9_000)
  await page.goto(`${host.origin}/#/invoices/${invoiceId}`)
  await page.getByRole('heading', { level: 1, name: `Invoice ${number}` }).waitFor()
  await payInCash()
  await modal(page).getByText('Change', { exact: true }).waitFor()
  const shownAt = performance.now()
  await page.getByText('Receipt printed on Front counter').waitFor()
  expect(printer.pulses()).toEqual([5])
  expect(printer.lastPulseAt() - shownAt).toBeLessThan(1000)
  await shoot('payment-receipt')
  await page.keyboard.press('F9')
  await page.getByText('Copy of the receipt printed on Front counter').waitFor()
  expect(printer.pulses()).toEqual([5])
  expect(printer.text().match(/\*\*\* COPY \*\*\*/g)).toHaveLength(2)
  const folder = process.env['PICTURES']
  if (folder) writeFileSync(join(folder, 'paper.png'), await printer.png())
  await page.getByRole('button', { name: /^Done/ }).click()
  await modal(page).waitFor({ state: 'hidden' })
})

it('a printer that is off says so while the change is shown, and the original comes out later', async () => {
  const { page } = desk
  printer.tearOff()
  await printer.turnOff()
  const { invoiceId, number } = await newInvoice(counter.api, await newCar(counter.api), 4_000)
  await page.goto(`${host.origin}/#/invoices/${invoiceId}`)
  await page.getByRole('heading', { level: 1, name: `Invoice ${number}` }).waitFor()
  await payInCash()
  await page.getByText('The receipt was not printed.').waitFor()
  await page.getByText('The drawer did not open.').waitFor()
  await shoot('payment-printer-off')
  await printer.turnOn()
  await page.getByRole('button', { name: 'Open the drawer' }).click()
  await expect.poll(() => printer.pulses()).toEqual([5])
  // The button goes; the focus does not go with it.
  await page.getByText('The drawer did not open.').waitFor({ state: 'detached' })
  expect(
    await modal(page)
      .getByRole('button', { name: /^Done/ })
      .evaluate((done) => done === document.activeElement),
  ).toBe(true)
  await page.keyboard.press('F9')
  await page.getByText('Receipt printed on Front counter').waitFor()
  expect(printer.text()).not.toContain('COPY')
  await page.getByRole('button', { name: /^Done/ }).click()
  await modal(page).waitFor({ state: 'hidden' })
  printer.tearOff()
  await page.keyboard.press('Control+Shift+P')
  await page.getByText('A copy of the last receipt is printed.').waitFor()
  expect(printer.text()).toContain('*** COPY ***')
})

it('W shows the work order, without a price', async () => {
  const { page } = desk
  const { orderId } = await newInvoice(counter.api, await newCar(counter.api), 4_000)
  await page.goto(`${host.origin}/#/orders/${orderId}`)
  await page.getByRole('heading', { level: 1, name: /^Order / }).waitFor()
  await shoot('order')
  await page.keyboard.press('w')
  await page.getByRole('heading', { level: 1, name: /^Work order/ }).waitFor()
  await page.locator('[data-pdf-page]').first().waitFor()
  await shoot('work-order')
  expect(desk.complaints.found).toEqual([])
})
