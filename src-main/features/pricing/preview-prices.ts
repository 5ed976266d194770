import { addCents, type Cents, type Hundredths, lineTotal, ZERO } from '../../../src-preload/contract/money'
import type { CannedLine, CannedPreview, MatrixBand, MatrixPreview } from '../../../src-preload/contract/pricing'
import { AppError } from '../../base/app-error'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { pricePart } from './price-part'
import { rulePrice } from './price-source'
import { findShopPrices } from './shop-prices'

// A part sold to a customer in the last 30 days, as it was charged; lines alike are one row.
const SOLD = sql(
  '',
  `SELECT coalesce(p.category, '') AS category, cents(l.cost) AS "costCents", cents(l.unit_price) AS "unitPriceCents",
     hundredths(l.quantity) AS "quantityHundredths", count(*)::int AS count
   FROM repair_orders ro JOIN line_items l ON l.repair_order_id = ro.id AND l.shop_id = ro.shop_id
   LEFT JOIN inventory_items p ON p.shop_id = l.shop_id AND p.id = l.inventory_item_id
   WHERE ro.shop_id = $1 AND ro.check_in_date > now() - interval '30 days' AND ro.deleted_at IS NULL
     AND l.type = 'part' AND l.status IN ('approved', 'completed') AND l.cost IS NOT NULL
   GROUP BY 1, 2, 3, 4`,
)

interface Sold {
  readonly category: string
  readonly costCents: Cents
  readonly unitPriceCents: Cents
  readonly quantityHundredths: Hundredths
  readonly count: number
}

/** What the parts of the last 30 days would have cost at this matrix, beside what they were sold for. */
export async function previewMatrix(ctx: Ctx, input: { category: string; bands: MatrixBand[] }): Promise<MatrixPreview> {
  const matrix = { id: '', name: '', category: input.category, bands: input.bands }
  const totals = { lineCount: 0, soldCents: ZERO, wouldBeCents: ZERO }
  for (const { count, quantityHundredths, unitPriceCents, ...part } of await reading(ctx.db).query<Sold>(SOLD, [ctx.shopId])) {
    const price = pricePart({ ...part, priceCents: null }, [matrix], ctx.shop.settings.priceEnding)
    if (!price) continue
    totals.lineCount += count
    for (let each = 0; each < count; each += 1) {
      totals.soldCents = addCents(totals.soldCents, lineTotal(quantityHundredths, unitPriceCents))
      totals.wouldBeCents = addCents(totals.wouldBeCents, lineTotal(quantityHundredths, price.priceCents))
    }
  }
  return totals
}

/** What a canned job comes to today at the shop's own rate, before it is saved. @throws NOT_FOUND for a part that is not there */
export async function previewCannedJob(ctx: Ctx, { lines }: { lines: CannedLine[] }): Promise<CannedPreview> {
  const parts = lines.flatMap(({ inventoryItemId }) => inventoryItemId ?? [])
  const prices = await findShopPrices(reading(ctx.db), ctx, parts, {})
  if (parts.some((id) => !prices.parts.has(id))) throw new AppError('NOT_FOUND')
  const unitPricesCents = lines.map((line) => line.unitPriceCents ?? rulePrice(line, prices)?.priceCents ?? null)
  const amounts = lines.map((line, at) =>
    line.included === 'on_request' ? ZERO : lineTotal(line.quantityHundredths, unitPricesCents[at] ?? ZERO),
  )
  return { unitPricesCents, totalCents: addCents(...amounts) }
}
