import { Client } from 'pg'
import { uuid7 } from '../src-main/base/uuid7'
import type { ConnectionSettings } from '../src-main/database/connection-settings'
import type { Sale } from './sales'

/** The same work written by hand: one prepared statement for each action, in-process, on the same tables under the same rules. */
export interface Floor {
  findByPhone(phoneDigits: string): Promise<void>
  search(text: string): Promise<void>
  getOrder(orderId: string): Promise<void>
  board(): Promise<void>
  dayRevenue(day: string): Promise<void>
  checkIn(sale: Sale): Promise<void>
  authorize(sale: Sale): Promise<void>
  issue(sale: Sale): Promise<void>
  pay(sale: Sale): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly owner: ConnectionSettings
  readonly app: ConnectionSettings
  readonly shopId: string
  readonly userId: string
  /** a document as it is frozen with an estimate or invoice */
  readonly snapshot: string
}

export async function openFloor({ owner, app, shopId, userId, snapshot }: Options): Promise<Floor> {
  const counter = await connect(app, shopId)
  // A trigram condition is no index condition under row-level security: by hand one would ask as the owner and name the shop.
  const searcher = await connect(owner, shopId)
  const send = async (client: Client, name: keyof typeof statements, values: readonly unknown[]): Promise<void> => {
    await client.query({ name, text: statements[name], values: [...values] })
  }
  return {
    findByPhone: (digits) => send(counter, 'phone', [shopId, digits]),
    search: (text) => send(searcher, 'typed', [shopId, text]),
    getOrder: (orderId) => send(counter, 'order', [shopId, orderId]),
    board: () => send(counter, 'board', [shopId]),
    dayRevenue: (day) => send(counter, 'day', [shopId, day]),
    checkIn: (sale) => send(counter, 'checkIn', [shopId, ...checkInValues(sale), userId]),
    authorize: ({ orderId }) => send(counter, 'authorize', [shopId, orderId, uuid7(), uuid7(), userId, snapshot]),
    issue: ({ orderId, invoiceId }) => send(counter, 'issue', [shopId, orderId, invoiceId, userId, snapshot]),
    pay: ({ orderId, invoiceId }) => send(counter, 'pay', [shopId, orderId, invoiceId, uuid7(), userId]),
    async close() {
      await Promise.all([counter.end(), searcher.end()])
    },
  }
}

function checkInValues({ orderId, car, technicianId, jobs, lines }: Sale): unknown[] {
  const column = (name: keyof Sale['lines'][number]): unknown[] => lines.map((line) => line[name])
  return [
    orderId,
    car.customerId,
    car.vehicleId,
    car.odometer,
    technicianId,
    jobs.map(({ jobId }) => jobId),
    jobs.map(({ name }) => name),
    lines.map(() => uuid7()),
    column('jobId'),
    column('type'),
    column('description'),
    column('quantityHundredths'),
    column('unitPriceCents'),
    column('taxable'),
    column('inventoryItemId'),
  ]
}

async function connect(settings: ConnectionSettings, shopId: string): Promise<Client> {
  const client = new Client({
    ...settings,
    application_name: 'counterbay floor',
    options: `-c app.current_shop_id=${shopId} -c TimeZone=UTC`,
  })
  await client.connect()
  return client
}

/** An invoice needs three statements and a payment that closes the order two: by hand each is a function, for one round trip and one commit. */
export async function prepareFloor(owner: ConnectionSettings): Promise<void> {
  const client = new Client(owner)
  await client.connect()
  try {
    await client.query(functions)
  } finally {
    await client.end()
  }
}

const functions = `
CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO counterbay_app;
CREATE FUNCTION bench.issue(p_shop uuid, p_order uuid, p_invoice uuid, p_user uuid, p_snapshot jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE repair_orders SET status = 'in_progress' WHERE shop_id = p_shop AND id = p_order AND status = 'approved';
  UPDATE repair_orders SET status = 'completed' WHERE shop_id = p_shop AND id = p_order AND status = 'in_progress';
  INSERT INTO invoices (id, shop_id, repair_order_id, invoice_number, status, due_date, payment_terms, labor_total, parts_total, fees_total,
    subtotal, tax, discount, total, tax_rate, snapshot, snapshot_hash, created_by_user_id)
  SELECT p_invoice, p_shop, r.id, next_shop_number(p_shop, 'invoice'), 'sent', CURRENT_DATE, 'due_on_receipt', r.labor_total, r.parts_total,
    r.fees_total, r.subtotal, r.tax, r.discount, r.total, r.tax_rate, p_snapshot, encode(sha256(convert_to(p_snapshot::text, 'UTF8')), 'hex'), p_user
  FROM repair_orders r WHERE r.shop_id = p_shop AND r.id = p_order;
END $$;
CREATE FUNCTION bench.pay(p_shop uuid, p_order uuid, p_invoice uuid, p_payment uuid, p_user uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO payments (id, shop_id, invoice_id, method, amount, tendered_amount, processed_by_user_id)
  SELECT p_payment, p_shop, p_invoice, 'cash', i.amount_due, ceil(i.amount_due), p_user FROM invoices i WHERE i.shop_id = p_shop AND i.id = p_invoice;
  UPDATE repair_orders SET status = 'closed' WHERE shop_id = p_shop AND id = p_order AND status = 'completed';
END $$`

const statements = {
  phone: `
    SELECT c.id AS customer_id, v.id AS vehicle_id, c.display_name, c.phone, v.license_plate, v.vin, v.year || ' ' || v.make || ' ' || v.model AS car,
      o.*, m.balance
    FROM (SELECT id, display_name, phone FROM customers
      WHERE shop_id = $1 AND deleted_at IS NULL AND (phone_digits = $2 OR alternate_phone_digits = $2) LIMIT 12) c
    LEFT JOIN vehicles v ON v.shop_id = $1 AND v.customer_id = c.id AND v.deleted_at IS NULL
    LEFT JOIN LATERAL (SELECT count(*) AS open, min(r.ro_number) AS number FROM repair_orders r WHERE r.shop_id = $1 AND r.vehicle_id = v.id
      AND r.deleted_at IS NULL AND r.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')) o ON true
    LEFT JOIN LATERAL (SELECT sum(i.amount_due) AS balance FROM repair_orders r JOIN invoices i ON i.shop_id = $1 AND i.repair_order_id = r.id
      AND i.status IN ('sent', 'partial', 'overdue') WHERE r.shop_id = $1 AND r.customer_id = c.id) m ON true`,
  typed: `
    SELECT c.id AS customer_id, v.id AS vehicle_id, c.display_name, c.phone, v.license_plate, v.vin, v.year || ' ' || v.make || ' ' || v.model AS car,
      o.*, m.balance
    FROM (
      (SELECT customer_id, id AS vehicle_id FROM vehicles
       WHERE shop_id = $1 AND deleted_at IS NULL AND owner_key || search_key LIKE '%' || lower($2::text) || '%' LIMIT 12)
      UNION
      (SELECT customer_id, id FROM vehicles
       WHERE shop_id = $1 AND deleted_at IS NULL AND license_plate_norm >= upper($2::text) AND license_plate_norm < upper($2::text) || '~' LIMIT 12)
      UNION
      (SELECT customer_id, id FROM vehicles
       WHERE shop_id = $1 AND deleted_at IS NULL AND vin IS NOT NULL AND reverse(vin) COLLATE "C" >= reverse(upper($2::text)) COLLATE "C"
         AND reverse(vin) COLLATE "C" < (reverse(upper($2::text)) || '~') COLLATE "C" LIMIT 12)
      UNION
      (SELECT id, NULL FROM customers
       WHERE shop_id = $1 AND deleted_at IS NULL AND reverse(phone_digits) COLLATE "C" >= reverse($2::text) COLLATE "C"
         AND reverse(phone_digits) COLLATE "C" < (reverse($2::text) || ':') COLLATE "C" LIMIT 12)
      UNION
      (SELECT id, NULL FROM customers WHERE shop_id = $1 AND deleted_at IS NULL AND search_key LIKE '%' || lower($2::text) || '%' LIMIT 12)
      UNION
      (SELECT customer_id, vehicle_id FROM repair_orders WHERE shop_id = $1 AND ro_number = 'RO-' || lpad($2::text, 6, '0'))
      UNION
      (SELECT r.customer_id, r.vehicle_id FROM invoices i JOIN repair_orders r ON r.id = i.repair_order_id
       WHERE i.shop_id = $1 AND i.invoice_number = 'INV-' || lpad($2::text, 6, '0'))
      LIMIT 12) h
    JOIN customers c ON c.shop_id = $1 AND c.id = h.customer_id AND c.deleted_at IS NULL
    LEFT JOIN vehicles v ON v.shop_id = $1 AND v.id = h.vehicle_id
    LEFT JOIN LATERAL (SELECT count(*) AS open, min(r.ro_number) AS number FROM repair_orders r
      WHERE r.vehicle_id = h.vehicle_id AND r.deleted_at IS NULL AND r.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')) o ON true
    LEFT JOIN LATERAL (SELECT sum(i.amount_due) AS balance FROM repair_orders r JOIN invoices i ON i.repair_order_id = r.id
      AND i.status IN ('sent', 'partial', 'overdue') WHERE r.customer_id = c.id) m ON true`,
  order: `
    SELECT ro.*, to_json(c) AS customer, to_json(v) AS vehicle, t.first_name || ' ' || t.last_name AS technician,
      (SELECT json_agg(l ORDER BY l.sort_order) FROM line_items l WHERE l.shop_id = ro.shop_id AND l.repair_order_id = ro.id) AS lines,
      (SELECT json_agg(j ORDER BY j.sort_order) FROM ro_jobs j WHERE j.shop_id = ro.shop_id AND j.repair_order_id = ro.id) AS jobs,
      (SELECT json_agg(json_build_object('id', i.id, 'number', i.invoice_number, 'status', i.status, 'total', i.total, 'due', i.amount_due))
       FROM invoices i WHERE i.shop_id = ro.shop_id AND i.repair_order_id = ro.id) AS invoices,
      (SELECT json_agg(json_build_object('version', e.version, 'total', a.authorized_total, 'by', a.approved_by_name, 'at', a.authorized_at))
       FROM authorizations a JOIN estimate_versions e ON e.repair_order_id = a.repair_order_id AND e.shop_id = a.shop_id AND e.id = a.estimate_version_id
       WHERE a.shop_id = ro.shop_id AND a.repair_order_id = ro.id) AS authorizations,
      (SELECT json_agg(s ORDER BY s.seq) FROM ro_status_events s WHERE s.shop_id = ro.shop_id AND s.repair_order_id = ro.id) AS history
    FROM repair_orders ro
    JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
    JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
    LEFT JOIN users t ON t.shop_id = ro.shop_id AND t.id = ro.assigned_technician_id
    WHERE ro.shop_id = $1 AND ro.id = $2`,
  board: `
    SELECT ro.id, ro.ro_number, ro.status, ro.priority, c.display_name, v.year || ' ' || v.make || ' ' || v.model AS car, v.license_plate,
      ro.customer_complaint, ro.check_in_date, ro.promised_date, t.first_name || ' ' || t.last_name AS technician, b.name AS bay, ro.total,
      ro.authorized_total, i.amount_due
    FROM repair_orders ro
    JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
    JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
    LEFT JOIN users t ON t.shop_id = ro.shop_id AND t.id = ro.assigned_technician_id
    LEFT JOIN bays b ON b.shop_id = ro.shop_id AND b.id = ro.bay_id
    LEFT JOIN invoices i ON i.shop_id = ro.shop_id AND i.repair_order_id = ro.id AND i.status <> 'void'
    WHERE ro.shop_id = $1 AND ro.deleted_at IS NULL AND ro.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')
    ORDER BY ro.check_in_date DESC LIMIT 500`,
  day: `
    SELECT method, count(*), sum(amount) FROM payments
    WHERE shop_id = $1 AND business_date = $2 AND status IN ('completed', 'refunded') GROUP BY method`,
  checkIn: `
    WITH made AS (
      INSERT INTO repair_orders (id, shop_id, customer_id, vehicle_id, odometer, customer_complaint, promised_date, assigned_technician_id, status,
        created_by_user_id)
      VALUES ($2, $1, $3, $4, $5, 'Squeals when braking', now() + interval '3 hours', $6, 'estimate', $17)),
    driven AS (UPDATE vehicles SET current_odometer = $5 WHERE shop_id = $1 AND id = $4),
    jobs AS (
      INSERT INTO ro_jobs (id, shop_id, repair_order_id, name, sort_order)
      SELECT j.id, $1, $2, j.name, j.at FROM unnest($7::uuid[], $8::text[]) WITH ORDINALITY AS j(id, name, at))
    INSERT INTO line_items (id, shop_id, repair_order_id, job_id, type, description, quantity, unit_price, taxable, inventory_item_id, sort_order)
    SELECT l.id, $1, $2, l.job, l.type, l.description, l.quantity / 100.0, l.price / 100.0, l.taxable, l.part, l.at
    FROM unnest($9::uuid[], $10::uuid[], $11::line_item_type[], $12::text[], $13::bigint[], $14::bigint[], $15::boolean[], $16::uuid[])
      WITH ORDINALITY AS l(id, job, type, description, quantity, price, taxable, part, at)`,
  authorize: `
    WITH frozen AS (
      INSERT INTO estimate_versions (id, shop_id, repair_order_id, version, total, content_hash, snapshot, created_by_user_id)
      SELECT $3, $1, $2, 1, r.total, encode(sha256(convert_to($6::text, 'UTF8')), 'hex'), $6::jsonb, $5
      FROM repair_orders r WHERE r.shop_id = $1 AND r.id = $2 RETURNING id, total),
    yes AS (
      INSERT INTO authorizations (id, shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method, recorded_by_user_id)
      SELECT $4, $1, $2, frozen.id, frozen.total, 'Carla Tester', 'in_person', $5 FROM frozen),
    agreed AS (
      UPDATE line_items SET status = 'approved', is_authorized = true, approved_at = now(), approved_by_user_id = $5
      WHERE shop_id = $1 AND repair_order_id = $2 AND status = 'quoted')
    UPDATE repair_orders SET status = 'approved' WHERE shop_id = $1 AND id = $2 AND status = 'estimate'`,
  issue: 'SELECT bench.issue($1, $2, $3, $4, $5::jsonb)',
  pay: 'SELECT bench.pay($1, $2, $3, $4, $5)',
} as const
