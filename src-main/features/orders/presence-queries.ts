import { type Queryable, sql, type Tx } from '../../database/transaction'

/** Two signs of life may be lost before somebody counts as gone, and a page in the background, which a browser lets speak once a minute, stays. */
const SILENT = `interval '75 seconds'`
/** Whoever was written down this lately is not written again: a look at who else is here then changes no row. */
const FRESH = `interval '10 seconds'`

// Others are told of a coming (nobody of that name in this view before) and of those that fell silent; a sign of life alone is no news.
const ENTER = sql(
  'order-enter',
  `WITH seen AS (
     SELECT ro.id FROM repair_orders ro WHERE ro.shop_id = $1 AND ro.id = $2 AND ($5::uuid IS NULL OR ro.assigned_technician_id = $5)),
   known AS (
     SELECT v.seen_at FROM order_viewers v WHERE v.shop_id = $1 AND v.repair_order_id = $2 AND v.view_id = $3 AND v.user_id = $4
       AND v.seen_at >= clock_timestamp() - ${SILENT}),
   silent AS (
     DELETE FROM order_viewers v WHERE v.shop_id = $1 AND v.repair_order_id = $2 AND v.view_id <> $3
       AND v.seen_at < clock_timestamp() - ${SILENT} RETURNING v.view_id),
   put AS (
     INSERT INTO order_viewers (shop_id, repair_order_id, view_id, user_id) SELECT $1, seen.id, $3, $4 FROM seen
     WHERE NOT EXISTS (SELECT FROM known WHERE seen_at >= clock_timestamp() - ${FRESH})
     ON CONFLICT (shop_id, repair_order_id, view_id) DO UPDATE SET seen_at = clock_timestamp(), user_id = excluded.user_id)
   SELECT CASE WHEN NOT EXISTS (SELECT FROM known) OR EXISTS (SELECT FROM silent)
     THEN pg_notify('counterbay', $1::text || ':presence:' || $2::text) END FROM seen`,
)

/** @returns false when there is no such order for this person */
export async function enterOrder(
  tx: Tx,
  shopId: string,
  view: { orderId: string; viewId: string; userId: string; technicianId: string | null },
): Promise<boolean> {
  return (await tx.query(ENTER, [shopId, view.orderId, view.viewId, view.userId, view.technicianId])).length === 1
}

const LEAVE = sql(
  'order-leave',
  `WITH gone AS (
     DELETE FROM order_viewers WHERE shop_id = $1 AND repair_order_id = $2 AND view_id = $3 AND user_id = $4 RETURNING view_id)
   SELECT pg_notify('counterbay', $1::text || ':presence:' || $2::text) FROM gone`,
)

export async function leaveOrder(tx: Tx, shopId: string, orderId: string, viewId: string, userId: string): Promise<void> {
  await tx.query(LEAVE, [shopId, orderId, viewId, userId])
}

const OTHERS = sql(
  'order-others',
  `SELECT DISTINCT u.first_name || ' ' || u.last_name AS name
   FROM order_viewers v JOIN users u ON u.shop_id = v.shop_id AND u.id = v.user_id
   WHERE v.shop_id = $1 AND v.repair_order_id = $2 AND v.user_id <> $3 AND v.seen_at >= clock_timestamp() - ${SILENT}
   ORDER BY name`,
)

export async function findOthers(q: Queryable, shopId: string, orderId: string, userId: string): Promise<string[]> {
  return (await q.query<{ name: string }>(OTHERS, [shopId, orderId, userId])).map(({ name }) => name)
}
