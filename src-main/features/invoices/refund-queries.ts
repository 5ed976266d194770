import type { DocumentSnapshot, PaymentMethod } from '../../../src-preload/contract/invoices'
import type { Cents } from '../../../src-preload/contract/money'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { type Queryable, sql, type Tx } from '../../database/transaction'
import type { FrozenDocument } from '../orders/build-snapshot'

export interface RefundablePayment {
  readonly id: string
  readonly method: PaymentMethod
  readonly isFromCredit: boolean
  readonly amountCents: Cents
  readonly roundingCents: Cents
  /** given back, or of a check that the bank returned */
  readonly refundedCents: Cents
  readonly refundedRoundingCents: Cents
}

/** What the rules of crediting and refunding need to know of an invoice. */
export interface RefundFacts {
  readonly number: string
  readonly isVoid: boolean
  readonly voidReason: string | null
  readonly orderId: string
  readonly orderStatus: OrderStatus
  readonly today: string
  readonly issueDate: string
  readonly totalCents: Cents
  readonly taxCents: Cents
  readonly discountCents: Cents
  readonly paidCents: Cents
  readonly dueCents: Cents
  readonly snapshot: FrozenDocument | DocumentSnapshot | null
  readonly credited: {
    readonly totalCents: Cents
    readonly taxCents: Cents
    readonly lines: readonly { lineNo: number; quantityHundredths: number; amountCents: Cents }[]
  }
  /** only what was received */
  readonly payments: readonly RefundablePayment[]
}

const LOCK = sql('', `SELECT FROM invoices WHERE shop_id = $1 AND id = $2 FOR NO KEY UPDATE`)

/** Of two counters that give back of one invoice, or take a check off it, the second waits here and then sees what is left. */
export async function lockInvoice(tx: Tx, shopId: string, invoiceId: string): Promise<void> {
  await tx.query(LOCK, [shopId, invoiceId])
}

const FACTS = sql(
  '',
  `SELECT i.invoice_number AS number, i.status = 'void' AS "isVoid", i.void_reason AS "voidReason", ro.id AS "orderId", ro.status AS "orderStatus",
     shop_local_date($1, CURRENT_TIMESTAMP) AS today, i.issue_date AS "issueDate", cents(i.total) AS "totalCents", cents(i.tax) AS "taxCents",
     cents(i.discount) AS "discountCents", cents(i.amount_paid) AS "paidCents", cents(i.amount_due) AS "dueCents", i.snapshot,
     json_build_object('totalCents', cents(i.credited_total),
       'taxCents', (SELECT coalesce(cents(sum(n.tax)), 0) FROM credit_notes n WHERE n.shop_id = $1 AND n.invoice_id = i.id),
       'lines', (SELECT coalesce(json_agg(json_build_object('lineNo', l.line_no, 'quantityHundredths', hundredths(l.quantity),
           'amountCents', cents(l.amount))), '[]')
         FROM credit_note_lines l JOIN credit_notes n ON n.shop_id = l.shop_id AND n.id = l.credit_note_id
         WHERE n.shop_id = $1 AND n.invoice_id = i.id)) AS credited,
     (SELECT coalesce(json_agg(json_build_object('id', p.id, 'method', p.method, 'isFromCredit', p.from_credit, 'amountCents', cents(p.amount),
         'roundingCents', cents(p.rounding), 'refundedCents', coalesce(cents(r.amount), 0) + coalesce(cents(b.amount), 0),
         'refundedRoundingCents', coalesce(cents(r.rounding), 0)) ORDER BY p.processed_at, p.id), '[]')
      FROM payments p
      LEFT JOIN LATERAL (SELECT sum(amount) AS amount, sum(rounding) AS rounding FROM payment_refunds
                         WHERE shop_id = $1 AND payment_id = p.id) r ON true
      LEFT JOIN LATERAL (SELECT sum(amount) AS amount FROM check_returns WHERE shop_id = $1 AND payment_id = p.id) b ON true
      WHERE p.shop_id = $1 AND p.invoice_id = i.id AND p.status IN ('completed', 'refunded')) AS payments
   FROM invoices i JOIN repair_orders ro ON ro.shop_id = i.shop_id AND ro.id = i.repair_order_id
   WHERE i.shop_id = $1 AND i.id = $2`,
)

export async function findRefundFacts(q: Queryable, shopId: string, invoiceId: string): Promise<RefundFacts | undefined> {
  const [row] = await q.query<RefundFacts>(FACTS, [shopId, invoiceId])
  return row
}

/** The facts that make a refund this refund and no other. */
export interface StoredRefund {
  readonly refundId: string
  readonly paymentId: string
  readonly creditNoteId: string | null
  readonly amountCents: Cents
  readonly toCredit: boolean
  readonly isFromCredit: boolean
  readonly checkNumber: string
  readonly reference: string
}

const STORED = sql(
  '',
  `SELECT r.id AS "refundId", r.payment_id AS "paymentId", r.credit_note_id AS "creditNoteId", cents(r.amount) AS "amountCents",
     r.to_credit AS "toCredit", p.from_credit AS "isFromCredit",
     coalesce(r.check_number, '') AS "checkNumber", coalesce(r.reference_number, '') AS reference
   FROM payment_refunds r JOIN payments p ON p.shop_id = $1 AND p.id = r.payment_id
   WHERE r.shop_id = $1 AND r.id = ANY ($2::uuid[])`,
)

export function findRefunds(tx: Tx, shopId: string, refundIds: readonly string[]): Promise<StoredRefund[]> {
  return tx.query<StoredRefund>(STORED, [shopId, refundIds])
}

export interface NewRefund {
  readonly refundId: string
  readonly paymentId: string
  readonly method: PaymentMethod
  readonly amountCents: Cents
  readonly roundingCents: Cents
  readonly taxCents: Cents
  readonly toCredit: boolean
  readonly checkNumber: string
  readonly reference: string
}

export interface RefundedBy {
  readonly invoiceId: string
  readonly creditNoteId: string | null
  readonly reason: string
  readonly userId: string
  readonly approverId: string | null
}

// An id that was used before stands in the way, of this shop or another, and is told apart by what it stands for.
const INSERT = sql(
  '',
  `INSERT INTO payment_refunds (shop_id, invoice_id, credit_note_id, reason, processed_by_user_id, approved_by_user_id,
     id, payment_id, method, amount, rounding, tax_amount, to_credit, check_number, reference_number)
   SELECT $1, $2, $3, $4, $5, $6, r."refundId", r."paymentId", r.method, dollars(r."amountCents"), dollars(r."roundingCents"),
     dollars(r."taxCents"), r."toCredit", nullif(r."checkNumber", ''), nullif(r.reference, '')
   FROM json_to_recordset($7) AS r("refundId" uuid, "paymentId" uuid, method payment_method, "amountCents" bigint, "roundingCents" bigint,
     "taxCents" bigint, "toCredit" boolean, "checkNumber" text, reference text)`,
)

export async function insertRefunds(tx: Tx, shopId: string, refunds: readonly NewRefund[], by: RefundedBy): Promise<void> {
  const { invoiceId, creditNoteId, reason, userId, approverId } = by
  await tx.query(INSERT, [shopId, invoiceId, creditNoteId, reason, userId, approverId, JSON.stringify(refunds)])
}

const ELSEWHERE_TODAY = sql(
  '',
  `SELECT coalesce(cents(sum(r.amount)), 0) AS "sumCents" FROM (
     SELECT id, shop_id, processed_by_user_id, approved_by_user_id, business_date, amount FROM payment_refunds WHERE method <> 'cash' OR to_credit
     UNION ALL
     SELECT id, shop_id, processed_by_user_id, approved_by_user_id, business_date, amount FROM credit_payouts WHERE method <> 'cash') r
   WHERE r.shop_id = $1 AND r.processed_by_user_id = $2 AND r.approved_by_user_id IS NULL
     AND r.business_date >= shop_local_date($1, CURRENT_TIMESTAMP) AND r.id <> ALL ($3::uuid[])`,
)

/** What somebody gave back today other than in cash, to accounts and out of them too, without asking anybody, but for these refunds. */
export async function refundedElsewhereToday(
  q: Queryable,
  shopId: string,
  userId: string,
  exceptIds: readonly string[],
): Promise<Cents | undefined> {
  const [row] = await q.query<{ sumCents: Cents }>(ELSEWHERE_TODAY, [shopId, userId, exceptIds])
  return row?.sumCents
}

const LOCK_PERSON = sql('', `SELECT FROM users WHERE shop_id = $1 AND id = $2 FOR NO KEY UPDATE`)

/** Somebody at two counters at once has one limit. */
export async function lockPerson(tx: Tx, shopId: string, userId: string): Promise<void> {
  await tx.query(LOCK_PERSON, [shopId, userId])
}
