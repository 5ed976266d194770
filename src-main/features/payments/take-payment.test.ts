import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Invoice } from '../../../src-preload/contract/invoices'
import type { TakePayment } from '../../../src-preload/contract/payments'
import { cents, ZERO } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { onStatement } from '../../database/pool'
import type { Ctx } from '../../ipc/context'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { getOrder } from '../orders/get-order'
import { approved, codeOf, count, line, move, refusalOf } from '../../testing/order-test-kit'
import { dayRevenue } from '../reports/day-revenue'
import { reading, sql } from '../../database/transaction'
import { takePayment } from './take-payment'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

async function bill(unitPriceCents = 10_000): Promise<Invoice> {
  const order = await approved(t, owner, [line({ unitPriceCents })])
  return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
}

function payment(invoice: Invoice, fields: Partial<TakePayment> = {}): TakePayment {
  return {
    paymentId: uuid7(),
    invoiceId: invoice.id,
    method: 'cash',
    amountCents: invoice.dueCents,
    checkNumber: '',
    reference: '',
    note: '',
    ...fields,
  }
}

describe('paying', () => {
  test('cash with change closes the order; balance and day follow', async () => {
    const invoice = await bill()
    const request = payment(invoice, { tenderedCents: cents(12_000), note: 'Thanks' })
    let statements = 0
    const stop = onStatement(() => (statements += 1))
    const { payment: taken, invoice: after } = await takePayment(owner, request)
    stop()
    expect(statements).toBeLessThanOrEqual(8)
    expect(taken).toMatchObject({
      amountCents: 10_000,
      tenderedCents: 12_000,
      changeCents: 2_000,
      note: 'Thanks',
      takenByName: 'owner Tester',
    })
    expect(after).toMatchObject({ status: 'paid', paidCents: 10_000, dueCents: 0 })
    expect(await getInvoice(owner, { invoiceId: invoice.id })).toEqual(after)
    expect((await getOrder(owner, { orderId: invoice.orderId })).status).toBe('closed')
    const audited = `audit_events WHERE entity_id = $1 AND action = 'payment.recorded' AND actor_user_id = $2`
    expect(await count(t, audited, [taken.id, owner.userId])).toBe(1)
  })

  test('in parts, by cash, check and a card taken elsewhere', async () => {
    const invoice = await bill()
    const first = await takePayment(owner, payment(invoice, { amountCents: cents(2_500) }))
    expect(first).toMatchObject({ payment: { tenderedCents: null, changeCents: null }, invoice: { status: 'partial', dueCents: 7_500 } })
    await takePayment(owner, payment(invoice, { method: 'check', amountCents: cents(5_000), checkNumber: '1042' }))
    expect((await getOrder(owner, { orderId: invoice.orderId })).status).toBe('completed')
    const last = await takePayment(owner, payment(invoice, { method: 'debit_card', amountCents: cents(2_500), reference: 'T-77' }))
    expect(last.invoice.payments.map(({ method, amountCents }) => [method, amountCents])).toEqual([
      ['cash', 2_500],
      ['check', 5_000],
      ['debit_card', 2_500],
    ])
    expect(last.invoice.status).toBe('paid')
    expect((await getOrder(owner, { orderId: invoice.orderId })).status).toBe('closed')
  })

  test('pays an order that was reopened without closing it behind the mechanic', async () => {
    const invoice = await bill()
    await takePayment(owner, payment(invoice))
    await move(owner, invoice.orderId, 'closed', 'completed', { reason: 'Forgot the floor mats' })
    expect((await getOrder(owner, { orderId: invoice.orderId })).nextActions.map(({ action }) => action)).toEqual(['close'])
    expect((await move(owner, invoice.orderId, 'completed', 'closed')).status).toBe('closed')
  })
})

describe('refusals', () => {
  test('more than is due, too little cash, paid, void, unknown', async () => {
    const invoice = await bill()
    const above = await refusalOf(takePayment(owner, payment(invoice, { amountCents: cents(10_001), tenderedCents: cents(20_000) })))
    expect(above).toMatchObject({ code: 'AMOUNT_ABOVE_DUE', data: { dueCents: 10_000 } })
    expect(await codeOf(takePayment(owner, payment(invoice, { tenderedCents: cents(9_999) })))).toBe('TENDERED_TOO_LITTLE')
    await takePayment(owner, payment(invoice))
    expect(await codeOf(takePayment(owner, payment(invoice, { amountCents: cents(1) })))).toBe('ALREADY_PAID')
    const other = await bill()
    await voidInvoice(owner, { invoiceId: other.id, reason: 'Wrong customer' })
    expect(await codeOf(takePayment(owner, payment(other)))).toBe('INVOICE_VOID')
    expect(await codeOf(takePayment(owner, { ...payment(other), invoiceId: uuid7() }))).toBe('NOT_FOUND')
  })

  test('a check without number, a card without reference, change for anything but cash', async () => {
    const invoice = await bill()
    expect((await refusalOf(takePayment(owner, payment(invoice, { method: 'check' })))).data.fields).toHaveProperty('checkNumber')
    for (const method of ['credit_card', 'debit_card', 'ach', 'financing', 'other'] as const) {
      expect(await codeOf(takePayment(owner, payment(invoice, { method })))).toBe('REFERENCE_REQUIRED')
    }
    const change = payment(invoice, { method: 'check', checkNumber: '1', tenderedCents: cents(12_000) })
    expect((await refusalOf(takePayment(owner, change))).data.fields).toHaveProperty('tenderedCents')
    expect((await getInvoice(owner, { invoiceId: invoice.id })).payments).toEqual([])
  })

  test('what was taken elsewhere needs an approval, except by the owner', async () => {
    const pin = '482913'
    await givePin(t, owner.userId, pin)
    const frontDesk = await testContext(t, 'front_desk')
    const invoice = await bill()
    const request = payment(invoice, { method: 'ach', reference: 'A-1' })
    expect(await codeOf(takePayment(frontDesk, request))).toBe('APPROVAL_REQUIRED')
    const { payment: taken } = await takePayment(frontDesk, { ...request, approval: { approverId: owner.userId, pin } })
    expect(taken).toMatchObject({ reference: 'A-1', takenByName: 'front_desk Tester' })
    expect((await takePayment(frontDesk, payment(await bill()))).invoice.status).toBe('paid')
  })
})

describe('the same payment again', () => {
  test('is one payment with the same answer, one after the other or at once', async () => {
    const invoice = await bill()
    const request = payment(invoice, { tenderedCents: cents(10_000) })
    const answers = await Promise.all([1, 2, 3, 4].map(() => takePayment(owner, request)))
    answers.push(await takePayment(owner, request))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(await count(t, 'payments WHERE invoice_id = $1', [invoice.id])).toBe(1)
  })

  test('also when a part is still due', async () => {
    const invoice = await bill()
    const request = payment(invoice, { amountCents: cents(1_000) })
    const answers = await Promise.all([1, 2, 3].map(() => takePayment(owner, request)))
    expect(answers.map((answer) => answer.invoice.dueCents)).toEqual([9_000, 9_000, 9_000])
    // From now on the other key that holds the id is the older one.
    await reading(t.owner).query(sql('', 'REINDEX INDEX CONCURRENTLY payments_pkey'))
    expect((await takePayment(owner, request)).invoice.dueCents).toBe(9_000)
  })

  test('with other facts is refused, whatever is due', async () => {
    const invoice = await bill()
    const request = payment(invoice, { amountCents: cents(1_000) })
    await takePayment(owner, request)
    for (const other of [
      { amountCents: cents(2_000) },
      { method: 'check' as const, checkNumber: '7' },
      { tenderedCents: cents(1_000) },
      { invoiceId: (await bill()).id },
    ]) {
      expect(await codeOf(takePayment(owner, { ...request, ...other }))).toBe('PAYMENT_ID_REUSED')
    }
    await takePayment(owner, payment(invoice, { amountCents: cents(9_000) }))
    expect(await codeOf(takePayment(owner, { ...request, amountCents: cents(2_000) }))).toBe('PAYMENT_ID_REUSED')
    expect((await takePayment(owner, request)).payment.amountCents).toBe(1_000)
  })
})

test('two counters paying one invoice at the same time, 200 tries: never more than due', async () => {
  const counter = secondCounter(t)
  try {
    const other = await testContext(t, 'front_desk', { db: counter })
    const invoices = await Promise.all(Array.from({ length: 4 }, () => bill()))
    let tries = 0
    for (const invoice of invoices) {
      // 25 pairs of 350.00 in all against 100.00 due: most must be refused, at whatever moment they meet
      const amounts = Array.from({ length: 50 }, (_, at) => cents(500 + at * 18))
      const outcomes = await Promise.all(
        amounts.map((amountCents, at) =>
          takePayment(at % 2 === 0 ? owner : other, payment(invoice, { amountCents })).then(
            () => amountCents,
            (error: { code: string }) => {
              expect(['AMOUNT_ABOVE_DUE', 'ALREADY_PAID', 'BUSY']).toContain(error.code)
              return ZERO
            },
          ),
        ),
      )
      tries += outcomes.length
      const taken = outcomes.reduce((sum, amount) => sum + amount, 0)
      const after = await getInvoice(owner, { invoiceId: invoice.id })
      expect(after.paidCents).toBe(taken)
      expect(after.dueCents).toBe(10_000 - taken)
      expect(after.dueCents).toBeGreaterThanOrEqual(0)
      expect(after.payments.filter(({ amountCents }) => amountCents > 0)).toHaveLength(outcomes.filter((amount) => amount > 0).length)
    }
    expect(tries).toBe(200)
  } finally {
    await counter.close()
  }
})

test('a day is totalled by method, on the day of the shop', async () => {
  const invoice = await bill()
  const { payment: cash } = await takePayment(owner, payment(invoice, { amountCents: cents(1) }))
  const before = await dayRevenue(owner, { day: cash.businessDate })
  await takePayment(owner, payment(invoice, { method: 'check', checkNumber: '5', amountCents: cents(7) }))
  const after = await dayRevenue(owner, { day: cash.businessDate })
  const checks = (report: typeof after) => report.byMethod.find(({ method }) => method === 'check') ?? { count: 0, amountCents: ZERO }
  expect(checks(after).count).toBe(checks(before).count + 1)
  expect(after.totalCents).toBe(before.totalCents + 7)
  expect(await dayRevenue(owner, { day: '2001-01-01' })).toEqual({
    day: '2001-01-01',
    byMethod: [],
    totalCents: 0,
    refundedCents: 0,
    netCents: 0,
    roundingCents: 0,
    creditUsedCents: 0,
    creditAddedCents: 0,
  })
})
