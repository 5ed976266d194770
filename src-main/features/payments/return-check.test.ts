import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { cents } from '../../../src-preload/contract/money'
import type { TakePayment } from '../../../src-preload/contract/payments'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { codeOf, completed, line, newCar, refusalOf } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getCustomer } from '../customers/get-customer'
import { listAccount } from '../customers/list-account'
import { creditInvoice } from '../invoices/credit-invoice'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { getOrder } from '../orders/get-order'
import { dayRevenue } from '../reports/day-revenue'
import { returnCheck, undoReturn } from './return-check'
import { takePayment } from './take-payment'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  for (const ctx of [owner, advisor]) await givePin(t, ctx.userId, '482913')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

type Car = Awaited<ReturnType<typeof newCar>>

async function bill(car?: Car): Promise<Invoice> {
  const order = await completed(t, owner, [line({ unitPriceCents: 10_000 })], car ?? (await newCar(t)))
  return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
}

async function paid(invoice: Invoice, fields: Partial<TakePayment> = {}): Promise<Invoice> {
  const { id: invoiceId, dueCents: amountCents } = invoice
  const check = { paymentId: uuid7(), invoiceId, method: 'check' as const, amountCents, checkNumber: '4711', reference: '', note: '' }
  return (await takePayment(owner, { ...check, ...fields })).invoice
}

function returned(invoice: Invoice, fields: Partial<Parameters<typeof returnCheck>[1]> = {}): Parameters<typeof returnCheck>[1] {
  const [payment] = invoice.payments
  const facts = { paymentId: payment?.id ?? '', returnedOn: payment?.businessDate ?? '', reason: 'Not enough money' }
  return { returnId: uuid7(), ...facts, ...fields }
}

const taken = (at: string) => sql('', `ALTER TABLE payments ALTER COLUMN processed_at SET DEFAULT ${at}`)
const undo = (returnId: string, undoId = uuid7()) => ({ undoId, returnId, reason: 'It was another check' })
const statusOf = async ({ orderId }: Invoice): Promise<string> => (await getOrder(owner, { orderId })).status

function credit(invoice: Invoice, value: number, isPaid = true) {
  const amountCents = cents(value)
  const paymentId = invoice.payments[0]?.id ?? ''
  const refunds = isPaid ? [{ refundId: uuid7(), paymentId, amountCents, checkNumber: '12', reference: '' }] : []
  return {
    creditNoteId: uuid7(),
    invoiceId: invoice.id,
    credit: { kind: 'amount' as const, amountCents },
    totalCents: amountCents,
    refunds,
    reason: 'Goodwill',
  }
}

describe('a check that came back', () => {
  test('is due again, stays as it was taken, opens the order, counts off its day, and warns at the next visit', async () => {
    const invoice = await paid(await bill())
    const { businessDate: day } = invoice.payments[0]!
    expect(await statusOf(invoice)).toBe('closed')
    const before = await dayRevenue(owner, { day })
    const request = returned(invoice)
    const after = await returnCheck(owner, request)
    expect(after).toMatchObject({ status: 'sent', paidCents: 0, dueCents: 10_000, checkReturnedOn: day })
    expect(after.payments[0]).toMatchObject({ status: 'completed', amountCents: 10_000, refundableCents: 0 })
    expect(after.payments[0]?.returns).toMatchObject([{ amountCents: 10_000, faceCents: 10_000, uncoveredCents: 0, undoesId: null }])
    expect(after.nextActions.map(({ action }) => action)).toContain('take_payment')
    expect(await statusOf(invoice)).toBe('completed')
    const { totalCents, refundedCents, byMethod } = await dayRevenue(owner, { day })
    expect([totalCents, refundedCents]).toEqual([before.totalCents, before.refundedCents - 10_000])
    expect(byMethod.find(({ method }) => method === 'check')?.refundedCents).toBeLessThanOrEqual(-10_000)
    const { returnedChecks } = await getCustomer(owner, { customerId: invoice.customerId })
    expect(returnedChecks).toEqual([{ returnedOn: day, faceCents: 10_000, invoiceId: invoice.id, invoiceNumber: invoice.number }])
    await returnCheck(owner, request)
    expect(await codeOf(returnCheck(owner, { ...request, reason: 'Another' }))).toBe('DUPLICATE')
    expect(await codeOf(returnCheck(owner, returned(invoice)))).toBe('CHECK_RETURNED')
    const again = await paid(after, { method: 'cash', checkNumber: '' })
    expect(again).toMatchObject({ status: 'paid', dueCents: 0, paidCents: 10_000 })
    expect(await statusOf(invoice)).toBe('closed')
  })

  test('may have been a mistake, until what was due again is settled', async () => {
    const invoice = await paid(await bill())
    const request = returned(invoice)
    await returnCheck(owner, request)
    const back = undo(request.returnId)
    const after = await undoReturn(owner, back)
    expect(after).toMatchObject({ status: 'paid', dueCents: 0, checkReturnedOn: null })
    expect(after.payments[0]).toMatchObject({ refundableCents: 10_000, returns: [{ faceCents: 10_000 }, { faceCents: -10_000 }] })
    expect(await statusOf(invoice)).toBe('closed')
    await undoReturn(owner, back)
    expect(await codeOf(undoReturn(owner, undo(request.returnId)))).toBe('CHECK_SETTLED')
    expect((await getCustomer(owner, { customerId: invoice.customerId })).returnedChecks).toEqual([])
    const second = returned(invoice)
    const due = await returnCheck(owner, second)
    await paid(due, { method: 'cash', checkNumber: '', amountCents: cents(1) })
    expect(await codeOf(undoReturn(owner, undo(second.returnId)))).toBe('CHECK_SETTLED')
    expect(await codeOf(undoReturn(owner, undo(uuid7())))).toBe('NOT_FOUND')
  })

  test('gives nothing back any more; of what went back before only the rest is due again', async () => {
    const invoice = await paid(await bill())
    const credited = await creditInvoice(owner, credit(invoice, 3_000))
    const request = returned(credited)
    const after = await returnCheck(owner, request)
    expect(after).toMatchObject({ dueCents: 7_000, paidCents: 0 })
    expect(after.payments[0]?.returns[0]).toMatchObject({ amountCents: 7_000, faceCents: 10_000, uncoveredCents: 3_000 })
    const rest = await creditInvoice(owner, credit(after, 7_000, false))
    expect(rest).toMatchObject({ dueCents: 0, status: 'paid' })
    expect(await codeOf(undoReturn(owner, undo(request.returnId)))).toBe('CHECK_SETTLED')
    const whole = await paid(await bill())
    const refund = { refundId: uuid7(), paymentId: whole.payments[0]!.id, amountCents: cents(10_000), checkNumber: '13', reference: '' }
    const gone = await voidInvoice(owner, { invoiceId: whole.id, reason: 'Wrong car', refunds: [refund] })
    const late = returned(gone)
    expect((await returnCheck(owner, late)).payments[0]?.returns[0]).toMatchObject({ amountCents: 0, uncoveredCents: 10_000 })
    expect((await undoReturn(owner, undo(late.returnId))).status).toBe('void')
    const other = await paid(await bill())
    const unpaid = await returnCheck(owner, returned(other))
    const forged = reading(t.db).query(
      sql(
        '',
        `INSERT INTO payment_refunds (shop_id, payment_id, invoice_id, amount, method, reason, check_number)
         SELECT shop_id, id, invoice_id, 5, 'check', 'x', '1' FROM payments WHERE invoice_id = $1`,
      ),
      [unpaid.id],
    )
    await expect(forged).rejects.toMatchObject({ constraint: 'refund_exceeds_payment' })
    expect((await voidInvoice(owner, { invoiceId: other.id, reason: 'Given up' })).status).toBe('void')
  })

  test('takes the credit along that was kept of it, as far as it is there', async () => {
    const car = await newCar(t)
    const invoice = await paid(await bill(car), { keptAsCreditCents: cents(5_000) })
    const next = await bill(car)
    const used = { method: 'other' as const, fromCredit: true, amountCents: cents(2_000), checkNumber: '' }
    await paid(next, used)
    const request = returned(invoice)
    const after = await returnCheck(owner, request)
    expect(after).toMatchObject({ dueCents: 10_000, accountCreditCents: 0 })
    expect(after.payments[0]?.returns[0]).toMatchObject({ faceCents: 15_000, amountCents: 10_000, uncoveredCents: 2_000 })
    const restored = await undoReturn(owner, undo(request.returnId))
    expect(restored.accountCreditCents).toBe(3_000)
    const kinds = (await listAccount(owner, car)).map(({ kind, amountCents }) => [kind, amountCents])
    expect(kinds).toEqual([
      ['check_restored', 3_000],
      ['check_returned', -3_000],
      ['used', -2_000],
      ['overpaid', 5_000],
    ])
  })

  test('takes along what of it was given back to the account, by a credit and by a void', async () => {
    const toAccount = (invoice: Invoice, value: number) => {
      const { refunds, ...rest } = credit(invoice, value)
      return { ...rest, refunds: refunds.map((one) => ({ ...one, toCredit: true })) }
    }
    const invoice = await paid(await bill())
    const request = returned(await creditInvoice(owner, toAccount(invoice, 3_000)))
    const after = await returnCheck(owner, request)
    expect(after).toMatchObject({ dueCents: 7_000, accountCreditCents: 0 })
    expect(after.payments[0]?.returns[0]).toMatchObject({ amountCents: 7_000, faceCents: 10_000, uncoveredCents: 0 })
    expect((await undoReturn(owner, undo(request.returnId))).accountCreditCents).toBe(3_000)
    const whole = await paid(await bill())
    const { refunds } = toAccount(whole, 10_000)
    const gone = await voidInvoice(owner, { invoiceId: whole.id, reason: 'Wrong car', refunds })
    expect(gone.accountCreditCents).toBe(10_000)
    const late = await returnCheck(owner, returned(gone))
    expect(late).toMatchObject({ status: 'void', accountCreditCents: 0 })
    expect(late.payments[0]?.returns[0]).toMatchObject({ amountCents: 0, uncoveredCents: 0 })
  })

  test('is told once, by however many counters', async () => {
    const invoice = await paid(await bill())
    const elsewhere = { ...owner, db: secondCounter(t) }
    const both = await Promise.allSettled([returnCheck(owner, returned(invoice)), returnCheck(elsewhere, returned(invoice))])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { returns } = (await getInvoice(owner, { invoiceId: invoice.id })).payments[0]!
    const undone = await Promise.allSettled([owner, elsewhere].map((ctx) => undoReturn(ctx, undo(returns[0]!.id))))
    await elsewhere.db.close()
    expect(undone.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await getInvoice(owner, { invoiceId: invoice.id })).toMatchObject({ status: 'paid', paidCents: 10_000 })
  })
})

describe('who may say so', () => {
  test('an advisor with an approver, nobody else; of a check, on a day that was', async () => {
    const invoice = await paid(await bill())
    const request = returned(invoice)
    expect((await refusalOf(returnCheck(advisor, request))).data?.approvalFor).toBe('payments.return_check')
    const approval = { approverId: owner.userId, pin: '482913' }
    const self = { approverId: advisor.userId, pin: '482913' }
    expect(await codeOf(returnCheck(advisor, { ...request, approval: self }))).toBe('APPROVAL_REFUSED')
    const after = await returnCheck(advisor, { ...request, approval })
    expect(after.payments[0]?.returns[0]).toMatchObject({ recordedByName: 'service_advisor Tester', approvedByName: 'owner Tester' })
    expect(await codeOf(undoReturn(advisor, undo(request.returnId)))).toBe('APPROVAL_REQUIRED')
    const cash = await paid(await bill(), { method: 'cash', checkNumber: '' })
    expect(await codeOf(returnCheck(owner, returned(cash)))).toBe('NOT_FOUND')
    const other = await paid(await bill())
    for (const returnedOn of ['2001-01-01', '2999-01-01'])
      expect((await refusalOf(returnCheck(owner, returned(other, { returnedOn })))).data?.fields).toHaveProperty('returnedOn')
    await reading(t.owner).query(taken("now() + interval '40 days'"))
    const early = await paid(await bill())
    await reading(t.owner).query(taken('CURRENT_TIMESTAMP'))
    // The clock was ahead then: the day its check was taken has not come yet.
    expect(await codeOf(returnCheck(owner, returned(early)))).toBe('INVALID_INPUT')
    expect((await returnCheck(owner, returned(early, { returnedOn: other.payments[0]!.businessDate }))).dueCents).toBe(10_000)
    const foreign = await testContext(t, 'owner', { shop: 'B' })
    expect(await codeOf(returnCheck(foreign, returned(other)))).toBe('NOT_FOUND')
    const edit = reading(t.db).query(sql('', 'UPDATE check_returns SET face = 1 WHERE payment_id = $1'), [request.paymentId])
    await expect(edit).rejects.toMatchObject({ code: '42501' })
  })
})
