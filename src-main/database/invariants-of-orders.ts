import type { Invariant } from './invariant'

const documents: readonly Invariant[] = [
  {
    id: 'INV-15',
    title: 'an issued invoice has the snapshot that its hash was made of',
    remedy: 'Go by the paper the customer has; this one was changed after it was issued.',
    sql: `SELECT format('Invoice %s is not what was issued.', invoice_number) AS row FROM invoices
          WHERE issued_at IS NOT NULL
            AND (snapshot IS NULL OR snapshot_hash IS DISTINCT FROM encode(sha256(convert_to(snapshot::text, 'UTF8')), 'hex'))`,
  },
  /** That it equals its order as well: 34. */
  {
    id: 'INV-16',
    title: 'an issued invoice shows the amounts it is booked with, and its lines add up to them',
    remedy: 'Void this invoice if nothing is paid on it, and issue it again.',
    sql: `SELECT format('Invoice %s is booked with %s; its paper shows %s.', i.invoice_number, i.total,
                        coalesce(((i.snapshot ->> 'totalCents')::bigint * 0.01)::numeric(12,2)::text, 'no total')) AS row FROM invoices i
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
    remedy: 'Add up the lines by hand before this order is billed; changing any line makes the program add them up anew.',
    sql: `SELECT format('Order %s says %s in total, %s of it tax; its lines make something else.', o.ro_number, o.total, o.tax) AS row
          FROM repair_orders o
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
    remedy: 'Do not bill this order until the line is entered anew.',
    sql: `SELECT format('Order %s: a %s line of %s times %s says %s.', o.ro_number, l.type, l.quantity, l.unit_price, l.total) AS row
          FROM line_items l JOIN repair_orders o ON o.id = l.repair_order_id WHERE l.total IS DISTINCT FROM round(l.quantity * l.unit_price, 2)`,
  },
  {
    id: 'INV-34',
    title: 'a live invoice equals its order',
    remedy: 'Go by the invoice: it is what the customer was given. The order was changed after it.',
    sql: `SELECT format('Invoice %s is over %s; its order %s is %s over %s.', i.invoice_number, i.total, o.ro_number, o.status, o.total) AS row
          FROM invoices i JOIN repair_orders o ON o.id = i.repair_order_id
          WHERE i.status IN ('sent', 'partial', 'paid', 'overdue')
            AND ((i.labor_total, i.parts_total, i.fees_total, i.subtotal, i.tax, i.discount, i.total)
                 IS DISTINCT FROM (o.labor_total, o.parts_total, o.fees_total, o.subtotal, o.tax, o.discount, o.total)
                 OR o.status NOT IN ('completed', 'closed'))`,
  },
  {
    id: 'INV-37',
    title: 'a closed order is paid',
    remedy: 'Look whether the customer paid; if not, send the bill.',
    sql: `SELECT format('Order %s over %s is closed and has no paid invoice.', o.ro_number, o.total) AS row
          FROM repair_orders o
          WHERE o.status = 'closed' AND o.total <> 0
            AND NOT EXISTS (SELECT FROM invoices i WHERE i.repair_order_id = o.id AND i.status = 'paid')`,
  },
]

const agreed: readonly Invariant[] = [
  {
    id: 'INV-35',
    title: 'what an order may cost is its last authorization, with the tolerance that was frozen with it',
    remedy: 'Ask the customer once more and record the answer before work goes on.',
    sql: `SELECT format('Order %s may cost %s and %s more; the customer''s last yes was to %s and %s more.', o.ro_number, o.authorized_total,
                        o.authorized_tolerance, coalesce(a.authorized_total, 0.00), coalesce(a.tolerance, 0.00)) AS row
          FROM repair_orders o
          LEFT JOIN (SELECT DISTINCT ON (repair_order_id) repair_order_id, authorized_total, tolerance FROM authorizations
                     ORDER BY repair_order_id, created_at DESC) a ON a.repair_order_id = o.id
          WHERE (o.authorized_total, o.authorized_tolerance) IS DISTINCT FROM (coalesce(a.authorized_total, 0), coalesce(a.tolerance, 0))`,
  },
  {
    id: 'INV-36',
    title: 'the events of an order are an unbroken chain that ends at its status',
    remedy: 'Look at what was really done with this car; a step of its history is missing.',
    sql: `SELECT format('Order %s is %s; its history ends at %s%s.', coalesce(o.ro_number, 'that is gone'), coalesce(o.status::text, 'gone'),
                        coalesce(e.last::text, 'nothing'), CASE WHEN e.unbroken THEN '' ELSE ' and has a gap' END) AS row
          FROM repair_orders o
          LEFT JOIN (
            SELECT repair_order_id, bool_and(from_status IS NOT DISTINCT FROM previous) AS unbroken, (array_agg(to_status ORDER BY seq DESC))[1] AS last
            FROM (SELECT repair_order_id, seq, from_status, to_status, lag(to_status) OVER (PARTITION BY repair_order_id ORDER BY seq) AS previous
                  FROM ro_status_events) step
            GROUP BY repair_order_id) e ON e.repair_order_id = o.id
          WHERE NOT coalesce(e.unbroken, false) OR e.last IS DISTINCT FROM o.status`,
  },
  {
    id: 'INV-40',
    title: 'a live invoice bills only work that the customer authorized, and beyond it no more than the tolerance',
    remedy: "Look for the customer's yes to this work; without one it must not be charged (16 CCR 3353 in California).",
    sql: `SELECT format('Invoice %s is over %s; agreed were %s and %s more; work of %s on it was not agreed.', i.invoice_number, i.total,
                        o.authorized_total, o.authorized_tolerance, coalesce(l.total, 0.00)) AS row
          FROM invoices i JOIN repair_orders o ON o.id = i.repair_order_id
          LEFT JOIN (SELECT repair_order_id, sum(total) AS total FROM line_items
                     WHERE status <> 'declined' AND type <> 'discount' AND total > 0 AND NOT is_authorized GROUP BY repair_order_id) l
            ON l.repair_order_id = o.id
          WHERE i.status IN ('sent', 'partial', 'paid', 'overdue')
            AND (i.total > o.authorized_total + o.authorized_tolerance OR l.total > o.authorized_tolerance)`,
  },
  {
    id: 'INV-41',
    title: 'an order that the customer authorized, that was worked on or billed is not removed',
    remedy: 'Restore the order: its papers must be kept.',
    sql: `SELECT format('Order %s is removed, though it was agreed to, worked on or billed.', o.ro_number) AS row FROM repair_orders o
          WHERE o.deleted_at IS NOT NULL AND (EXISTS (SELECT FROM authorizations a WHERE a.repair_order_id = o.id)
            OR EXISTS (SELECT FROM invoices i WHERE i.repair_order_id = o.id)
            OR EXISTS (SELECT FROM ro_status_events e WHERE e.repair_order_id = o.id AND e.to_status NOT IN ('draft', 'estimate', 'declined')))`,
  },
]

export const orderInvariants: readonly Invariant[] = [...documents, ...agreed]
