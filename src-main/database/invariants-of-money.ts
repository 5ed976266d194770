import type { Invariant } from './invariant'
import { refundInvariants } from './invariants-of-refunds'

const invoicesAndPayments: readonly Invariant[] = [
  {
    id: 'INV-01',
    title: 'what an invoice says is paid is the sum of its completed payments less its refunds and returned checks',
    remedy: 'Take no money for this invoice until it is corrected; compare its payments with the receipts.',
    sql: `SELECT format('Invoice %s says that %s is paid; its payments less refunds and returned checks make %s.', i.invoice_number, i.amount_paid,
                        coalesce(p.paid, 0.00) - coalesce(r.refunded, 0.00) - coalesce(b.returned, 0.00)) AS row
          FROM invoices i
          LEFT JOIN (SELECT invoice_id, sum(amount) AS paid FROM payments WHERE status IN ('completed', 'refunded') GROUP BY invoice_id) p
            ON p.invoice_id = i.id
          LEFT JOIN (SELECT invoice_id, sum(amount) AS refunded FROM payment_refunds GROUP BY invoice_id) r ON r.invoice_id = i.id
          LEFT JOIN (SELECT invoice_id, sum(amount) AS returned FROM check_returns GROUP BY invoice_id) b ON b.invoice_id = i.id
          WHERE i.amount_paid IS DISTINCT FROM coalesce(p.paid, 0) - coalesce(r.refunded, 0) - coalesce(b.returned, 0)`,
  },
  /** A generated column and a constraint hold it; this finds a database where somebody took them away. */
  {
    id: 'INV-02',
    title: 'what is due is the total less what is credited and what is paid',
    remedy: 'Take no money for this invoice until it is corrected.',
    sql: `SELECT format('Invoice %s says that %s is due; its total %s less %s credited and %s paid is %s.', invoice_number, amount_due, total,
                        credited_total, amount_paid, total - credited_total - amount_paid) AS row
          FROM invoices WHERE amount_due IS DISTINCT FROM total - credited_total - amount_paid`,
  },
  {
    id: 'INV-03',
    title: 'nothing is paid below zero or above what is left of the total after credits',
    remedy: 'Compare the payments of this invoice with the receipts; what was paid too much belongs to the customer.',
    sql: `SELECT format('Invoice %s over %s, of which %s is credited, says that %s is paid.', invoice_number, total, credited_total, amount_paid) AS row
          FROM invoices WHERE amount_paid < 0 OR amount_paid > total - credited_total`,
  },
  {
    id: 'INV-04',
    title: 'the status of an invoice agrees with its amounts',
    remedy: 'Go by the amounts, not by the status, until it is corrected.',
    sql: `SELECT format('Invoice %s is called %s with %s of %s paid.', invoice_number, status, amount_paid, total - credited_total) AS row FROM invoices
          WHERE NOT CASE status WHEN 'draft' THEN true WHEN 'paid' THEN amount_due = 0
                                WHEN 'partial' THEN amount_paid > 0 AND amount_due > 0 ELSE amount_paid = 0 END
             OR (status IN ('sent', 'overdue') AND amount_due = 0)
             OR (paid_date IS NOT NULL) <> (status = 'paid')`,
  },
  /** The payment's own id is its key and cannot come twice; a processor's reference could. */
  {
    id: 'INV-13',
    title: 'one transaction of a processor is one payment',
    remedy: 'Ask the processor which of these payments it has; the other one was never received.',
    sql: `SELECT format('The same reference of a processor stands on %s payments: %s.', count(*),
                        string_agg(format('%s on invoice %s', p.amount, i.invoice_number), ', ' ORDER BY p.created_at)) AS row
          FROM payments p JOIN invoices i ON i.id = p.invoice_id
          WHERE p.transaction_id IS NOT NULL AND p.method IN ('credit_card', 'debit_card', 'ach')
          GROUP BY p.shop_id, p.transaction_id HAVING count(*) > 1`,
  },
  /** The counter's row is locked by the transaction that takes a number, so that it is always exactly one ahead. */
  {
    id: 'INV-14',
    title: 'numbers run without gap or duplicate, and the counter is one ahead of them',
    remedy: 'Make no new order and no new invoice until it is corrected; a missing number is the first thing an auditor asks about.',
    sql: `SELECT format('%s %s to %s: %s of them are there, %s different; the next one would be %s.',
                        CASE n.counter WHEN 'ro' THEN 'Repair orders' WHEN 'invoice' THEN 'Invoices' ELSE 'Credit notes' END, min(n.number), max(n.number), count(*),
                        count(DISTINCT n.number), coalesce(c.next_value::text, 'unknown')) AS row
          FROM (SELECT shop_id, 'ro' AS counter, substring(ro_number FROM '^RO-([0-9]{6,18})$')::bigint AS number FROM repair_orders
                UNION ALL
                SELECT shop_id, 'invoice', substring(invoice_number FROM '^INV-([0-9]{6,18})$')::bigint FROM invoices
                UNION ALL
                SELECT shop_id, 'credit_note', substring(credit_number FROM '^CN-([0-9]{6,18})$')::bigint FROM credit_notes) n
          LEFT JOIN shop_counters c ON c.shop_id = n.shop_id AND c.counter = n.counter
          WHERE n.number IS NOT NULL
          GROUP BY n.shop_id, n.counter, c.next_value
          HAVING count(*) <> max(n.number) - min(n.number) + 1 OR count(*) <> count(DISTINCT n.number)
              OR c.next_value IS DISTINCT FROM max(n.number) + 1`,
  },
]

/** A day is the shop's own: the zone that held at that moment, out of the record of changes, with a minute for what was under way. */
const zones = `
  change AS (
    SELECT shop_id, at, details -> 'timezone' ->> 0 AS before, details -> 'timezone' ->> 1 AS after,
           lead(at) OVER w AS next, row_number() OVER w AS place
    FROM audit_events WHERE action = 'shop.update' AND details ? 'timezone'
    WINDOW w AS (PARTITION BY shop_id ORDER BY seq)),
  zone AS (
    SELECT s.id AS shop_id, s.timezone AS name, coalesce((SELECT max(at) FROM change c WHERE c.shop_id = s.id), '-infinity') AS since,
           'infinity'::timestamptz AS until
    FROM shops s
    UNION ALL SELECT shop_id, after, at, next FROM change WHERE next IS NOT NULL
    UNION ALL SELECT shop_id, before, '-infinity', at FROM change WHERE place = 1)`

const paymentName = `format('The payment of %s on invoice %s', p.amount, i.invoice_number)`

const payments: readonly Invariant[] = [
  {
    id: 'INV-23',
    title: 'nothing is booked into a day after it was closed',
    remedy: 'Count this payment into the next open day, and add it to what was counted for the closed one.',
    sql: `SELECT format('%s was booked into %s after that day was closed.', ${paymentName}, p.business_date) AS row
          FROM payments p JOIN business_days d ON d.shop_id = p.shop_id AND d.business_date = p.business_date
          JOIN invoices i ON i.id = p.invoice_id
          WHERE p.created_at > d.closed_at
          UNION ALL
          SELECT format('The refund of %s on invoice %s was booked into %s after that day was closed.', r.amount, i.invoice_number, r.business_date)
          FROM payment_refunds r JOIN business_days d ON d.shop_id = r.shop_id AND d.business_date = r.business_date
          JOIN invoices i ON i.id = r.invoice_id
          WHERE r.created_at > d.closed_at
          UNION ALL
          SELECT format('The pay-out of %s of account credit was booked into %s after that day was closed.', o.amount, o.business_date)
          FROM credit_payouts o JOIN business_days d ON d.shop_id = o.shop_id AND d.business_date = o.business_date
          WHERE o.processed_at > d.closed_at
          UNION ALL
          SELECT format('The returned check of %s on invoice %s was booked into %s after that day was closed.', b.face, i.invoice_number, b.business_date)
          FROM check_returns b JOIN business_days d ON d.shop_id = b.shop_id AND d.business_date = b.business_date
          JOIN invoices i ON i.id = b.invoice_id
          WHERE b.recorded_at > d.closed_at`,
  },
  {
    id: 'INV-38',
    title: 'change is what was tendered less what was due in cash',
    remedy: 'Count the drawer against this payment.',
    sql: `SELECT format('%s: %s was handed over and %s given back.', ${paymentName}, coalesce(p.tendered_amount::text, 'nothing'),
                        coalesce(p.change_given::text, 'nothing')) AS row
          FROM payments p JOIN invoices i ON i.id = p.invoice_id
          WHERE (tendered_amount IS NULL) <> (change_given IS NULL) OR change_given IS DISTINCT FROM tendered_amount - (amount - rounding)
             OR change_given < 0 OR amount <= 0`,
  },
  {
    id: 'INV-42',
    title: 'rounding is of cash alone, to 5 cents, and of what pays all that is due',
    remedy: 'Count the drawer against this payment.',
    sql: `SELECT format('%s was rounded by %s.', ${paymentName}, p.rounding) AS row
          FROM payments p JOIN invoices i ON i.id = p.invoice_id
          WHERE p.rounding <> 0
            AND (p.method <> 'cash' OR abs(p.rounding) >= 0.05 OR mod(p.amount - p.rounding, 0.05) <> 0
              OR EXISTS (SELECT FROM payments q WHERE q.invoice_id = p.invoice_id AND q.created_at <= p.created_at
                         AND q.method <> 'cash' AND q.status IN ('completed', 'refunded'))
              OR i.total - (SELECT coalesce(sum(n.total), 0) FROM credit_notes n WHERE n.invoice_id = i.id AND n.created_at <= p.created_at)
                 <> (SELECT sum(q.amount) FROM payments q WHERE q.invoice_id = p.invoice_id AND q.created_at <= p.created_at
                             AND q.status IN ('completed', 'refunded')))`,
  },
  {
    id: 'INV-39',
    title: 'a payment belongs to its own day, or to the next one that was open',
    remedy: 'Compare the totals of both days with what was counted; the payment itself is right.',
    sql: `WITH ${zones}
          SELECT format('%s was taken at %s and is booked into %s.', ${paymentName},
                        to_char(p.processed_at AT TIME ZONE s.timezone, 'YYYY-MM-DD HH24:MI'), p.business_date) AS row
          FROM payments p JOIN shops s ON s.id = p.shop_id JOIN invoices i ON i.id = p.invoice_id
          WHERE NOT EXISTS (
            SELECT FROM zone z
            WHERE z.shop_id = p.shop_id AND p.processed_at >= z.since - interval '1 minute' AND p.processed_at <= z.until + interval '1 minute'
              AND CASE WHEN p.business_date <= (p.processed_at AT TIME ZONE z.name)::date
                       THEN p.business_date = (p.processed_at AT TIME ZONE z.name)::date
                       ELSE p.business_date - (p.processed_at AT TIME ZONE z.name)::date = (
                         SELECT count(*) FROM business_days d
                         WHERE d.shop_id = p.shop_id AND d.closed_at IS NOT NULL
                           AND d.business_date >= (p.processed_at AT TIME ZONE z.name)::date AND d.business_date < p.business_date) END)`,
  },
]

/** The lines that audit events of these kinds name, with what they say of them. */
const discountsOnRecord = `
  SELECT (d ->> 'lineId')::uuid AS line_id, max((d ->> 'amountCents')::bigint) AS cents
  FROM audit_events a CROSS JOIN LATERAL jsonb_array_elements(a.details -> 'discounts') d
  WHERE a.action = 'order.discounted' AND a.actor_user_id IS NOT NULL
  GROUP BY 1`
const overridesOnRecord = `
  SELECT DISTINCT (l ->> 'id')::uuid AS line_id, (l ->> 'unit_price')::numeric AS unit_price
  FROM audit_events a CROSS JOIN LATERAL jsonb_array_elements(a.details -> 'lines') l
  WHERE a.action = 'lines.price_override' AND a.actor_user_id IS NOT NULL`

const trail: readonly Invariant[] = [
  /**
   * Payments, refunds, credit notes, account credit, voids, discounts in force with no more than was recorded, approvals of discounts, prices that are not the shop's, roles.
   * Lines from before list prices were kept say nothing about theirs.
   */
  {
    id: 'INV-22',
    title:
      "every payment, refund, credit note, entry of an account, returned check, void, discount, price of one's own and change of a role is on record with the person who did it",
    remedy: 'Ask who did this; the program always records it, so it was done or the record removed outside of it.',
    sql: `SELECT format('%s is not on record.', ${paymentName}) AS row FROM payments p JOIN invoices i ON i.id = p.invoice_id
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = p.id AND a.action = 'payment.recorded' AND a.actor_user_id IS NOT NULL)
          UNION ALL
          SELECT format('The refund of %s on invoice %s is not on record.', r.amount, i.invoice_number)
          FROM payment_refunds r JOIN invoices i ON i.id = r.invoice_id
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = r.id AND a.action = 'refund.recorded' AND a.actor_user_id IS NOT NULL)
          UNION ALL
          SELECT format('The pay-out of %s of account credit is not on record.', o.amount) FROM credit_payouts o
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = o.id AND a.action = 'credit.paid_out' AND a.actor_user_id IS NOT NULL)
          UNION ALL
          SELECT format('Credit note %s is not on record.', n.credit_number) FROM credit_notes n
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = n.id AND a.action = 'invoice.credited' AND a.actor_user_id IS NOT NULL)
          UNION ALL
          SELECT format('The entry of %s on the account of a customer is not on record.', k.amount) FROM customer_credits k
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.action = 'credit.recorded' AND a.actor_user_id IS NOT NULL
                              AND a.details ->> 'credit_id' = k.id::text)
          UNION ALL
          SELECT format('The returned check of %s on invoice %s is not on record.', b.face, i.invoice_number)
          FROM check_returns b JOIN invoices i ON i.id = b.invoice_id
          WHERE NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = b.id AND a.actor_user_id IS NOT NULL
                              AND a.action IN ('check.returned', 'check.return_undone'))
          UNION ALL
          SELECT format('Voiding invoice %s is not on record.', i.invoice_number) FROM invoices i
          WHERE i.status = 'void'
            AND NOT EXISTS (SELECT FROM audit_events a WHERE a.entity_id = i.id AND a.action = 'invoice.voided' AND a.actor_user_id IS NOT NULL)
          UNION ALL
          SELECT format('Order %s has a discount of %s; on record is %s.', o.ro_number, l.total, coalesce((r.cents * 0.01)::numeric(12,2)::text, 'none'))
          FROM line_items l JOIN repair_orders o ON o.id = l.repair_order_id LEFT JOIN (${discountsOnRecord}) r ON r.line_id = l.id
          WHERE l.type = 'discount' AND l.status <> 'declined' AND l.total > 0 AND cents(l.total) > coalesce(r.cents, 0)
          UNION ALL
          SELECT format('Order %s has a discount that is called approved; nobody''s approval of it is on record.', o.ro_number)
          FROM audit_events a JOIN repair_orders o ON o.id = a.entity_id
          WHERE a.action = 'order.discounted' AND a.approver_user_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM audit_events g
                            WHERE g.shop_id = a.shop_id AND g.action = 'approval.given' AND g.approver_user_id = a.approver_user_id
                              AND g.details ->> 'permission' = 'orders.discount' AND coalesce(g.entity_id, a.entity_id) = a.entity_id)
          UNION ALL
          SELECT format('Order %s has a %s line at %s instead of the shop''s %s; that is not on record.', o.ro_number, l.type, l.unit_price, l.list_price)
          FROM line_items l JOIN repair_orders o ON o.id = l.repair_order_id
          WHERE l.unit_price <> l.list_price
            AND NOT EXISTS (SELECT FROM (${overridesOnRecord}) r WHERE r.line_id = l.id AND r.unit_price = l.unit_price)
          UNION ALL
          SELECT format('The %s with the user id %s: on record is the role %s.', u.role, u.id, coalesce(r.role, 'none'))
          FROM users u
          LEFT JOIN (SELECT DISTINCT ON (entity_id) entity_id,
                            CASE action WHEN 'user.added' THEN details ->> 'role' ELSE details -> 'role' ->> 1 END AS role
                     FROM audit_events WHERE action IN ('user.added', 'user.changed') AND details ? 'role'
                     ORDER BY entity_id, seq DESC) r ON r.entity_id = u.id
          WHERE u.role::text IS DISTINCT FROM r.role`,
  },
]

export const moneyInvariants: readonly Invariant[] = [...invoicesAndPayments, ...payments, ...refundInvariants, ...trail]
