import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../base/uuid7'
import {
  addCar,
  addInvoice,
  addLine,
  addOrder,
  advance,
  authorize,
  invoiceInsert,
  issueInvoice,
  openProbe,
  paymentInsert,
  type ShopProbe,
} from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'

let t: TestDatabase
let app: ShopProbe
let owner: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  owner = await openProbe(t.ownerConnection)
})
afterAll(async () => {
  await app.close()
  await owner.close()
  await t.close()
})

const newInvoice = async (price = 100): Promise<{ orderId: string; invoiceId: string }> => addInvoice(app, await addCar(app), price)
const state = async (id: string): Promise<unknown[]> =>
  Object.values(
    await app.one(`SELECT status, amount_paid::float, amount_due::float, paid_date IS NOT NULL AS paid FROM invoices WHERE id = $1`, [id]),
  )
const change = (id: string, assignment: string): Promise<string> => app.outcome(`UPDATE invoices SET ${assignment} WHERE id = $1`, [id])

describe('issuing an invoice', () => {
  it('asks for a completed, decided and authorized order with the same amounts, and a snapshot', async () => {
    const order = await addOrder(app, await addCar(app))
    const line = await addLine(app, order)
    await authorize(app, order)
    await advance(app, order, 'approved', 'in_progress')
    expect(await app.outcome(...invoiceInsert(order))).toBe('invoice_order_not_completed')
    await advance(app, order, 'completed')
    await app.all(`UPDATE line_items SET status = 'quoted' WHERE id = $1`, [line])
    expect(await app.outcome(...invoiceInsert(order))).toBe('ro_lines_undecided')
    await app.all(`UPDATE line_items SET status = 'completed', unit_price = 100.01 WHERE id = $1`, [line])
    expect(await app.outcome(...invoiceInsert(order))).toBe('ro_unauthorized')
    await authorize(app, order)
    const [text, values] = invoiceInsert(order)
    const without = (from: string, to: string): Promise<string> => app.outcome(text.replace(from, to), values)
    expect(await without('\n            snapshot,', '\n            NULL,')).toBe('invoice_snapshot_present')
    expect(await without('$3, labor_total, parts_total', '$3, parts_total, labor_total')).toBe('invoice_amounts_match_order')
    expect(await app.outcome(text, values)).toBe('ok')
    expect(await app.outcome(...invoiceInsert(order))).toBe('invoices_one_live_per_ro')
    const row = await app.one(
      'SELECT invoice_number, status, issued_at IS NOT NULL AS issued, issue_date = shop_local_date(shop_id, now()) AS today FROM invoices WHERE id = $1',
      [values[0]],
    )
    expect(row).toEqual({ invoice_number: expect.stringMatching(/^INV-\d{6}$/) as string, status: 'sent', issued: true, today: true })
  })

  it('is final', async () => {
    const { invoiceId } = await newInvoice()
    for (const [assignment, name] of [
      ['labor_total = 1, subtotal = 1, total = 1', 'invoice_immutable'],
      ['snapshot = NULL', 'invoice_immutable'],
      [`snapshot_hash = 'x'`, 'invoice_immutable'],
      [`status = 'draft'`, 'invoice_immutable'],
      [`invoice_number = 'INV-9'`, 'invoice_immutable'],
      ['amount_paid = 100', 'invoice_amount_paid_derived'],
      [`status = 'paid'`, 'invoice_status_fits_amounts'],
      [`status = 'partial'`, 'invoice_status_fits_amounts'],
      [`status = 'void'`, 'invoice_void_reason'],
      [`void_reason = 'x'`, 'invoice_void_reason'],
      [`status = 'overdue'`, 'ok'],
      [`due_date = '2030-01-01', payment_terms = 'Net 30'`, 'ok'],
    ] as const) {
      expect(`${assignment}: ${await change(invoiceId, assignment)}`).toBe(`${assignment}: ${name}`)
    }
    expect(await app.outcome('DELETE FROM invoices WHERE id = $1', [invoiceId])).toBe('42501')
    expect(await owner.outcome('DELETE FROM invoices WHERE id = $1', [invoiceId])).toBe('invoice_immutable')
  })

  it('is undone by voiding with a reason while nothing is paid; then another can be issued', async () => {
    const { orderId, invoiceId } = await newInvoice()
    const [text, values] = paymentInsert(app, invoiceId, 40)
    await app.all(text, values)
    expect(await change(invoiceId, `status = 'void', void_reason = 'wrong car'`)).toBe('invoice_void_paid')
    const fresh = await newInvoice()
    expect(await change(fresh.invoiceId, `status = 'void', void_reason = 'wrong car'`)).toBe('ok')
    expect(await change(fresh.invoiceId, `void_reason = 'another'`)).toBe('invoice_immutable')
    expect(await app.one('SELECT voided_by_user_id FROM invoices WHERE id = $1', [fresh.invoiceId])).toEqual({
      voided_by_user_id: t.ownerUserId,
    })
    expect(await app.outcome(...paymentInsert(app, fresh.invoiceId, 10))).toBe('payment_on_void_invoice')
    await issueInvoice(app, fresh.orderId)
    expect(orderId).not.toBe(fresh.orderId)
  })

  it('takes a deposit on a draft and counts it when the draft is issued', async () => {
    const order = await addOrder(app, await addCar(app))
    await addLine(app, order, { price: 80 })
    const draft = await issueInvoice(app, order, 'draft')
    await app.all(...paymentInsert(app, draft, 30))
    expect(await state(draft)).toEqual(['draft', 30, 50, false])
    expect(await change(draft, `status = 'sent'`)).toBe('invoice_order_not_completed')
    await authorize(app, order)
    await advance(app, order, 'approved', 'in_progress', 'completed')
    expect(await change(draft, `status = 'sent'`)).toBe('ok')
    expect(await state(draft)).toEqual(['partial', 30, 50, false])
  })
})

describe('payments', () => {
  it('move the balance, the status and, at the end, the order', async () => {
    const { orderId, invoiceId } = await newInvoice()
    const payment = uuid7()
    await app.all(...paymentInsert(app, invoiceId, 60, { id: payment, tendered_amount: 100 }))
    expect(await state(invoiceId)).toEqual(['partial', 60, 40, false])
    expect(
      await app.one(
        'SELECT change_given::float, net_amount::float, business_date = shop_local_date(shop_id, now()) AS today FROM payments WHERE id = $1',
        [payment],
      ),
    ).toEqual({ change_given: 40, net_amount: 60, today: true })
    expect(await app.outcome(...paymentInsert(app, invoiceId, 50))).toBe('invoice_not_overpaid')
    expect(await app.outcome(`UPDATE repair_orders SET status = 'closed' WHERE id = $1`, [orderId])).toBe('ro_close_unpaid')
    await app.all(...paymentInsert(app, invoiceId, 40, { method: 'credit_card', transaction_id: 'ch_1', processor_fee: 1.46 }))
    expect(await state(invoiceId)).toEqual(['paid', 100, 0, true])
    expect(await app.outcome(`UPDATE repair_orders SET status = 'closed' WHERE id = $1`, [orderId])).toBe('ok')
  })

  it('cannot be invented, changed, repeated or removed', async () => {
    const { invoiceId } = await newInvoice()
    const id = uuid7()
    await app.all(...paymentInsert(app, invoiceId, 10, { id, method: 'credit_card', transaction_id: 'ch_2' }))
    for (const [extra, dollars, name] of [
      [{ id }, 10, 'payments_pkey'],
      [{ method: 'debit_card', transaction_id: 'ch_2' }, 10, 'payments_processor_transaction_key'],
      [{}, -5, 'positive_payment_amount'],
      [{ tendered_amount: 5 }, 10, 'payment_change'],
      [{ tendered_amount: 20, change_given: 9 }, 10, 'payment_change'],
      [{ tendered_amount: 20, method: 'check' }, 10, 'payment_tender_is_cash'],
      [{ status: 'refunded' }, 10, 'payment_refund_via_refunds'],
      [{ invoice_id: uuid7() }, 10, 'payments_invoice_id_fkey'],
    ] as const) {
      expect([extra, await app.outcome(...paymentInsert(app, invoiceId, dollars, extra))]).toEqual([extra, name])
    }
    for (const [assignment, name] of [
      ['amount = 1', 'payment_immutable'],
      [`method = 'cash'`, 'payment_immutable'],
      [`business_date = '2030-01-01'`, 'payment_immutable'],
      [`status = 'failed'`, 'payment_status_transition'],
      [`status = 'refunded'`, 'payment_refund_via_refunds'],
      ['processor_fee = 0.3', 'ok'],
    ] as const) {
      expect([assignment, await app.outcome(`UPDATE payments SET ${assignment} WHERE id = $1`, [id])]).toEqual([assignment, name])
    }
    expect(await app.outcome('DELETE FROM payments')).toBe('42501')
    expect(await owner.outcome('DELETE FROM payments')).toBe('payment_immutable')
  })

  it('count only when they are completed', async () => {
    const { invoiceId } = await newInvoice()
    const id = uuid7()
    await app.all(...paymentInsert(app, invoiceId, 100, { id, status: 'pending', method: 'ach' }))
    expect(await state(invoiceId)).toEqual(['sent', 0, 100, false])
    await app.all(`UPDATE payments SET status = 'completed' WHERE id = $1`, [id])
    expect(await state(invoiceId)).toEqual(['paid', 100, 0, true])
  })

  it('never exceed what is due: two counters, 200 tries', { timeout: 60_000 }, async () => {
    const counters = await Promise.all([0, 1].map(() => openProbe(t.appConnection, { shopId: t.shopId })))
    const seen = new Set<string>()
    const car = await addCar(app)
    for (let n = 0; n < 100; n += 1) {
      const { invoiceId } = await addInvoice(app, car, 100)
      const outcomes = await Promise.all(counters.map((counter) => counter.outcome(...paymentInsert(counter, invoiceId, 70))))
      seen.add(outcomes.toSorted().join())
      expect(await state(invoiceId)).toEqual(['partial', 70, 30, false])
    }
    await Promise.all(counters.map((counter) => counter.close()))
    expect([...seen]).toEqual(['invoice_not_overpaid,ok'])
  })

  it('belong to the day of the shop, not of the server, and roll past closed days', async () => {
    const { invoiceId } = await newInvoice()
    const day = async (at: string): Promise<unknown> => {
      const id = uuid7()
      await app.all(...paymentInsert(app, invoiceId, 1, { id, processed_at: at }))
      return (await app.one('SELECT business_date::text AS day FROM payments WHERE id = $1', [id])).day
    }
    expect(await day('2026-02-01T05:30:00Z')).toBe('2026-01-31')
    await app.all(`UPDATE business_days SET closed_at = now() WHERE business_date = '2026-01-31'`)
    expect(await day('2026-02-01T05:31:00Z')).toBe('2026-02-01')
    expect(await app.outcome(`UPDATE business_days SET closed_at = NULL WHERE business_date = '2026-01-31'`)).toBe(
      'business_days_append_only',
    )
    expect(await owner.outcome('DELETE FROM business_days')).toBe('business_days_append_only')
  })

  it('and the closing of their day wait for each other', async () => {
    const { invoiceId } = await newInvoice()
    const closer = await openProbe(t.appConnection, { shopId: t.shopId })
    const at = '2026-03-10T20:00:00Z'
    const [before, after] = [uuid7(), uuid7()]
    await app.all(...paymentInsert(app, invoiceId, 1, { id: before, processed_at: at }))
    await app.all('BEGIN')
    await app.all(...paymentInsert(app, invoiceId, 1, { id: after, processed_at: at }))
    const closing = closer.outcome(`UPDATE business_days SET closed_at = now() WHERE business_date = '2026-03-10' AND closed_at IS NULL`)
    const waiting = await owner.one(`SELECT pg_sleep(0.05), (SELECT count(*)::int FROM pg_locks WHERE NOT granted) AS n`)
    await app.all('COMMIT')
    expect(await closing).toBe('ok')
    expect(waiting.n).toBeGreaterThanOrEqual(1)
    const days = await app.all(`SELECT business_date::text AS day FROM payments WHERE id = ANY ($1) ORDER BY id`, [[before, after]])
    expect(days).toEqual([{ day: '2026-03-10' }, { day: '2026-03-10' }])
    await closer.close()
  })
})

describe('the record', () => {
  it('holds who did what to money, one row a statement, and no secret', async () => {
    const { orderId, invoiceId } = await newInvoice()
    await app.all(...paymentInsert(app, invoiceId, 100))
    await advance(app, orderId, 'closed')
    const actions = await app.all<{ action: string }>(
      `SELECT action FROM audit_events WHERE entity_id = ANY ($1) OR details ->> 'invoice_id' = $2 ORDER BY seq`,
      [[orderId, invoiceId], invoiceId],
    )
    expect(actions.map((row) => row.action)).toEqual([
      'lines.price_override', // its hour is not billed at the shop's rate
      'order.status',
      'order.status',
      'lines.changed',
      'order.status',
      'invoice.issued',
      'payment.recorded',
      'order.status',
    ])
    expect(
      await app.one(`SELECT count(*)::int AS n FROM audit_events WHERE entity_id = $1 AND actor_user_id IS DISTINCT FROM $2`, [
        orderId,
        t.ownerUserId,
      ]),
    ).toEqual({ n: 0 })
    await app.all(
      `UPDATE users SET password_hash = 'argon-secret', pin_hash = 'pin-secret', failed_pins = 3, hourly_rate = 30 WHERE id = $1`,
      [t.ownerUserId],
    )
    const { details } = await app.one<{ details: Record<string, unknown> }>(
      `SELECT details FROM audit_events WHERE entity_id = $1 ORDER BY seq DESC LIMIT 1`,
      [t.ownerUserId],
    )
    expect(details).toEqual({ password_changed: [false, true], pin_changed: [false, true], hourly_rate: [null, 30] })
    const count = (): Promise<unknown> => app.one('SELECT count(*)::int AS n FROM audit_events')
    const before = await count()
    await app.all('UPDATE users SET failed_sign_ins = 2, last_login_at = now() WHERE id = $1', [t.ownerUserId])
    expect(await count()).toEqual(before)
    for (const statement of ['UPDATE audit_events SET action = $$x$$', 'DELETE FROM audit_events']) {
      expect(await app.outcome(statement)).toBe('42501')
      expect(await owner.outcome(statement)).toBe('audit_events_append_only')
    }
  })
})
