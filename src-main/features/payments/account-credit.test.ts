import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Customer } from '../../../src-preload/contract/customers'
import { type Invoice, Invoice as InvoiceShape, type Payment, type RefundRequest } from '../../../src-preload/contract/invoices'
import { DayRevenue, type TakePayment } from '../../../src-preload/contract/payments'
import { type Cents, cents, MAX_CENTS } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { fromDatabaseError } from '../../ipc/database-errors'
import type { Car } from '../../testing/as-sent'
import { codeOf, completed, line, newCar, refusalOf } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getCustomer } from '../customers/get-customer'
import { listAccount } from '../customers/list-account'
import { removeCustomer, restoreCustomer } from '../customers/remove-customer'
import { searchCounter } from '../customers/search-counter'
import { creditInvoice } from '../invoices/credit-invoice'
import { creditPdf } from '../invoices/credit-pdf'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { dayRevenue } from '../reports/day-revenue'
import { returnCheck } from './return-check'
import { takePayment } from './take-payment'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let frontDesk: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  frontDesk = await testContext(t, 'front_desk')
  for (const ctx of [owner, advisor, frontDesk]) await givePin(t, ctx.userId, '482913')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

async function bill(car: Car, unitPriceCents = 10_000): Promise<Invoice> {
  const order = await completed(t, owner, [line({ unitPriceCents })], car)
  return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
}

function payment(invoice: Invoice, fields: Partial<TakePayment> = {}): TakePayment {
  const { id: invoiceId, dueCents: amountCents } = invoice
  return { paymentId: uuid7(), invoiceId, method: 'cash', amountCents, checkNumber: '', reference: '', note: '', ...fields }
}

const byCredit = (invoice: Invoice, value: number, paymentId = uuid7()): TakePayment =>
  payment(invoice, { paymentId, method: 'other', fromCredit: true, amountCents: cents(value) })

const overCheck = (invoice: Invoice, kept: number): TakePayment =>
  payment(invoice, { method: 'check', checkNumber: '4711', keptAsCreditCents: cents(kept) })

/** An amount of the invoice credited, all of it to account credit unless said otherwise. */
function credit(invoice: Invoice, value: number, fields: Partial<RefundRequest> = {}) {
  const amountCents = cents(value)
  const paymentId = invoice.payments[0]?.id ?? ''
  const refund = { refundId: uuid7(), paymentId, amountCents, toCredit: true, checkNumber: '', reference: '', ...fields }
  const of = { kind: 'amount' as const, amountCents }
  return { creditNoteId: uuid7(), invoiceId: invoice.id, credit: of, totalCents: amountCents, refunds: [refund], reason: 'Squeaks again' }
}

const onAccount = async ({ customerId }: Car): Promise<Cents> => (await getCustomer(owner, { customerId })).accountCreditCents

/** A customer with so much on account: a bill of 100.00 paid in cash, a part of it credited to the account. */
async function customerWith(value: number): Promise<Car> {
  const car = await newCar(t)
  const { invoice } = await takePayment(owner, payment(await bill(car)))
  await creditInvoice(owner, credit(invoice, value))
  expect(await onAccount(car)).toBe(value)
  return car
}

describe('account credit', () => {
  test('comes from a credit, is seen everywhere, pays another bill, and no day counts it twice', async () => {
    const car = await newCar(t)
    const first = await takePayment(owner, payment(await bill(car)))
    const day = first.payment.businessDate
    const before = await dayRevenue(owner, { day })
    const credited = await creditInvoice(owner, credit(first.invoice, 3_000))
    expect(credited).toMatchObject({ dueCents: 0, paidCents: 7_000, creditedCents: 3_000, accountCreditCents: 3_000 })
    expect(credited.payments[0]?.refunds[0]).toMatchObject({ toCredit: true, amountCents: 3_000, roundingCents: 0 })
    const paper = await creditPdf(owner, { creditNoteId: credited.creditNotes[0]!.id })
    const { text } = await readPdf(new Uint8Array(Buffer.from(paper.base64, 'base64')))
    expect(text).toContain('Put on the customer’s account, to pay with at this shop: $30.00')
    expect((await searchCounter(owner, { text: credited.number, limit: 12 }))[0]?.accountCreditCents).toBe(3_000)
    const next = await bill(car)
    expect(next.accountCreditCents).toBe(3_000)
    const used = await takePayment(frontDesk, byCredit(next, 2_000))
    expect(used.payment).toMatchObject({ method: 'other', isFromCredit: true, reference: 'account credit', amountCents: 2_000 })
    expect(used.invoice).toMatchObject({ status: 'partial', dueCents: 8_000, paidCents: 2_000, accountCreditCents: 1_000 })
    const after = await dayRevenue(owner, { day })
    expect(after).toMatchObject({ totalCents: before.totalCents, refundedCents: before.refundedCents, netCents: before.netCents })
    expect(after.byMethod).toEqual(before.byMethod)
    expect(after.creditUsedCents).toBe(before.creditUsedCents + 2_000)
    expect(after.creditAddedCents).toBe(before.creditAddedCents + 3_000)
    expect(await listAccount(advisor, car)).toMatchObject([
      { kind: 'used', amountCents: -2_000, balanceCents: 1_000, invoiceNumber: next.number, recordedByName: 'front_desk Tester' },
      { kind: 'credited', amountCents: 3_000, balanceCents: 3_000, invoiceNumber: credited.number, reason: 'Squeaks again' },
    ])
  })

  test('comes from a check over more than is due, which is taken whole', async () => {
    const car = await newCar(t)
    const invoice = await bill(car)
    const before = await dayRevenue(owner, { day: invoice.issueDate })
    const request = overCheck(invoice, 2_500)
    const taken = await takePayment(frontDesk, request)
    expect(taken).toMatchObject({ payment: { keptAsCreditCents: 2_500 }, invoice: { status: 'paid', accountCreditCents: 2_500 } })
    await takePayment(frontDesk, request)
    expect(await codeOf(takePayment(frontDesk, { ...request, keptAsCreditCents: cents(9_000) }))).toBe('PAYMENT_ID_REUSED')
    expect(await onAccount(car)).toBe(2_500)
    const after = await dayRevenue(owner, { day: taken.payment.businessDate })
    expect(after.totalCents).toBe(before.totalCents + 12_500)
    expect(after.creditAddedCents).toBe(before.creditAddedCents + 2_500)
    const other = await bill(car)
    const part = { ...overCheck(other, 500), amountCents: cents(4_000) }
    expect(await codeOf(takePayment(owner, part))).toBe('EDIT_CONFLICT')
    expect((await refusalOf(takePayment(owner, { ...part, method: 'cash' }))).data?.fields).toHaveProperty('keptAsCreditCents')
    expect((await refusalOf(takePayment(owner, { ...byCredit(other, 100), method: 'cash' }))).data?.fields).toHaveProperty('method')
  })

  test('may be more than one check can be over, and the day’s money too', async () => {
    const [car, most] = [await newCar(t), MAX_CENTS - 10_000]
    expect(await codeOf(takePayment(frontDesk, overCheck(await bill(car), most + 1)))).toBe('TOO_LARGE')
    const whole = [await bill(car), await bill(car)].map((invoice) => overCheck(invoice, most))
    for (const request of whole) await takePayment(frontDesk, request)
    const invoice = await getInvoice(owner, { invoiceId: whole[0]!.invoiceId })
    expect(InvoiceShape.parse(invoice).accountCreditCents).toBe(2 * most)
    expect(Customer.parse(await getCustomer(owner, car)).accountCreditCents).toBe(2 * most)
    expect(DayRevenue.parse(await dayRevenue(owner, { day: invoice.issueDate })).totalCents).toBeGreaterThan(2 * most)
    const [{ id: paymentId, businessDate: returnedOn }] = invoice.payments as [Payment]
    const after = await returnCheck(owner, { returnId: uuid7(), paymentId, returnedOn, reason: 'Not enough money' })
    expect(after).toMatchObject({ dueCents: 10_000, accountCreditCents: most })
  })

  test('what it paid goes back to it and nowhere else, by a credit and by a void', async () => {
    const car = await customerWith(6_000)
    const { invoice } = await takePayment(owner, byCredit(await bill(car, 4_000), 4_000))
    expect(invoice.status).toBe('paid')
    const after = await creditInvoice(owner, credit(invoice, 1_500, { toCredit: false, reference: 'T-1' }))
    expect(after.payments[0]?.refunds[0]).toMatchObject({ toCredit: true, reference: '' })
    expect(await onAccount(car)).toBe(3_500)
    const other = (await takePayment(owner, byCredit(await bill(car, 3_500), 3_500))).invoice
    const back = credit(other, 3_500, { toCredit: undefined }).refunds
    await voidInvoice(owner, { invoiceId: other.id, reason: 'Wrong car', refunds: back })
    await voidInvoice(owner, { invoiceId: other.id, reason: 'Wrong car', refunds: back })
    expect(await onAccount(car)).toBe(3_500)
    expect((await listAccount(owner, car)).map(({ kind }) => kind)).toEqual(['given_back', 'used', 'given_back', 'used', 'credited'])
  })

  test('is the same however often it is sent, and never below nothing', async () => {
    const car = await customerWith(2_000)
    const invoice = await bill(car)
    const request = byCredit(invoice, 1_500)
    await takePayment(owner, request)
    await takePayment(owner, request)
    expect(await onAccount(car)).toBe(500)
    expect(await codeOf(takePayment(owner, { ...request, fromCredit: false, reference: 'account credit' }))).toBe('PAYMENT_ID_REUSED')
    expect(await codeOf(takePayment(owner, byCredit(invoice, 501)))).toBe('CREDIT_SHORT')
    expect(await codeOf(takePayment(owner, byCredit(await bill(await newCar(t)), 1)))).toBe('CREDIT_SHORT')
    expect(await codeOf(removeCustomer(owner, car))).toBe('IN_USE')
  })

  test('is put on nobody’s account who is removed', async () => {
    const car = await newCar(t)
    const { invoice } = await takePayment(owner, payment(await bill(car)))
    await removeCustomer(owner, car)
    const request = credit(invoice, 3_000)
    expect((await refusalOf(creditInvoice(owner, request))).message).toMatch(/Restore the customer first/)
    await restoreCustomer(owner, car)
    expect((await creditInvoice(owner, request)).accountCreditCents).toBe(3_000)
  })

  test('two counters, two hundred tries, one account: together they use what there is', { timeout: 120_000 }, async () => {
    const car = await customerWith(9_999)
    const bills = [await bill(car, 10_000), await bill(car, 10_000)]
    const elsewhere = { ...owner, db: secondCounter(t) }
    const counters = [owner, elsewhere]
    const refusals: (string | undefined)[] = []
    let used = 0
    for (let round = 0; round < 100; round += 1) {
      const results = await Promise.allSettled(
        counters.map((ctx, at) => takePayment(ctx, byCredit(bills[(round + at) % 2]!, 73 + (round % 5) * 10))),
      )
      used += results.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value.payment.amountCents : 0), 0)
      refusals.push(...results.flatMap((one) => (one.status === 'rejected' ? [fromDatabaseError(one.reason)?.code] : [])))
    }
    await elsewhere.db.close()
    expect(new Set(refusals)).toEqual(new Set(['CREDIT_SHORT']))
    const left = await onAccount(car)
    expect(left).toBe(9_999 - used)
    expect(left).toBeLessThan(73)
    const paid = await Promise.all(bills.map(({ id: invoiceId }) => getInvoice(owner, { invoiceId })))
    expect(paid.reduce((sum, { paidCents }) => sum + paidCents, 0)).toBe(used)
  })
})

describe('a dishonest clerk', () => {
  test('puts so much a day on accounts, however it was paid; above it somebody else must lend a PIN', async () => {
    const approval = { approverId: owner.userId, pin: '482913' }
    const car = await newCar(t)
    const { invoice } = await takePayment(owner, payment(await bill(car, 40_000)))
    expect((await refusalOf(creditInvoice(advisor, credit(invoice, 10_001)))).data?.approvalFor).toBe('payments.refund_elsewhere')
    await creditInvoice(advisor, credit(invoice, 9_000))
    expect(await codeOf(creditInvoice(advisor, credit(invoice, 1_001)))).toBe('APPROVAL_REQUIRED')
    expect(await codeOf(creditInvoice(frontDesk, credit(invoice, 1)))).toBe('APPROVAL_REQUIRED')
    const sentence = (await refusalOf(creditInvoice(frontDesk, credit(invoice, 100)))).message
    expect(sentence).toContain('Refund $1.00 to account credit and credit $1.00 of invoice')
    await creditInvoice(frontDesk, { ...credit(invoice, 5_000), approval })
    expect((await listAccount(owner, car))[0]).toMatchObject({ approvedByName: 'owner Tester', recordedByName: 'front_desk Tester' })
  })

  test('writes no entry and changes none, past the program either', async () => {
    const car = await customerWith(1_000)
    const { customerId } = car
    const run = (text: string) => reading(t.db).query(sql('', text), [customerId])
    for (const text of [
      'UPDATE customer_credits SET amount = 99 WHERE customer_id = $1',
      'DELETE FROM customer_credits WHERE customer_id = $1',
      `INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payment_id, reason, business_date)
       SELECT shop_id, customer_id, 5, 'overpaid', payment_id, 'x', business_date FROM customer_credits WHERE customer_id = $1`,
    ])
      await expect(run(text)).rejects.toMatchObject({ code: '42501' })
    const own = `(SELECT p.id FROM payments p JOIN customer_credits k ON k.payment_id = p.id WHERE k.customer_id = $1)`
    await expect(run(`UPDATE payments SET kept_as_credit = 5 WHERE id IN ${own}`)).rejects.toMatchObject({
      constraint: expect.stringMatching(/payment_immutable|payment_kept_as_credit/),
    })
    const invoice = (await takePayment(owner, byCredit(await bill(car, 1_000), 1_000))).invoice
    const stolen = reading(t.db).query(
      sql(
        '',
        `INSERT INTO payment_refunds (shop_id, payment_id, invoice_id, amount, method, reason, reference_number)
         SELECT shop_id, id, invoice_id, amount, 'other', 'x', 'x' FROM payments WHERE invoice_id = $1`,
      ),
      [invoice.id],
    )
    await expect(stolen).rejects.toMatchObject({ constraint: 'refund_same_tender' })
  })

  test('sees nobody’s account without the right to, nor that of another shop', async () => {
    const car = await customerWith(1_000)
    const technician = await testContext(t, 'technician')
    expect(await codeOf(listAccount(technician, car))).toBe('FORBIDDEN')
    expect((await getCustomer(technician, car)).accountCreditCents).toBe(0)
    const foreign = await testContext(t, 'owner', { shop: 'B' })
    expect(await codeOf(listAccount(foreign, car))).toBe('NOT_FOUND')
  })
})
