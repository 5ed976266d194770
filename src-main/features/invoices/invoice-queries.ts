import type { z } from 'zod'
import type { CreditNote, DocumentSnapshot, Invoice, PaymentTerms } from '../../../src-preload/contract/invoices'
import { type Queryable, sql, type Tx } from '../../database/transaction'
import type { FrozenDocument } from '../orders/build-snapshot'
import { accountCreditOf, returnedChecksOf } from '../customers/customer-queries'
import { invoiceStatus } from '../orders/order-queries'
import { BILLED_LINES } from './credit-queries'

/** An invoice as the database answers it, before anything is hidden from a role. */
export interface InvoiceRow extends Omit<Invoice, 'nextActions' | 'jobs' | 'cashRoundingCents' | 'reminders'> {
  /** the snapshot's jobs, with more facts than the screen is told */
  billed: DocumentSnapshot['jobs']
  creditNotes: CreditNote[]
  /** what was returned of the snapshot's lines, by their place in it */
  returned: { lineNo: number; quantityHundredths: number }[]
  /** places of the parts that came from the shelf */
  stocked: number[]
  oldPartsWanted: boolean
}

/** `p` = payments: what went back of it. */
const REFUNDS = `
  SELECT sum(cents(r.amount)) AS cents, json_agg(json_build_object('id', r.id, 'amountCents', cents(r.amount), 'roundingCents', cents(r.rounding),
    'taxCents', cents(r.tax_amount), 'toCredit', r.to_credit, 'reason', r.reason, 'checkNumber', coalesce(r.check_number, ''),
    'reference', coalesce(r.reference_number, ''), 'refundedAt', r.processed_at, 'businessDate', r.business_date,
    'refundedByName', coalesce(w.first_name || ' ' || w.last_name, ''), 'approvedByName', coalesce(a.first_name || ' ' || a.last_name, ''))
    ORDER BY r.processed_at, r.id) AS refunds
  FROM payment_refunds r
  LEFT JOIN users w ON w.shop_id = r.shop_id AND w.id = r.processed_by_user_id
  LEFT JOIN users a ON a.shop_id = r.shop_id AND a.id = r.approved_by_user_id
  WHERE r.shop_id = $1 AND r.payment_id = p.id`

/** `p` = payments: whether the check came back. What came off the account counts below 0. */
const RETURNS = `
  SELECT sum(cents(b.amount)) AS cents, json_agg(json_build_object('id', b.id, 'undoesId', b.undoes_id, 'amountCents', cents(b.amount),
    'faceCents', cents(b.face), 'uncoveredCents', cents(b.face) - cents(b.amount) + coalesce(cents(k.amount), 0), 'returnedOn', b.returned_on,
    'reason', b.reason, 'recordedAt', b.recorded_at, 'recordedByName', coalesce(w.first_name || ' ' || w.last_name, ''),
    'approvedByName', coalesce(a.first_name || ' ' || a.last_name, '')) ORDER BY b.recorded_at, b.id) AS returns
  FROM check_returns b
  LEFT JOIN customer_credits k ON k.shop_id = b.shop_id AND k.check_return_id = b.id
  LEFT JOIN users w ON w.shop_id = b.shop_id AND w.id = b.recorded_by_user_id
  LEFT JOIN users a ON a.shop_id = b.shop_id AND a.id = b.approved_by_user_id
  WHERE b.shop_id = $1 AND b.payment_id = p.id`

const LOAD = sql(
  'invoice-load',
  `SELECT i.id, i.invoice_number AS number, ${invoiceStatus('$3')} AS status, i.repair_order_id AS "orderId", ro.ro_number AS "orderNumber",
     ro.customer_id AS "customerId", c.display_name AS "customerName", v.id AS "vehicleId", v.year || ' ' || v.make || ' ' || v.model AS "vehicleLabel",
     v.customer_id <> ro.customer_id AS "carWasSold", i.issue_date AS "issueDate", i.due_date AS "dueDate", i.payment_terms AS terms, cents(i.total) AS "totalCents",
     cents(i.tax) AS "taxCents", millionths(i.tax_rate) AS "taxRateMillionths", cents(i.amount_paid) AS "paidCents",
     cents(i.credited_total) AS "creditedCents", ${accountCreditOf('ro.customer_id')} AS "accountCreditCents",
     (SELECT max(b.returned_on) FROM ${returnedChecksOf('ro.customer_id')}) AS "checkReturnedOn",
     cents(i.amount_due) AS "dueCents", coalesce(i.snapshot -> 'jobs', '[]') AS billed, coalesce(i.snapshot ->> 'purchaseOrder', '') AS "purchaseOrder", ro.old_parts_wanted AS "oldPartsWanted", coalesce(i.void_reason, '') AS "voidReason", i.voided_at AS "voidedAt",
     (SELECT coalesce(json_agg(json_build_object('id', p.id, 'method', p.method, 'status', p.status, 'amountCents', cents(p.amount),
         'tenderedCents', cents(p.tendered_amount), 'changeCents', cents(p.change_given), 'roundingCents', cents(p.rounding),
         'isFromCredit', p.from_credit, 'keptAsCreditCents', cents(p.kept_as_credit), 'checkNumber', coalesce(p.check_number, ''),
         'reference', coalesce(p.reference_number, ''), 'note', coalesce(p.notes, ''), 'takenAt', p.processed_at,
         'businessDate', p.business_date, 'takenByName', coalesce(u.first_name || ' ' || u.last_name, ''),
         'refundableCents', CASE WHEN p.status IN ('completed', 'refunded') THEN cents(p.amount) - coalesce(back.cents, 0) - coalesce(bank.cents, 0) ELSE 0 END,
         'refunds', coalesce(back.refunds, '[]'), 'returns', coalesce(bank.returns, '[]'))
         ORDER BY p.processed_at, p.id), '[]')
      FROM payments p LEFT JOIN users u ON u.shop_id = p.shop_id AND u.id = p.processed_by_user_id
      LEFT JOIN LATERAL (${REFUNDS}) back ON true
      LEFT JOIN LATERAL (${RETURNS}) bank ON true
      WHERE p.shop_id = $1 AND p.invoice_id = i.id) AS payments,
     (SELECT coalesce(json_agg(json_build_object('id', n.id, 'number', n.credit_number, 'issueDate', n.issue_date, 'reason', n.reason,
         'subtotalCents', cents(n.subtotal), 'discountCents', cents(n.discount), 'taxCents', cents(n.tax), 'totalCents', cents(n.total),
         'createdByName', coalesce(u.first_name || ' ' || u.last_name, '')) ORDER BY n.credit_number), '[]')
      FROM credit_notes n LEFT JOIN users u ON u.shop_id = n.shop_id AND u.id = n.created_by_user_id
      WHERE n.shop_id = $1 AND n.invoice_id = i.id) AS "creditNotes",
     (SELECT coalesce(json_agg(json_build_object('lineNo', l.line_no, 'quantityHundredths', hundredths(l.quantity))), '[]')
      FROM credit_notes n JOIN credit_note_lines l ON l.shop_id = n.shop_id AND l.credit_note_id = n.id
      WHERE n.shop_id = $1 AND n.invoice_id = i.id) AS returned,
     (SELECT coalesce(json_agg(b.line_no), '[]') FROM (${BILLED_LINES.replace('$2', 'i.repair_order_id')}) b
      WHERE b.inventory_item_id IS NOT NULL) AS stocked
   FROM invoices i
   JOIN repair_orders ro ON ro.shop_id = i.shop_id AND ro.id = i.repair_order_id
   JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
   JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
   WHERE i.shop_id = $1 AND i.id = $2`,
)

export async function findInvoice(
  q: Queryable,
  shop: { id: string; timezone: string },
  invoiceId: string,
): Promise<InvoiceRow | undefined> {
  const [row] = await q.query<InvoiceRow>(LOAD, [shop.id, invoiceId, shop.timezone])
  return row
}

const SNAPSHOT = sql('', `SELECT snapshot, status = 'void' AS "isVoid" FROM invoices WHERE shop_id = $1 AND id = $2`)

export async function findInvoiceSnapshot(
  q: Queryable,
  shopId: string,
  invoiceId: string,
): Promise<{ snapshot: FrozenDocument | DocumentSnapshot | null; isVoid: boolean } | undefined> {
  const [row] = await q.query<{ snapshot: FrozenDocument | DocumentSnapshot | null; isVoid: boolean }>(SNAPSHOT, [shopId, invoiceId])
  return row
}

export interface NewInvoice {
  readonly invoiceId: string
  readonly orderId: string
  readonly dueDate: string
  readonly terms: z.output<typeof PaymentTerms>
  /** complete but for its number */
  readonly snapshot: FrozenDocument
}

// The number is the last thing taken, in the statement that uses it: its counter stays locked for the shortest time, and a number that
// is not used is not taken. The amounts go from order to invoice without leaving the database.
const INSERT = sql(
  'invoice-issue',
  `WITH paper AS (
     SELECT n.number, jsonb_set($6::jsonb, '{number}', to_jsonb(n.number)) AS snapshot
     FROM (SELECT next_shop_number($1, 'invoice') AS number) n)
   INSERT INTO invoices (id, shop_id, repair_order_id, invoice_number, status, due_date, payment_terms, labor_total, parts_total, fees_total,
     subtotal, tax, discount, total, tax_rate, snapshot, snapshot_hash, created_by_user_id)
   SELECT $3, $1, ro.id, paper.number, 'sent', $4::date, $5, ro.labor_total, ro.parts_total, ro.fees_total,
     ro.subtotal, ro.tax, ro.discount, ro.total, ro.tax_rate, paper.snapshot,
     encode(sha256(convert_to(paper.snapshot::text, 'UTF8')), 'hex'), $7
   FROM paper, repair_orders ro WHERE ro.shop_id = $1 AND ro.id = $2`,
)

/** Fails when the invoice's id is taken already: see `whenIdIsTaken`. */
export async function insertInvoice(tx: Tx, shopId: string, userId: string, invoice: NewInvoice): Promise<void> {
  const { orderId, invoiceId, dueDate, terms, snapshot } = invoice
  await tx.query(INSERT, [shopId, orderId, invoiceId, dueDate, terms, JSON.stringify(snapshot), userId])
}

const FINISH_LINES = sql(
  '',
  `UPDATE line_items l SET status = 'completed', completed_by_user_id = coalesce(l.completed_by_user_id, ro.assigned_technician_id)
   FROM repair_orders ro
   WHERE l.shop_id = $1 AND l.repair_order_id = $2 AND l.status = 'approved' AND ro.shop_id = $1 AND ro.id = $2`,
)

/** Lines approved after the order was completed are done too once it is billed; their parts leave the shelf. */
export async function finishApprovedLines(tx: Tx, shopId: string, orderId: string): Promise<void> {
  await tx.query(FINISH_LINES, [shopId, orderId])
}

const VOID = sql(
  '',
  `UPDATE invoices SET status = 'void', void_reason = $3, voided_at = now(), voided_by_user_id = $4
   WHERE shop_id = $1 AND id = $2 AND status <> 'void' AND amount_paid = 0 RETURNING id`,
)

/** @returns false when it is void already or something is paid on it */
export async function voidUnpaidInvoice(tx: Tx, shopId: string, invoiceId: string, reason: string, userId: string): Promise<boolean> {
  return (await tx.query(VOID, [shopId, invoiceId, reason, userId])).length === 1
}
