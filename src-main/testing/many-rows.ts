import type { ShopProbe } from './shop-probe'

export interface ManyRows {
  readonly shopId: string
  readonly userId: string
  readonly customers: number
  /** Spread over the customers; some have several, a few have none. */
  readonly vehicles: number
  /** Closed and paid but for the last 70, which are open; spread over two years that end today. */
  readonly orders: number
}

const tables = [
  'customers',
  'vehicles',
  'vehicle_ownerships',
  'vehicle_plates',
  'inventory_items',
  'stock_transactions',
  'repair_orders',
  'line_items',
  'ro_status_events',
  'estimate_versions',
  'authorizations',
  'invoices',
  'payments',
  'business_days',
  'shop_counters',
]

/** A past for a shop of `shopId`, set-based and with the triggers off, but such that every invariant holds. `owner` is the owner's connection. */
export async function fillManyRows(owner: ShopProbe, rows: ManyRows): Promise<void> {
  await owner.all('BEGIN')
  await owner.all(tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER;`).join('\n'))
  const settings = { shop: rows.shopId, user: rows.userId, customers: rows.customers, vehicles: rows.vehicles, orders: rows.orders }
  for (const [name, value] of Object.entries(settings)) await owner.all(`SELECT set_config('many.${name}', $1, true)`, [String(value)])
  await owner.all(helpers)
  for (const step of [people, orders, money, records]) await owner.all(step)
  await owner.all(tables.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER USER;`).join('\n'))
  await owner.all('COMMIT')
  await owner.all(`ANALYZE ${tables.join(', ')}, audit_events`)
}

/** A key that tells its kind and number, in the order of its making. */
export function rowId(kind: 'c' | 'v' | 'o' | 'i' | 'p' | 'e', n: number): string {
  const kinds = { c: 1, v: 2, o: 3, i: 4, p: 5, e: 6 }
  return `0190000${kinds[kind]}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

const helpers = String.raw`
CREATE FUNCTION pg_temp.key(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN ('0190000' || kind || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
CREATE FUNCTION pg_temp.shop() RETURNS uuid LANGUAGE sql STABLE RETURN current_setting('many.shop')::uuid;
CREATE FUNCTION pg_temp.setting(name text) RETURNS bigint LANGUAGE sql STABLE RETURN current_setting('many.' || name)::bigint;
-- The same number for the same place in the same sequence, so that two runs make the same shop.
CREATE FUNCTION pg_temp.dice(seed text, n bigint, sides bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (('x' || left(md5(seed || n), 8))::bit(32)::bigint & 2147483647) % sides;
CREATE FUNCTION pg_temp.name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN initcap((ARRAY['ba','ca','do','fe','ga','ho','ki','la','mo','na','pe','ro','sa','ti','vo','wi'])[1 + n % 16]
  || (ARRAY['ber','den','gan','kel','lin','mar','nor','rin','son','ton'])[1 + (n / 16) % 10]
  || (ARRAY['','by','er','ez','is','man','o','ski','well'])[1 + (n / 160) % 9]);
CREATE TEMP TABLE first_names ON COMMIT DROP AS
SELECT row_number() OVER () - 1 AS place, name FROM unnest(ARRAY['Ada','Ben','Carla','Dino','Eva','Finn','Gina','Hugo','Ines','Jonas','Kira','Luis','Mona',
  'Nils','Olga','Paul','Rosa','Sven','Tara','Uwe','Vera','Wim','Yara','Zoe','Łucja','José','Zoë','Renée','Jürgen','Siân']) AS name;
CREATE TEMP TABLE cars ON COMMIT DROP AS
SELECT row_number() OVER () - 1 AS place, split_part(car, '|', 1) AS make, split_part(car, '|', 2) AS model FROM unnest(ARRAY['Honda|Civic','Honda|Accord','Honda|CR-V',
  'Toyota|Camry','Toyota|Corolla','Toyota|RAV4','Ford|F-150','Ford|Focus','Ford|Escape','Chevrolet|Silverado','Chevrolet|Malibu','Nissan|Altima','Nissan|Rogue',
  'Subaru|Outback','Subaru|Forester','Volkswagen|Golf','BMW|328i','Hyundai|Elantra','Kia|Sorento','Mazda|CX-5']) AS car;
`

const people = String.raw`
INSERT INTO customers (id, shop_id, first_name, last_name, email, phone, alternate_phone, kind, company_name)
SELECT pg_temp.key(1, n), pg_temp.shop(), f.name, pg_temp.name(floor(power(pg_temp.dice('last', n, 10000) / 10000.0, 2) * 1440)::bigint),
       'c' || n || '@example.invalid',
       '(555) ' || lpad(pg_temp.dice('exchange', n, 1000)::text, 3, '0') || '-' || lpad(pg_temp.dice('line', n, 10000)::text, 4, '0'),
       CASE WHEN n % 7 = 0 THEN '555.' || lpad(pg_temp.dice('alt', n, 1000)::text, 3, '0') || '.' || lpad(pg_temp.dice('alt4', n, 10000)::text, 4, '0') END,
       CASE WHEN n % 25 = 0 THEN 'company' ELSE 'person' END, CASE WHEN n % 25 = 0 THEN pg_temp.name(n) || ' Fleet' END
FROM generate_series(1, pg_temp.setting('customers')) n JOIN first_names f ON f.place = pg_temp.dice('first', n, 30);
ANALYZE customers;

INSERT INTO vehicles (id, shop_id, customer_id, year, make, model, vin, license_plate, plate_state, owner_key)
SELECT pg_temp.key(2, n), c.shop_id, c.id, 1996 + pg_temp.dice('year', n, 30), k.make, k.model,
       translate(upper(left(md5('vin' || n), 17)), 'IOQ', '123'),
       pg_temp.dice('plate', n, 10) || translate(lpad(upper(to_hex(n % 4096)), 3, '0'), '0123456789', 'GHJKLMNPRS')
         || lpad((n / 4096)::text, 3, '0'), 'CA', c.search_key
FROM generate_series(1, pg_temp.setting('vehicles')) n
JOIN cars k ON k.place = pg_temp.dice('car', n, 20)
JOIN customers c ON c.id = pg_temp.key(1, 1 + pg_temp.dice('owner', n, pg_temp.setting('customers')));

SELECT follow_loaded_cars();
ANALYZE vehicles;

INSERT INTO inventory_items (id, shop_id, part_number, description, quantity_on_hand, reorder_point, cost, price)
SELECT pg_temp.key(7, n), pg_temp.shop(), 'PN-' || n, 'Part ' || n, 100000, 5, 10, 20 FROM generate_series(1, 50) n;
INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost)
SELECT shop_id, id, 'adjustment', 100000, cost FROM inventory_items WHERE id BETWEEN pg_temp.key(7, 1) AND pg_temp.key(7, 50);
`

const orders = String.raw`
CREATE TEMP TABLE past ON COMMIT DROP AS
SELECT n, pg_temp.key(3, n) AS id, v.customer_id, v.id AS vehicle_id,
       now() - interval '2 years' * (1 - n::float / pg_temp.setting('orders')) AS at,
       CASE WHEN n <= pg_temp.setting('orders') - 70 THEN 'closed'
            ELSE (ARRAY['draft', 'estimate', 'approved', 'in_progress', 'completed', 'estimate', 'declined'])[1 + n % 7] END::ro_status AS status,
       (80 + n % 60)::numeric(10,2) AS labor, 20.00::numeric(10,2) AS part, 12.50::numeric(10,2) AS fee, s.tax_rate
FROM generate_series(1, pg_temp.setting('orders')) n
JOIN vehicles v ON v.id = pg_temp.key(2, 1 + pg_temp.dice('visit', n, pg_temp.setting('vehicles')))
JOIN shops s ON s.id = pg_temp.shop();
ANALYZE past;

INSERT INTO repair_orders (id, shop_id, ro_number, customer_id, vehicle_id, status, odometer, check_in_date, completed_date, closed_date,
  labor_total, parts_total, fees_total, subtotal, tax, total, tax_rate, authorized_total, created_at)
SELECT id, pg_temp.shop(), 'RO-' || lpad(n::text, greatest(6, length(n::text)), '0'), customer_id, vehicle_id, status, 40000 + n, at,
       CASE WHEN status IN ('completed', 'closed') THEN at END, CASE WHEN status = 'closed' THEN at END,
       labor, part * 2, fee, labor + part * 2 + fee, round(part * 2 * tax_rate, 2), labor + part * 2 + fee + round(part * 2 * tax_rate, 2), tax_rate,
       CASE WHEN status IN ('draft', 'estimate', 'declined') THEN 0 ELSE labor + part * 2 + fee + round(part * 2 * tax_rate, 2) END, at
FROM past;
INSERT INTO shop_counters (shop_id, counter, next_value) VALUES (pg_temp.shop(), 'ro', pg_temp.setting('orders') + 1);

INSERT INTO line_items (id, shop_id, repair_order_id, type, status, description, quantity, unit_price, taxable, sort_order, inventory_item_id, cost, is_authorized)
SELECT pg_temp.key(8, p.n * 4 + l.n), pg_temp.shop(), p.id, l.type::line_item_type,
       CASE WHEN p.status IN ('completed', 'closed') THEN 'completed' WHEN p.status IN ('approved', 'in_progress') THEN 'approved' ELSE 'quoted' END::line_item_status,
       l.description, 1, CASE l.n WHEN 0 THEN p.labor WHEN 3 THEN p.fee ELSE p.part END, l.type = 'part', l.n,
       CASE WHEN l.n = 1 THEN pg_temp.key(7, 1 + p.n % 50) END, CASE WHEN l.type = 'part' THEN 10 END, p.status IN ('approved', 'in_progress', 'completed', 'closed')
FROM past p, (VALUES (0, 'labor', 'Brake job'), (1, 'part', 'Brake pads'), (2, 'part', 'Brake fluid'), (3, 'fee', 'Shop supplies')) AS l(n, type, description);

INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, repair_order_id, line_item_id)
SELECT shop_id, inventory_item_id, 'sale', -1, 10, repair_order_id, id FROM line_items
WHERE shop_id = pg_temp.shop() AND inventory_item_id IS NOT NULL AND status = 'completed';
UPDATE inventory_items i SET quantity_on_hand = s.quantity
FROM (SELECT inventory_item_id, sum(quantity) AS quantity FROM stock_transactions GROUP BY 1) s WHERE s.inventory_item_id = i.id;
`

const money = String.raw`
INSERT INTO invoices (id, shop_id, repair_order_id, invoice_number, status, issue_date, paid_date, labor_total, parts_total, fees_total, subtotal, tax,
  total, tax_rate, amount_paid, issued_at, snapshot, snapshot_hash, created_at)
SELECT pg_temp.key(4, n), pg_temp.shop(), id, 'INV-' || lpad(n::text, greatest(6, length(n::text)), '0'),
       CASE status WHEN 'closed' THEN 'paid' ELSE 'sent' END::invoice_status, at::date, CASE status WHEN 'closed' THEN at::date END,
       labor, part * 2, fee, labor + part * 2 + fee, round(part * 2 * tax_rate, 2), labor + part * 2 + fee + round(part * 2 * tax_rate, 2), tax_rate,
       CASE status WHEN 'closed' THEN labor + part * 2 + fee + round(part * 2 * tax_rate, 2) ELSE 0 END, at, snapshot,
       encode(sha256(convert_to(snapshot::text, 'UTF8')), 'hex'), at
FROM (
  SELECT row_number() OVER (ORDER BY n) AS n, id, status, at, labor, part, fee, tax_rate,
         jsonb_build_object('laborCents', cents(labor), 'partsCents', cents(part * 2), 'feesCents', cents(fee), 'discountCents', 0,
           'taxCents', cents(round(part * 2 * tax_rate, 2)), 'totalCents', cents(labor + part * 2 + fee + round(part * 2 * tax_rate, 2)),
           'taxRateMillionths', millionths(tax_rate),
           'jobs', jsonb_build_array(jsonb_build_object('lines', jsonb_build_array(
             jsonb_build_object('type', 'labor', 'totalCents', cents(labor)), jsonb_build_object('type', 'part', 'totalCents', cents(part)),
             jsonb_build_object('type', 'part', 'totalCents', cents(part)), jsonb_build_object('type', 'fee', 'totalCents', cents(fee)))))) AS snapshot
  FROM past WHERE status IN ('closed', 'completed')) p;
INSERT INTO shop_counters (shop_id, counter, next_value)
SELECT pg_temp.shop(), 'invoice', 1 + count(*) FROM invoices WHERE shop_id = pg_temp.shop();

INSERT INTO business_days (shop_id, business_date, opened_at)
SELECT DISTINCT i.shop_id, (i.issued_at AT TIME ZONE s.timezone)::date, i.issue_date::timestamptz FROM invoices i JOIN shops s ON s.id = i.shop_id
WHERE i.shop_id = pg_temp.shop() ON CONFLICT DO NOTHING;
INSERT INTO payments (id, shop_id, invoice_id, amount, method, processed_at, business_date, processed_by_user_id, created_at)
SELECT pg_temp.key(5, row_number() OVER (ORDER BY i.issued_at)), i.shop_id, i.id, i.total, (ARRAY['cash', 'check', 'credit_card', 'debit_card'])[1 + pg_temp.dice('pay', row_number() OVER (ORDER BY i.issued_at), 4)]::payment_method,
       i.issued_at, (i.issued_at AT TIME ZONE s.timezone)::date, current_setting('many.user')::uuid, i.issued_at
FROM invoices i JOIN shops s ON s.id = i.shop_id WHERE i.shop_id = pg_temp.shop() AND i.status = 'paid';
INSERT INTO audit_events (shop_id, at, actor_user_id, action, entity_type, entity_id, details)
SELECT shop_id, processed_at, processed_by_user_id, 'payment.recorded', 'payment', id, jsonb_build_object('amount', amount) FROM payments WHERE shop_id = pg_temp.shop();
`

const records = String.raw`
INSERT INTO ro_status_events (shop_id, repair_order_id, from_status, to_status, at)
SELECT pg_temp.shop(), p.id, CASE WHEN step.n > 1 THEN way.path[step.n - 1] END, way.path[step.n], p.at
FROM past p
CROSS JOIN LATERAL (SELECT CASE p.status
  WHEN 'draft' THEN ARRAY['draft'] WHEN 'estimate' THEN ARRAY['estimate'] WHEN 'declined' THEN ARRAY['estimate', 'declined']
  WHEN 'approved' THEN ARRAY['estimate', 'approved'] WHEN 'in_progress' THEN ARRAY['estimate', 'approved', 'in_progress']
  WHEN 'completed' THEN ARRAY['estimate', 'approved', 'in_progress', 'completed']
  ELSE ARRAY['estimate', 'approved', 'in_progress', 'completed', 'closed'] END::ro_status[] AS path) way
CROSS JOIN LATERAL generate_series(1, cardinality(way.path)) AS step(n)
ORDER BY p.n, step.n;

INSERT INTO estimate_versions (id, shop_id, repair_order_id, version, total, content_hash, snapshot, created_at)
SELECT pg_temp.key(6, n), pg_temp.shop(), id, 1, labor + part * 2 + fee + round(part * 2 * tax_rate, 2), md5(n::text), '{}', at
FROM past WHERE status NOT IN ('draft', 'estimate', 'declined');
INSERT INTO authorizations (shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method, authorized_at, created_at)
SELECT shop_id, repair_order_id, id, total, 'Casey Example', 'phone', created_at, created_at FROM estimate_versions WHERE shop_id = pg_temp.shop();
`
