import type { Invariant } from './invariant'

const onInvoice = `JOIN invoices i ON i.id = n.invoice_id`

/** What the account of a customer should say, of the payments and refunds that touch it. */
const accountAsBooked = `
  SELECT p.shop_id, p.invoice_id, p.id AS payment_id, NULL::uuid AS refund_id,
         CASE WHEN p.from_credit THEN -p.amount ELSE p.kept_as_credit END AS amount, CASE WHEN p.from_credit THEN 'used' ELSE 'overpaid' END AS kind
  FROM payments p WHERE p.status IN ('completed', 'refunded') AND (p.from_credit OR p.kept_as_credit > 0)
  UNION ALL
  SELECT r.shop_id, r.invoice_id, r.payment_id, r.id, r.amount, CASE WHEN p.from_credit THEN 'given_back' ELSE 'credited' END
  FROM payment_refunds r JOIN payments p ON p.id = r.payment_id WHERE r.to_credit`

const account: readonly Invariant[] = [
  {
    id: 'INV-47',
    title: 'nobody has less than nothing on account',
    remedy: 'Take no payment by account credit of this customer; compare the entries of the account with the receipts.',
    sql: `SELECT format('The account of %s is at %s.', c.display_name, sum(k.amount)) AS row
          FROM customer_credits k JOIN customers c ON c.id = k.customer_id GROUP BY c.id, c.display_name HAVING sum(k.amount) < 0`,
  },
  {
    id: 'INV-48',
    title: 'each entry of an account is what a payment or refund put there, with the customer of its invoice, and none is missing',
    remedy: 'Take no payment by account credit of this customer; go by the receipts until it is corrected.',
    sql: `SELECT format('On invoice %s, %s should be on account as %s; the account says %s.', i.invoice_number, coalesce(b.amount, 0.00),
                        replace(coalesce(b.kind, 'nothing'), '_', ' '), coalesce(k.amount, 0.00)) AS row
          FROM (${accountAsBooked}) b
          FULL JOIN (SELECT * FROM customer_credits WHERE check_return_id IS NULL AND payout_id IS NULL) k ON k.payment_id = b.payment_id AND k.refund_id IS NOT DISTINCT FROM b.refund_id
          LEFT JOIN payments q ON q.id = k.payment_id
          LEFT JOIN invoices i ON i.id = coalesce(b.invoice_id, q.invoice_id)
          LEFT JOIN repair_orders o ON o.id = i.repair_order_id
          WHERE k.amount IS DISTINCT FROM b.amount OR k.kind IS DISTINCT FROM b.kind OR k.customer_id IS DISTINCT FROM o.customer_id`,
  },
  {
    id: 'INV-49',
    title: 'a check comes back once at a time, with what is left of it and no more, and its account follows',
    remedy: 'Compare the letter of the bank with the payments of this invoice.',
    sql: `SELECT format('Of the check of %s on invoice %s, %s came back, %s of it due again and %s off the account.', p.amount + p.kept_as_credit,
                        i.invoice_number, b.face, b.amount, -b.account) AS row
          FROM (SELECT r.payment_id, min(r.invoice_id::text) AS invoice, sum(r.face) AS face, sum(r.amount) AS amount,
                       coalesce(sum(k.amount), 0.00) AS account, bool_or(k.id IS NOT NULL AND k.customer_id <> o.customer_id) AS is_strange
                FROM check_returns r JOIN invoices v ON v.id = r.invoice_id JOIN repair_orders o ON o.id = v.repair_order_id
                LEFT JOIN customer_credits k ON k.check_return_id = r.id GROUP BY r.payment_id) b
          JOIN payments p ON p.id = b.payment_id JOIN invoices i ON i.id = p.invoice_id
          WHERE p.method <> 'check' OR b.invoice <> p.invoice_id::text OR b.face NOT IN (0, p.amount + p.kept_as_credit) OR b.is_strange
             OR b.amount <> CASE b.face WHEN 0 THEN 0
                                        ELSE p.amount - coalesce((SELECT sum(f.amount) FROM payment_refunds f WHERE f.payment_id = p.id), 0) END
             OR b.account > 0
             OR b.account < CASE b.face WHEN 0 THEN 0
                                        ELSE -p.kept_as_credit - coalesce((SELECT sum(f.amount) FROM payment_refunds f
                                                                           WHERE f.payment_id = p.id AND f.to_credit), 0) END`,
  },
  {
    id: 'INV-52',
    title: 'what is paid out of an account is taken off it, once, and the other way round',
    remedy: 'Pay nothing more out of this account; compare its pay-outs with the receipts that were signed.',
    sql: `SELECT format('Of the account of %s, %s was paid out and %s taken off for it.', c.display_name, coalesce(o.amount, 0.00), coalesce(-k.amount, 0.00)) AS row
          FROM credit_payouts o
          FULL JOIN (SELECT * FROM customer_credits WHERE payout_id IS NOT NULL OR kind = 'paid_out') k ON k.payout_id = o.id
          LEFT JOIN customers c ON c.id = coalesce(o.customer_id, k.customer_id)
          WHERE k.amount IS DISTINCT FROM -o.amount OR k.customer_id IS DISTINCT FROM o.customer_id OR k.kind IS DISTINCT FROM 'paid_out'`,
  },
]

export const refundInvariants: readonly Invariant[] = [
  ...account,
  {
    id: 'INV-05',
    title: 'no payment gives back more than it took, nor to another tender, and is called refunded when all of it went back',
    remedy: 'Give nothing more back of this payment; compare its refunds with the receipts.',
    sql: `SELECT format('Of the payment of %s by %s on invoice %s, which is called %s, %s was given back by %s.', p.amount, p.method, i.invoice_number,
                        p.status, r.amount, r.methods) AS row
          FROM payments p JOIN invoices i ON i.id = p.invoice_id
          JOIN (SELECT payment_id, sum(amount) AS amount, string_agg(DISTINCT method::text, ', ') AS methods,
                       bool_or(amount <= 0 OR tax_amount < 0 OR tax_amount > amount) AS is_odd, min(invoice_id::text) AS invoice
                FROM payment_refunds GROUP BY payment_id) r ON r.payment_id = p.id
          WHERE r.amount > p.amount OR r.methods <> p.method::text OR r.is_odd OR r.invoice <> p.invoice_id::text
             OR p.status <> CASE WHEN r.amount = p.amount THEN 'refunded' ELSE 'completed' END::payment_status
          UNION ALL
          SELECT format('The payment of %s on invoice %s is called refunded; nothing was given back.', p.amount, i.invoice_number)
          FROM payments p JOIN invoices i ON i.id = p.invoice_id
          WHERE p.status = 'refunded' AND NOT EXISTS (SELECT FROM payment_refunds r WHERE r.payment_id = p.id)`,
  },
  {
    id: 'INV-43',
    title: 'the credit notes of an invoice are not above it, in total or in tax, and it says what they come to',
    remedy: 'Credit nothing more of this invoice; compare its credit notes as they were printed.',
    sql: `SELECT format('Invoice %s over %s with %s tax says that %s is credited; its credit notes make %s with %s tax.', i.invoice_number, i.total,
                        i.tax, i.credited_total, coalesce(n.total, 0.00), coalesce(n.tax, 0.00)) AS row
          FROM invoices i LEFT JOIN (SELECT invoice_id, sum(total) AS total, sum(tax) AS tax FROM credit_notes GROUP BY invoice_id) n
            ON n.invoice_id = i.id
          WHERE i.credited_total <> coalesce(n.total, 0) OR n.total > i.total OR n.tax > i.tax OR n.total - n.tax > i.total - i.tax
             OR (i.status IN ('draft', 'void') AND n.total IS NOT NULL)`,
  },
  {
    id: 'INV-44',
    title: 'of no billed line more is credited than was billed',
    remedy: 'Credit nothing more of this line; count the part that came back.',
    sql: `SELECT format('Of line %s of invoice %s, %s was billed and %s is credited.', l.line_no + 1, i.invoice_number,
                        coalesce((l.billed * 0.01)::numeric(12,2)::text, 'nothing'), l.quantity) AS row
          FROM (SELECT n.invoice_id, c.line_no, sum(c.quantity) AS quantity,
                       (SELECT (jsonb_path_query_array(v.snapshot, '$.jobs[*].lines[*]') -> c.line_no ->> 'quantityHundredths')::bigint
                        FROM invoices v WHERE v.id = n.invoice_id) AS billed
                FROM credit_note_lines c JOIN credit_notes n ON n.id = c.credit_note_id GROUP BY n.invoice_id, c.line_no) l
          JOIN invoices i ON i.id = l.invoice_id
          WHERE (hundredths(l.quantity) <= l.billed) IS NOT TRUE`,
  },
  {
    id: 'INV-45',
    title: 'a credit note is the paper that was given to the customer',
    remedy: 'Go by the paper that was printed; the stored one was changed outside of the program.',
    sql: `SELECT format('Credit note %s of invoice %s over %s is not as it was issued.', n.credit_number, i.invoice_number, n.total) AS row
          FROM credit_notes n ${onInvoice}
          WHERE n.snapshot_hash <> encode(sha256(convert_to(n.snapshot::text, 'UTF8')), 'hex')
             OR (n.snapshot ->> 'totalCents')::bigint IS DISTINCT FROM cents(n.total)
             OR (n.snapshot ->> 'taxCents')::bigint IS DISTINCT FROM cents(n.tax)
             OR n.total <> n.subtotal - n.discount + n.tax`,
  },
  {
    id: 'INV-46',
    title: 'what is given back is what a credit leaves owing, or all of a void invoice; due again is only what came back',
    remedy: 'Compare what the customer paid and got back; what is owed either way is settled at the next visit.',
    sql: `SELECT format('Invoice %s, which is called %s, has refunds of %s, and %s is due on it.', i.invoice_number, i.status, r.amount, i.amount_due) AS row
          FROM invoices i JOIN (SELECT invoice_id, sum(amount) AS amount FROM payment_refunds GROUP BY invoice_id) r ON r.invoice_id = i.id
          LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM check_returns GROUP BY invoice_id) b ON b.invoice_id = i.id
          WHERE CASE i.status WHEN 'void' THEN i.amount_paid <> 0 ELSE i.amount_due NOT BETWEEN 0 AND coalesce(b.amount, 0) END`,
  },
]
