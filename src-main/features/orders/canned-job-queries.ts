import type { Cents } from '../../../src-preload/contract/money'
import type { CannedLine } from '../../../src-preload/contract/pricing'
import { type Queryable, sql } from '../../database/transaction'

/** A line of a canned job as it is sold: words and number of a part in stock from the inventory where the job has none. */
export type CannedLineFacts = Omit<CannedLine, 'lineId'> & {
  readonly id: string
  /** what the inventory says of its part */
  readonly part: { readonly priceCents: Cents; readonly costCents: Cents; readonly category: string } | null
}

const JOB = sql(
  'canned-job',
  `SELECT j.name, (SELECT coalesce(json_agg(json_build_object('id', l.id, 'type', l.type, 'description', l.description,
       'partNumber', coalesce(l.part_number, p.part_number, ''), 'inventoryItemId', l.inventory_item_id,
       'quantityHundredths', hundredths(l.quantity), 'unitPriceCents', cents(l.unit_price), 'costCents', coalesce(cents(p.cost), cents(l.cost)),
       'taxable', l.taxable, 'partCondition', l.part_condition, 'included', l.included,
       'part', CASE WHEN p.id IS NOT NULL THEN json_build_object('priceCents', cents(p.price), 'costCents', cents(p.cost), 'category', coalesce(p.category, '')) END)
       ORDER BY l.sort_order, l.id), '[]')
     FROM canned_job_lines l LEFT JOIN inventory_items p ON p.shop_id = l.shop_id AND p.id = l.inventory_item_id
     WHERE l.shop_id = $1 AND l.canned_job_id = j.id) AS lines
   FROM canned_jobs j WHERE j.shop_id = $1 AND j.id = $2 AND j.is_active`,
)

/** One that is in use. */
export async function findCannedJob(
  q: Queryable,
  shopId: string,
  cannedJobId: string,
): Promise<{ readonly name: string; readonly lines: readonly CannedLineFacts[] } | undefined> {
  const [row] = await q.query<{ name: string; lines: CannedLineFacts[] }>(JOB, [shopId, cannedJobId])
  return row
}
