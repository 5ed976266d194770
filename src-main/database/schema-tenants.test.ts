import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../base/uuid7'
import { plantPrices } from '../testing/plant-prices'
import {
  addCar,
  addCredit,
  addInvoice,
  addLine,
  addOrder,
  authorize,
  openProbe,
  paymentInsert,
  type ProbeCar,
  type ShopProbe,
} from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'

let t: TestDatabase
let app: ShopProbe
let other: ShopProbe
let owner: ShopProbe
/** Everything of shop B that a row of shop A could try to point at. */
let b: Awaited<ReturnType<typeof fillShop>>

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  other = await openProbe(t.appConnection, { shopId: t.otherShopId, userId: t.otherOwnerUserId })
  owner = await openProbe(t.ownerConnection)
  b = await fillShop(other)
})
afterAll(async () => {
  await Promise.all([app.close(), other.close(), owner.close()])
  await t.close()
})

async function fillShop(probe: ShopProbe) {
  const car = await addCar(probe, { first: 'Bea', last: 'Other' })
  const { invoiceId } = await addInvoice(probe, car, 100)
  await probe.all(...paymentInsert(probe, invoiceId, 25))
  const { id: paymentId } = await probe.one<{ id: string }>('SELECT id FROM payments WHERE invoice_id = $1', [invoiceId])
  const { creditNoteId, refundId } = await addCredit(probe, { invoiceId, paymentId, dollars: 80, back: 5 })
  const overpaid = await addInvoice(probe, car, 40)
  const checkId = uuid7()
  await probe.all(...paymentInsert(probe, overpaid.invoiceId, 40, { id: checkId, method: 'check', check_number: '7', kept_as_credit: 5 }))
  const open = await addOrder(probe, car)
  const lineId = await addLine(probe, open)
  await authorize(probe, open)
  const add = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const full = { id: uuid7(), shop_id: probe.shopId, ...row }
    const columns = Object.keys(full)
    await probe.all(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map((_, n) => `$${n + 1}`).join()})`, Object.values(full))
    return full.id
  }
  const payoutId = await add('credit_payouts', { customer_id: car.customerId, amount: 2, method: 'cash', reason: 'wants it back' })
  const returnId = await add('check_returns', { payment_id: checkId, returned_on: '2026-03-02', reason: 'no funds' })
  const inspectionId = await add('inspections', { repair_order_id: open })
  const pointId = await add('inspection_points', { inspection_id: inspectionId, category: 'brakes', item: 'pads' })
  const itemId = await add('inventory_items', { part_number: 'PH-3614', description: 'Oil filter', cost: 4, price: 9, quantity_on_hand: 5 })
  await addLine(probe, open, { type: 'part', itemId, price: 9, status: 'completed' })
  const bayId = await add('bays', { name: 'Bay 1', current_ro_id: open })
  const appointmentId = await add('appointments', {
    customer_id: car.customerId,
    vehicle_id: car.vehicleId,
    bay_id: bayId,
    scheduled_start: '2026-03-02T09:00Z',
    scheduled_end: '2026-03-02T10:00Z',
  })
  await add('photos', { context: 'inspection_point', inspection_point_id: pointId, url: 'p.jpg' })
  await add('notifications', {
    customer_id: car.customerId,
    type: 'sms',
    event: 'vehicle_ready',
    message: 'ready',
    repair_order_id: open,
    invoice_id: invoiceId,
    appointment_id: appointmentId,
  })
  const { sha256 } = await probe.one<{ sha256: string }>(
    `INSERT INTO pictures (shop_id, sha256, media_type, bytes) SELECT $1::uuid, encode(sha256(p), 'hex'), 'image/png', p
     FROM convert_to('logo of ' || $1::uuid, 'UTF8') p RETURNING sha256`,
    [probe.shopId],
  )
  const contactId = await add('customer_contacts', { customer_id: car.customerId, name: 'Pia Payer', role: 'payer' })
  const said = { customer_id: car.customerId, channel: 'phone', address: '5550100101', kind: 'service', is_given: true, method: 'paper' }
  await add('message_consents', { ...said, recorded_by_user_id: probe === other ? t.otherOwnerUserId : t.ownerUserId })
  const mergeId = await fillMerge(probe, car, add)
  const prices = await plantPrices(add, itemId)
  await add('ai_predictions', { prediction_type: 'part_lookup', input_data: '{}', prediction: '{}' })
  const jobId = await add('ro_jobs', { repair_order_id: open, name: 'Brakes' })
  const printerId = await add('printers', { name: 'Front', kind: 'escpos', host: '192.168.1.50' })
  const { user } = await probe.one<{ user: string }>('SELECT id AS user FROM users WHERE shop_id = $1 LIMIT 1', [probe.shopId])
  await add('print_jobs', { station_id: uuid7(), printer_id: printerId, kind: 'receipt', payment_id: paymentId, created_by_user_id: user })
  const own = [probe.shopId, uuid7()]
  const paper = 'INSERT INTO station_papers (shop_id, station_id, document, printer_id)'
  await probe.all(`${paper} VALUES ($1, $2, 'receipt', $3)`, [...own, printerId])
  await probe.all('INSERT INTO order_viewers (shop_id, view_id, repair_order_id, user_id) VALUES ($1, $2, $3, $4)', [...own, open, user])
  const { id: versionId } = await probe.one<{ id: string }>('SELECT id FROM estimate_versions WHERE repair_order_id = $1', [open])
  return {
    ...car,
    orderId: open,
    invoiceId,
    lineId,
    itemId,
    bayId,
    inspectionId,
    pointId,
    appointmentId,
    jobId,
    versionId,
    sha256,
    ...prices,
    paymentId,
    creditNoteId,
    refundId,
    returnId,
    payoutId,
    contactId,
    mergeId,
    printerId,
  }
}

/** Two duplicates with a car that wears a plate: one was merged into the customer and parted again, the other is merged. */
async function fillMerge(
  probe: ShopProbe,
  car: ProbeCar,
  add: (table: string, row: Record<string, unknown>) => Promise<string>,
): Promise<string> {
  const by = probe === other ? t.otherOwnerUserId : t.ownerUserId
  const merge = async (plate: string): Promise<string> => {
    const { customerId, vehicleId } = await addCar(probe)
    await probe.all(`UPDATE vehicles SET license_plate = $2 WHERE id = $1`, [vehicleId, plate])
    const pair = { kept_customer_id: car.customerId, merged_customer_id: customerId, merged_by_user_id: by }
    return await add('customer_merges', { ...pair, fields_before: '{}', fields_after: '{}' })
  }
  const undo = [await merge('ABC'), probe.shopId, by]
  await probe.all('INSERT INTO customer_merge_undos (merge_id, shop_id, undone_by_user_id) VALUES ($1, $2, $3)', undo)
  return await merge('DEF')
}

describe('a row of one shop', () => {
  it('cannot point at a row of another through any foreign key', async () => {
    const keys = await owner.all<{ name: string; child: string; parent: string; columns: string[] }>(
      `SELECT c.conname AS name, c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
              (SELECT array_agg(a.attname::text ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(num, n)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num) AS columns
       FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND c.confrelid <> 'shops'::regclass ORDER BY 1`,
    )
    const a = await fillShop(app)
    expect(keys.length).toBeGreaterThanOrEqual(46)
    const ids: Record<string, [own: string, foreign: string]> = {
      customers: [a.customerId, b.customerId],
      vehicles: [a.vehicleId, b.vehicleId],
      users: [t.ownerUserId, t.otherOwnerUserId],
      repair_orders: [a.orderId, b.orderId],
      bays: [a.bayId, b.bayId],
      inventory_items: [a.itemId, b.itemId],
      line_items: [a.lineId, b.lineId],
      inspections: [a.inspectionId, b.inspectionId],
      inspection_points: [a.pointId, b.pointId],
      appointments: [a.appointmentId, b.appointmentId],
      invoices: [a.invoiceId, b.invoiceId],
      ro_jobs: [a.jobId, b.jobId],
      estimate_versions: [a.versionId, b.versionId],
      pictures: [a.sha256, b.sha256],
      customer_contacts: [a.contactId, b.contactId],
      customer_merges: [a.mergeId, b.mergeId],
      printers: [a.printerId, b.printerId],
      labor_rates: [a.rateId, b.rateId],
      price_matrices: [a.matrixId, b.matrixId],
      canned_jobs: [a.cannedId, b.cannedId],
      payments: [a.paymentId, b.paymentId],
      credit_notes: [a.creditNoteId, b.creditNoteId],
      payment_refunds: [a.refundId, b.refundId],
      check_returns: [a.returnId, b.returnId],
      credit_payouts: [a.payoutId, b.payoutId],
    }
    for (const { name, child, parent, columns } of keys) {
      const isLogo = child === 'shops' // a shop's own id is what other rows call their shop_id
      expect(columns, name).toContain(isLogo ? 'id' : 'shop_id')
      if (parent === 'business_days') continue
      const column = columns.find((c) => c !== 'shop_id' && !(columns.length === 3 && c === 'repair_order_id')) ?? ''
      const [own, foreign] = ids[parent] ?? ['', '']
      // Triggers refuse earlier and for other reasons; the key itself must hold without them.
      await owner.undone(async () => {
        await owner.all(`ALTER TABLE ${child} DISABLE TRIGGER USER; ALTER TABLE authorizations DISABLE TRIGGER USER`)
        if (child === 'estimate_versions') await owner.all('DELETE FROM authorizations')
        const movesPhoto = child === 'photos' && ['repair_order_id', 'vehicle_id'].includes(column)
        const set =
          (isLogo ? `logo_url = 'picture:' || $1` : `${column} = $1`) +
          (movesPhoto ? `, context = '${column.replace('_id', '')}', inspection_point_id = NULL` : '') +
          (child === 'customer_credits' && column === 'refund_id' ? `, kind = 'credited'` : '') +
          (child === 'customer_credits' && column === 'check_return_id' ? `, kind = 'check_restored'` : '') +
          (child === 'customer_credits' && column === 'payout_id'
            ? `, kind = 'paid_out', amount = -abs(amount), payment_id = NULL, refund_id = NULL, check_return_id = NULL`
            : '') +
          (child === 'check_returns' && column === 'undoes_id' ? ', face = -face, amount = -amount' : '')
        const row = `${isLogo ? 'id' : 'shop_id'} = '${t.shopId}'${columns.length === 3 ? ` AND repair_order_id = '${a.orderId}'` : ''}`
        const update = async (id: string): Promise<string> => {
          await owner.all('SAVEPOINT s')
          return owner.outcome(`UPDATE ${child} SET ${set} WHERE ctid = (SELECT min(ctid) FROM ${child} WHERE ${row})`, [id])
        }
        expect([name, await update(foreign)]).toEqual([name, name])
        await owner.all('ROLLBACK TO s')
        expect([name, await update(own)].join()).toMatch(/,(ok|\w+_key|\w+_per_ro|\w+_overlap|\w+_itself|23505)$/)
      })
    }
  })

  it('is neither seen, changed, moved nor removed from another shop', async () => {
    const tables = await owner.all<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
         AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id') ORDER BY 1`,
    )
    const nobody = await openProbe(t.appConnection)
    const emptied = await openProbe(t.appConnection, { settings: { 'app.current_shop_id': '' } })
    const isForced = 'SELECT relrowsecurity AND relforcerowsecurity AS forced FROM pg_class WHERE oid = $1::regclass'
    for (const { name } of tables) {
      const flags = await owner.one(isForced, [name])
      expect([name, flags.forced]).toEqual([name, true])
      const total = await owner.one<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} WHERE shop_id = $1`, [t.otherShopId])
      expect([name, total.n > 0]).toEqual([name, true])
      for (const probe of [app, nobody, emptied]) {
        expect(await probe.all(`SELECT 1 FROM ${name} WHERE shop_id = $1 LIMIT 1`, [t.otherShopId])).toEqual([])
      }
      expect(await nobody.all(`SELECT 1 FROM ${name} LIMIT 1`)).toEqual([])
      expect((await app.outcome(`UPDATE ${name} SET shop_id = '${t.otherShopId}' WHERE shop_id = '${t.shopId}'`)) === 'ok').toBe(false)
    }
    expect(await app.all('SELECT id FROM shops')).toEqual([{ id: t.shopId }])
    expect(await nobody.all('SELECT id FROM shops')).toEqual([])
    await Promise.all([nobody.close(), emptied.close()])
  })

  it('is not betrayed by a unique index: the same VIN, plate, part and e-mail may exist in both', async () => {
    const car = (probe: ShopProbe, ids: ProbeCar, vin: string, plate: string, state: string | null): Promise<string> =>
      probe.outcome(
        `INSERT INTO vehicles (shop_id, customer_id, year, make, model, vin, license_plate, plate_state) VALUES ($1, $2, 2019, 'H', 'C', $3, $4, $5)`,
        [probe.shopId, ids.customerId, vin, plate, state],
      )
    const a = await addCar(app)
    expect(await car(app, a, '1hgcm82633a004352 ', 'ABC123', null)).toBe('ok')
    expect(await car(other, b, '1HGCM82633A004352', 'ABC123', null)).toBe('ok')
    expect(await car(app, a, '1HGCM82633A004352', 'XYZ', null)).toBe('vehicles_vin_key')
    expect(await car(app, a, '', 'abc 123', null)).toBe('vehicles_shop_id_license_plate_key')
    expect(await car(app, a, '', 'abc 123', 'nj')).toBe('ok')
    expect(await car(app, a, ' ', '', null)).toBe('ok')
    expect(await car(app, a, '', '', null)).toBe('ok')
    expect(await car(app, a, '1HG*', '', null)).toBe('vehicles_vin_format')
    await app.all(`UPDATE vehicles SET deleted_at = now() WHERE vin = '1HGCM82633A004352'`)
    expect(await car(app, a, '1HGCM82633A004352', 'abc-123', null)).toBe('ok')
    const person = (email: string): Promise<string> =>
      app.outcome(
        `INSERT INTO users (shop_id, email, password_hash, first_name, last_name, role) VALUES ($1, $2, 'x', 'T', 'T', 'technician')`,
        [t.shopId, email],
      )
    expect(await person('OWNER@test.invalid')).toBe('users_shop_id_email_key')
    expect(await person('tech@test.invalid')).toBe('ok')
    await app.all(`UPDATE users SET deleted_at = now() WHERE email = 'tech@test.invalid'`)
    expect(await person('Tech@test.invalid')).toBe('ok')
  })

  it('takes the other shop along with it when the whole shop leaves, and nothing else', async () => {
    await owner.undone(async () => {
      await owner.all('DELETE FROM shops WHERE id = $1', [t.otherShopId])
      const tables = await owner.all<{ name: string }>(
        `SELECT attrelid::regclass::text AS name FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
         WHERE attname = 'shop_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace`,
      )
      for (const { name } of tables) {
        expect([name, await owner.one(`SELECT count(*)::int AS n FROM ${name} WHERE shop_id = $1`, [t.otherShopId])]).toEqual([
          name,
          { n: 0 },
        ])
      }
      expect(await owner.one('SELECT count(*)::int AS n FROM shops')).toEqual({ n: 1 })
    })
  })
})

describe('the role of the application', () => {
  it('owns nothing, bypasses nothing and deletes neither money, people nor records', async () => {
    expect(
      await app.one(`SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS strong FROM pg_roles WHERE rolname = current_user`),
    ).toEqual({ strong: false })
    const deletable = await app.all<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, 'DELETE') ORDER BY 1`,
    )
    expect(deletable.map((row) => row.name)).toEqual([
      'appointments',
      'bays',
      'canned_job_lines',
      'inspection_points',
      'inspections',
      'line_items',
      'order_viewers', // who looks at an order just now
      'photos',
      'price_matrix_bands',
      'ro_jobs',
    ])
    for (const statement of [
      `INSERT INTO shops (name, slug) VALUES ('x', 'x')`,
      `UPDATE shops SET plan = 'enterprise'`,
      'DELETE FROM shops',
      'TRUNCATE payments CASCADE',
      'ALTER TABLE payments DISABLE TRIGGER ALL',
      'SET session_replication_role = replica',
      'CREATE TABLE mine (x int)',
    ]) {
      expect([statement, await app.outcome(statement)]).toEqual([statement, '42501'])
    }
    expect(await app.outcome(`UPDATE shops SET tax_rate = 0.08875`)).toBe('ok')
    expect(await app.outcome(`UPDATE shops SET tax_rate = 8.25`)).toBe('shops_tax_rate_range')
    expect(await app.outcome(`UPDATE shops SET timezone = 'Mars/Olympus'`)).toBe('22023')
  })

  it('cannot lose the last active owner, not even when two owners demote each other', async () => {
    const second = uuid7()
    await app.all(
      `INSERT INTO users (id, shop_id, email, password_hash, first_name, last_name, role) VALUES ($1, $2, 'two@test.invalid', 'x', 'Two', 'Owner', 'owner')`,
      [second, t.shopId],
    )
    const colleague = await openProbe(t.appConnection, { shopId: t.shopId })
    const demote = (probe: ShopProbe, id: string): Promise<string> =>
      probe.outcome(`UPDATE users SET role = 'technician' WHERE id = $1`, [id])
    const outcomes = await Promise.all([demote(app, t.ownerUserId), demote(colleague, second)])
    expect(outcomes.toSorted()).toEqual(['ok', 'users_last_owner'])
    await colleague.close()
    const { id: last } = await app.one<{ id: string }>(`SELECT id FROM users WHERE role = 'owner'`)
    for (const assignment of ['is_active = false', 'deleted_at = now()', `role = 'front_desk'`]) {
      expect(await app.outcome(`UPDATE users SET ${assignment} WHERE id = $1`, [last])).toBe('users_last_owner')
    }
    expect(await owner.outcome('DELETE FROM users WHERE id = $1', [last])).toBe('users_last_owner')
    await app.all(`UPDATE users SET role = 'owner' WHERE id = ANY ($1)`, [[t.ownerUserId, second]])
  })

  it('founds one shop, once, even when two people press the button', async () => {
    const empty = await testDatabase({ empty: true })
    const found = async (): Promise<string> => {
      const probe = await openProbe(empty.appConnection)
      const outcome = await probe.outcome(
        `SELECT * FROM create_shop('corner-garage', 'Corner Garage', '1 Main St', 'Springfield', 'CA', '90001', '555-0100', NULL,
           'America/Los_Angeles', 0.0825, 120, '{}', 'o@test.invalid', 'hash', 'Olga', 'Owner')`,
      )
      await probe.close()
      return outcome
    }
    expect((await Promise.all([found(), found()])).toSorted()).toEqual(['ok', 'setup_done'])
    const probe = await openProbe(empty.appConnection)
    expect(await probe.all('SELECT slug, name FROM known_shops()')).toEqual([{ slug: 'corner-garage', name: 'Corner Garage' }])
    await probe.close()
    await empty.close()
  })
})

describe('changes', () => {
  it('are announced once per record, by area, and not at all while the connection is quiet', async () => {
    const { Client } = await import('pg')
    const listener = new Client(t.appConnection)
    await listener.connect()
    await listener.query('LISTEN counterbay')
    const heard: string[] = []
    listener.on('notification', ({ payload }) => heard.push(payload ?? ''))
    const car = await addCar(app)
    const order = await addOrder(app, car)
    await app.all('BEGIN')
    await addLine(app, order)
    await addLine(app, order)
    await app.all('COMMIT')
    await app.undone(async () => {
      await app.all(`SELECT set_config('app.quiet', 'on', true)`)
      await addLine(app, order)
    })
    await app.all(`BEGIN; SELECT set_config('app.quiet', 'on', true); UPDATE customers SET notes = 'x'; COMMIT`)
    await listener.query('SELECT 1')
    await listener.end()
    expect(heard).toEqual([
      `${t.shopId}:customers:${car.customerId}`,
      `${t.shopId}:vehicles:${car.vehicleId}`,
      `${t.shopId}:orders:${order}`,
      `${t.shopId}:orders:${order}`,
    ])
  })
})
