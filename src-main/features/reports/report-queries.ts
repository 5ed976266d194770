import type { PaymentMethod } from '../../../src-preload/contract/invoices'
import type { Cents } from '../../../src-preload/contract/money'
import { type Queryable, sql } from '../../database/transaction'

export interface MethodRevenue {
  readonly method: PaymentMethod
  /** not money: account credit that was used (taken) or put there (refunded) */
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
     SELECT method, from_credit AS credit, 1 AS count, amount - rounding + kept_as_credit AS taken, 0.00 AS refunded, rounding FROM payments
     WHERE shop_id = $1 AND business_date = $2 AND status IN ('completed', 'refunded')
     UNION ALL
     SELECT method, true, 0, 0.00, -kept_as_credit, 0.00 FROM payments
     WHERE shop_id = $1 AND business_date = $2 AND status IN ('completed', 'refunded') AND kept_as_credit > 0
     UNION ALL
     SELECT method, to_credit, 0, 0.00, rounding - amount, -rounding FROM payment_refunds WHERE shop_id = $1 AND business_date = $2) moved
   GROUP BY method, credit ORDER BY method, credit`,
)

/** Payments and refunds of a business day by method, from the index alone. */
export function findDayRevenue(q: Queryable, shopId: string, day: string): Promise<MethodRevenue[]> {
  return q.query<MethodRevenue>(DAY_REVENUE, [shopId, day])
}
