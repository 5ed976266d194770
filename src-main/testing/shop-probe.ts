import { Client } from 'pg'
import { uuid7 } from '../base/uuid7'
import type { ConnectionSettings } from '../database/connection-settings'

/** Plain SQL against one connection, for tests of the database's own rules: nothing of the application stands between. */
export interface ShopProbe {
  readonly shopId: string | null
  /** @throws the database's error */
  all<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The only row. @throws when there is another number of rows */
  one<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row>
  /** 'ok', or the constraint (else the SQLSTATE) that refused the statement. */
  outcome(text: string, values?: readonly unknown[]): Promise<string>
  /** Runs `fn` between BEGIN and ROLLBACK. */
  undone<T>(fn: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

export async function openProbe(
  connection: ConnectionSettings,
  options: { shopId?: string; userId?: string; settings?: Readonly<Record<string, string>> } = {},
): Promise<ShopProbe> {
  const settings = {
    ...(options.shopId === undefined ? {} : { 'app.current_shop_id': options.shopId }),
    ...(options.userId === undefined ? {} : { 'app.current_user_id': options.userId }),
    TimeZone: 'UTC',
    ...options.settings,
  }
  const client = new Client({
    ...connection,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  })
  await client.connect()
  const all = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await client.query<Row>(text, [...values])).rows
  return {
    shopId: options.shopId ?? null,
    all,
    async one<Row extends object>(text: string, values: readonly unknown[] = []) {
      const rows = await all<Row>(text, values)
      const [row] = rows
      if (rows.length !== 1 || row === undefined) throw new Error(`${rows.length} rows from ${text}`)
      return row
    },
    async outcome(text, values = []) {
      try {
        await client.query(text, [...values])
        return 'ok'
      } catch (error) {
        const { constraint, code } = error as { constraint?: string; code?: string }
        return constraint ?? code ?? String(error)
      }
    },
    async undone(fn) {
      await client.query('BEGIN')
      try {
        return await fn()
      } finally {
        await client.query('ROLLBACK')
      }
    },
    close: () => client.end(),
  }
}

export interface ProbeCar {
  readonly customerId: string
  readonly vehicleId: string
}

let serial = 0

export async function addCar(probe: ShopProbe, names: { first?: string; last?: string; phone?: string } = {}): Promise<ProbeCar> {
  const customerId = uuid7()
  const vehicleId = uuid7()
  serial += 1
  await probe.all(`INSERT INTO customers (id, shop_id, first_name, last_name, phone) VALUES ($1, $2, $3, $4, $5)`, [
    customerId,
    probe.shopId,
    names.first ?? 'Casey',
    names.last ?? 'Example',
    names.phone ?? `(555) 010-${String(serial).padStart(4, '0')}`,
  ])
  await probe.all(`INSERT INTO vehicles (id, shop_id, customer_id, year, make, model) VALUES ($1, $2, $3, 2019, 'Honda', 'Civic')`, [
    vehicleId,
    probe.shopId,
    customerId,
  ])
  return { customerId, vehicleId }
}

export async function addOrder(probe: ShopProbe, car: ProbeCar): Promise<string> {
  const id = uuid7()
  await probe.all(`INSERT INTO repair_orders (id, shop_id, customer_id, vehicle_id, status) VALUES ($1, $2, $3, $4, 'estimate')`, [
    id,
    probe.shopId,
    car.customerId,
    car.vehicleId,
  ])
  return id
}

export interface ProbeLine {
  readonly type?: 'labor' | 'part' | 'fee' | 'discount'
  readonly status?: 'quoted' | 'approved' | 'declined' | 'completed'
  readonly quantity?: number
  readonly price?: number
  readonly taxable?: boolean
  readonly itemId?: string
}

export function lineInsert(probe: ShopProbe, orderId: string, line: ProbeLine): [text: string, values: unknown[]] {
  return [
    `INSERT INTO line_items (id, shop_id, repair_order_id, type, status, description, quantity, unit_price, taxable, inventory_item_id)
     VALUES ($1, $2, $3, $4, $5, 'Work', $6, $7, $8, $9)`,
    [
      uuid7(),
      probe.shopId,
      orderId,
      line.type ?? 'labor',
      line.status ?? 'approved',
      line.quantity ?? 1,
      line.price ?? 100,
      line.taxable ?? false,
      line.itemId ?? null,
    ],
  ]
}

export async function addLine(probe: ShopProbe, orderId: string, line: ProbeLine = {}): Promise<string> {
  const [text, values] = lineInsert(probe, orderId, line)
  await probe.all(text, values)
  return String(values[0])
}

/** The customer's yes to the order's present total, or to the amount given (dollars). */
export async function authorize(probe: ShopProbe, orderId: string, dollars?: string): Promise<void> {
  const versionId = uuid7()
  await probe.all(
    `INSERT INTO estimate_versions (id, shop_id, repair_order_id, version, total, content_hash, snapshot)
     SELECT $1, shop_id, id, 1 + (SELECT count(*) FROM estimate_versions e WHERE e.repair_order_id = r.id), total, 'h', '{}'
     FROM repair_orders r WHERE id = $2`,
    [versionId, orderId],
  )
  await probe.all(
    `INSERT INTO authorizations (shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method)
     SELECT shop_id, id, $1, coalesce($3::numeric, total), 'Casey Example', 'phone' FROM repair_orders WHERE id = $2`,
    [versionId, orderId, dollars ?? null],
  )
}

export async function advance(probe: ShopProbe, orderId: string, ...statuses: readonly string[]): Promise<void> {
  for (const status of statuses) await probe.all('UPDATE repair_orders SET status = $2 WHERE id = $1', [orderId, status])
}

export function invoiceInsert(orderId: string, status = 'sent'): [text: string, values: unknown[]] {
  return [
    `WITH paper AS (
       SELECT r.*, jsonb_build_object('laborCents', cents(labor_total), 'partsCents', cents(parts_total), 'feesCents', cents(fees_total),
         'discountCents', cents(discount), 'taxCents', cents(tax), 'totalCents', cents(total), 'taxRateMillionths', millionths(tax_rate),
         'jobs', jsonb_build_array(jsonb_build_object('lines', (
           SELECT coalesce(jsonb_agg(jsonb_build_object('type', l.type, 'totalCents', cents(l.total), 'quantityHundredths', hundredths(l.quantity))), '[]')
           FROM line_items l WHERE l.repair_order_id = r.id AND l.status <> 'declined')))) AS snapshot
       FROM repair_orders r WHERE r.id = $2)
     INSERT INTO invoices (id, shop_id, repair_order_id, status, labor_total, parts_total, fees_total, subtotal, tax, discount, total, tax_rate,
                           snapshot, snapshot_hash)
     SELECT $1, shop_id, id, $3, labor_total, parts_total, fees_total, subtotal, tax, discount, total, tax_rate,
            snapshot, encode(sha256(convert_to(snapshot::text, 'UTF8')), 'hex')
     FROM paper`,
    [uuid7(), orderId, status],
  ]
}

export async function issueInvoice(probe: ShopProbe, orderId: string, status = 'sent'): Promise<string> {
  const [text, values] = invoiceInsert(orderId, status)
  await probe.all(text, values)
  return String(values[0])
}

/** An order carried all the way to a sent invoice of `dollars`. */
export async function addInvoice(probe: ShopProbe, car: ProbeCar, price = 100): Promise<{ orderId: string; invoiceId: string }> {
  const orderId = await addOrder(probe, car)
  await addLine(probe, orderId, { price })
  await authorize(probe, orderId)
  await advance(probe, orderId, 'approved', 'in_progress', 'completed')
  return { orderId, invoiceId: await issueInvoice(probe, orderId) }
}

export function paymentInsert(
  probe: ShopProbe,
  invoiceId: string,
  dollars: number,
  extra: Readonly<Record<string, unknown>> = {},
): [string, unknown[]] {
  const row = { id: uuid7(), shop_id: probe.shopId, invoice_id: invoiceId, amount: dollars, method: 'cash', ...extra }
  const columns = Object.keys(row)
  return [`INSERT INTO payments (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row)]
}

/** Credits `dollars` of an invoice over one line and gives `back` of a payment back, in one transaction. */
export async function addCredit(
  probe: ShopProbe,
  { invoiceId, paymentId, dollars, back }: { invoiceId: string; paymentId: string; dollars: number; back: number },
): Promise<{ creditNoteId: string; refundId: string }> {
  const [creditNoteId, refundId] = [uuid7(), uuid7()]
  await probe.all('BEGIN')
  await probe.all(
    `INSERT INTO credit_notes (id, shop_id, invoice_id, credit_number, kind, subtotal, discount, tax, total, reason, snapshot, snapshot_hash)
     SELECT $1, $2, $3, next_shop_number($2, 'credit_note'), 'return', $4, 0, 0, $4, 'returned', s.snapshot,
            encode(sha256(convert_to(s.snapshot::text, 'UTF8')), 'hex')
     FROM (SELECT jsonb_build_object('totalCents', cents($4), 'taxCents', 0) AS snapshot) s`,
    [creditNoteId, probe.shopId, invoiceId, dollars],
  )
  await probe.all(`INSERT INTO credit_note_lines (shop_id, credit_note_id, line_no, quantity, amount) VALUES ($1, $2, 0, 0.5, $3)`, [
    probe.shopId,
    creditNoteId,
    dollars,
  ])
  await probe.all(
    `INSERT INTO payment_refunds (id, shop_id, payment_id, invoice_id, credit_note_id, amount, method, reason)
     SELECT $1, shop_id, id, invoice_id, $3, $4, method, 'returned' FROM payments WHERE id = $2`,
    [refundId, paymentId, creditNoteId, back],
  )
  await probe.all('COMMIT')
  return { creditNoteId, refundId }
}
