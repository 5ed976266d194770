import type { Line } from '../../../src-preload/contract/orders'
import type { Cents } from '../../../src-preload/contract/money'
import type { FrozenFeeRule, PriceSource } from '../../../src-preload/contract/pricing'
import { one, sql, type Tx } from '../../database/transaction'

/** An order's fee rules, what they are reckoned on, and the lines that they made. */
export interface FeeFacts {
  readonly rules: readonly FrozenFeeRule[]
  readonly laborCents: Cents
  readonly partsCents: Cents
  readonly lines: readonly FeeLine[]
}

export interface FeeLine {
  readonly id: string
  readonly ruleId: string
  readonly status: Line['status']
  /** somebody typed another price: it follows no longer */
  readonly isTyped: boolean
  readonly unitPriceCents: Cents
  readonly totalCents: Cents
  /** what the rule asked when the price was typed, or asks */
  readonly ruleCents: Cents
}

const FEES = sql(
  'order-fees',
  `SELECT ro.fee_rules AS rules, cents(ro.labor_total) AS "laborCents", cents(ro.parts_total) AS "partsCents",
     (SELECT coalesce(json_agg(json_build_object('id', l.id, 'status', l.status, 'unitPriceCents', cents(l.unit_price), 'totalCents', cents(l.total),
         'ruleCents', coalesce(l.price_source -> 'instead' -> 'priceCents', l.price_source -> 'priceCents'),
         'ruleId', coalesce(l.price_source -> 'instead' ->> 'ruleId', l.price_source ->> 'ruleId'),
         'isTyped', l.price_source ->> 'rule' = 'typed' OR l.quantity <> 1)), '[]')
      FROM line_items l WHERE l.shop_id = $1 AND l.repair_order_id = $2 AND l.type = 'fee'
        AND coalesce(l.price_source -> 'instead' ->> 'ruleId', l.price_source ->> 'ruleId') IS NOT NULL) AS lines
   FROM repair_orders ro WHERE ro.shop_id = $1 AND ro.id = $2`,
)

export async function findFees(tx: Tx, shopId: string, orderId: string): Promise<FeeFacts> {
  return one(await tx.query<FeeFacts>(FEES, [shopId, orderId]), 'fees of a locked order')
}

const CHANGE = sql(
  '',
  `UPDATE line_items SET unit_price = dollars($3), quantity = 1, price_source = $4::jsonb WHERE shop_id = $1 AND id = $2 AND status = 'quoted' RETURNING id`,
)

export async function changeFee(tx: Tx, shopId: string, lineId: string, source: PriceSource): Promise<void> {
  await tx.query(CHANGE, [shopId, lineId, source.priceCents, JSON.stringify(source)])
}

const REMOVE = sql('', `DELETE FROM line_items WHERE shop_id = $1 AND id = $2 AND status = 'quoted'`)

export async function removeFee(tx: Tx, shopId: string, lineId: string): Promise<void> {
  await tx.query(REMOVE, [shopId, lineId])
}

const FORGET = sql(
  '',
  `UPDATE repair_orders ro SET fee_rules = (SELECT coalesce(jsonb_agg(rule), '[]') FROM jsonb_array_elements(ro.fee_rules) AS rule
     WHERE rule ->> 'id' <> $3)
   WHERE ro.shop_id = $1 AND ro.id = $2 AND ro.fee_rules @> jsonb_build_array(jsonb_build_object('id', $3::text))`,
)

/** A fee that somebody took off does not come back by itself. */
export async function forgetFeeRule(tx: Tx, shopId: string, orderId: string, ruleId: string): Promise<void> {
  await tx.query(FORGET, [shopId, orderId, ruleId])
}
