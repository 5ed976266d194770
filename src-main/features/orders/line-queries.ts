import type { Line, LineFields, NewLine } from '../../../src-preload/contract/orders'
import { type LineTerms, noTerms } from '../../../src-preload/contract/line-terms'
import type { Cents } from '../../../src-preload/contract/money'
import type { PriceSource } from '../../../src-preload/contract/pricing'
import { type Queryable, sql, type Tx } from '../../database/transaction'
import { AGREED_TOTAL } from './take-off-queries'

/** A line to be written: the discount's reason goes to the audit trail, not to the line. Without terms those of the part in stock. */
export type LineToAdd = Omit<NewLine, 'reason'> & { readonly priceSource: PriceSource | null; readonly terms?: LineTerms | null }

// A part with a core charge is sold in exchange for the old one.
const EXCHANGE = `(SELECT '${JSON.stringify({ ...noTerms, oldPart: 'exchange' })}'::jsonb || jsonb_build_object('coreChargeCents', cents(p.core_charge))
  FROM inventory_items p WHERE p.shop_id = $1 AND p.id = x."inventoryItemId" AND p.core_charge > 0 AND x.type = 'part')`

/**
 * The rows of a JSON array as lines of an order; shared with check-in.
 * @param from what yields one row with `last`, the place after which the lines go; no row, no lines
 */
export const insertLines = (json: string, orderId: string, from: string) => `
  INSERT INTO line_items (id, shop_id, repair_order_id, job_id, type, description, part_number, quantity, unit_price, cost, labor_hours,
    taxable, part_condition, inventory_item_id, price_source, terms, sort_order)
  SELECT x."lineId", $1, ${orderId}, x."jobId", x.type, x.description, nullif(x."partNumber", ''), from_hundredths(x."quantityHundredths"),
    dollars(x."unitPriceCents"), dollars(x."costCents"), CASE x.type WHEN 'labor' THEN from_hundredths(x."quantityHundredths") END,
    x.taxable, x."partCondition", x."inventoryItemId", x."priceSource", coalesce(x.terms, ${EXCHANGE}), ${from}.last + x.at
  FROM ${from}, jsonb_to_recordset(${json}::jsonb) AS x("lineId" uuid, "jobId" uuid, type line_item_type, description text, "partNumber" text,
    "quantityHundredths" bigint, "unitPriceCents" bigint, "costCents" bigint, taxable boolean, "partCondition" text, "inventoryItemId" uuid, "priceSource" jsonb, terms jsonb, at int)`

/** The lines as JSON, each with its place behind as many others. */
export function linesAsJson(lines: readonly LineToAdd[], others = 0): string {
  return JSON.stringify(lines.map((line, at) => ({ ...line, at: others + at + 1 })))
}

const ADD = sql(
  'lines-add',
  `WITH place AS (SELECT coalesce(max(sort_order), 0) AS last FROM line_items WHERE repair_order_id = $2),
   added AS (${insertLines('$3', '$2', 'place')} ON CONFLICT (id) DO NOTHING RETURNING id),
   begun AS (
     UPDATE repair_orders SET status = 'estimate'
     WHERE shop_id = $1 AND id = $2 AND status = 'draft' AND EXISTS (SELECT FROM added))
   SELECT count(*)::int AS count FROM added`,
)

/** All lines in one statement; the first line of a draft makes it an estimate. @returns how many were new */
export async function addLinesTo(tx: Tx, shopId: string, orderId: string, lines: readonly LineToAdd[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(ADD, [shopId, orderId, linesAsJson(lines)])
  return row?.count ?? 0
}

const FIND = sql(
  '',
  `SELECT l.id, l.job_id AS "jobId", l.type, l.description, coalesce(l.part_number, '') AS "partNumber",
     hundredths(l.quantity) AS "quantityHundredths", cents(l.unit_price) AS "unitPriceCents", cents(l.cost) AS "costCents", l.taxable,
     l.part_condition AS "partCondition", l.inventory_item_id AS "inventoryItemId"
   FROM line_items l WHERE l.shop_id = $1 AND l.repair_order_id = $2 AND l.id = ANY ($3::uuid[])`,
)

export type StoredLine = LineFields & { readonly id: string; readonly jobId: string | null }

export function findLines(tx: Tx, shopId: string, orderId: string, lineIds: readonly string[]): Promise<StoredLine[]> {
  return tx.query<StoredLine>(FIND, [shopId, orderId, lineIds])
}

const REMOVED = sql(
  '',
  `SELECT DISTINCT ON (l.id) l.id, l.type, l.description, hundredths(l.quantity) AS "quantityHundredths", cents(l.unit_price) AS "unitPriceCents",
     l.inventory_item_id AS "inventoryItemId", l.price_source AS "priceSource", l.terms,
     (SELECT o.id FROM line_items o WHERE o.shop_id = $1 AND o.id = l.revived_from) AS "revivedFrom"
   FROM audit_events e, jsonb_to_recordset(e.details -> 'lines') AS l(id uuid, type text, description text, quantity numeric, unit_price numeric,
     inventory_item_id uuid, price_source jsonb, terms jsonb, revived_from uuid)
   WHERE e.shop_id = $1 AND e.entity_id = $2 AND e.action = 'lines.deleted' AND e.actor_user_id = $3 AND l.id = ANY ($4::uuid[])
   ORDER BY l.id, e.seq DESC`,
)

/** A line as it was when it was removed. */
export interface RemovedLine extends Pick<
  LineFields,
  'type' | 'description' | 'quantityHundredths' | 'unitPriceCents' | 'inventoryItemId'
> {
  readonly id: string
  readonly priceSource: PriceSource | null
  readonly terms: LineTerms | null
  /** the declined line that it was, if that is still there */
  readonly revivedFrom: string | null
}

/** Of these lines the ones that this person removed from the order, each as it was the last time. */
export function findRemovedLines(
  q: Queryable,
  shopId: string,
  orderId: string,
  userId: string,
  lineIds: readonly string[],
): Promise<RemovedLine[]> {
  return q.query<RemovedLine>(REMOVED, [shopId, orderId, userId, lineIds])
}

const EDITED = sql(
  'line-edited',
  `SELECT l.repair_order_id AS "orderId", l.type, l.status, l.description, coalesce(l.part_number, '') AS "partNumber",
     hundredths(l.quantity) AS "quantityHundredths", cents(l.unit_price) AS "unitPriceCents", cents(l.cost) AS "costCents",
     cents(l.total) AS "totalCents", l.taxable, l.part_condition AS "partCondition", l.inventory_item_id AS "inventoryItemId", l.terms,
     cents(${AGREED_TOTAL}) AS "agreedCents", cents(l.list_price) AS "listPriceCents", l.price_source AS "priceSource"
   FROM line_items l WHERE l.shop_id = $1 AND l.id = $2`,
)

/** A line before it is edited, as far as the rules ask. */
export type EditedLine = Pick<
  Line,
  | 'type'
  | 'status'
  | 'description'
  | 'partNumber'
  | 'quantityHundredths'
  | 'unitPriceCents'
  | 'costCents'
  | 'totalCents'
  | 'taxable'
  | 'partCondition'
  | 'inventoryItemId'
  | 'priceSource'
> & {
  readonly orderId: string
  readonly terms: LineTerms | null
  /** what the customer agreed to pay for it, at most; null = never agreed */
  readonly agreedCents: Cents | null
  /** the shop's own price of one, as it was when the line was made */
  readonly listPriceCents: Cents | null
}

export async function findEditedLine(q: Queryable, shopId: string, lineId: string): Promise<EditedLine | undefined> {
  const [row] = await q.query<EditedLine>(EDITED, [shopId, lineId])
  return row
}

const REMOVE = sql(
  '',
  `DELETE FROM line_items WHERE shop_id = $1 AND id = $2 AND ($3::text IS NULL OR type::text = $3) AND NOT ($4 AND status = 'completed')
   RETURNING id, coalesce(price_source -> 'instead' ->> 'ruleId', price_source ->> 'ruleId') AS "ruleId"`,
)

/**
 * With `onlyType` only when it is a line of that type; with `keepDone` not when its work is done.
 * @returns the rule that made its price, if any; undefined when nothing was removed
 */
export async function removeLineById(
  tx: Tx,
  shopId: string,
  lineId: string,
  onlyType: 'part' | null,
  keepDone: boolean,
): Promise<{ readonly ruleId: string | null } | undefined> {
  const [removed] = await tx.query<{ ruleId: string | null }>(REMOVE, [shopId, lineId, onlyType, keepDone])
  return removed
}

// A no that is said again keeps the day of the first one, and its reason unless another is given.
const DECIDE = sql(
  'lines-decide',
  `WITH chosen AS (
     UPDATE line_items l SET status = $5::text::line_item_status,
       approved_at = CASE $5::text WHEN 'approved' THEN now() END, approved_by_user_id = CASE $5::text WHEN 'approved' THEN $7::uuid END,
       declined_at = CASE $5::text WHEN 'declined' THEN coalesce(l.declined_at, now()) END,
       declined_reason = CASE $5::text WHEN 'declined' THEN coalesce(nullif($6::text, ''), l.declined_reason) END
     WHERE l.shop_id = $1 AND l.repair_order_id = $2 AND (l.job_id = $3::uuid OR l.id = $4::uuid) AND l.status <> 'completed'
     RETURNING l.job_id),
   job AS (
     UPDATE ro_jobs j SET declined_at = CASE $5::text WHEN 'declined' THEN coalesce(j.declined_at, now()) END,
       declined_reason = CASE $5::text WHEN 'declined' THEN coalesce(nullif($6::text, ''), j.declined_reason) END
     WHERE j.shop_id = $1 AND j.repair_order_id = $2
       AND (j.id = $3::uuid OR (j.declined_at IS NOT NULL AND $5::text <> 'declined' AND j.id IN (SELECT job_id FROM chosen)))
     RETURNING j.id)
   SELECT (SELECT count(*)::int FROM chosen) AS lines, (SELECT count(*)::int FROM job WHERE id = $3::uuid) AS jobs`,
)

export interface DecisionTarget {
  readonly jobId: string | null
  readonly lineId: string | null
}

/** Sets the decision on a job's lines or on one line; finished lines stay. A job is declined as a whole or not at all. */
export async function decideLines(
  tx: Tx,
  shopId: string,
  orderId: string,
  { jobId, lineId }: DecisionTarget,
  decision: { status: 'approved' | 'declined' | 'quoted'; reason: string; userId: string },
): Promise<{ lines: number; jobs: number }> {
  const [row] = await tx.query<{ lines: number; jobs: number }>(DECIDE, [
    shopId,
    orderId,
    jobId,
    lineId,
    decision.status,
    decision.reason,
    decision.userId,
  ])
  return row ?? { lines: 0, jobs: 0 }
}

const NOTE_DISCOUNTS = sql(
  '',
  `INSERT INTO audit_events (shop_id, action, entity_type, entity_id, approver_user_id, details)
   VALUES ($1, 'order.discounted', 'repair_order', $2, $3, $4::jsonb)`,
)

/** Why a discount was given, what the order's discount was with it, and who approved it when it was above somebody's limit. */
export async function noteDiscounts(
  tx: Tx,
  shopId: string,
  order: { readonly id: string; readonly discountCents: Cents },
  approverId: string | null,
  discounts: readonly { lineId: string; amountCents: Cents; reason: string }[],
): Promise<void> {
  const details = JSON.stringify({ orderDiscountCents: order.discountCents, discounts })
  await tx.query(NOTE_DISCOUNTS, [shopId, order.id, approverId, details])
}
