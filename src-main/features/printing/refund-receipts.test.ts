import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Invoice, PaymentMethod, RefundRequest } from '../../../src-preload/contract/invoices'
import { cents } from '../../../src-preload/contract/money'
import type { PrintJob, ReceiptOf } from '../../../src-preload/contract/printing'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { type FakePrinter, fakePrinter } from '../../testing/fake-printer'
import { approved, codeOf, line, part } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { getCustomer } from '../customers/get-customer'
import { issueInvoice } from '../invoices/issue-invoice'
import { giveBackByCredit, giveBackByVoid } from '../payments/give-back'
import { payOutCredit } from '../payments/pay-out-credit'
import { returnCheck, undoReturn } from '../payments/return-check'
import { takePayment } from '../payments/take-payment'
import { addPrinter } from './add-printer'
import { choosePrinter } from './choose-printer'
import { listJobs, printReceipt, reprintLast } from './print-receipt'

let t: TestDatabase
let owner: Ctx
let paper: FakePrinter
let printerId: string
const dataFolder = mkdtempSync(join(tmpdir(), 'counterbay-station-'))

beforeAll(async () => {
  t = await testDatabase()
})
beforeEach(async () => {
  paper = await fakePrinter()
  owner = await testContext(t, 'owner', { dataFolder })
  printerId = uuid7()
  const { host, port } = paper
  await addPrinter(owner, { printerId, name: printerId, kind: 'escpos', host, port, systemName: '', paperMm: 80, drawerPin: 2 })
  await receiptsComeOut(true)
})
afterEach(async () => {
  await choosePrinter(owner, { paper: 'receipt', was: { printerId, byItself: true }, now: { printerId: null, byItself: true } })
  await owner.prints.close()
  await paper.turnOff()
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

async function receiptsComeOut(byItself: boolean): Promise<void> {
  const was = byItself ? { printerId: null, byItself: true } : { printerId, byItself: true }
  await choosePrinter(owner, { paper: 'receipt', was, now: { printerId, byItself } })
}

/** A bill of 100.00 labor and of parts, paid; its receipt has come out and is torn off. */
async function paid(method: PaymentMethod): Promise<{ invoice: Invoice; paymentId: string }> {
  const order = await approved(t, owner, [line({ unitPriceCents: 10_000, description: 'Replace front brake pads' }), part()])
  const issued = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
  const paymentId = uuid7()
  const facts = { paymentId, invoiceId: issued.id, method, amountCents: issued.dueCents, note: '' }
  const detail = { checkNumber: method === 'check' ? '4711' : '', reference: method === 'credit_card' ? 'slip 88123' : '' }
  const { invoice } = await takePayment(owner, { ...facts, ...detail })
  await settled({ paymentId }, method === 'cash' ? 2 : 1)
  paper.tearOff()
  return { invoice, paymentId }
}

function credit(invoice: Invoice, amount: number, fields: Partial<RefundRequest> = {}) {
  const [amountCents, paymentId] = [cents(amount), invoice.payments[0]?.id ?? '']
  const refund = { refundId: uuid7(), paymentId, amountCents, checkNumber: '', reference: '', ...fields }
  const of = { kind: 'amount' as const, amountCents }
  return { creditNoteId: uuid7(), invoiceId: invoice.id, credit: of, totalCents: amountCents, refunds: [refund], reason: 'Squeaks again' }
}

/** The jobs of a payment or refund once nothing is on its way any more. */
function settled(of: ReceiptOf, count: number): Promise<PrintJob[]> {
  return vi.waitFor(
    async () => {
      const jobs = await listJobs(owner, of)
      expect(jobs).toHaveLength(count)
      expect(jobs.filter(({ state }) => state === 'queued' || state === 'printing')).toEqual([])
      return jobs
    },
    { timeout: 15_000, interval: 20 },
  )
}

/** A pulse that nobody was to send, past the program. */
function forgedPulse(of: { paymentId: string; refundId: string }): Promise<unknown> {
  const insert = `INSERT INTO print_jobs (shop_id, station_id, printer_id, kind, payment_id, refund_id, created_by_user_id)
                  VALUES ($1, $2, $3, 'drawer', $4, $5, $6)`
  const values = [t.shopId, uuid7(), printerId, of.paymentId, of.refundId, owner.userId]
  return inTransaction('forged', owner, (tx) => tx.query(sql('', insert), values))
}

const words = (): string => paper.text().replace(/ {2,}/g, ' ')

test('cash that goes back opens the drawer and prints what was handed over, once', async () => {
  const { invoice, paymentId } = await paid('cash')
  const request = credit(invoice, 2_000)
  const after = await giveBackByCredit(owner, request)
  const of = { paymentId, refundId: request.refunds[0]!.refundId }
  await settled(of, 2)
  expect(paper.pulses()).toEqual([2])
  const number = after.creditNotes[0]?.number ?? ''
  for (const said of ['REFUND', `Credit note ${number}`, 'Reason: Squeaks again', 'Refund: Cash $20.00', 'Handed back', 'Received by'])
    expect(words()).toContain(said)
  expect(words()).toMatch(/Sales tax in it \$\d\.\d\d\nHanded back \$20\.00\nBalance due \$0\.00/)
  for (const unsaid of ['RECEIPT', 'COPY', 'Thank you', 'brake pads']) expect(words()).not.toContain(unsaid)
  paper.tearOff()
  await giveBackByCredit(owner, request)
  await expect(printReceipt(owner, of)).resolves.toMatchObject({ isCopy: true })
  await settled(of, 3)
  expect(paper.pulses()).toEqual([])
  expect(paper.text().match(/\*\*\* COPY \*\*\*/g)).toHaveLength(2)
  expect(await listJobs(owner, { paymentId })).toHaveLength(2)
})

test.each([
  ['check', { checkNumber: '902' }, 'Refund: Check no. 902 $20.00'],
  ['credit_card', { reference: 'slip 99' }, 'Refund: Credit card $20.00'],
] as const)('%s that goes back opens no drawer', async (method, detail, said) => {
  const { invoice, paymentId } = await paid(method)
  const request = credit(invoice, 2_000, detail)
  await giveBackByCredit(owner, request)
  const of = { paymentId, refundId: request.refunds[0]!.refundId }
  expect(await settled(of, 1)).toMatchObject([{ kind: 'receipt', isCopy: false, refundId: of.refundId }])
  expect(paper.pulses()).toEqual([])
  expect(words()).toContain(said)
  expect(words()).not.toContain('slip 99')
  await expect(forgedPulse(of)).rejects.toThrow('the drawer opens for cash only')
})

test('a voided invoice says so, and that nothing is due is not worth a line', async () => {
  const { invoice, paymentId } = await paid('cash')
  const refund = { refundId: uuid7(), paymentId, amountCents: invoice.paidCents, checkNumber: '', reference: '' }
  await giveBackByVoid(owner, { invoiceId: invoice.id, reason: 'Wrong car', refunds: [refund] })
  await settled({ paymentId, refundId: refund.refundId }, 2)
  expect(words()).toContain('THIS INVOICE IS VOID')
  expect(words()).toContain('Reason: Wrong car')
  for (const unsaid of ['Credit note', 'Balance due']) expect(words()).not.toContain(unsaid)
})

test('account credit: nothing opens, and each receipt says what the customer has then', async () => {
  const { invoice, paymentId } = await paid('cash')
  const request = credit(invoice, 2_000, { toCredit: true })
  await giveBackByCredit(owner, request)
  const of = { paymentId, refundId: request.refunds[0]!.refundId }
  expect(await settled(of, 1)).toMatchObject([{ kind: 'receipt' }])
  expect(words()).toMatch(/Refund: Account credit \$20\.00\nSales tax in it \$\d\.\d\d\nBalance due \$0\.00\nAccount credit now \$20\.00/)
  for (const unsaid of ['Handed back', 'Received by']) expect(words()).not.toContain(unsaid)
  await expect(forgedPulse(of)).rejects.toThrow('the drawer opens for cash only')
  paper.tearOff()
  const { customerId } = invoice
  const vehicleId = (await getCustomer(owner, { customerId })).vehicles[0]!.id
  const order = await approved(t, owner, [line({ unitPriceCents: 5_000 })], { customerId, vehicleId })
  const next = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
  const facts = { invoiceId: next.id, checkNumber: '', reference: '', note: '' }
  const used = uuid7()
  await takePayment(owner, { ...facts, paymentId: used, method: 'other', fromCredit: true, amountCents: cents(1_500) })
  await settled({ paymentId: used }, 1)
  expect(words()).toMatch(/Paid: Account credit \$15\.00\nBalance due \$35\.00\nAccount credit now \$5\.00/)
  paper.tearOff()
  const check = { paymentId: uuid7(), method: 'check' as const, amountCents: cents(3_500), keptAsCreditCents: cents(1_000) }
  await takePayment(owner, { ...facts, ...check, checkNumber: '88' })
  await settled({ paymentId: check.paymentId }, 1)
  expect(words()).toMatch(
    /Paid: Check no\. 88 \$35\.00\nMore, kept as account credit \$10\.00\nBalance due \$0\.00\nAccount credit now \$15\.00/,
  )
  expect(paper.pulses()).toEqual([])
  paper.tearOff()
  await printReceipt(owner, { paymentId: used })
  await settled({ paymentId: used }, 2)
  expect(words()).toContain('Account credit now $5.00')
})

test('a check that came back and did not leaves the copy of its receipt as it was', async () => {
  const order = await approved(t, owner, [line({ unitPriceCents: 10_000 })])
  const { id: invoiceId, dueCents: amountCents } = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
  const check = { paymentId: uuid7(), invoiceId, method: 'check' as const, amountCents, checkNumber: '88', reference: '', note: '' }
  const { payment } = await takePayment(owner, { ...check, keptAsCreditCents: cents(1_000) })
  const { paymentId } = check
  await settled({ paymentId }, 1)
  const returnId = uuid7()
  await returnCheck(owner, { returnId, paymentId, returnedOn: payment.businessDate, reason: 'Not enough money' })
  await undoReturn(owner, { undoId: uuid7(), returnId, reason: 'It was another check' })
  paper.tearOff()
  await printReceipt(owner, { paymentId })
  await settled({ paymentId }, 2)
  expect(words()).toMatch(/More, kept as account credit \$10\.00\nBalance due \$0\.00\nAccount credit now \$10\.00/)
})

test('account credit that is paid out: cash opens the drawer, and the receipt is of no invoice', async () => {
  const order = await approved(t, owner, [line({ unitPriceCents: 5_000 })])
  const {
    id: invoiceId,
    customerId,
    dueCents: amountCents,
  } = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
  const check = { paymentId: uuid7(), invoiceId, method: 'check' as const, amountCents, keptAsCreditCents: cents(5_000) }
  await takePayment(owner, { ...check, checkNumber: '88', reference: '', note: '' })
  await settled({ paymentId: check.paymentId }, 1)
  paper.tearOff()
  const facts = { customerId, amountCents: cents(2_000), reason: 'Wants it back', reference: '' }
  const request = { ...facts, payoutId: uuid7(), method: 'cash' as const, checkNumber: '' }
  await payOutCredit(owner, request)
  await settled({ payoutId: request.payoutId }, 2)
  expect(paper.pulses()).toEqual([2])
  for (const said of ['PAID OUT', 'Account credit', 'Reason: Wants it back', 'Received by']) expect(words()).toContain(said)
  expect(words()).toMatch(/Paid out: Cash \$20\.00\nHanded over/)
  expect(words()).toContain('Account credit now $30.00')
  for (const unsaid of ['REFUND', 'Invoice', 'COPY']) expect(words()).not.toContain(unsaid)
  paper.tearOff()
  await payOutCredit(owner, request)
  const other = { ...facts, payoutId: uuid7(), method: 'check' as const, checkNumber: '902' }
  await payOutCredit(owner, other)
  expect(await settled({ payoutId: other.payoutId }, 1)).toMatchObject([{ kind: 'receipt', paymentId: null, payoutId: other.payoutId }])
  expect(words()).toContain('Paid out: Check no. 902 $20.00')
  expect(paper.pulses()).toEqual([])
  const forged = `INSERT INTO print_jobs (shop_id, station_id, printer_id, kind, payout_id, created_by_user_id) VALUES ($1, $2, $3, 'drawer', $4, $5)`
  const values = [t.shopId, uuid7(), printerId, other.payoutId, owner.userId]
  await expect(inTransaction('forged', owner, (tx) => tx.query(sql('', forged), values))).rejects.toThrow('the drawer opens for cash only')
  paper.tearOff()
  await expect(reprintLast(owner)).resolves.toMatchObject({ payoutId: other.payoutId, isCopy: true })
  await expect(printReceipt(owner, { payoutId: request.payoutId })).resolves.toMatchObject({ isCopy: true })
  await settled({ payoutId: request.payoutId }, 3)
  expect(words()).toContain('Account credit now $30.00')
  expect(await codeOf(printReceipt(owner, { payoutId: uuid7() }))).toBe('NOT_FOUND')
})

test('a receipt printed again says how the invoice stood then, whatever came after', async () => {
  const { invoice, paymentId } = await paid('cash')
  const [first, second] = [credit(invoice, 2_000), credit(invoice, 1_000)]
  await giveBackByCredit(owner, first)
  await giveBackByCredit(owner, second)
  await settled({ paymentId, refundId: second.refunds[0]!.refundId }, 2)
  paper.tearOff()
  await printReceipt(owner, { paymentId })
  await settled({ paymentId }, 3)
  expect(words()).toMatch(/Paid: Cash \$\d+\.\d\d\nBalance due \$0\.00/)
  expect(words()).not.toContain('Paid before')
  paper.tearOff()
  await expect(reprintLast(owner)).resolves.toMatchObject({ paymentId, refundId: null, isCopy: true })
  await printReceipt(owner, { paymentId, refundId: first.refunds[0]!.refundId })
  await settled({ paymentId, refundId: first.refunds[0]!.refundId }, 3)
  expect(words()).toContain('Refund: Cash $20.00')
  await expect(reprintLast(owner)).resolves.toMatchObject({ refundId: first.refunds[0]!.refundId })
})

test('is not to be had for a refund of another payment, nor where none is printed by itself', async () => {
  const [one, other] = [await paid('cash'), await paid('check')]
  await receiptsComeOut(false)
  const request = credit(one.invoice, 500)
  await giveBackByCredit(owner, request)
  const [{ refundId }] = request.refunds as [RefundRequest]
  expect(await settled({ paymentId: one.paymentId, refundId }, 1)).toMatchObject([{ kind: 'drawer' }])
  expect(paper.text()).toBe('')
  expect(await codeOf(printReceipt(owner, { paymentId: other.paymentId, refundId }))).toBe('NOT_FOUND')
  await expect(printReceipt(owner, { paymentId: one.paymentId, refundId })).resolves.toMatchObject({ isCopy: false })
  await choosePrinter(owner, { paper: 'receipt', was: { printerId, byItself: false }, now: { printerId, byItself: true } })
})
