import type { Payout } from '../../../src-preload/contract/account-credit'
import type { Cents } from '../../../src-preload/contract/money'
import { type Queryable, sql, type Tx } from '../../database/transaction'
import { accountCreditOf } from '../customers/customer-queries'

export interface AccountHolder {
  readonly name: string
  readonly accountCreditCents: Cents
  /** today, by whomever: piece by piece nobody pays out more alone than at once */
  readonly paidOutCents: Cents
  /** what rounding kept of all that was paid out before; below 0: gave on top */
  readonly roundingCents: Cents
}

const HOLDER = sql(
  '',
  `SELECT c.display_name AS name, ${accountCreditOf('c.id')} AS "accountCreditCents",
     (SELECT coalesce(cents(sum(o.amount)), 0) FROM credit_payouts o
      WHERE o.shop_id = $1 AND o.customer_id = c.id AND o.business_date >= shop_local_date($1, CURRENT_TIMESTAMP)) AS "paidOutCents",
     (SELECT coalesce(cents(sum(o.rounding)), 0) FROM credit_payouts o WHERE o.shop_id = $1 AND o.customer_id = c.id) AS "roundingCents"
   FROM customers c WHERE c.shop_id = $1 AND c.id = $2 AND c.deleted_at IS NULL`,
)

export async function findHolder(q: Queryable, shopId: string, customerId: string): Promise<AccountHolder | undefined> {
  return (await q.query<AccountHolder>(HOLDER, [shopId, customerId]))[0]
}

const LOCK = sql('', `SELECT FROM customers WHERE shop_id = $1 AND id = $2 FOR NO KEY UPDATE`)

/** Of two counters that pay out of one account, or pay with it, the second waits here and then sees what is left. */
export async function lockHolder(tx: Tx, shopId: string, customerId: string): Promise<void> {
  await tx.query(LOCK, [shopId, customerId])
}

export interface StoredPayout extends Payout {
  readonly customerId: string
  /** what is on account now */
  readonly accountCreditCents: Cents
}

const STORED = sql(
  '',
  `SELECT o.id, o.customer_id AS "customerId", o.method, cents(o.amount) AS "amountCents", cents(o.rounding) AS "roundingCents",
     coalesce(o.check_number, '') AS "checkNumber", coalesce(o.reference_number, '') AS reference, o.reason, o.processed_at AS "paidAt",
     ${accountCreditOf('o.customer_id')} AS "accountCreditCents"
   FROM credit_payouts o
   WHERE o.shop_id = $1 AND o.id = $2`,
)

export async function findPayout(q: Queryable, shopId: string, payoutId: string): Promise<StoredPayout | undefined> {
  return (await q.query<StoredPayout>(STORED, [shopId, payoutId]))[0]
}

export interface NewPayout extends Omit<Payout, 'paidAt'> {
  readonly customerId: string
  readonly userId: string
  readonly approverId: string | null
}

const INSERT = sql(
  '',
  `INSERT INTO credit_payouts (id, shop_id, customer_id, amount, rounding, method, check_number, reference_number, reason,
     processed_by_user_id, approved_by_user_id)
   VALUES ($2, $1, $3, dollars($4), dollars($5), $6, nullif($7, ''), nullif($8, ''), $9, $10, $11)`,
)

export async function insertPayout(tx: Tx, shopId: string, payout: NewPayout): Promise<void> {
  const { id, customerId, amountCents, roundingCents, method, checkNumber, reference, reason, userId, approverId } = payout
  const values = [shopId, id, customerId, amountCents, roundingCents, method, checkNumber, reference, reason, userId, approverId]
  await tx.query(INSERT, values)
}
