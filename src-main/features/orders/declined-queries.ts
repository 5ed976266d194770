import type { LineFields } from '../../../src-preload/contract/orders'
import type { LineTerms } from '../../../src-preload/contract/line-terms'
import type { Cents } from '../../../src-preload/contract/money'
import type { PriceSource } from '../../../src-preload/contract/pricing'
import { type Queryable, sql, type Tx } from '../../database/transaction'

/** A line that a customer said no to at a visit, and what its price is held against today. */
export interface DeclinedLine extends LineFields {
  readonly id: string
  readonly jobId: string | null
  readonly jobName: string | null
  /** every line of its job was declined */
  readonly isWholeJob: boolean
  readonly orderId: string
  readonly orderNumber: string
  readonly declinedAt: string
  readonly reason: string
  /** the rule that made its price, and the shop's own price then; null = nobody knows, there was none */
  readonly priceSource: PriceSource | null
  readonly listThenCents: Cents | null
  readonly terms: LineTerms | null
  /** not a part that the inventory had and has no more */
  readonly isSold: boolean
  /** the line of a canned job that made its price, as that is today; null = out of use; its price null = by the shop's rules */
  readonly cannedToday: { readonly id: string; readonly jobName: string; readonly unitPriceCents: Cents | null } | null
  /** it is on another order already */
  readonly isRevived: boolean
  /** the customer does not want to hear of it again */
  readonly isStopped: boolean
}

// An order declined as a whole has lines that were only quoted: they were declined with it. A fee that a rule made is no work: the rules of
// the new order make their own. Row security trusts no coalesce beside an index: inside a sub-select it is reckoned first.
const DECLINED = sql(
  'declined-work',
  `SELECT l.id, l.job_id AS "jobId", j.name AS "jobName", l.whole AS "isWholeJob", l.order_id AS "orderId", l.ro_number AS "orderNumber",
     coalesce(l.declined_at, l.refused_at, l.updated_at) AS "declinedAt",
     coalesce(nullif(l.declined_reason, ''), nullif(j.declined_reason, ''), l.refused_why, '') AS reason,
     l.type, l.description, coalesce(l.part_number, '') AS "partNumber", hundredths(l.quantity) AS "quantityHundredths",
     cents(l.unit_price) AS "unitPriceCents", cents(l.cost) AS "costCents", l.taxable, l.part_condition AS "partCondition",
     l.inventory_item_id AS "inventoryItemId", cents(l.list_price) AS "listThenCents",
     l.price_source AS "priceSource", l.terms,
     l.inventory_item_id IS NULL OR EXISTS (SELECT FROM inventory_items p
       WHERE p.shop_id = $1 AND p.id = l.inventory_item_id AND p.is_active AND p.deleted_at IS NULL) AS "isSold",
     (SELECT json_build_object('id', c.id, 'jobName', k.name, 'unitPriceCents', cents(c.unit_price))
      FROM canned_job_lines c JOIN canned_jobs k ON k.shop_id = c.shop_id AND k.id = c.canned_job_id AND k.is_active
      WHERE c.shop_id = $1 AND c.id::text = l.made_by ->> 'ruleId') AS "cannedToday",
     EXISTS (SELECT FROM line_items n JOIN repair_orders o ON o.shop_id = n.shop_id AND o.id = n.repair_order_id
             WHERE n.shop_id = $1 AND n.revived_from = l.id AND o.deleted_at IS NULL) AS "isRevived",
     (l.offer_stopped_at IS NOT NULL OR j.offer_stopped_at IS NOT NULL) AS "isStopped"
   FROM (
     SELECT w.*, coalesce(w.price_source -> 'instead', w.price_source) AS made_by, ro.id AS order_id, ro.ro_number, refused.at AS refused_at, refused.reason AS refused_why,
       (w.status = 'declined' OR (ro.status = 'declined' AND w.status <> 'completed')) AS no,
       w.job_id IS NOT NULL AND bool_and(w.status = 'declined' OR (ro.status = 'declined' AND w.status <> 'completed'))
         OVER (PARTITION BY ro.id, w.job_id) AS whole
     FROM repair_orders ro
     JOIN line_items w ON w.shop_id = ro.shop_id AND w.repair_order_id = ro.id
     LEFT JOIN LATERAL (
       SELECT s.at, s.reason FROM ro_status_events s
       WHERE s.shop_id = ro.shop_id AND s.repair_order_id = ro.id AND s.to_status = 'declined' ORDER BY s.seq DESC LIMIT 1
     ) refused ON ro.status = 'declined'
     WHERE ro.shop_id = $1 AND ro.deleted_at IS NULL AND ro.id IS DISTINCT FROM $3::uuid
       AND ro.vehicle_id = (SELECT coalesce($2::uuid, (SELECT o.vehicle_id FROM repair_orders o WHERE o.shop_id = $1 AND o.id = $3)))) l
   LEFT JOIN ro_jobs j ON j.shop_id = $1 AND j.id = l.job_id
   WHERE l.no AND l.made_by ->> 'rule' IS DISTINCT FROM 'fee'
   ORDER BY "declinedAt" DESC, l.order_id, j.sort_order, l.job_id, l.sort_order, l.id`,
)

/** Of one car: of `vehicleId`, or without it of the car of `exceptOrderId`, whose own lines are left out. */
export function findDeclinedLines(
  q: Queryable,
  shopId: string,
  { vehicleId = null, exceptOrderId = null }: { vehicleId?: string | null | undefined; exceptOrderId?: string | null | undefined },
): Promise<DeclinedLine[]> {
  return q.query<DeclinedLine>(DECLINED, [shopId, vehicleId, exceptOrderId])
}

const LOCK = sql('', 'SELECT id FROM line_items WHERE shop_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE')

/** Two counters that revive the same work do it one after the other. */
export async function lockDeclined(tx: Tx, shopId: string, lineIds: readonly string[]): Promise<void> {
  await tx.query(LOCK, [shopId, lineIds])
}

const LINK = sql(
  '',
  `WITH job AS (UPDATE ro_jobs SET revived_from = $3 WHERE shop_id = $1 AND id = $2 AND $3::uuid IS NOT NULL)
   UPDATE line_items l SET revived_from = x."from" FROM jsonb_to_recordset($4::jsonb) AS x("lineId" uuid, "from" uuid)
   WHERE l.shop_id = $1 AND l.id = x."lineId" AND l.job_id = $2`,
)

/** Names what a new job and its lines were declined as before. */
export async function linkRevived(
  tx: Tx,
  shopId: string,
  jobId: string,
  originalJobId: string | null,
  lines: readonly { lineId: string; from: string }[],
): Promise<void> {
  await tx.query(LINK, [shopId, jobId, originalJobId, JSON.stringify(lines)])
}

const REVIVED_AS = sql('', 'SELECT revived_from AS "from" FROM line_items WHERE shop_id = $1 AND repair_order_id = $2 AND job_id = $3')

/** What the lines of a job were revived from; none = there is no such job with lines. */
export async function findRevivedAs(tx: Tx, shopId: string, orderId: string, jobId: string): Promise<(string | null)[]> {
  return (await tx.query<{ from: string | null }>(REVIVED_AS, [shopId, orderId, jobId])).map(({ from }) => from)
}

// Work that came back again and again is one chain, and its lines are locked as one, so that it comes back at one counter.
const KIN = `
  WITH RECURSIVE kin AS (
    SELECT id, revived_from FROM line_items WHERE shop_id = $1 AND id = ANY ($2::uuid[])
    UNION
    SELECT n.id, n.revived_from FROM kin, LATERAL (
      SELECT id, revived_from FROM line_items WHERE shop_id = $1 AND revived_from = kin.id
      UNION ALL
      SELECT id, revived_from FROM line_items WHERE shop_id = $1 AND id = kin.revived_from) n)
  SELECT id FROM kin`
const LOCK_KIN = sql('', `SELECT id FROM line_items WHERE shop_id = $1 AND id IN (${KIN}) ORDER BY id FOR NO KEY UPDATE`)
const LIVE_KIN = sql(
  '',
  `SELECT l.description, o.ro_number AS "orderNumber"
   FROM line_items l JOIN repair_orders o ON o.shop_id = $1 AND o.id = l.repair_order_id
   WHERE l.shop_id = $1 AND l.id IN (${KIN}) AND o.id <> $3 AND o.deleted_at IS NULL AND o.status <> 'declined' AND l.status <> 'declined' LIMIT 1`,
)

/** Another order that has work of these lines, under whatever link. */
export async function findLiveKin(
  tx: Tx,
  shopId: string,
  orderId: string,
  lineIds: readonly string[],
): Promise<{ readonly description: string; readonly orderNumber: string } | undefined> {
  await tx.query(LOCK_KIN, [shopId, lineIds])
  return (await tx.query<{ description: string; orderNumber: string }>(LIVE_KIN, [shopId, lineIds, orderId]))[0]
}

const stop = (table: 'ro_jobs' | 'line_items') =>
  sql(
    '',
    `WITH changed AS (
       UPDATE ${table} SET offer_stopped_at = CASE WHEN $3 THEN coalesce(offer_stopped_at, now()) END
       WHERE shop_id = $1 AND id = $2 RETURNING repair_order_id),
     noted AS (
       INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
       SELECT $1, CASE WHEN $3 THEN 'work.offer_stopped' ELSE 'work.offer_resumed' END, 'repair_order', repair_order_id, jsonb_build_object('id', $2::uuid)
       FROM changed)
     SELECT 1 FROM changed`,
  )
const STOP = { job: stop('ro_jobs'), line: stop('line_items') } as const

/** @returns false when there is no such job or line */
export async function stopOffer(tx: Tx, shopId: string, kind: 'job' | 'line', id: string, stopped: boolean): Promise<boolean> {
  return (await tx.query(STOP[kind], [shopId, id, stopped])).length === 1
}
