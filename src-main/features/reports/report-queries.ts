import type { PaymentMethod } from '../../../src-preload/contract/invoices'
import type { Cents } from '../../../src-preload/contract/money'
import { type Queryable, sql } from '../../database/transaction'

export interface MethodRevenue {
  readonly method: PaymentMethod
  readonly count: number
  readonly amountCents: Cents
  readonly roundingCents: Cents
}

const DAY_REVENUE = sql(
  'report-day-revenue',
  `SELECT method, count(*)::int AS count, cents(sum(amount - rounding)) AS "amountCents",
     cents(sum(rounding)) AS "roundingCents" FROM payments
   WHERE shop_id = $1 AND business_date = $2 AND status IN ('completed', 'refunded') GROUP BY method ORDER BY method`,
)

/** Payments of a business day by method, from the index alone. */
export function findDayRevenue(q: Queryable, shopId: string, day: string): Promise<MethodRevenue[]> {
  return q.query<MethodRevenue>(DAY_REVENUE, [shopId, day])
}
