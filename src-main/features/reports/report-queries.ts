import type { PaymentMethod } from '../../../src-preload/contract/invoices'
import type { Cents } from '../../../src-preload/contract/money'
import { type Queryable, sql } from '../../database/transaction'

export interface MethodRevenue {
  readonly method: PaymentMethod
  /** not money: account credit that was used (taken) or put there (refunded, below 0) */
  readonly isCredit: boolean
  readonly count: number
  readonly amountCents: Cents
  /** a negative figure */
  readonly refundedCents: Cents
  readonly roundingCents: Cents
}

const DAY_REVENUE = sql(
  'report-day-revenue',
  `SELECT method, credit AS "isCredit", sum(count)::int AS count, cents(sum(taken)) AS "amountCents", cents(sum(refunded)) AS "refundedCents",
     cents(sum(rounding)) AS "roundingCents"
   FROM (
     SELECT method, false AS credit, 1 AS count, amount - rounding + kept_as_credit AS taken, 0.00 AS refunded, rounding FROM payments
     WHERE shop_id = $1 AND business_date = $2 AND status IN ('completed', 'refunded') AND NOT from_credit
     UNION ALL
     SELECT method, false, 0, 0.00, rounding - amount, -rounding FROM payment_refunds
     WHERE shop_id = $1 AND business_date = $2 AND NOT to_credit
     UNION ALL
     SELECT method, false, 0, 0.00, rounding - amount, -rounding FROM credit_payouts WHERE shop_id = $1 AND business_date = $2
     UNION ALL
     SELECT 'check', false, 0, 0.00, -face, 0.00 FROM check_returns WHERE shop_id = $1 AND business_date = $2
     UNION ALL
     SELECT 'other', true, 0, CASE kind WHEN 'used' THEN -amount ELSE 0.00 END, CASE kind WHEN 'used' THEN 0.00 ELSE -amount END, 0.00
     FROM customer_credits WHERE shop_id = $1 AND business_date = $2 AND kind <> 'paid_out') moved
   GROUP BY method, credit ORDER BY method, credit`,
)

/** Payments, refunds, account credit that was paid out and returned checks of a business day by method, from the indexes alone. */
export function findDayRevenue(q: Queryable, shopId: string, day: string): Promise<MethodRevenue[]> {
  return q.query<MethodRevenue>(DAY_REVENUE, [shopId, day])
}
