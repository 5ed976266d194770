import type { Cents } from '../../../src-preload/contract/money'
import { one, type Queryable, sql, type Tx } from '../../database/transaction'

/** A check that was taken, as far as its return has to know. */
export interface CheckTaken {
  readonly invoiceId: string
  readonly invoiceNumber: string
  readonly orderId: string
  readonly checkNumber: string
  /** what it was made out for */
  readonly faceCents: Cents
  /** not after today, though the clock was ahead when it was taken */
  readonly takenOn: string
  readonly today: string
}

const CHECK = sql(
  '',
  `SELECT i.id AS "invoiceId", i.invoice_number AS "invoiceNumber", i.repair_order_id AS "orderId", coalesce(p.check_number, '') AS "checkNumber",
     cents(p.amount + p.kept_as_credit) AS "faceCents", least(shop_local_date($1, p.processed_at), shop_local_date($1, CURRENT_TIMESTAMP)) AS "takenOn",
     shop_local_date($1, CURRENT_TIMESTAMP) AS today
   FROM payments p JOIN invoices i ON i.shop_id = $1 AND i.id = p.invoice_id
   WHERE p.shop_id = $1 AND p.id = $2 AND p.method = 'check' AND p.status IN ('completed', 'refunded')`,
)

/** Undefined when there is no such payment, or it was no check. */
export async function findCheck(q: Queryable, shopId: string, paymentId: string): Promise<CheckTaken | undefined> {
  return (await q.query<CheckTaken>(CHECK, [shopId, paymentId]))[0]
}

export interface StoredReturn {
  readonly paymentId: string
  readonly undoesId: string | null
  readonly returnedOn: string
  readonly reason: string
}

const STORED = sql(
  '',
  `SELECT payment_id AS "paymentId", undoes_id AS "undoesId", returned_on AS "returnedOn", reason FROM check_returns WHERE shop_id = $1 AND id = $2`,
)

export async function findReturn(q: Queryable, shopId: string, returnId: string): Promise<StoredReturn | undefined> {
  return (await q.query<StoredReturn>(STORED, [shopId, returnId]))[0]
}

export interface NewReturn extends StoredReturn {
  readonly returnId: string
  readonly userId: string
  readonly approverId: string | null
}

// The amounts are the database's.
const INSERT = sql(
  '',
  `INSERT INTO check_returns (id, shop_id, payment_id, undoes_id, returned_on, reason, recorded_by_user_id, approved_by_user_id)
   VALUES ($2, $1, $3, $4, $5::date, $6, $7, $8)`,
)
const DUE = sql(
  '',
  `SELECT CASE WHEN i.status <> 'void' THEN cents(i.amount_due) END AS "dueCents"
   FROM payments p JOIN invoices i ON i.shop_id = $1 AND i.id = p.invoice_id WHERE p.shop_id = $1 AND p.id = $2`,
)

/** @returns what is due on the invoice then; null: it is void */
export async function insertReturn(tx: Tx, shopId: string, wanted: NewReturn): Promise<Cents | null> {
  const { returnId, paymentId, undoesId, returnedOn, reason, userId, approverId } = wanted
  await tx.query(INSERT, [shopId, returnId, paymentId, undoesId, returnedOn, reason, userId, approverId])
  return one(await tx.query<{ dueCents: Cents | null }>(DUE, [shopId, paymentId]), 'the invoice of a check').dueCents
}
