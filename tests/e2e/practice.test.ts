import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import { readPdf } from '../../src-main/testing/read-pdf'
import { launchBrowser, openPage, signIn } from './support/browser'
import { axeViolations } from './support/check-screen'
import { openCounter, signedIn, type Counter } from './support/counter'
import { contentsOf, embeddedConnection, violationsOf, withOwner, writesOf } from './support/owner-sql'
import { cash, newCar, newInvoice, newShop, owner } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

let host: RunningHost
let counter: Counter
let browser: Browser
let page: Page

beforeAll(async () => {
  host = await startWebHost()
  counter = await openCounter(host)
  await counter.api.session.setUpShop(newShop)
  await newInvoice(counter.api, await newCar(counter.api), 4_000)
  browser = await launchBrowser()
  page = (await openPage(browser, host)).page
  await signIn(page, owner.email, owner.password)
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
})

const books = () => embeddedConnection(host.dataFolder)
const bar = () => page.getByRole('complementary', { name: 'Practice' })

const databases = () =>
  withOwner(books(), async (client) =>
    (await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname')).rows.map(
      ({ datname }) => datname,
    ),
  )

/** The command is the first that fits what is typed behind the palette's mark. */
async function run(command: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(command)
  await page.getByRole('option', { name: command }).first().waitFor()
  await page.keyboard.press('Enter')
}

describe('practice', () => {
  it('is begun from the palette and marks every screen', async () => {
    await run('Practice')
    await page.getByRole('button', { name: 'Begin practice' }).waitFor()
    await page.keyboard.press('Enter')
    await bar().waitFor()
    expect(await page.title()).toMatch(/^PRACTICE: Today/)
    expect(await axeViolations(page)).toEqual([])
    expect(await databases()).toContain('counterbay_practice')
  })

  it('changes nothing in the books while a whole sale is made', async () => {
    const inside = await signedIn(host, owner.email, owner.password)
    const before = await withOwner(books(), writesOf)
    const began = performance.now()
    expect(await inside.api.session.startPractice({})).toMatchObject({ practice: true })
    const { invoiceId } = await newInvoice(inside.api, await newCar(inside.api), 12_000)
    await inside.api.payments.take(cash(invoiceId, 12_000))
    expect((await inside.api.invoices.get({ invoiceId })).status).toBe('paid')
    const billed = (await newInvoice(inside.api, await newCar(inside.api), 5_000)).invoiceId
    const [credit] = (
      await inside.api.invoices.credit({
        creditNoteId: uuid7(),
        invoiceId: billed,
        credit: { kind: 'amount', amountCents: 100 },
        totalCents: 100,
        refunds: [],
        reason: 'a scratch',
      })
    ).creditNotes
    for (const file of [await inside.api.invoices.pdf({ invoiceId }), await inside.api.invoices.creditPdf({ creditNoteId: credit!.id })]) {
      const paper = await readPdf(new Uint8Array(Buffer.from(file.base64, 'base64')))
      expect(paper.text).toContain('PRACTICE')
      expect(paper.text).toContain('was made in practice')
    }
    await expect(inside.api.session.changeMyPassword({ currentPassword: owner.password, newPassword: 'another long one' })).rejects.toThrow(
      /Leave practice first/,
    )
    console.log(`a sale in practice, copy and paper: ${Math.round(performance.now() - began)} ms`)

    expect(await withOwner(books(), writesOf)).toEqual(before)
    await expect(counter.api.invoices.get({ invoiceId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await inside.api.session.leavePractice({})
    await expect(inside.api.invoices.get({ invoiceId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await violationsOf(books())).toEqual([])
  })

  it('goes with the last who leaves it; the page opens anew in the books', async () => {
    await page.getByRole('button', { name: 'Leave practice' }).click()
    await bar().waitFor({ state: 'detached' })
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    await expect.poll(() => page.title()).toMatch(/^Today/)
    await expect.poll(databases, { timeout: 15_000 }).not.toContain('counterbay_practice')
  })

  it('does not outlive a crash: the next start is in the books', async () => {
    const inside = await signedIn(host, owner.email, owner.password)
    await inside.api.session.startPractice({})
    const before = await withOwner(books(), contentsOf)
    const { dataFolder } = host
    await host.kill()
    host = await startWebHost({ dataFolder })
    counter = await signedIn(host, owner.email, owner.password)
    expect(await counter.api.session.status({})).toMatchObject({ practice: false })
    expect(await databases()).not.toContain('counterbay_practice')
    const after = await withOwner(books(), contentsOf)
    // Signing in is noted with the person.
    expect({ ...after, users: null, audit_events: null }).toEqual({ ...before, users: null, audit_events: null })
  })
})
