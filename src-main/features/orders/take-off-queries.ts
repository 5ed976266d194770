import type { Cents } from '../../../src-preload/contract/money'
import type { Line, LineStatus } from '../../../src-preload/contract/orders'
import type { FrozenFeeRule, PriceSource } from '../../../src-preload/contract/pricing'
import { type Queryable, sql, type Tx } from '../../database/transaction'

/** `l` = line_items: what the customer agreed to pay for it, at most; NULL = never agreed. */
export const AGREED_TOTAL = `coalesce(l.agreed_total, CASE WHEN l.is_authorized THEN l.total END)`

/** What is meant: all of an order, a job of it, or one line. */
export interface WorkTarget {
  readonly orderId?: string | undefined
  readonly jobId?: string | undefined
  readonly lineId?: string | undefined
}

export interface TargetLine {
  readonly id: string
  readonly type: Line['type']
  readonly description: string
  readonly priceSource: PriceSource | null
  readonly status: LineStatus
  readonly totalCents: Cents
  /** costs something, and the customer agreed to it */
  readonly isAgreed: boolean
}

export interface TargetWork {
  readonly orderId: string
  /** work on the order was started once, whatever its state is now */
  readonly isBegun: boolean
  /** a line by itself is meant */
  readonly isLine: boolean
  /** the order's, and what they are reckoned on */
  readonly feeRules: readonly FrozenFeeRule[]
  readonly laborCents: Cents
  readonly partsCents: Cents
  readonly lines: readonly TargetLine[]
}

// Row security trusts no coalesce beside an index: inside a sub-select it is reckoned first.
const TARGET = sql(
  'work-target',
  `SELECT ro.id AS "orderId",
     EXISTS (SELECT FROM ro_status_events s WHERE s.shop_id = $1 AND s.repair_order_id = ro.id AND s.to_status = 'in_progress') AS "isBegun",
     $4::uuid IS NOT NULL AS "isLine",
     ro.fee_rules AS "feeRules", cents(ro.labor_total) AS "laborCents", cents(ro.parts_total) AS "partsCents",
     (SELECT coalesce(json_agg(json_build_object('id', l.id, 'description', l.description, 'status', l.status, 'totalCents', cents(l.total),
         'type', l.type, 'priceSource', l.price_source,
         'isAgreed', coalesce(${AGREED_TOTAL}, 0) > 0 AND l.type <> 'discount' AND l.total > 0) ORDER BY l.sort_order, l.id), '[]')
      FROM line_items l
      WHERE l.shop_id = $1 AND l.repair_order_id = ro.id AND ($3::uuid IS NULL OR l.job_id = $3) AND ($4::uuid IS NULL OR l.id = $4)) AS lines
   FROM repair_orders ro
   WHERE ro.shop_id = $1 AND ro.id = (SELECT coalesce($2,
     (SELECT j.repair_order_id FROM ro_jobs j WHERE j.shop_id = $1 AND j.id = $3),
     (SELECT l.repair_order_id FROM line_items l WHERE l.shop_id = $1 AND l.id = $4)))`,
)

export async function findTargetWork(q: Queryable, shopId: string, target: WorkTarget): Promise<TargetWork | undefined> {
  const { orderId = null, jobId = null, lineId = null } = target
  const [work] = await q.query<TargetWork>(TARGET, [shopId, orderId, jobId, lineId])
  return work
}

const NOTE = sql(
  '',
  `INSERT INTO audit_events (shop_id, action, entity_type, entity_id, approver_user_id, details)
   VALUES ($1, 'order.work_taken_off', 'repair_order', $2, $3, $4::jsonb)`,
)

/** Who and when follow from the transaction. */
export interface TakenOffNote {
  readonly way: 'declined' | 'removed' | 'order_declined'
  readonly reason: string
  readonly amountCents: Cents
  readonly work: readonly string[]
}

export async function insertTakenOff(
  tx: Tx,
  shopId: string,
  orderId: string,
  approverId: string | null,
  note: TakenOffNote,
): Promise<void> {
  await tx.query(NOTE, [shopId, orderId, approverId, JSON.stringify(note)])
}
