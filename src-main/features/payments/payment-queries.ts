import type { Cents } from '../../../src-preload/contract/money'
import type { PaymentMethod } from '../../../src-preload/contract/invoices'
import { sql, type Tx } from '../../database/transaction'

export interface PayableInvoice {
  readonly orderId: string
  readonly isVoid: boolean
  readonly dueCents: Cents
}

const LOCK = sql(
  'payment-lock-invoice',
  `SELECT i.repair_order_id AS "orderId", i.status = 'void' AS "isVoid", cents(i.amount_due) AS "dueCents"
   FROM invoices i WHERE i.shop_id = $1 AND i.id = $2 FOR NO KEY UPDATE`,
)

/** Of two counters that pay one invoice the second waits here and then sees what is still due. */
export async function lockInvoice(tx: Tx, shopId: string, invoiceId: string): Promise<PayableInvoice | undefined> {
  const [row] = await tx.query<PayableInvoice>(LOCK, [shopId, invoiceId])
  return row
}

/** The facts that make a payment this payment and no other. */
export interface PaymentFacts {
  readonly paymentId: string
  readonly invoiceId: string
  readonly method: PaymentMethod
  readonly amountCents: Cents
  readonly tenderedCents: Cents | null
  readonly roundingCents: Cents
  readonly isFromCredit: boolean
  readonly keptAsCreditCents: Cents
  readonly checkNumber: string
  readonly reference: string
}

const INSERT = sql(
  'payment-insert',
  `INSERT INTO payments (id, shop_id, invoice_id, method, amount, tendered_amount, check_number, reference_number, notes, processed_by_user_id,
     rounding, change_given, from_credit, kept_as_credit)
   VALUES ($2, $1, $3, $4, dollars($5), dollars($6), nullif($7, ''), nullif($8, ''), nullif($9, ''), $10,
     dollars($11), dollars($6) - (dollars($5) - dollars($11)), $12, dollars($13))`,
)

/** Fails when the payment's id is taken already: see `whenIdIsTaken`. */
export async function insertPayment(tx: Tx, shopId: string, userId: string, payment: PaymentFacts & { note: string }): Promise<void> {
  const { paymentId, invoiceId, method, amountCents, tenderedCents, checkNumber, reference, note } = payment
  const { roundingCents, isFromCredit, keptAsCreditCents } = payment
  const facts = [shopId, paymentId, invoiceId, method, amountCents, tenderedCents, checkNumber, reference, note, userId]
  await tx.query(INSERT, [...facts, roundingCents, isFromCredit, keptAsCreditCents])
}

const FIND = sql(
  '',
  `SELECT id AS "paymentId", invoice_id AS "invoiceId", method, cents(amount) AS "amountCents", cents(tendered_amount) AS "tenderedCents",
     cents(rounding) AS "roundingCents", from_credit AS "isFromCredit", cents(kept_as_credit) AS "keptAsCreditCents",
     coalesce(check_number, '') AS "checkNumber", coalesce(reference_number, '') AS reference
   FROM payments WHERE shop_id = $1 AND id = $2`,
)

export async function findPayment(tx: Tx, shopId: string, paymentId: string): Promise<PaymentFacts | undefined> {
  const [row] = await tx.query<PaymentFacts>(FIND, [shopId, paymentId])
  return row
}

const ONLY_CASH = sql(
  '',
  `SELECT FROM payments WHERE shop_id = $1 AND invoice_id = $2 AND method <> 'cash' AND status IN ('completed', 'refunded') LIMIT 1`,
)

/** Whether nothing but cash has paid a part of an invoice so far. */
export async function isPaidInCashOnly(tx: Tx, shopId: string, invoiceId: string): Promise<boolean> {
  return (await tx.query(ONLY_CASH, [shopId, invoiceId])).length === 0
}

const CLOSE = sql(
  'payment-close-order',
  `UPDATE repair_orders SET status = 'closed' WHERE shop_id = $1 AND id = $2 AND status = 'completed'`,
)

/** Picked up and paid: the order of an invoice paid in full is closed, unless somebody reopened it. */
export async function closePaidOrder(tx: Tx, shopId: string, orderId: string): Promise<void> {
  await tx.query(CLOSE, [shopId, orderId])
}
