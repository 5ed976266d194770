import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CreditOf, Invoice } from '../../../src-preload/contract/invoices'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { codeOf, completed, count, discount, line, newPart, part, refusalOf } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { takePayment } from '../payments/take-payment'
import { creditInvoice, quoteCredit } from './credit-invoice'
import { creditPdf } from './credit-pdf'
import { issueInvoice } from './issue-invoice'
import { voidInvoice } from './void-invoice'

// A part that was given away comes back like one that was sold: a paper says so, and the shelf has it.

let t: TestDatabase
let owner: Ctx
let desk: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  desk = await testContext(t, 'front_desk')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

const returning = (lineNo: number, pieces = 1, restock = true): CreditOf => ({
  kind: 'return',
  lines: [{ lineNo, quantityHundredths: (pieces * 100) as Hundredths, restock }],
})

const nothing = (invoice: Invoice, credit: CreditOf) => ({
  creditNoteId: uuid7(),
  invoiceId: invoice.id,
  credit,
  totalCents: cents(0),
  refunds: [],
  reason: 'Not needed',
})

const actionsOf = ({ nextActions }: Invoice): string[] => nextActions.map(({ action }) => action)

describe('a part that was billed with nothing', () => {
  let itemId: string
  const onHand = (pieces: number) => count(t, 'inventory_items WHERE id = $1 AND quantity_on_hand = $2', [itemId, pieces])

  async function billed(...more: Parameters<typeof completed>[2]): Promise<Invoice> {
    itemId = await newPart(t, { priceCents: 8_000, onHandHundredths: 500 })
    const filter = part({ inventoryItemId: itemId, quantityHundredths: 200, unitPriceCents: 0 })
    const order = await completed(t, owner, [filter, ...more])
    return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
  }

  test('goes back to the shelf by a credit note over nothing, once and not beyond what was billed', async () => {
    const invoice = await billed(line({ unitPriceCents: 5_000 }))
    const credit = returning(0)
    expect(await quoteCredit(desk, { invoiceId: invoice.id, credit })).toMatchObject({ totalCents: 0, owedCents: 0 })
    const request = nothing(invoice, credit)
    const after = await creditInvoice(desk, request)
    expect(after).toMatchObject({ dueCents: 5_000, creditedCents: 0, creditNotes: [{ id: request.creditNoteId, totalCents: 0 }] })
    expect(after.jobs[0]?.lines[0]?.creditedHundredths).toBe(100)
    expect(await onHand(4)).toBe(1)
    expect(await creditInvoice(desk, request)).toEqual(after)
    expect(await onHand(4)).toBe(1)
    expect(await codeOf(creditInvoice(desk, nothing(invoice, returning(0, 2))))).toBe('CREDIT_ABOVE_INVOICE')
    const paper = await creditPdf(owner, { creditNoteId: request.creditNoteId })
    const { text } = await readPdf(new Uint8Array(Buffer.from(paper.base64, 'base64')))
    for (const words of ['CREDIT NOTE', invoice.number, 'Brake pads', 'Not needed', '$0.00']) expect(text).toContain(words)
    expect(text).not.toContain('taken off')
  })

  test('is not credited where nothing goes back to the shelf, or by an amount', async () => {
    const invoice = await billed(line({ unitPriceCents: 5_000 }))
    const refused = await refusalOf(quoteCredit(owner, { invoiceId: invoice.id, credit: returning(0, 1, false) }))
    expect(refused).toMatchObject({ code: 'CREDIT_ABOVE_INVOICE', message: expect.stringContaining('comes to $0.00') as string })
    expect(await codeOf(creditInvoice(owner, nothing(invoice, returning(0, 1, false))))).toBe('CREDIT_ABOVE_INVOICE')
    const forged = sql(
      '',
      `INSERT INTO credit_notes (shop_id, invoice_id, credit_number, kind, subtotal, discount, tax, total, reason, snapshot, snapshot_hash)
       VALUES ($1, $2, 'CN-X', 'amount', 0, 0, 0, 0, 'x', '{}', 'x')`,
    )
    await expect(reading(t.db).query(forged, [t.shopId, invoice.id])).rejects.toMatchObject({ constraint: 'credit_note_totals_consistent' })
  })

  test('keeps its invoice from being void: the order could give it back a second time', async () => {
    const invoice = await billed(line({ unitPriceCents: 5_000 }))
    expect(actionsOf(invoice)).toEqual(['take_payment', 'void_invoice', 'credit_invoice'])
    const after = await creditInvoice(owner, nothing(invoice, returning(0)))
    expect(actionsOf(after)).toEqual(['take_payment', 'credit_invoice'])
    expect(await codeOf(voidInvoice(owner, { invoiceId: invoice.id, reason: 'x' }))).toBe('INVOICE_CREDITED')
    const forged = sql('', `UPDATE invoices SET status = 'void', void_reason = 'x', voided_at = now() WHERE shop_id = $1 AND id = $2`)
    await expect(reading(t.db).query(forged, [t.shopId, invoice.id])).rejects.toMatchObject({ constraint: 'invoice_void_credited' })
  })

  test('comes back of a bill over nothing too, and of one that was credited to its end', async () => {
    const given = await billed()
    expect(given).toMatchObject({ totalCents: 0, status: 'paid' })
    expect(actionsOf(given)).toContain('credit_invoice')
    const all = await creditInvoice(owner, nothing(given, returning(0, 2)))
    expect(actionsOf(all)).not.toContain('credit_invoice')
    expect(await onHand(5)).toBe(1)

    const sold = await billed(part({ inventoryItemId: itemId, unitPriceCents: 8_000, taxable: false }), discount(8_000))
    expect(sold.totalCents).toBe(0)
    await creditInvoice(owner, nothing(sold, returning(1)))

    const allowed = await billed(part({ unitPriceCents: 8_000, taxable: false }))
    const amountCents = allowed.totalCents
    const payment = { paymentId: uuid7(), invoiceId: allowed.id, method: 'cash' as const, amountCents, note: '', reference: '' }
    await takePayment(owner, { ...payment, checkNumber: '' })
    const refunds = [{ refundId: uuid7(), paymentId: payment.paymentId, amountCents, checkNumber: '', reference: '' }]
    const facts = { creditNoteId: uuid7(), invoiceId: allowed.id, totalCents: amountCents, reason: 'Goodwill' }
    const after = await creditInvoice(owner, { ...facts, credit: { kind: 'amount', amountCents }, refunds })
    expect(actionsOf(after)).toEqual(['credit_invoice'])
    await creditInvoice(owner, nothing(allowed, returning(0, 2)))
    expect(await onHand(5)).toBe(1)
  })
})
