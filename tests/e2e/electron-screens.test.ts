import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import { printOptions } from '../../src-main/electron/print-port'
import { callFromPage, endElectron, launchElectron, realElectron, standIn, type ElectronHost, type RunningApp } from './electron-app'
import {
  answerMessageBoxes,
  answerWithButton,
  answerPrint,
  answerSaveDialog,
  askedToSave,
  inkOf,
  messageBoxes,
  printedSheets,
  printOptionsUsed,
} from './electron-desktop'
import { modal, signIn, watchPage, type Complaints } from './support/browser'
import { counterSteps, labelled } from './support/counter-steps'
import { embeddedConnection, violationsOf } from './support/owner-sql'
import { owner } from './support/shop-work'

const OWNER_PIN = '582947'
const ADVISOR_PIN = '639158'
const advisor = { firstName: 'Ada', lastName: 'Advisor', email: 'ada@test.invalid', password: 'a password of her own' }
const FIRST_PASSWORD = 'first password of ada'

const real = realElectron()

describe('the screens in the stand-in for Electron', () => {
  carriesACarThroughTheCounter(standIn)
})

describe.skipIf(real.missing !== null)(`the screens in real Electron${real.missing === null ? '' : ` (skipped: ${real.missing})`}`, () => {
  carriesACarThroughTheCounter(real)
})

function carriesACarThroughTheCounter(host: ElectronHost): void {
  let running: RunningApp
  let page: Page
  let complaints: Complaints
  let folder: string
  const { button, heading, status, rail, ...steps } = counterSteps(() => page)
  const pinField = () => page.getByLabel('PIN', { exact: true })
  const paper = () => page.getByRole('region', { name: /document/ })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'counterbay-saved-'))
    running = await launchElectron(host)
    page = running.page
    page.setDefaultTimeout(20_000)
    complaints = await watchPage(page)
    await page.reload()
  })
  afterAll(async () => {
    if (running) await endElectron(running)
    rmSync(folder, { recursive: true, force: true })
  })

  async function fromUserMenu(name: RegExp): Promise<void> {
    await page
      .locator('header')
      .getByRole('button', { name: /Owner|Advisor/ })
      .click()
    await page.getByRole('menuitem', { name }).click()
  }

  async function setPin(password: string, pin: string): Promise<void> {
    await fromUserMenu(/Set my PIN/)
    const dialog = modal(page)
    await dialog.getByLabel('Password').fill(password)
    await dialog.getByLabel('New PIN', { exact: true }).fill(pin)
    await dialog.getByLabel('New PIN again').fill(pin)
    await dialog.locator('[type=submit]').click()
    await dialog.waitFor({ state: 'hidden' })
  }

  /** The lid is closed, or the person locks the computer: of that each system tells in its own way, Linux only when it is asked. */
  async function computerIs(what: 'suspended' | 'locked'): Promise<void> {
    await running.app.evaluate(({ powerMonitor }, happened) => {
      if (happened === 'suspended') powerMonitor.emit('suspend')
      else if (process.platform !== 'linux') powerMonitor.emit('lock-screen')
      else powerMonitor.getSystemIdleState = () => 'locked'
    }, what)
    await pinField().waitFor()
  }

  async function invoicePdf(): Promise<Buffer> {
    const invoiceId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(page.url())?.[0]
    const answer = await callFromPage(page, '/invoices/pdf', crypto.randomUUID(), { invoiceId })
    expect(answer.status).toBe(200)
    return Buffer.from(answer.body.json['base64'] as string, 'base64')
  }

  it('sets up the shop, and gives its owner a PIN', async () => {
    await heading('Welcome. Let us set up your shop.').waitFor()
    await steps.setUpShop()
    await setPin(owner.password, OWNER_PIN)
  })

  it('checks in a car, chosen in the native menu, and writes the estimate', async () => {
    await running.app.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('new-order')?.click()
    })
    await heading('Check in a car').waitFor()
    await page.keyboard.press('Escape')
    await heading('Today').waitFor()
    await steps.newOrder({ first: 'Carla', last: 'Tester', phone: '555 010 0142' }, 'Civic')
    await page.keyboard.press('l')
    await page.getByLabel(labelled('Description')).fill('Replace pads')
    await page.getByLabel(labelled('Hours')).fill('1.5')
    await button(/^Add line/).click()
    await page.getByRole('row', { name: /Replace pads/ }).waitFor()
    await button(/^Done/).click()
    await expect.poll(() => rail('Totals').textContent()).toMatch(/Total\$225\.00/)
  })

  it('loses nothing that is half typed when the computer is suspended', async () => {
    const notes = page.getByLabel('Internal notes')
    await notes.click()
    await notes.pressSequentially('Customer waits')
    await computerIs('suspended')
    expect(await heading(/^Order /).isVisible()).toBe(false)
    await pinField().pressSequentially(OWNER_PIN)
    await heading(/^Order /).waitFor()
    await page.reload()
    await heading(/^Order /).waitFor()
    expect(await notes.inputValue()).toBe('Customer waits')
  })

  it('records the authorization, does the work, issues the invoice', async () => {
    await steps.recordAuthorization()
    await status('Approved').waitFor()
    await button(/^Start work/).click()
    await status('In work').waitFor()
    await button(/^Complete work/).click()
    await steps.confirmIfAsked(/^Complete/)
    await status('Completed').waitFor()
    await button(/^Issue invoice/).click()
    await heading(/^Invoice /).waitFor()
  })

  it('takes cash by keyboard', async () => {
    await page.keyboard.press('F4')
    const dialog = modal(page)
    await dialog.getByText('$225.00').first().waitFor()
    await page.keyboard.press('1')
    await dialog.getByLabel('Received').waitFor()
    await page.keyboard.press('Enter')
    await dialog.getByRole('heading', { name: /^Payment taken/ }).waitFor()
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    await status('Paid').waitFor()
  })

  it('shows the invoice as a document', async () => {
    await page.keyboard.press('F9')
    await paper().locator('canvas').first().waitFor()
    await expect.poll(() => paper().textContent()).toMatch(/Carla Tester/)
  })

  it('saves it where the save dialog says, byte for byte as the program made it', async () => {
    const file = join(folder, 'saved.pdf')
    await answerSaveDialog(running.app, host, file)
    await page.keyboard.press('Control+s')
    const expected = await invoicePdf()
    await expect.poll(() => readOrEmpty(file).equals(expected), { timeout: 20_000 }).toBe(true)
    expect(await askedToSave(running.app)).toEqual([
      {
        fileName: expect.stringMatching(/^.*invoice.*\.pdf$/i) as string,
        title: 'Save document',
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      },
    ])
  })

  it('saves nothing when the save dialog is left, and says so when a file cannot be written', async () => {
    await answerMessageBoxes(running.app)
    await answerSaveDialog(running.app, host, null)
    await page.keyboard.press('Control+s')
    await expect.poll(async () => (await askedToSave(running.app)).length).toBe(1)
    expect(await messageBoxes(running.app)).toEqual([])

    await answerSaveDialog(running.app, host, join(folder, 'saved.pdf', 'below-a-file.pdf'))
    await page.keyboard.press('Control+s')
    await expect.poll(() => messageBoxes(running.app), { timeout: 20_000 }).toEqual([expect.stringMatching(/\.pdf was not saved$/)])
  })

  it.runIf(host === standIn)('prints the sheets of the document, and nothing else of the screen', async () => {
    await page.keyboard.press('F9')
    await expect.poll(async () => (await printedSheets(running.app)).length, { timeout: 30_000 }).toBe(1)
    const [printed] = await printedSheets(running.app)
    expect(printed?.options).toEqual(printOptions)
    const sheets = await inkOf(printed!.pdf)
    const made = await inkOf(await invoicePdf())
    expect(sheets.map((sheet) => sheet.length)).toEqual(made.map((sheet) => sheet.length))
    for (const [index, sheet] of sheets.entries()) {
      expect(Math.max(...sheet)).toBeGreaterThan(20) // where the table and the totals are; an empty sheet has none
      const away = sheet.map((ink, cell) => Math.abs(ink - (made[index]?.[cell] ?? 255)))
      expect(Math.max(...away)).toBeLessThan(5)
    }
    await expect.poll(() => page.locator('[data-print-sheets]').count()).toBe(0)
  })

  it('hands the page to the print dialog of the system, and says when nothing came out', async () => {
    await answerPrint(running.app, false, 'Print job canceled')
    await page.keyboard.press('F9')
    await expect.poll(() => printOptionsUsed(running.app), { timeout: 30_000 }).toEqual([printOptions])
    await expect.poll(() => page.locator('[data-print-sheets]').count()).toBe(0)
    expect(await page.getByText(/Nothing was printed/).count()).toBe(0)

    await answerPrint(running.app, false, 'Print job failed')
    await page.keyboard.press('F9')
    await page.getByText(/Nothing was printed/).waitFor()
    await page.keyboard.press('Escape')
    await heading(/^Invoice /).waitFor()
  })

  it('lets somebody else take over with a PIN, once they gave their password', async () => {
    const added = await callFromPage(page, '/users/create', 'add-advisor', {
      userId: uuid7(),
      ...advisor,
      phone: '',
      role: 'service_advisor',
      canApprove: false,
      password: FIRST_PASSWORD,
    })
    expect(added.status).toBe(200)
    await page.keyboard.press('Control+l')
    await button('Use e-mail and password').click()
    await page.getByLabel('E-mail').fill(advisor.email)
    await page.getByLabel('Password').fill(FIRST_PASSWORD)
    await button('Sign in').click()
    await heading('Choose your own password').waitFor()
    await page.getByLabel('Present password').fill(FIRST_PASSWORD)
    await page.getByLabel('New password', { exact: true }).fill(advisor.password)
    await page.getByLabel('New password again').fill(advisor.password)
    await page.locator('form [type=submit]').click()
    await button(/Ada Advisor/).waitFor()
    await setPin(advisor.password, ADVISOR_PIN)

    await page.keyboard.press('Control+u')
    await modal(page)
      .getByRole('radio', { name: /Olive Owner/ })
      .waitFor()
    await pinField().pressSequentially(OWNER_PIN)
    await button(/Olive Owner/).waitFor()
    await modal(page).waitFor({ state: 'hidden' })
  })

  it('locks, and opens for whoever has a PIN here', async () => {
    await page.keyboard.press('Control+l')
    await pinField().waitFor()
    expect(await page.getByRole('navigation', { name: 'Screens' }).isVisible()).toBe(false)
    await pinField().pressSequentially('000001')
    await page.getByText('That PIN is not right.').waitFor()
    await page.getByRole('radio', { name: /Ada Advisor/ }).click()
    await pinField().pressSequentially(ADVISOR_PIN)
    await button(/Ada Advisor/).waitFor()
  })

  it('locks with the computer in the middle of a form, and what was typed is there for who typed it', async () => {
    await page.keyboard.press('F2')
    await heading('Check in a car').waitFor()
    await button('New customer').click()
    await page.getByLabel('First name').fill('Dora')
    await page.getByLabel('Complaint').fill('Rattles')
    await computerIs('locked')
    expect(await callFromPage(page, '/orders/board', crypto.randomUUID())).toMatchObject({
      status: 401,
      body: { json: { code: 'SCREEN_LOCKED' } },
    })
    await pinField().pressSequentially(ADVISOR_PIN)
    await heading('Check in a car').waitFor()
    expect(await page.getByLabel('First name').inputValue()).toBe('Dora')
    expect(await page.getByLabel('Complaint').inputValue()).toBe('Rattles')
  })

  it('asks before the window is closed over something that is not stored', async () => {
    const close = () => running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close())
    await answerWithButton(running.app, 'Stay')
    await close()
    await expect.poll(() => messageBoxes(running.app)).toEqual(['Something that was typed is not stored yet.'])
    expect(await page.getByLabel('First name').inputValue()).toBe('Dora')
  })

  it('signs out, and in with the password', async () => {
    await page.keyboard.press('F6')
    await heading('Today').waitFor()
    await fromUserMenu(/Sign out/)
    await signIn(page, owner.email, owner.password)
  })

  it('leaves sound books and no complaint of the browser', async () => {
    expect(await violationsOf(embeddedConnection(running.dataFolder))).toEqual([])
    expect(complaints.found).toEqual([])
  })
}

function readOrEmpty(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}
