/** Something that is true of all stored data, whoever wrote it. `sql` returns one text column `row` for each place where it is not. */
export interface Invariant {
  readonly id: string
  readonly title: string
  readonly sql: string
  /** The statement returns the parts (column `part`) of the statement to run, instead of rows. */
  readonly generated?: true
}

const balances: readonly Invariant[] = [
  {
    id: 'INV-01',
    title: 'what an invoice says is paid is the sum of its completed payments',
    sql: `SELECT i.id::text AS row FROM invoices i
          LEFT JOIN (SELECT invoice_id, sum(amount) AS paid FROM payments WHERE status IN ('completed', 'refunded') GROUP BY invoice_id) p
            ON p.invoice_id = i.id
          WHERE i.amount_paid IS DISTINCT FROM coalesce(p.paid, 0)`,
  },
  {
    id: 'INV-02',
    title: 'what is due is the total less what is paid',
    sql: `SELECT id::text AS row FROM invoices WHERE amount_due IS DISTINCT FROM total - amount_paid`,
  },
  {
    id: 'INV-03',
    title: 'nothing is paid below zero or above the total',
    sql: `SELECT id::text AS row FROM invoices WHERE amount_paid < 0 OR amount_paid > total`,
  },
  {
    id: 'INV-04',
    title: 'the status of an invoice agrees with its amounts',
    sql: `SELECT id::text AS row FROM invoices
          WHERE NOT CASE status WHEN 'draft' THEN true WHEN 'paid' THEN amount_paid = total
                                WHEN 'partial' THEN amount_paid > 0 AND amount_paid < total ELSE amount_paid = 0 END
             OR (status IN ('sent', 'overdue') AND total = 0)
             OR (paid_date IS NOT NULL) <> (status = 'paid')`,
  },
  {
    id: 'INV-14',
    title: 'numbers run without gap or duplicate, and the counter is ahead of them',
    sql: `SELECT n.shop_id || ' ' || n.counter AS row
          FROM (SELECT shop_id, 'ro' AS counter, substring(ro_number FROM '^RO-([0-9]{6,18})$')::bigint AS number FROM repair_orders
                UNION ALL
                SELECT shop_id, 'invoice', substring(invoice_number FROM '^INV-([0-9]{6,18})$')::bigint FROM invoices) n
          LEFT JOIN shop_counters c ON c.shop_id = n.shop_id AND c.counter = n.counter
          WHERE n.number IS NOT NULL
          GROUP BY n.shop_id, n.counter, c.next_value
          HAVING count(*) <> max(n.number) - min(n.number) + 1 OR count(*) <> count(DISTINCT n.number)
              OR c.next_value IS NULL OR c.next_value <= max(n.number)`,
  },
]

const documents: readonly Invariant[] = [
  {
    id: 'INV-15',
    title: 'an issued invoice has the snapshot that its hash was made of',
    sql: `SELECT id::text AS row FROM invoices
          WHERE issued_at IS NOT NULL
            AND (snapshot IS NULL OR snapshot_hash IS DISTINCT FROM encode(sha256(convert_to(snapshot::text, 'UTF8')), 'hex'))`,
  },
  {
    id: 'INV-16',
    title: 'an issued invoice shows the amounts it is booked with, and its lines add up to them',
    sql: `SELECT i.id::text AS row FROM invoices i
          WHERE i.issued_at IS NOT NULL AND i.snapshot IS NOT NULL
            AND ((i.snapshot ->> 'laborCents', i.snapshot ->> 'partsCents', i.snapshot ->> 'feesCents', i.snapshot ->> 'discountCents',
                  i.snapshot ->> 'taxCents', i.snapshot ->> 'totalCents', i.snapshot ->> 'taxRateMillionths')
                 IS DISTINCT FROM
                 (cents(i.labor_total)::text, cents(i.parts_total)::text, cents(i.fees_total)::text, cents(i.discount)::text,
                  cents(i.tax)::text, cents(i.total)::text, millionths(i.tax_rate)::text)
              OR cents(i.subtotal - i.discount) IS DISTINCT FROM (
                   SELECT coalesce(sum(CASE line ->> 'type' WHEN 'discount' THEN -(line ->> 'totalCents')::bigint ELSE (line ->> 'totalCents')::bigint END), 0)
                   FROM jsonb_path_query(i.snapshot, '$.jobs[*].lines[*]') AS line))`,
  },
  {
    id: 'INV-17',
    title: 'the totals of an order follow from its lines and its tax rate',
    sql: `SELECT o.id::text AS row FROM repair_orders o
          LEFT JOIN (
            SELECT repair_order_id,
                   sum(total) FILTER (WHERE type = 'labor') AS labor, sum(total) FILTER (WHERE type = 'part') AS parts,
                   sum(total) FILTER (WHERE type = 'fee') AS fees, sum(total) FILTER (WHERE type = 'discount') AS discount,
                   sum(CASE type WHEN 'discount' THEN -total ELSE total END) FILTER (WHERE taxable) AS taxable
            FROM line_items WHERE status <> 'declined' GROUP BY repair_order_id) l ON l.repair_order_id = o.id
          WHERE (o.labor_total, o.parts_total, o.fees_total, o.discount, o.tax)
                IS DISTINCT FROM (coalesce(l.labor, 0), coalesce(l.parts, 0), coalesce(l.fees, 0), coalesce(l.discount, 0),
                                  greatest(round(coalesce(l.taxable, 0) * o.tax_rate, 2), 0))
             OR o.subtotal <> o.labor_total + o.parts_total + o.fees_total OR o.total <> o.subtotal + o.tax - o.discount`,
  },
  {
    id: 'INV-33',
    title: 'the total of a line is quantity times price, rounded once',
    sql: `SELECT id::text AS row FROM line_items WHERE total IS DISTINCT FROM round(quantity * unit_price, 2)`,
  },
  {
    id: 'INV-34',
    title: 'a live invoice equals its order',
    sql: `SELECT i.id::text AS row FROM invoices i JOIN repair_orders o ON o.id = i.repair_order_id
          WHERE i.status IN ('sent', 'partial', 'paid', 'overdue')
            AND ((i.labor_total, i.parts_total, i.fees_total, i.subtotal, i.tax, i.discount, i.total)
                 IS DISTINCT FROM (o.labor_total, o.parts_total, o.fees_total, o.subtotal, o.tax, o.discount, o.total)
                 OR o.status NOT IN ('completed', 'closed'))`,
  },
  {
    id: 'INV-35',
    title: 'what an order may cost is its last authorization',
    sql: `SELECT o.id::text AS row FROM repair_orders o
          LEFT JOIN (SELECT DISTINCT ON (repair_order_id) repair_order_id, authorized_total FROM authorizations
                     ORDER BY repair_order_id, created_at DESC) a ON a.repair_order_id = o.id
          WHERE o.authorized_total IS DISTINCT FROM coalesce(a.authorized_total, 0)`,
  },
  {
    id: 'INV-36',
    title: 'the events of an order are an unbroken chain that ends at its status',
    sql: `SELECT coalesce(o.id, e.repair_order_id)::text AS row
          FROM repair_orders o
          LEFT JOIN (
            SELECT repair_order_id, bool_and(from_status IS NOT DISTINCT FROM previous) AS unbroken, (array_agg(to_status ORDER BY seq DESC))[1] AS last
            FROM (SELECT repair_order_id, seq, from_status, to_status, lag(to_status) OVER (PARTITION BY repair_order_id ORDER BY seq) AS previous
                  FROM ro_status_events) step
            GROUP BY repair_order_id) e ON e.repair_order_id = o.id
          WHERE NOT coalesce(e.unbroken, false) OR e.last IS DISTINCT FROM o.status`,
  },
  {
    id: 'INV-37',
    title: 'a closed order is paid',
    sql: `SELECT o.id::text AS row FROM repair_orders o
          WHERE o.status = 'closed' AND o.total <> 0
            AND NOT EXISTS (SELECT FROM invoices i WHERE i.repair_order_id = o.id AND i.status = 'paid')`,
  },
]

const agreed: readonly Invariant[] = [
  {
    id: 'INV-40',
    title: 'a live invoice bills only work that the customer authorized',
    sql: `SELECT l.id::text AS row FROM invoices i JOIN line_items l ON l.repair_order_id = i.repair_order_id
          WHERE i.status IN ('sent', 'partial', 'paid', 'overdue')
            AND l.status <> 'declined' AND l.type <> 'discount' AND l.total > 0 AND NOT l.is_authorized`,
  },
  {
    id: 'INV-41',
    title: 'an order that the customer authorized, that was worked on or billed is not removed',
    sql: `SELECT o.id::text AS row FROM repair_orders o
          WHERE o.deleted_at IS NOT NULL AND (EXISTS (SELECT FROM authorizations a WHERE a.repair_order_id = o.id)
            OR EXISTS (SELECT FROM invoices i WHERE i.repair_order_id = o.id)
            OR EXISTS (SELECT FROM ro_status_events e WHERE e.repair_order_id = o.id AND e.to_status NOT IN ('draft', 'estimate', 'declined')))`,
  },
]

const payments: readonly Invariant[] = [
  {
    id: 'INV-38',
    title: 'change is what was tendered less what was due',
    sql: `SELECT id::text AS row FROM payments
          WHERE (tendered_amount IS NULL) <> (change_given IS NULL) OR change_given IS DISTINCT FROM tendered_amount - amount
             OR change_given < 0 OR amount <= 0`,
  },
  {
    id: 'INV-39',
    title: 'a payment belongs to its own day, or to the next one that was open',
    sql: `SELECT p.id::text AS row
          FROM payments p JOIN shops s ON s.id = p.shop_id
          WHERE p.business_date <> (p.processed_at AT TIME ZONE s.timezone)::date
            AND (p.business_date < (p.processed_at AT TIME ZONE s.timezone)::date
              OR (p.business_date - (p.processed_at AT TIME ZONE s.timezone)::date) <> (
                SELECT count(*) FROM business_days d
                WHERE d.shop_id = p.shop_id AND d.closed_at IS NOT NULL
                  AND d.business_date >= (p.processed_at AT TIME ZONE s.timezone)::date AND d.business_date < p.business_date))
          UNION ALL
          SELECT p.id::text FROM payments p JOIN business_days d ON d.shop_id = p.shop_id AND d.business_date = p.business_date
          WHERE p.created_at > d.closed_at`,
  },
  {
    id: 'INV-22',
    title: 'every payment and every void is on record with the person who did it',
    sql: `SELECT 'payment ' || p.id AS row FROM payments p
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = p.id AND a.action = 'payment.recorded' AND a.actor_user_id IS NOT NULL)
          UNION ALL
          SELECT 'invoice ' || i.id FROM invoices i
          WHERE i.status = 'void'
            AND NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = i.id AND a.action = 'invoice.voided' AND a.actor_user_id IS NOT NULL)`,
  },
]

const pictures: readonly Invariant[] = [
  {
    id: 'INV-50',
    title: 'every logo that a document or a shop refers to is stored',
    sql: `SELECT d.what AS row
          FROM (SELECT 'invoice ' || id AS what, shop_id, snapshot #>> '{shop,logoSha256}' AS sha256 FROM invoices
                UNION ALL SELECT 'estimate version ' || id, shop_id, snapshot #>> '{shop,logoSha256}' FROM estimate_versions
                UNION ALL SELECT 'shop ' || id, id, logo_sha256 FROM shops) d
          WHERE d.sha256 IS NOT NULL AND NOT EXISTS (SELECT FROM pictures p WHERE p.shop_id = d.shop_id AND p.sha256 = d.sha256)`,
  },
  {
    id: 'INV-51',
    title: 'a picture is what its hash was made of',
    sql: `SELECT shop_id || ' ' || sha256 AS row FROM pictures WHERE sha256 IS DISTINCT FROM encode(sha256(bytes), 'hex')`,
  },
]

const shelf: readonly Invariant[] = [
  {
    id: 'INV-18',
    title: 'stock on hand is the sum of its ledger',
    sql: `SELECT i.id::text AS row FROM inventory_items i
          LEFT JOIN (SELECT inventory_item_id, sum(quantity) AS quantity FROM stock_transactions GROUP BY inventory_item_id) s
            ON s.inventory_item_id = i.id
          WHERE i.quantity_on_hand IS DISTINCT FROM coalesce(s.quantity, 0)`,
  },
  {
    id: 'INV-19',
    title: 'a part line has taken its quantity from stock when its work is done, and nothing before',
    sql: `SELECT coalesce(l.line, s.line)::text AS row
          FROM (SELECT id AS line, inventory_item_id AS item, quantity FROM line_items
                WHERE type = 'part' AND status = 'completed' AND inventory_item_id IS NOT NULL) l
          FULL JOIN (SELECT line_item_id AS line, inventory_item_id AS item, -sum(quantity) AS quantity FROM stock_transactions
                     WHERE line_item_id IS NOT NULL GROUP BY line_item_id, inventory_item_id HAVING sum(quantity) <> 0) s
            ON s.line = l.line AND s.item = l.item
          WHERE l.quantity IS DISTINCT FROM s.quantity`,
  },
]

const structure: readonly Invariant[] = [
  {
    id: 'INV-20',
    title: 'every row belongs to the shop of the rows it refers to',
    generated: true,
    sql: `SELECT format('SELECT %L || '' '' || c.ctid AS row FROM %s c JOIN %s p ON %s WHERE c.shop_id <> p.shop_id',
                        k.conname, k.conrelid::regclass, k.confrelid::regclass,
                        (SELECT string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND ')
                         FROM unnest(k.conkey, k.confkey) AS u(child, parent)
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.child
                         JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.parent
                         WHERE a.attname <> 'shop_id')) AS part
          FROM pg_constraint k
          WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
            AND k.confrelid NOT IN ('shops'::regclass, 'business_days'::regclass)
            AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'shop_id')
          ORDER BY k.conname`,
  },
  {
    id: 'INV-24',
    title: 'bays and orders agree about who is on the floor',
    sql: `SELECT b.id::text AS row FROM bays b JOIN repair_orders o ON o.id = b.current_ro_id
          WHERE o.bay_id IS DISTINCT FROM b.id OR o.status IN ('completed', 'closed', 'declined') OR o.deleted_at IS NOT NULL
          UNION ALL SELECT b.id::text FROM bays b WHERE (b.status = 'occupied') <> (b.current_ro_id IS NOT NULL)`,
  },
  {
    id: 'INV-25',
    title: 'no bay and no technician is booked twice at one time, and the rule that sees to it stands',
    sql: `SELECT name AS row FROM (VALUES ('appointments_no_bay_overlap'), ('appointments_no_technician_overlap')) AS rule(name)
          WHERE NOT EXISTS (SELECT FROM pg_constraint k JOIN pg_index x ON x.indexrelid = k.conindid
                            WHERE k.conname = rule.name AND k.convalidated AND x.indisvalid)
          UNION ALL
          SELECT a.id || ' ' || b.id FROM appointments a JOIN appointments b
            ON a.shop_id = b.shop_id AND a.id < b.id
           AND (a.bay_id = b.bay_id OR a.assigned_technician_id = b.assigned_technician_id)
           AND tstzrange(a.scheduled_start, a.scheduled_end, '[)') && tstzrange(b.scheduled_start, b.scheduled_end, '[)')
          WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL
            AND a.status IN ('scheduled', 'checked_in', 'in_progress') AND b.status IN ('scheduled', 'checked_in', 'in_progress')`,
  },
  {
    id: 'INV-30',
    title: 'every index is valid, every constraint checked, every rule switched on',
    sql: `SELECT 'index ' || x.indexrelid::regclass AS row FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
          WHERE c.relnamespace = 'public'::regnamespace AND NOT (x.indisvalid AND x.indisready)
          UNION ALL
          SELECT 'constraint ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND NOT convalidated
          UNION ALL
          SELECT 'trigger ' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled NOT IN ('O', 'A')
          UNION ALL
          SELECT 'row security ' || c.relname FROM pg_class c
          WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            AND (c.relname = 'shops' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id'))`,
  },
]

/** Ids are those of the project's list of invariants; the gaps belong to features that are not built. */
export const invariants: readonly Invariant[] = [
  ...balances,
  ...documents,
  ...agreed,
  ...payments,
  ...shelf,
  ...structure,
  ...pictures,
].toSorted((a, b) => a.id.localeCompare(b.id))
