import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PayOutCredit } from '../../../src-preload/contract/account-credit'
import { type Cents, cents } from '../../../src-preload/contract/money'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { uuid7 } from '../../base/uuid7'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { completed, line } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { creditInvoice } from '../invoices/credit-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { payOutCredit } from './pay-out-credit'
import { takePayment } from './take-payment'

// Each piece rounded by itself, three cents at a time are five: what is handed out piece by piece is what it is at once.

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

const where = (cashRounding: 'none' | 'symmetric' | 'down', ctx = owner): Ctx => ({
  ...ctx,
  shop: { ...ctx.shop, settings: { ...ctx.shop.settings, cashRounding } },
})
const handed = ({ amountCents, roundingCents }: { amountCents: Cents; roundingCents: Cents }): number => amountCents - roundingCents
const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)

async function billed(ctx: Ctx, value: number): Promise<Invoice & { customerId: string }> {
  const { id: orderId, customer } = await completed(t, owner, [line({ unitPriceCents: value })])
  return { ...(await issueInvoice(ctx, { invoiceId: uuid7(), orderId, completeWork: false })), customerId: customer.id }
}

async function paid(ctx: Ctx, { id: invoiceId }: Pick<Invoice, 'id'>, value: number, more: object = {}): Promise<Invoice> {
  const facts = { paymentId: uuid7(), invoiceId, method: 'cash' as const, amountCents: cents(value), note: '', reference: '' }
  return (await takePayment(ctx, { ...facts, checkNumber: '', ...more })).invoice
}

const back = (invoice: Invoice, at: number, value: number) => ({
  refundId: uuid7(),
  paymentId: invoice.payments[at]!.id,
  amountCents: cents(value),
  checkNumber: '',
  reference: '',
})

/** Credits so much and gives it back of the payment at this place. @returns the invoice, and what was handed out */
async function giveBack(ctx: Ctx, invoice: Invoice, at: number, value: number): Promise<[Invoice, number]> {
  const amountCents = cents(value)
  const refund = back(invoice, at, value)
  const facts = { creditNoteId: uuid7(), invoiceId: invoice.id, totalCents: amountCents, reason: 'Did not fit' }
  const after = await creditInvoice(ctx, { ...facts, credit: { kind: 'amount', amountCents }, refunds: [refund] })
  const booked = after.payments.flatMap(({ refunds }) => refunds).find(({ id }) => id === refund.refundId)
  return [after, handed(booked!)]
}

describe('account credit paid out in cash, piece by piece', () => {
  async function customerWith(value: number): Promise<string> {
    const invoice = await billed(owner, 1_000)
    await paid(owner, invoice, 1_000, { method: 'check', checkNumber: '4711', keptAsCreditCents: cents(value) })
    return invoice.customerId
  }

  const payOut = async (ctx: Ctx, customerId: string, value: number): Promise<number> => {
    const facts = { payoutId: uuid7(), customerId, method: 'cash', amountCents: value, reason: 'Wants it back' }
    return handed((await payOutCredit(ctx, PayOutCredit.parse(facts))).payout)
  }

  test.each([
    ['symmetric', [3, 3, 3, 3, 3, 3], [5, 0, 5, 0, 5, 5]],
    ['symmetric', [2, 2, 2, 1_003, 1], [0, 5, 0, 1_005, 0]],
    ['down', [4, 4, 4, 1, 1_002], [0, 5, 5, 0, 1_005]],
    ['none', [3, 3], [3, 3]],
  ] as const)('%s: of %j, %j is handed out', async (how, pieces, wanted) => {
    const ctx = where(how)
    const customerId = await customerWith(sum(pieces))
    const got: number[] = []
    for (const piece of pieces) got.push(await payOut(ctx, customerId, piece))
    expect(got).toEqual(wanted)
    // At once it is the same.
    expect(await payOut(ctx, await customerWith(sum(pieces)), sum(pieces))).toBe(sum(got))
  })

  test('stays within what rounding once gives when the rule changes, and at several counters at once', async () => {
    const customerId = await customerWith(100)
    const other: Ctx = { ...where('symmetric'), db: secondCounter(t) }
    expect(await payOut(where('symmetric'), customerId, 3)).toBe(5)
    expect(await payOut(where('down'), customerId, 1)).toBe(0)
    expect(await payOut(where('none'), customerId, 6)).toBe(6)
    const got = await Promise.all(Array.from({ length: 10 }, (_, at) => payOut(at % 2 ? where('symmetric') : other, customerId, 3)))
    await other.db.close()
    // 3 + 1 + 6 + 30 = 40, of which 11 are out before.
    expect(sum(got)).toBe(30)
  })
})

describe('cash given back in pieces', () => {
  test('of one payment is what was taken for it, also where it goes cent by cent', async () => {
    const ctx = where('symmetric')
    let invoice = await paid(ctx, await billed(ctx, 1_000), 1_000)
    const got: number[] = []
    for (const piece of [3, 3, 3, 3, 988]) {
      const [after, cash] = await giveBack(ctx, invoice, 0, piece)
      got.push(cash)
      invoice = after
    }
    expect(got).toEqual([5, 0, 5, 0, 990])
  })

  test('of many payments of a bill is no more than that either', async () => {
    const ctx = where('symmetric')
    let invoice: Invoice = await billed(ctx, 100)
    for (const part of [3, 3, 3, 3, 3]) invoice = await paid(ctx, invoice, part)
    invoice = await paid(ctx, invoice, 85)
    const got: number[] = []
    for (const at of [0, 1, 2]) {
      const [after, cash] = await giveBack(ctx, invoice, at, 3)
      got.push(cash)
      invoice = after
    }
    expect(got).toEqual([5, 0, 5])
    const several = [back(invoice, 3, 3), back(invoice, 4, 3)]
    const facts = { creditNoteId: uuid7(), invoiceId: invoice.id, totalCents: cents(6), reason: 'Did not fit' }
    const after = await creditInvoice(ctx, { ...facts, credit: { kind: 'amount', amountCents: cents(6) }, refunds: several })
    expect(after.payments.slice(3, 5).flatMap(({ refunds }) => refunds.map(handed))).toEqual([0, 5])
  })

  test('of a void bill is all that was taken', async () => {
    const ctx = where('symmetric')
    const bill = await billed(ctx, 1_001)
    let invoice = await paid(ctx, bill, 3)
    invoice = await paid(ctx, invoice, 998, { roundingCents: cents(-2) })
    const refunds = [back(invoice, 0, 3), back(invoice, 1, 998)]
    const voided = await voidInvoice(ctx, { invoiceId: invoice.id, reason: 'Wrong car', refunds })
    // 3 + 1000 were taken.
    expect(sum(voided.payments.flatMap((payment) => payment.refunds.map(handed)))).toBe(1_005)
  })
})
