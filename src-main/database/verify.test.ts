import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillManyRows } from '../testing/many-rows'
import { addCar, addInvoice, addLine, addOrder, advance, authorize, openProbe, paymentInsert, type ShopProbe } from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'
import { invariants } from './invariants'
import { reading, type Queryable } from './transaction'
import { verifyDatabase } from './verify'

let t: TestDatabase
let root: ShopProbe

/** Each breaks one rule in a sound database. Triggers and foreign keys are off: what is planted is what no program could write. */
const plants: Readonly<Record<string, string>> = {
  'INV-01': `UPDATE invoices SET amount_paid = amount_paid + 1 WHERE status = 'partial'`,
  'INV-02': `ALTER TABLE invoices ALTER COLUMN amount_due DROP EXPRESSION; ALTER TABLE invoices DROP CONSTRAINT amount_due_calculation;
             UPDATE invoices SET amount_due = 1 WHERE status = 'partial'`,
  'INV-03': `ALTER TABLE invoices DROP CONSTRAINT invoice_not_overpaid; UPDATE invoices SET amount_paid = total + 1 WHERE status = 'partial'`,
  'INV-04': `UPDATE invoices SET status = 'paid' WHERE status = 'partial'`,
  'INV-14': `UPDATE shop_counters SET next_value = 1 WHERE counter = 'invoice'`,
  'INV-15': `UPDATE invoices SET snapshot = snapshot || '{"note": "x"}' WHERE status = 'partial'`,
  'INV-16': `UPDATE invoices SET snapshot = jsonb_set(snapshot, '{totalCents}', '1') WHERE status = 'partial'`,
  'INV-17': `UPDATE line_items SET status = 'declined' WHERE status = 'quoted'`,
  'INV-18': `UPDATE inventory_items SET quantity_on_hand = quantity_on_hand + 1`,
  'INV-19': `UPDATE line_items SET quantity = quantity + 1 WHERE status = 'completed' AND inventory_item_id IS NOT NULL`,
  'INV-20': `UPDATE vehicles SET shop_id = (SELECT id FROM shops WHERE slug = 'test-b') WHERE id = (SELECT vehicle_id FROM repair_orders LIMIT 1)`,
  'INV-22': `UPDATE audit_events SET actor_user_id = NULL WHERE action = 'payment.recorded'`,
  'INV-24': `UPDATE repair_orders SET bay_id = NULL WHERE bay_id IS NOT NULL`,
  'INV-25': `ALTER TABLE appointments DROP CONSTRAINT appointments_no_bay_overlap`,
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
  'INV-39': `INSERT INTO business_days (shop_id, business_date) SELECT DISTINCT shop_id, business_date - 1 FROM payments; UPDATE payments SET business_date = business_date - 1`,
}

/** A Queryable over the probe's one connection, so that what is planted in its open transaction is seen. */
const seenBy = (probe: ShopProbe): Queryable => ({
  query: (statement, values) => probe.all(statement.text, values),
  build: () => Promise.reject(new Error('not used')),
})

beforeAll(async () => {
  t = await testDatabase()
  root = await openProbe(t.superuserConnection)
  const app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  const car = await addCar(app)
  const { invoiceId } = await addInvoice(app, car, 100)
  await app.all(...paymentInsert(app, invoiceId, 40, { tendered_amount: 50 }))
  const { id: itemId } = await app.one<{ id: string }>(
    `INSERT INTO inventory_items (shop_id, part_number, description, quantity_on_hand, cost, price) VALUES ($1, 'P', 'p', 9, 1, 2) RETURNING id`,
    [t.shopId],
  )
  const open = await addOrder(app, car)
  await addLine(app, open, { type: 'part', itemId, quantity: 2, price: 2, status: 'completed' })
  await addLine(app, open, { status: 'quoted', price: 30 })
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

  it.each(invariants.map(({ id }) => id))('%s finds what is planted', async (id) => {
    await root.undone(async () => {
      await root.all('SET LOCAL session_replication_role = replica')
      await root.all(plants[id] ?? '')
      const found = await verifyDatabase(seenBy(root))
      expect(found.map((violation) => violation.id)).toContain(id)
      expect(found.find((violation) => violation.id === id)?.rows.length).toBeGreaterThan(0)
    })
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
