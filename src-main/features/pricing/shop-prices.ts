import type { Cents } from '../../../src-preload/contract/money'
import type { FrozenFeeRule } from '../../../src-preload/contract/pricing'
import { one, type Queryable, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import type { Matrix } from './price-part'
import type { ShopPrices } from './price-source'

const MATRICES = `(SELECT coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'category', coalesce(m.category, ''), 'bands', (
     SELECT coalesce(json_agg(json_build_object('costFromCents', cents(b.cost_from), 'way', b.way, 'factorMillionths', millionths(b.factor),
       'minCents', cents(b.min_price), 'maxCents', cents(b.max_price))), '[]')
     FROM price_matrix_bands b WHERE b.shop_id = m.shop_id AND b.price_matrix_id = m.id))), '[]')
   FROM price_matrices m WHERE m.shop_id = $1 AND m.is_active)`

// CASE, not coalesce, which row security does not trust beside an index: every car and customer of the shop would be read.
// The array comes out of a sub-select, so that no plan for just these ids looks cheaper than one made once: making it costs ten times the rest.
const PRICES = sql(
  'shop-prices',
  `SELECT (SELECT json_build_object('rateCents', cents(r.rate), 'name', r.name, 'level', r.level)
      FROM labor_rate_for($1, CASE WHEN ro.id IS NULL THEN $4 ELSE ro.customer_id END,
        CASE WHEN ro.id IS NULL THEN $5 ELSE ro.vehicle_id END, ro.id) r) AS "laborRate",
     (SELECT coalesce(json_agg(json_build_object('id', p.id, 'priceCents', cents(p.price), 'costCents', cents(p.cost),
         'category', coalesce(p.category, ''))), '[]')
      FROM inventory_items p WHERE p.shop_id = $1 AND p.id = ANY (ARRAY(SELECT unnest($2::uuid[])))) AS parts,
     ${MATRICES} AS matrices, CASE WHEN $3::uuid IS NULL THEN active_fee_rules($1) ELSE '[]' END AS "feeRules",
     CASE WHEN ro.id IS NOT NULL THEN
       json_build_object('subtotalCents', cents(ro.subtotal), 'discountCents', cents(ro.discount), 'totalCents', cents(ro.total)) END AS "order"
   FROM (SELECT 1) AS always LEFT JOIN repair_orders ro ON ro.shop_id = $1 AND ro.id = $3`,
)

interface Row {
  readonly laborRate: ShopPrices['laborRate']
  readonly parts: readonly { readonly id: string; readonly priceCents: Cents; readonly costCents: Cents; readonly category: string }[]
  readonly matrices: readonly Matrix[]
  /** those that an order would have which is just being made */
  readonly feeRules: readonly FrozenFeeRule[]
  readonly order: { readonly subtotalCents: Cents; readonly discountCents: Cents; readonly totalCents: Cents } | null
}

/** Whose prices are asked for: an order's, or those of a car that is just arriving. */
export interface PricedFor {
  readonly orderId?: string | undefined
  readonly customerId?: string | undefined
  readonly vehicleId?: string | undefined
}

/**
 * The shop's prices by its rules of this moment; `order` = what the order comes to, null when it does not exist (yet); `feeRules` are an
 * arriving car's, an order has its own.
 */
export async function findShopPrices(
  q: Queryable,
  ctx: Pick<Ctx, 'shopId' | 'shop'>,
  partIds: readonly string[],
  { orderId, customerId, vehicleId }: PricedFor,
): Promise<ShopPrices & { readonly order: Row['order']; readonly feeRules: Row['feeRules'] }> {
  const values = [ctx.shopId, partIds, orderId ?? null, customerId ?? null, vehicleId ?? null]
  const row = one(await q.query<Row>(PRICES, values), 'prices of a shop')
  return { ...row, parts: new Map(row.parts.map((part) => [part.id, part])), ending: ctx.shop.settings.priceEnding }
}

const ACTIVE = sql('', `SELECT ${MATRICES} AS matrices`)

export async function findMatrices(q: Queryable, shopId: string): Promise<readonly Matrix[]> {
  return one(await q.query<{ matrices: readonly Matrix[] }>(ACTIVE, [shopId]), 'matrices of a shop').matrices
}
