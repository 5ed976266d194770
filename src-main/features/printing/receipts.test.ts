import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Invoice, PaymentMethod } from '../../../src-preload/contract/invoices'
import { addCents, cents } from '../../../src-preload/contract/money'
import type { PaperChoice, Printer, PrintJob } from '../../../src-preload/contract/printing'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { sendToPrinter } from '../../printing/send-to-printer'
import { type FakePrinter, fakePrinter } from '../../testing/fake-printer'
import { approved, codeOf, line, refusalOf } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { takePayment } from '../payments/take-payment'
import { addPrinter } from './add-printer'
import { choosePrinter } from './choose-printer'
import { abandonJobs } from './job-queries'
import { stationId } from './station-id'
import { listJobs, printReceipt, reprintLast, retryJob } from './print-receipt'
import { printTestPage } from './print-test-page'
import { stationPapers } from './station-papers'
import { updatePrinter } from './update-printer'

let t: TestDatabase
let owner: Ctx
let paper: FakePrinter
let printer: Printer
const folders: string[] = []

beforeAll(async () => {
  t = await testDatabase()
})
beforeEach(async () => {
  paper = await fakePrinter()
  owner = await stationOf('owner')
  printer = await addPrinter(owner, newPrinter(paper))
  await receiptsComeOut(owner, { printerId: printer.id, byItself: true })
})
afterEach(async () => {
  await owner.prints.close()
  await paper.turnOff()
})
afterAll(async () => {
  await t.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A counter with a data folder of its own, which is what makes it a station. */
async function stationOf(role: Parameters<typeof testContext>[1]): Promise<Ctx> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'counterbay-station-'))
  folders.push(dataFolder)
  return testContext(t, role, { dataFolder })
}

function newPrinter({ host, port }: Pick<FakePrinter, 'host' | 'port'>) {
  const printerId = uuid7()
  const name = `Printer ${printerId}`
  return { printerId, name, kind: 'escpos' as const, host, port, systemName: '', paperMm: 80 as const, drawerPin: 2 as const }
}

async function receiptsComeOut(ctx: Ctx, now: PaperChoice): Promise<void> {
  const { receipt } = await stationPapers(ctx)
  await choosePrinter(ctx, { paper: 'receipt', was: receipt, now })
}

async function bill(unitPriceCents = 10_000): Promise<Invoice> {
  const order = await approved(t, owner, [line({ unitPriceCents, description: 'Replace front brake pads' })])
  return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
}

function request(invoice: Invoice, method: PaymentMethod, amountCents = invoice.dueCents) {
  const tendered = method === 'cash' ? { tenderedCents: addCents(amountCents, cents(500)) } : {}
  const checkNumber = method === 'check' ? '4711' : ''
  return {
    paymentId: uuid7(),
    invoiceId: invoice.id,
    method,
    amountCents,
    checkNumber,
    reference: 'terminal 3, slip 88123',
    note: '',
    ...tendered,
  }
}

/** The jobs of a payment once nothing is on its way any more. */
function settled(ctx: Ctx, paymentId: string, count: number): Promise<PrintJob[]> {
  return vi.waitFor(
    async () => {
      const jobs = await listJobs(ctx, { paymentId })
      expect(jobs).toHaveLength(count)
      expect(jobs.filter(({ state }) => state === 'queued' || state === 'printing')).toEqual([])
      return jobs
    },
    { timeout: 15_000, interval: 20 },
  )
}

describe('after a payment', () => {
  test('cash opens the drawer within a second, before the receipt; what is paid, received and given back is on it', async () => {
    const cash = request(await bill(), 'cash')
    const { invoice } = await takePayment(owner, cash)
    const answeredAt = performance.now()
    await settled(owner, cash.paymentId, 2)
    expect(paper.pulses()).toEqual([2])
    expect(paper.lastPulseAt() - answeredAt).toBeLessThan(1000)
    expect(paper.events().findIndex(({ kind }) => kind === 'pulse')).toBeLessThan(paper.events().findIndex(({ kind }) => kind === 'text'))
    const words = paper.text().replace(/ {2,}/g, ' ')
    for (const said of [
      'RECEIPT',
      `Invoice ${invoice.number} ${invoice.orderNumber}`,
      'Carla Tester',
      'Replace front brake pads $100.00',
    ]) {
      expect(words).toContain(said)
    }
    expect(words).toMatch(/Paid: Cash \$100\.00\nCash received \$105\.00\nChange \$5\.00\nBalance due \$0\.00/)
    expect(words).toContain(`[barcode {B${invoice.number}]`)
    expect(words).not.toContain('COPY')
    expect(paper.events().filter(({ kind }) => kind === 'cut')).toHaveLength(1)
  })

  test.each(['check', 'credit_card', 'debit_card', 'ach', 'financing', 'other'] as const)('%s opens no drawer', async (method) => {
    const paid = request(await bill(), method)
    await takePayment(owner, paid)
    expect(await settled(owner, paid.paymentId, 1)).toMatchObject([{ kind: 'receipt', state: 'printed' }])
    expect(paper.pulses()).toEqual([])
    // what was written down of a payment taken elsewhere stays in the house; the customer knows the number of his check
    expect(paper.text()).not.toContain('88123')
    expect(paper.text().includes('Check no. 4711')).toBe(method === 'check')
  })

  test('the same request again opens nothing and prints nothing', async () => {
    const cash = request(await bill(), 'cash')
    await takePayment(owner, cash)
    await settled(owner, cash.paymentId, 2)
    await takePayment(owner, cash)
    await takePayment(await testContext(t, 'owner', { dataFolder: owner.dataFolder }), cash)
    await expect(printReceipt(owner, cash)).resolves.toMatchObject({ isCopy: true })
    expect(await settled(owner, cash.paymentId, 3)).toMatchObject([{ kind: 'drawer' }, { isCopy: false }, { isCopy: true }])
    expect(paper.pulses()).toEqual([2])
  })

  test('a part leaves a balance; the next one says what was paid before', async () => {
    const invoice = await bill()
    const part = request(invoice, 'check', cents(4_000))
    const { invoice: rest } = await takePayment(owner, part)
    await settled(owner, part.paymentId, 1)
    expect(paper.text()).toMatch(/Balance due +\$60\.00/)
    paper.tearOff()
    const last = request(rest, 'cash')
    await takePayment(owner, last)
    await settled(owner, last.paymentId, 2)
    expect(paper.text()).toMatch(/Paid before +\$40\.00\nPaid: Cash +\$60\.00/)
    expect(paper.text()).toMatch(/Balance due +\$0\.00/)
  })

  test('nothing comes out by itself where the station does not say so, but the drawer opens', async () => {
    await receiptsComeOut(owner, { printerId: printer.id, byItself: false })
    const cash = request(await bill(), 'cash')
    await takePayment(owner, cash)
    expect(await settled(owner, cash.paymentId, 1)).toMatchObject([{ kind: 'drawer', state: 'printed' }])
    expect(paper.text()).toBe('')
    await printReceipt(owner, cash)
    await settled(owner, cash.paymentId, 2)
    expect(paper.text()).toContain('RECEIPT')
  })

  test('a printer of another station stays silent', async () => {
    const elsewhere = await stationOf('service_advisor')
    const cash = request(await bill(), 'cash')
    await takePayment(elsewhere, cash)
    expect(await codeOf(printReceipt(elsewhere, cash))).toBe('NO_PRINTER')
    expect(await listJobs(owner, cash)).toEqual([])
    expect(paper.connections()).toBe(0)
  })

  test('the database itself lets nothing but cash open a drawer', async () => {
    const check = request(await bill(), 'check')
    await takePayment(owner, check)
    const forged = inTransaction('forged', owner, (tx) =>
      tx.query(
        sql(
          '',
          `INSERT INTO print_jobs (shop_id, station_id, printer_id, kind, payment_id, created_by_user_id) VALUES ($1, $2, $3, 'drawer', $4, $5)`,
        ),
        [t.shopId, uuid7(), printer.id, check.paymentId, owner.userId],
      ),
    )
    await expect(forged).rejects.toThrow('the drawer opens for cash only')
  })
})

describe('when the printer fails', () => {
  test('out of paper: the drawer opens all the same, the payment stands, the retry is the original', async () => {
    paper.mood.noPaper = true
    const cash = request(await bill(), 'cash')
    await expect(takePayment(owner, cash)).resolves.toMatchObject({ invoice: { status: 'paid' } })
    const [drawer, receipt] = await settled(owner, cash.paymentId, 2)
    expect(drawer).toMatchObject({ kind: 'drawer', state: 'printed' })
    expect(receipt).toMatchObject({ state: 'failed', problem: 'The printer is out of paper. Put in a new roll and try again.' })
    expect(paper.text()).toBe('')
    paper.mood.noPaper = false
    await retryJob(owner, { jobId: receipt!.id })
    expect(await settled(owner, cash.paymentId, 2)).toMatchObject([{ state: 'printed' }, { state: 'printed', isCopy: false }])
    expect(paper.text()).not.toContain('COPY')
    expect(await codeOf(retryJob(owner, { jobId: receipt!.id }))).toBe('WRONG_STATE')
  })

  test('cover open', async () => {
    paper.mood.coverOpen = true
    const check = request(await bill(), 'check')
    await takePayment(owner, check)
    const [job] = await settled(owner, check.paymentId, 1)
    expect(job).toMatchObject({ state: 'failed', problem: 'The cover of the printer is open. Close it and try again.' })
  })

  test('switched off: the payment is answered first, and asking again later prints the original', async () => {
    await paper.turnOff()
    const check = request(await bill(), 'check')
    await takePayment(owner, check)
    expect((await listJobs(owner, check)).every(({ state }) => state === 'queued' || state === 'printing')).toBe(true)
    const [job] = await settled(owner, check.paymentId, 1)
    expect(job).toMatchObject({ state: 'failed', problem: expect.stringContaining('try again') })
    await paper.turnOn()
    await printReceipt(owner, check)
    expect(await settled(owner, check.paymentId, 1)).toMatchObject([{ id: job!.id, state: 'printed', isCopy: false }])
  })

  test.each([40, 300, 600])(
    'unplugged after %i bytes: nobody knows what was printed, so the next one is a copy',
    async (unplugAfterBytes) => {
      paper.mood.unplugAfterBytes = unplugAfterBytes
      const check = request(await bill(), 'check')
      await takePayment(owner, check)
      const [job] = await settled(owner, check.paymentId, 1)
      expect(job).toMatchObject({ state: 'unsure', problem: expect.stringContaining('lost in the middle') })
      expect(await codeOf(retryJob(owner, { jobId: job!.id }))).toBe('WRONG_STATE')
      paper.mood.unplugAfterBytes = null
      paper.tearOff()
      await printReceipt(owner, check)
      expect(await settled(owner, check.paymentId, 2)).toMatchObject([{ state: 'unsure' }, { state: 'printed', isCopy: true }])
      expect(paper.text().match(/\*\*\* COPY \*\*\*/g)).toHaveLength(2)
    },
  )

  test('a printer that answers no questions has printed when it took everything', async () => {
    paper.mood.mute = true
    const check = request(await bill(), 'check')
    await takePayment(owner, check)
    expect(await settled(owner, check.paymentId, 1)).toMatchObject([{ state: 'printed' }])
    expect(paper.text()).toContain('--- cut ---')
  })
})

describe('printing again', () => {
  test('is a copy, marked twice, without a pulse; the last one by one key', async () => {
    const cash = request(await bill(), 'cash')
    await takePayment(owner, cash)
    await settled(owner, cash.paymentId, 2)
    paper.tearOff()
    await expect(reprintLast(owner)).resolves.toMatchObject({ paymentId: cash.paymentId, isCopy: true })
    const askedAt = performance.now()
    await settled(owner, cash.paymentId, 3)
    expect(performance.now() - askedAt).toBeLessThan(2000)
    expect(paper.text().match(/\*\*\* COPY \*\*\*/g)).toHaveLength(2)
    expect(paper.pulses()).toEqual([])
  })

  test('by two counters at once: one original', async () => {
    await receiptsComeOut(owner, { printerId: printer.id, byItself: false })
    const check = request(await bill(), 'check')
    await takePayment(owner, check)
    const other = await testContext(t, 'service_advisor', { dataFolder: owner.dataFolder })
    const jobs = await Promise.all([printReceipt(owner, check), printReceipt(other, check), printReceipt(owner, check)])
    expect(jobs.filter(({ isCopy }) => !isCopy)).toHaveLength(1)
    await settled(owner, check.paymentId, 3)
  })

  test('what was never printed here cannot be printed again', async () => {
    const fresh = await stationOf('owner')
    await receiptsComeOut(fresh, { printerId: printer.id, byItself: true })
    expect((await refusalOf(reprintLast(fresh))).message).toBe('This station has not printed a receipt yet.')
  })

  test('is refused to those who do not see payments, and for payments of another shop', async () => {
    const cash = request(await bill(), 'cash')
    await takePayment(owner, cash)
    const parts = await testContext(t, 'parts_manager', { dataFolder: owner.dataFolder })
    for (const asked of [printReceipt(parts, cash), reprintLast(parts), listJobs(parts, cash)])
      expect(await codeOf(asked)).toBe('FORBIDDEN')
    const foreign = await testContext(t, 'owner', { shop: 'B' })
    expect(await codeOf(printReceipt(foreign, cash))).toBe('NOT_FOUND')
    expect(await listJobs(foreign, cash)).toEqual([])
  })
})

test('what a program left behind that was killed: a half one may have come out, a waiting one is printed when it is asked for', async () => {
  const cash = request(await bill(), 'cash')
  await takePayment(owner, cash)
  const [drawer, receipt] = await settled(owner, cash.paymentId, 2)
  const leave = (job: PrintJob | undefined, state: string) =>
    reading(t.owner).query(sql('', 'UPDATE print_jobs SET state = $2 WHERE id = $1'), [job?.id, state])
  await leave(drawer, 'printing')
  await leave(receipt, 'queued')
  await abandonJobs(reading(t.db), t.shopId, await stationId((await stationOf('owner')).dataFolder))
  expect((await listJobs(owner, cash)).map(({ state }) => state).sort()).toEqual(['printing', 'queued'])
  await abandonJobs(reading(t.db), t.shopId, await stationId(owner.dataFolder))
  const jobs = new Map((await listJobs(owner, cash)).map((job) => [job.id, job]))
  expect(jobs.get(drawer!.id)).toMatchObject({ state: 'unsure', problem: expect.stringMatching(/may have been/) as string })
  expect(jobs.get(receipt!.id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/ended before/) as string })
  await retryJob(owner, { jobId: receipt!.id })
  expect((await settled(owner, cash.paymentId, 2)).find(({ id }) => id === receipt!.id)).toMatchObject({ state: 'printed', isCopy: false })
})

describe('printers', () => {
  test.each([
    '8.8.8.8',
    '169.254.169.254',
    'printer.example.com',
    '172.32.0.1',
    '0.0.0.0',
    '10.0.0.1.',
    '::ffff:8.8.8.8',
    '2001:db8::1',
    '127.1',
    '',
  ])('an address outside the shop is refused: %s', async (host) => {
    const refusal = await refusalOf(addPrinter(owner, newPrinter({ host, port: 9100 })))
    expect(refusal.data.fields).toHaveProperty('host')
    const sent = await sendToPrinter({ host, port: 9100 }, Uint8Array.of(10), { needsPaper: true })
    expect(sent).toMatchObject({ state: 'failed', problem: expect.stringContaining('not on the shop’s network') })
  })

  test('nothing is sent inside a transaction', async () => {
    const inside = inTransaction('printing_inside', owner, () => sendToPrinter(paper, Uint8Array.of(10), { needsPaper: true }))
    await expect(inside).rejects.toThrow('printing inside transaction "printing_inside"')
    expect(paper.connections()).toBe(0)
  })

  test('the test page shows which pin was tried', async () => {
    await printTestPage(owner, { printerId: printer.id, pulse: null })
    expect(paper.pulses()).toEqual([])
    for (const pulse of [2, 5] as const) {
      paper.tearOff()
      await printTestPage(owner, { printerId: printer.id, pulse })
      expect(paper.pulses()).toEqual([pulse])
      expect(paper.text()).toContain(`DRAWER: PIN ${pulse}`)
    }
    await paper.turnOff()
    expect(await codeOf(printTestPage(owner, { printerId: printer.id, pulse: 2 }))).toBe('PRINTER_FAILED')
  })

  test('a choice or a fact that changed meanwhile is not overwritten', async () => {
    const was = { printerId: null, byItself: true }
    const conflict = await refusalOf(choosePrinter(owner, { paper: 'receipt', was, now: { printerId: null, byItself: false } }))
    expect(conflict).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { printerId: printer.id } } })
    await updatePrinter(owner, { printerId: printer.id, was: { paperMm: 80 }, now: { paperMm: 58 } })
    await updatePrinter(owner, { printerId: printer.id, was: { drawerPin: 2 }, now: { drawerPin: 5 } })
    expect(await codeOf(updatePrinter(owner, { printerId: printer.id, was: { drawerPin: 2 }, now: { drawerPin: null } }))).toBe(
      'EDIT_CONFLICT',
    )
  })

  test('a narrow roll holds its lines', async () => {
    await updatePrinter(owner, { printerId: printer.id, was: { paperMm: 80 }, now: { paperMm: 58 } })
    const check = request(await bill(), 'check')
    await takePayment(owner, check)
    await settled(owner, check.paymentId, 1)
    const widest = Math.max(
      ...paper
        .text()
        .split('\n')
        .filter((each) => !each.startsWith('['))
        .map((each) => each.length),
    )
    expect(widest).toBe(32)
  })
})
