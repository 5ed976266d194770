import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CreditOf, Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import type { TakePayment } from '../../../src-preload/contract/payments'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import type { NewLine } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { codeOf, completed, count, discount, line, newPart, part, refusalOf } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getOrder } from '../orders/get-order'
import { takePayment } from '../payments/take-payment'
import { dayRevenue } from '../reports/day-revenue'
import { creditInvoice, quoteCredit } from './credit-invoice'
import { creditPdf } from './credit-pdf'
import { getInvoice } from './get-invoice'
import { issueInvoice } from './issue-invoice'
import { voidInvoice } from './void-invoice'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let frontDesk: Ctx
let approval: { approverId: string; pin: string }
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  frontDesk = await testContext(t, 'front_desk')
  for (const ctx of [owner, advisor, frontDesk]) await givePin(t, ctx.userId, '482913')
  approval = { approverId: owner.userId, pin: '482913' }
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

async function bill(...lines: NewLine[]): Promise<Invoice> {
  const order = await completed(t, owner, lines.length > 0 ? lines : [line({ unitPriceCents: 10_000 }), part()])
  return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
}

async function paid(invoice: Invoice, fields: Partial<TakePayment> = {}): Promise<Invoice> {
  const { dueCents: amountCents, id: invoiceId } = invoice
  const payment = { paymentId: uuid7(), invoiceId, method: 'cash' as const, amountCents, checkNumber: '', reference: '', note: '' }
  return (await takePayment(owner, { ...payment, ...fields })).invoice
}

const pieces = (lineNo: number, quantityHundredths: number, restock = false): CreditOf => ({
  kind: 'return',
  lines: [{ lineNo, quantityHundredths: quantityHundredths as Hundredths, restock }],
})
const amountOf = (value: number): CreditOf => ({ kind: 'amount', amountCents: cents(value) })

function back(invoice: Invoice, value: number, fields: Partial<RefundRequest> = {}): RefundRequest {
  return {
    refundId: uuid7(),
    paymentId: invoice.payments[0]?.id ?? '',
    amountCents: cents(value),
    checkNumber: '',
    reference: '',
    ...fields,
  }
}

function credit(invoice: Invoice, of: CreditOf, totalCents: number, refunds: RefundRequest[] = []) {
  return { creditNoteId: uuid7(), invoiceId: invoice.id, credit: of, totalCents: cents(totalCents), refunds, reason: 'Did not fit' }
}

describe('a credit', () => {
  test('of a part gives back its price and its tax to the tender it came from; part, day and paper follow', async () => {
    const itemId = await newPart(t, { priceCents: 8_000, onHandHundredths: 500 })
    const onHand = () => count(t, 'inventory_items WHERE id = $1 AND quantity_on_hand = 5', [itemId])
    const invoice = await paid(await bill(line({ unitPriceCents: 10_000 }), part({ inventoryItemId: itemId, quantityHundredths: 200 })))
    expect(invoice.jobs[0]?.lines.map(({ isStocked }) => isStocked)).toEqual([false, true])
    expect(await onHand()).toBe(0)
    const quote = await quoteCredit(owner, { invoiceId: invoice.id, credit: pieces(1, 200, true) })
    expect(quote).toEqual({ subtotalCents: 16_000, discountCents: 0, taxCents: 1_320, totalCents: 17_320, owedCents: 17_320 })
    const after = await creditInvoice(owner, credit(invoice, pieces(1, 200, true), 17_320, [back(invoice, 17_320)]))
    expect(after).toMatchObject({ status: 'paid', paidCents: 10_000, creditedCents: 17_320, dueCents: 0, totalCents: 27_320 })
    expect(after.payments[0]).toMatchObject({ status: 'completed', refundableCents: 10_000 })
    expect(after.payments[0]?.refunds[0]).toMatchObject({ amountCents: 17_320, taxCents: 1_320, roundingCents: 0, reason: 'Did not fit' })
    expect(after.jobs[0]?.lines[1]?.creditedHundredths).toBe(200)
    expect(after.nextActions.map(({ action }) => action)).toEqual(['credit_invoice'])
    expect(await onHand()).toBe(1)
    expect((await getOrder(owner, { orderId: invoice.orderId })).status).toBe('closed')
    const { byMethod, totalCents, refundedCents, netCents } = await dayRevenue(owner, { day: after.payments[0]?.businessDate ?? '' })
    const cash = byMethod.find(({ method }) => method === 'cash')
    expect(cash?.refundedCents).toBe(-17_320)
    expect(cash?.netCents).toBe((cash?.amountCents ?? 0) - 17_320)
    expect(netCents).toBe(totalCents + refundedCents)
    const note = after.creditNotes[0]!
    const paper = await creditPdf(owner, { creditNoteId: note.id })
    const { text } = await readPdf(new Uint8Array(Buffer.from(paper.base64, 'base64')))
    expect(paper.fileName).toBe(`Credit note ${note.number}.pdf`)
    for (const words of ['CREDIT NOTE', note.number, invoice.number, '$173.20', 'Did not fit', 'Refunded by cash: $173.20'])
      expect(text).toContain(words)
    expect((await creditPdf(owner, { creditNoteId: note.id })).sha256).toBe(paper.sha256)
  })

  test('takes what is still due first; what nobody paid goes to nobody', async () => {
    const invoice = await paid(await bill(line({ unitPriceCents: 10_000 })), { amountCents: cents(4_000) })
    expect(await codeOf(creditInvoice(owner, credit(invoice, amountOf(7_000), 7_000, [back(invoice, 2_000)])))).toBe('REFUND_NOT_OWED')
    expect(await codeOf(creditInvoice(owner, credit(invoice, amountOf(7_000), 7_000)))).toBe('REFUND_NOT_OWED')
    const after = await creditInvoice(owner, credit(invoice, amountOf(5_000), 5_000))
    expect(after).toMatchObject({ status: 'partial', dueCents: 1_000, creditedCents: 5_000 })
    const closed = await creditInvoice(owner, credit(after, amountOf(1_000), 1_000))
    expect(closed).toMatchObject({ status: 'paid', dueCents: 0 })
    expect((await getOrder(owner, { orderId: invoice.orderId })).status).toBe('closed')
    expect(
      await codeOf(
        takePayment(owner, {
          paymentId: uuid7(),
          invoiceId: invoice.id,
          method: 'cash',
          amountCents: cents(1),
          checkNumber: '',
          reference: '',
          note: '',
        }),
      ),
    ).toBe('ALREADY_PAID')
  })

  test('in many parts comes to the invoice to the cent, its tax too', async () => {
    let invoice = await paid(
      await bill(line({ unitPriceCents: 3_333 }), part({ unitPriceCents: 3_333, quantityHundredths: 300 }), discount(1_000)),
    )
    const total = invoice.totalCents
    const refunds = async (of: CreditOf): Promise<void> => {
      const { totalCents } = await quoteCredit(owner, { invoiceId: invoice.id, credit: of })
      invoice = await creditInvoice(owner, credit(invoice, of, totalCents, [back(invoice, totalCents)]))
    }
    for (const each of [1, 2, 3]) expect((await refunds(pieces(1, 100)), invoice.creditNotes)).toHaveLength(each)
    await refunds(amountOf(500))
    await refunds(pieces(0, 100))
    expect(invoice).toMatchObject({ creditedCents: total, paidCents: 0, dueCents: 0, status: 'paid' })
    expect(invoice.creditNotes.reduce((sum, { taxCents }) => sum + taxCents, 0)).toBe(invoice.taxCents)
    expect(invoice.payments[0]).toMatchObject({ status: 'refunded', refundableCents: 0 })
    expect(await codeOf(quoteCredit(owner, { invoiceId: invoice.id, credit: amountOf(1) }))).toBe('CREDIT_ABOVE_INVOICE')
    expect(invoice.nextActions).toEqual([])
  })

  test('is the same however often it is sent, and another under the same id is refused', async () => {
    const invoice = await paid(await bill())
    const request = credit(invoice, amountOf(1_000), 1_000, [back(invoice, 1_000)])
    await creditInvoice(owner, request)
    expect((await creditInvoice(owner, request)).creditNotes).toHaveLength(1)
    expect(await codeOf(creditInvoice(owner, { ...request, reason: 'Another' }))).toBe('DUPLICATE')
    expect(await codeOf(creditInvoice(owner, { ...request, creditNoteId: uuid7() }))).toBe('DUPLICATE')
    expect(await codeOf(creditInvoice(owner, { ...credit(invoice, pieces(1, 100), 8_000), refunds: [] }))).toBe('EDIT_CONFLICT')
  })

  test('of the same total and reason is another one when it is of other lines, of none, or goes another way', async () => {
    const invoice = await paid(await bill(part(), part({ description: 'Brake rotors' }), line({ unitPriceCents: 10_000 })))
    const { totalCents } = await quoteCredit(owner, { invoiceId: invoice.id, credit: pieces(0, 100) })
    const request = credit(invoice, pieces(0, 100), totalCents, [back(invoice, totalCents)])
    const after = await creditInvoice(owner, request)
    expect(await creditInvoice(owner, request)).toEqual(after)
    const [refund] = request.refunds
    const lines = [0, 1].map((lineNo) => ({ lineNo, quantityHundredths: 100 as Hundredths, restock: false }))
    const others: Partial<typeof request>[] = [
      { credit: pieces(1, 100) },
      { credit: pieces(0, 50) },
      { credit: { kind: 'return', lines } },
      { credit: amountOf(totalCents) },
      { refunds: [] },
      { refunds: [{ ...refund!, toCredit: true }] },
      { refunds: [{ ...refund!, reference: 'TERMINAL-7' }] },
    ]
    for (const other of others) expect([other, await codeOf(creditInvoice(owner, { ...request, ...other }))]).toEqual([other, 'DUPLICATE'])
    const amount = credit(invoice, amountOf(500), 500, [back(invoice, 500)])
    await creditInvoice(owner, amount)
    expect(await codeOf(creditInvoice(owner, { ...amount, credit: pieces(1, 100) }))).toBe('DUPLICATE')
  })

  test('never exceeds the invoice, the payment or the line, not even from two counters at once', async () => {
    const invoice = await paid(await bill(part({ quantityHundredths: 200 })))
    const whole = invoice.totalCents
    const elsewhere = { ...owner, db: secondCounter(t) }
    const both = await Promise.allSettled(
      [owner, elsewhere].map((ctx) => creditInvoice(ctx, credit(invoice, pieces(0, 200), whole, [back(invoice, whole)]))),
    )
    await elsewhere.db.close()
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await getInvoice(owner, { invoiceId: invoice.id })).creditedCents).toBe(whole)
    const other = await paid(await bill(part({ quantityHundredths: 200 })))
    expect(await codeOf(quoteCredit(owner, { invoiceId: other.id, credit: pieces(0, 201) }))).toBe('CREDIT_ABOVE_INVOICE')
    expect(await codeOf(quoteCredit(owner, { invoiceId: other.id, credit: pieces(7, 100) }))).toBe('NOT_FOUND')
    const mixed = credit(other, amountOf(100), 100, [back(invoice, 100)])
    expect(await codeOf(creditInvoice(owner, mixed))).toBe('NOT_FOUND')
  })

  test('goes back by check or card only with what finds it again', async () => {
    const invoice = await paid(await bill(), { method: 'check', checkNumber: '7' })
    const plain = credit(invoice, amountOf(1_000), 1_000, [back(invoice, 1_000)])
    expect((await refusalOf(creditInvoice(owner, plain))).data?.fields).toHaveProperty('refunds.0.checkNumber')
    const card = await paid(await bill(), { method: 'credit_card', reference: 'T-1' })
    expect(await codeOf(creditInvoice(owner, credit(card, amountOf(1_000), 1_000, [back(card, 1_000)])))).toBe('REFERENCE_REQUIRED')
    const booked = await creditInvoice(owner, credit(card, amountOf(1_000), 1_000, [back(card, 1_000, { reference: 'T-2' })]))
    expect(booked.payments[0]?.refunds[0]).toMatchObject({ reference: 'T-2', refundedByName: 'owner Tester' })
  })
})

describe('cash that is rounded', () => {
  test('goes back rounded by the same rule, and all of a payment is exactly what was handed over for it', async () => {
    const set = (how: string) =>
      reading(t.owner).query(
        sql('', `UPDATE shops SET settings = settings || jsonb_build_object('cashRounding', $2::text) WHERE id = $1`),
        [t.shopId, how],
      )
    await set('symmetric')
    const ctx = await testContext(t, 'owner')
    const order = await completed(t, ctx, [line({ unitPriceCents: 10_002 })])
    const { id: invoiceId } = await issueInvoice(ctx, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
    const facts = { paymentId: uuid7(), invoiceId, method: 'cash' as const, amountCents: cents(10_002), roundingCents: cents(2) }
    const { invoice } = await takePayment(ctx, { ...facts, checkNumber: '', reference: '', note: '' })
    await creditInvoice(ctx, credit(invoice, amountOf(5_003), 5_003, [back(invoice, 5_003)]))
    const after = await creditInvoice(ctx, credit(invoice, amountOf(4_999), 4_999, [back(invoice, 4_999)]))
    expect(after.payments[0]?.refunds.map(({ amountCents, roundingCents }) => amountCents - roundingCents)).toEqual([5_005, 4_995])
    const whole = await completed(t, ctx, [line({ unitPriceCents: 1_000 })])
    const bill = await issueInvoice(ctx, { invoiceId: uuid7(), orderId: whole.id, completeWork: false })
    const exact = { ...facts, paymentId: uuid7(), invoiceId: bill.id, amountCents: cents(1_000), roundingCents: cents(0) }
    let { invoice: left } = await takePayment(ctx, { ...exact, checkNumber: '', reference: '', note: '' })
    for (const part of [333, 333, 334]) left = await creditInvoice(ctx, credit(left, amountOf(part), part, [back(left, part)]))
    expect(left.payments[0]?.refunds.map(({ amountCents, roundingCents }) => amountCents - roundingCents)).toEqual([335, 330, 335])
    await set('none')
  })
})

describe('refund and void', () => {
  test('gives everything back and voids in one step; the order can be billed again', async () => {
    const half = await paid(await bill(), { amountCents: cents(4_000), method: 'credit_card', reference: 'T-9' })
    const invoice = await paid(half)
    const requests = invoice.payments.map(({ id, amountCents, method }) =>
      back(invoice, amountCents, { paymentId: id, reference: method === 'cash' ? '' : 'T-10' }),
    )
    const input = { invoiceId: invoice.id, reason: 'Wrong car', refunds: requests }
    expect(await codeOf(voidInvoice(owner, { ...input, refunds: requests.slice(1) }))).toBe('INVOICE_HAS_PAYMENTS')
    expect((await getInvoice(owner, { invoiceId: invoice.id })).status).toBe('paid')
    const after = await voidInvoice(owner, input)
    expect(after).toMatchObject({ status: 'void', paidCents: 0, voidReason: 'Wrong car', nextActions: [] })
    expect(after.payments.map(({ status }) => status)).toEqual(['refunded', 'refunded'])
    expect(after.payments.reduce((sum, { refunds }) => sum + (refunds[0]?.taxCents ?? 0), 0)).toBe(invoice.taxCents)
    expect((await voidInvoice(owner, input)).payments[0]?.refunds).toHaveLength(1)
    expect((await getOrder(owner, { orderId: invoice.orderId })).status).toBe('completed')
    const again = await issueInvoice(owner, { invoiceId: uuid7(), orderId: invoice.orderId, completeWork: false })
    expect(again.totalCents).toBe(invoice.totalCents)
  })

  test('is not for an invoice that was credited', async () => {
    const invoice = await bill()
    await creditInvoice(owner, credit(invoice, amountOf(100), 100))
    expect(await codeOf(voidInvoice(owner, { invoiceId: invoice.id, reason: 'x' }))).toBe('INVOICE_CREDITED')
  })
})

describe('a dishonest clerk', () => {
  const cardBill = async (): Promise<Invoice> => paid(await bill(), { method: 'credit_card', reference: 'T-1' })

  test('gives no cash back alone, nor writes anything off', async () => {
    const invoice = await paid(await bill(), { amountCents: cents(5_000) })
    const rest = invoice.dueCents
    const request = credit(invoice, amountOf(rest + 1_000), rest + 1_000, [back(invoice, 1_000)])
    expect((await refusalOf(creditInvoice(advisor, request))).data?.approvalFor).toBe('invoices.credit')
    expect(await codeOf(creditInvoice(frontDesk, request))).toBe('FORBIDDEN')
    const full = await paid(await bill())
    const cash = credit(full, amountOf(1_000), 1_000, [back(full, 1_000)])
    for (const ctx of [advisor, frontDesk]) {
      expect((await refusalOf(creditInvoice(ctx, cash))).data?.approvalFor).toBe('payments.refund_cash')
    }
    const self = { ...cash, approval: { approverId: advisor.userId, pin: '482913' } }
    expect(await codeOf(creditInvoice(advisor, self))).toBe('APPROVAL_REFUSED')
    expect(await codeOf(creditInvoice(frontDesk, self))).toBe('APPROVAL_REFUSED')
    expect(await codeOf(voidInvoice(frontDesk, { invoiceId: full.id, reason: 'x', refunds: [back(full, full.paidCents)] }))).toBe(
      'APPROVAL_REQUIRED',
    )
    const after = await creditInvoice(frontDesk, { ...cash, approval })
    expect(after.payments[0]?.refunds[0]).toMatchObject({ refundedByName: 'front_desk Tester', approvedByName: 'owner Tester' })
  })

  test('gives back so much a day by card, in whatever pieces and from two counters at once', async () => {
    const invoice = await cardBill()
    const clerk = await testContext(t, 'service_advisor')
    const ask = (value: number, ctx: Ctx = clerk) =>
      creditInvoice(ctx, credit(invoice, amountOf(value), value, [back(invoice, value, { reference: 'T-2' })]))
    expect(await codeOf(ask(10_001))).toBe('APPROVAL_REQUIRED')
    await ask(4_000)
    const elsewhere = { ...clerk, db: secondCounter(t) }
    const both = await Promise.allSettled([ask(4_000), ask(4_000, elsewhere)])
    await elsewhere.db.close()
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await codeOf(ask(2_001))).toBe('APPROVAL_REQUIRED')
    await ask(2_000)
    expect(await codeOf(ask(1))).toBe('APPROVAL_REQUIRED')
  })

  test('finds no large refund done by one person, not even by an owner where there is another', async () => {
    const invoice = await paid(await bill(line({ unitPriceCents: 60_000 })))
    const request = credit(invoice, amountOf(50_001), 50_001, [back(invoice, 50_001)])
    const other = await testContext(t, 'owner')
    expect(await codeOf(creditInvoice(other, request))).toBe('APPROVAL_REQUIRED')
    expect((await creditInvoice(other, { ...request, approval })).creditedCents).toBe(50_001)
  })

  test('nor in pieces, from two counters at once, nor by voiding the bill on another day', async () => {
    const other = await testContext(t, 'owner')
    const invoice = await bill(line({ unitPriceCents: 60_000 }))
    const piece = () => credit(invoice, amountOf(20_000), 20_000)
    const first = piece()
    await creditInvoice(other, first)
    const elsewhere = { ...other, db: secondCounter(t) }
    const both = await Promise.allSettled([creditInvoice(other, piece()), creditInvoice(elsewhere, piece())])
    await elsewhere.db.close()
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(creditInvoice(other, piece()))).toMatchObject({
      code: 'APPROVAL_REQUIRED',
      message: expect.stringContaining('above $500.00 it takes two people') as string,
    })
    expect((await creditInvoice(other, first)).creditedCents).toBe(40_000) // a request that comes again asks for nothing
    const yesterday = await bill(line({ unitPriceCents: 60_000 }))
    const today = await bill(line({ unitPriceCents: 60_000 }))
    const run = (text: string, values: string[] = []) => reading(t.owner).query(sql('', text), values)
    await run('ALTER TABLE invoices DISABLE TRIGGER USER')
    await run('UPDATE invoices SET issue_date = issue_date - 1 WHERE id = $1', [yesterday.id])
    await run('ALTER TABLE invoices ENABLE TRIGGER USER')
    expect(await codeOf(voidInvoice(other, { invoiceId: yesterday.id, reason: 'x' }))).toBe('APPROVAL_REQUIRED')
    expect((await voidInvoice(other, { invoiceId: yesterday.id, reason: 'x', approval })).status).toBe('void')
    expect((await voidInvoice(other, { invoiceId: today.id, reason: 'x' })).status).toBe('void')
  })

  test('changes nothing past the program either', async () => {
    const invoice = await paid(await bill())
    await creditInvoice(owner, credit(invoice, amountOf(1_000), 1_000, [back(invoice, 1_000)]))
    const run = (text: string) => reading(t.db).query(sql('', text), [invoice.id])
    await expect(run('UPDATE payment_refunds SET amount = 1 WHERE invoice_id = $1')).rejects.toMatchObject({ code: '42501' })
    await expect(run('DELETE FROM credit_notes WHERE invoice_id = $1')).rejects.toMatchObject({ code: '42501' })
    await expect(run(`UPDATE payments SET status = 'refunded' WHERE invoice_id = $1`)).rejects.toMatchObject({
      constraint: 'payment_refund_via_refunds',
    })
    await expect(run('UPDATE invoices SET credited_total = 0 WHERE id = $1')).rejects.toMatchObject({
      constraint: 'invoice_amount_paid_derived',
    })
    const insert = (amount: number, method: string) =>
      run(`INSERT INTO payment_refunds (shop_id, payment_id, invoice_id, amount, method, reason, reference_number)
           SELECT shop_id, id, invoice_id, ${amount}, '${method}', 'x', 'x' FROM payments WHERE invoice_id = $1`)
    await expect(insert(5, 'cash')).rejects.toMatchObject({ constraint: 'refund_settles' })
    await expect(insert(5, 'other')).rejects.toMatchObject({ constraint: 'refund_same_tender' })
    await expect(insert(9_999, 'cash')).rejects.toMatchObject({ constraint: 'refund_exceeds_payment' })
  })
})
