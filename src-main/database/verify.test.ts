import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillManyRows } from '../testing/many-rows'
import {
  addCar,
  addCredit,
  addInvoice,
  addLine,
  addOrder,
  advance,
  authorize,
  openProbe,
  paymentInsert,
  type ShopProbe,
} from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'
import { invariants } from './invariants'
import { reading, type Queryable } from './transaction'
import { verifyDatabase, type Violation } from './verify'

let t: TestDatabase
let root: ShopProbe

const accountEntry = (amount: number, kind: string): string =>
  `INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payment_id, reason, business_date, recorded_by_user_id)
   SELECT p.shop_id, o.customer_id, ${amount}, '${kind}', p.id, 'x', p.business_date, p.processed_by_user_id
   FROM payments p JOIN invoices i ON i.id = p.invoice_id JOIN repair_orders o ON o.id = i.repair_order_id WHERE p.amount = 60`

/** Each breaks one rule in a sound database. Triggers and foreign keys are off: what is planted is what no program could write. */
const plants: Readonly<Record<string, string>> = {
  'INV-01': `UPDATE invoices SET amount_paid = amount_paid + 1 WHERE status = 'partial'`,
  'INV-02': `ALTER TABLE invoices ALTER COLUMN amount_due DROP EXPRESSION; ALTER TABLE invoices DROP CONSTRAINT amount_due_calculation;
             UPDATE invoices SET amount_due = 1 WHERE status = 'partial'`,
  'INV-03': `ALTER TABLE invoices DROP CONSTRAINT invoice_not_overpaid; UPDATE invoices SET amount_paid = total + 1 WHERE status = 'partial'`,
  'INV-04': `UPDATE invoices SET status = 'paid' WHERE status = 'partial'`,
  'INV-05': `UPDATE payment_refunds SET amount = 1000`,
  'INV-13': `DROP INDEX payments_processor_transaction_key;
             UPDATE payments SET transaction_id = 'ch_1', method = 'credit_card', tendered_amount = NULL, change_given = NULL`,
  'INV-14': `UPDATE shop_counters SET next_value = 1 WHERE counter = 'invoice'`,
  'INV-15': `UPDATE invoices SET snapshot = snapshot || '{"note": "x"}' WHERE status = 'partial'`,
  'INV-16': `UPDATE invoices SET snapshot = jsonb_set(snapshot, '{totalCents}', '1') WHERE status = 'partial'`,
  'INV-17': `UPDATE line_items SET status = 'declined' WHERE status = 'quoted'`,
  'INV-18': `UPDATE inventory_items SET quantity_on_hand = quantity_on_hand + 1`,
  'INV-19': `UPDATE line_items SET quantity = quantity + 1 WHERE status = 'completed' AND inventory_item_id IS NOT NULL`,
  'INV-20': `UPDATE vehicles SET shop_id = (SELECT id FROM shops WHERE slug = 'test-b') WHERE id = (SELECT vehicle_id FROM repair_orders LIMIT 1)`,
  'INV-22': `UPDATE audit_events SET actor_user_id = NULL WHERE action = 'payment.recorded'`,
  'INV-23': `UPDATE business_days SET closed_at = now() - interval '1 hour'`,
  'INV-24': `UPDATE repair_orders SET bay_id = NULL WHERE bay_id IS NOT NULL`,
  'INV-25': `ALTER TABLE appointments DROP CONSTRAINT appointments_no_bay_overlap`,
  'INV-29': `UPDATE customers SET notes = 'pays with 4242 4242 4242 4242, always'`,
  'INV-30': `ALTER TABLE payments DISABLE TRIGGER guard_payment`,
  'INV-33': `ALTER TABLE line_items ALTER COLUMN total DROP EXPRESSION; ALTER TABLE line_items DROP CONSTRAINT total_equals_quantity_times_price;
             UPDATE line_items SET total = 0.01 WHERE status = 'quoted'`,
  'INV-34': `UPDATE repair_orders SET labor_total = 0, subtotal = subtotal - labor_total, total = total - labor_total WHERE status = 'completed'`,
  'INV-35': `UPDATE repair_orders SET authorized_total = 1 WHERE authorized_total = 0`,
  'INV-36': `DELETE FROM ro_status_events WHERE from_status = 'approved'`,
  'INV-37': `UPDATE repair_orders SET status = 'closed' WHERE status = 'completed'`,
  'INV-38': `ALTER TABLE payments DROP CONSTRAINT payment_change; UPDATE payments SET change_given = 1 WHERE tendered_amount IS NOT NULL`,
  'INV-40': `UPDATE line_items SET is_authorized = false`,
  'INV-41': `UPDATE repair_orders SET deleted_at = now() WHERE status = 'closed'`,
  'INV-50': `UPDATE invoices SET snapshot = jsonb_set(snapshot, '{shop}', jsonb_build_object('logoSha256', repeat('0', 64))) WHERE status = 'partial'`,
  'INV-51': `ALTER TABLE pictures DROP CONSTRAINT pictures_named_by_content; UPDATE pictures SET bytes = bytes || '\\x00'`,
  'INV-42': `ALTER TABLE payments DROP CONSTRAINT payment_rounding, DROP CONSTRAINT payment_change; UPDATE payments SET rounding = 0.01`,
  'INV-43': `UPDATE invoices SET credited_total = 1, amount_paid = amount_paid WHERE credited_total > 0`,
  'INV-44': `UPDATE credit_note_lines SET quantity = 1.01`,
  'INV-45': `UPDATE credit_notes SET snapshot = snapshot || '{"note": "x"}'`,
  'INV-46': `UPDATE invoices SET amount_paid = amount_paid - 1 WHERE credited_total > 0`,
  'INV-47': accountEntry(-5, 'used'),
  'INV-48': accountEntry(5, 'overpaid'),
  'INV-49': `INSERT INTO check_returns (shop_id, payment_id, invoice_id, amount, face, returned_on, reason, business_date)
             SELECT shop_id, id, invoice_id, 5, 60, business_date, 'x', business_date FROM payments WHERE amount = 60`,
  'INV-52': `INSERT INTO credit_payouts (shop_id, customer_id, amount, method, reason, business_date)
             SELECT shop_id, customer_id, 5, 'cash', 'x', current_date FROM repair_orders LIMIT 1`,
  'INV-70': `UPDATE customers SET deleted_at = now(), merged_into_id = uuid7() WHERE id = (SELECT customer_id FROM repair_orders LIMIT 1)`,
  'INV-71': `UPDATE vehicle_ownerships SET owned_to = now()`,
  'INV-72': `UPDATE vehicles SET license_plate = 'XYZ9'`,
  'INV-73': `INSERT INTO customer_contacts (shop_id, customer_id, name, role) SELECT shop_id, uuid7(), 'Stranger', 'payer' FROM repair_orders LIMIT 1;
             UPDATE repair_orders SET payer_contact_id = (SELECT id FROM customer_contacts LIMIT 1)`,
  'INV-74': `INSERT INTO message_consents (shop_id, customer_id, channel, address, kind, is_given, method, recorded_by_user_id)
             SELECT shop_id, customer_id, 'phone', '5550100100', 'service', true, 'paper', uuid7() FROM repair_orders LIMIT 1`,
  'INV-39': `INSERT INTO business_days (shop_id, business_date) SELECT DISTINCT shop_id, business_date - 1 FROM payments; UPDATE payments SET business_date = business_date - 1`,
}

/** A Queryable over the probe's one connection, so that what is planted in its open transaction is seen. */
const seenBy = (probe: ShopProbe): Queryable => ({
  query: (statement, values) => probe.all(statement.text, values),
  build: () => Promise.reject(new Error('not used')),
})

async function foundAfter(plant: string): Promise<readonly Violation[]> {
  let found: readonly Violation[] = []
  await root.undone(async () => {
    await root.all('SET LOCAL session_replication_role = replica')
    await root.all(plant)
    found = await verifyDatabase(seenBy(root))
  })
  return found
}

beforeAll(async () => {
  t = await testDatabase()
  root = await openProbe(t.superuserConnection)
  const app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  const car = await addCar(app)
  const { invoiceId } = await addInvoice(app, car, 100)
  await app.all(...paymentInsert(app, invoiceId, 40, { tendered_amount: 50 }))
  const credited = await addInvoice(app, car, 100)
  await app.all(...paymentInsert(app, credited.invoiceId, 40))
  const { id: paymentId } = await app.one<{ id: string }>('SELECT id FROM payments WHERE invoice_id = $1', [credited.invoiceId])
  await addCredit(app, { invoiceId: credited.invoiceId, paymentId, dollars: 70, back: 10 })
  const { id: itemId } = await app.one<{ id: string }>(
    `INSERT INTO inventory_items (shop_id, part_number, description, quantity_on_hand, cost, price) VALUES ($1, 'P', 'p', 9, 1, 2) RETURNING id`,
    [t.shopId],
  )
  const open = await addOrder(app, car)
  await addLine(app, open, { type: 'part', itemId, quantity: 2, price: 2, status: 'completed' })
  await addLine(app, open, { status: 'quoted', price: 30 })
  const discountId = await addLine(app, open, { type: 'discount', status: 'quoted', price: 5 })
  await app.all(
    `INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details) VALUES ($1, 'order.discounted', 'repair_order', $2, $3)`,
    [t.shopId, open, JSON.stringify({ orderDiscountCents: 500, discounts: [{ lineId: discountId, amountCents: 500, reason: 'Regular' }] })],
  )
  await app.all(`INSERT INTO bays (shop_id, name, current_ro_id) VALUES ($1, 'Bay 1', $2)`, [t.shopId, open])
  const paid = await addInvoice(app, car, 60)
  await app.all(...paymentInsert(app, paid.invoiceId, 60))
  await advance(app, paid.orderId, 'closed')
  await authorize(app, open)
  await addOrder(app, car)
  await app.all(
    `INSERT INTO pictures (shop_id, sha256, media_type, bytes) VALUES ($1, encode(sha256('logo'), 'hex'), 'image/png', 'logo')`,
    [t.shopId],
  )
  await app.close()
})
afterAll(async () => {
  await root.close()
  await t.close()
})

describe('verifyDatabase', () => {
  it('finds nothing in a sound shop', async () => {
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  it('has a plant for each invariant', () => {
    expect(Object.keys(plants).toSorted()).toEqual(invariants.map(({ id }) => id))
  })

  it.each(invariants.map(({ id }) => id))('%s finds what is planted, and says it in sentences', async (id) => {
    const found = (await foundAfter(plants[id] ?? '')).find((violation) => violation.id === id)
    expect(found?.rows.length).toBeGreaterThan(0)
    for (const sentence of [...(found?.rows ?? []), found?.remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/)
  })

  it.each<[what: string, plant: string, id: string, row: RegExp]>([
    [
      'a void nobody did',
      `UPDATE invoices SET status = 'void', void_reason = 'x', voided_at = now() WHERE status = 'partial'`,
      'INV-22',
      /^Voiding invoice INV-0\d+ is not on record\.$/,
    ],
    [
      'a refund nobody gave',
      `UPDATE audit_events SET actor_user_id = NULL WHERE action = 'refund.recorded'`,
      'INV-22',
      /^The refund of 10\.00 on invoice INV-0\d+ is not on record\.$/,
    ],
    [
      'a credit note nobody wrote',
      `DELETE FROM audit_events WHERE action = 'invoice.credited'`,
      'INV-22',
      /^Credit note CN-0\d+ is not on record\.$/,
    ],
    [
      'a refund to another tender',
      `UPDATE payment_refunds SET method = 'check', check_number = '1'`,
      'INV-05',
      /^Of the payment of 40\.00 by cash on invoice INV-0\d+, which is called completed, 10\.00 was given back by check\.$/,
    ],
    [
      'a payment called refunded of which nothing came back',
      `UPDATE payments SET status = 'refunded' WHERE amount = 60`,
      'INV-05',
      /^The payment of 60\.00 on invoice INV-0\d+ is called refunded; nothing was given back\.$/,
    ],
    [
      'a refund booked into a closed day',
      `UPDATE business_days SET closed_at = now() - interval '1 hour'`,
      'INV-23',
      /^The refund of 10\.00 on invoice INV-0\d+ was booked into \d{4}-\d\d-\d\d after that day was closed\.$/,
    ],
    [
      'an entry of an account that nobody made',
      accountEntry(5, 'overpaid'),
      'INV-22',
      /^The entry of 5\.00 on the account of a customer is not on record\.$/,
    ],
    [
      'a returned check that nobody recorded',
      `INSERT INTO check_returns (shop_id, payment_id, invoice_id, amount, face, returned_on, reason, business_date)
       SELECT shop_id, id, invoice_id, 60, 60, business_date, 'x', business_date FROM payments WHERE amount = 60`,
      'INV-22',
      /^The returned check of 60\.00 on invoice INV-0\d+ is not on record\.$/,
    ],
    [
      'a pay-out that nobody recorded',
      `INSERT INTO credit_payouts (shop_id, customer_id, amount, method, reason, business_date)
       SELECT shop_id, customer_id, 5, 'cash', 'x', current_date FROM repair_orders LIMIT 1`,
      'INV-22',
      /^The pay-out of 5\.00 of account credit is not on record\.$/,
    ],
    [
      'account credit that was used and is not taken off the account',
      `UPDATE payments SET from_credit = true, method = 'other' WHERE amount = 60`,
      'INV-48',
      /^On invoice INV-0\d+, -60\.00 should be on account as used; the account says 0\.00\.$/,
    ],
    [
      'a discount nobody gave',
      `DELETE FROM audit_events WHERE action = 'order.discounted'`,
      'INV-22',
      /^Order RO-0\d+ has a discount of 5\.00; on record is none\.$/,
    ],
    [
      'a discount larger than the one given',
      `UPDATE line_items SET unit_price = 6 WHERE type = 'discount'`,
      'INV-22',
      /^Order RO-0\d+ has a discount of 6\.00; on record is 5\.00\.$/,
    ],
    [
      'a discount whose giver is unknown',
      `UPDATE audit_events SET actor_user_id = NULL WHERE action = 'order.discounted'`,
      'INV-22',
      /^Order RO-0\d+ has a discount of 5\.00; on record is none\.$/,
    ],
    [
      'a discount that nobody approved',
      `UPDATE audit_events SET approver_user_id = actor_user_id WHERE action = 'order.discounted'`,
      'INV-22',
      /^Order RO-0\d+ has a discount that is called approved; nobody's approval of it is on record\.$/,
    ],
    [
      'a price that nobody set',
      `DELETE FROM audit_events WHERE action = 'lines.price_override'`,
      'INV-22',
      /^Order RO-0\d+ has a labor line at 30\.00 instead of the shop's \d+\.\d\d; that is not on record\.$/,
    ],
    [
      'a price other than the one on record',
      `UPDATE line_items SET unit_price = 31 WHERE unit_price = 30`,
      'INV-22',
      /^Order RO-0\d+ has a labor line at 31\.00 instead of the shop's \d+\.\d\d; that is not on record\.$/,
    ],
    [
      'a role that nobody gave',
      `UPDATE users SET role = 'technician' WHERE role = 'owner'`,
      'INV-22',
      /^The technician with the user id [0-9a-f-]{36}: on record is the role owner\.$/,
    ],
    [
      'an order at work in a bay that knows nothing of it',
      `UPDATE repair_orders SET status = 'in_progress' WHERE bay_id IS NOT NULL; UPDATE bays SET current_ro_id = NULL, status = 'available'`,
      'INV-24',
      /^Order RO-0\d+ is being worked on in bay Bay 1, which knows nothing of it\.$/,
    ],
    [
      'a counter that skips a number',
      `UPDATE shop_counters SET next_value = next_value + 1 WHERE counter = 'invoice'`,
      'INV-14',
      /^Invoices 1 to 3: 3 of them are there, 3 different; the next one would be 5\.$/,
    ],
  ])('finds %s', async (_, plant, id, row) => {
    const found = (await foundAfter(plant)).find((violation) => violation.id === id)
    expect(found?.rows).toContainEqual(expect.stringMatching(row))
  })

  it.each<[where: string, plant: string, row: RegExp]>([
    ['a note', `UPDATE customers SET notes = 'card 4242424242424242'`, /^The customer whose phone ends in \d{4}, notes: a card number\.$/],
    [
      'a list',
      `UPDATE customers SET tags = ARRAY['vip', '3782-822463-10005']`,
      /^The customer whose phone ends in \d{4}, tags: a card number\.$/,
    ],
    [
      'a complaint',
      `UPDATE repair_orders SET customer_complaint = '4242.4242.4242.4242'`,
      /^Order RO-0\d+, customer complaint: a card number\.$/,
    ],
    [
      'a line',
      `UPDATE line_items SET description = '４２４２ ４２４２ ４２４２ ４２４２'`,
      /^Order RO-0\d+, description: a card number\.$/,
    ],
    ['a payment', `UPDATE payments SET notes = '42424242424242420327'`, /^Invoice INV-0\d+, notes: a card number\.$/],
    [
      'a document',
      `UPDATE invoices SET snapshot = snapshot || '{"note": "4242 4242 4242 4242"}'`,
      /^Invoice INV-0\d+, snapshot: a card number\.$/,
    ],
    ['a new column', `ALTER TABLE bays ADD COLUMN memo text DEFAULT '5555555555554444'`, /^Bay Bay 1, memo: a card number\.$/],
    [
      'a new table',
      `CREATE TABLE memos (id int, words varchar(40)); INSERT INTO memos VALUES (7, '4242424242424242')`,
      /^Memos 7, words: a card number\.$/,
    ],
  ])('finds a card number in %s', async (_, plant, row) => {
    expect((await foundAfter(plant)).find(({ id }) => id === 'INV-29')?.rows[0]).toMatch(row)
  })

  it('takes no id, phone or part number for a card', async () => {
    const plant = `UPDATE customers SET notes = '42424242-4242-4242-8242-424242424242', alternate_phone = '555-010-0199';
                   UPDATE line_items SET part_number = '4047023000026', description = '4242424242424241'`
    expect((await foundAfter(plant)).map(({ id }) => id)).not.toContain('INV-29')
  })

  it('counts a payment into the day of the time zone that held when it was taken', async () => {
    const move = (from: string, to: string): string =>
      `UPDATE shops SET timezone = '${to}' WHERE id = '${t.shopId}';
       INSERT INTO audit_events (shop_id, action, details) VALUES ('${t.shopId}', 'shop.update', '{"timezone": ["${from}", "${to}"]}');`
    const { timezone, day } = await root.one<{ timezone: string; day: string }>(
      `SELECT timezone, business_date::text AS day FROM shops s JOIN payments p ON p.shop_id = s.id WHERE s.id = $1 LIMIT 1`,
      [t.shopId],
    )
    const far = timezone === 'Pacific/Kiritimati' ? 'Pacific/Pago_Pago' : 'Pacific/Kiritimati'
    const late = `UPDATE payments SET processed_at = '${day} 23:30'::timestamp AT TIME ZONE '${timezone}';`
    const recorded = (days: number): string =>
      `UPDATE audit_events SET at = '${day}'::timestamptz + interval '${days} days' WHERE action = 'shop.update';`
    const lastRecorded = `UPDATE audit_events SET at = '${day}'::timestamptz + interval '5 days'
                          WHERE action = 'shop.update' AND details -> 'timezone' ->> 1 = '${timezone}'`
    const isOff = async (...plant: readonly string[]): Promise<boolean> =>
      (await foundAfter(plant.join('\n'))).some(({ id }) => id === 'INV-39')
    expect(await isOff(late)).toBe(false)
    expect(await isOff(late, `UPDATE shops SET timezone = '${far}'`)).toBe(true)
    expect(await isOff(late, move(timezone, far), recorded(5))).toBe(false)
    expect(await isOff(late, move(timezone, far), recorded(-5))).toBe(true)
    expect(await isOff(late, move(timezone, far), recorded(-5), move(far, timezone), lastRecorded)).toBe(true)
  })

  it('passes thousands of generated orders within seconds', async () => {
    const owner = await openProbe(t.ownerConnection)
    await fillManyRows(owner, { shopId: t.otherShopId, userId: t.otherOwnerUserId, customers: 700, vehicles: 1000, orders: 2000 })
    await owner.close()
    const from = performance.now()
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
    expect(performance.now() - from).toBeLessThan(8000)
  })
})
