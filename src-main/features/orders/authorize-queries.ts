import type { z } from 'zod'
import type { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import type { Cents } from '../../../src-preload/contract/money'
import type { AuthorizationMethod } from '../../../src-preload/contract/orders'
import { sql, type Tx } from '../../database/transaction'

export interface NewAuthorization {
  readonly authorizationId: string
  readonly orderId: string
  readonly totalCents: Cents
  readonly approvedByName: string
  readonly method: z.output<typeof AuthorizationMethod>
  readonly contact: string
  readonly note: string
  readonly version: number
  /** null when the estimate is the same as the last frozen version */
  readonly snapshot: DocumentSnapshot | null
  readonly hash: string
}

// Version, authorization, lines and status in one statement; the authorized total follows by rule of the database.
const AUTHORIZE = sql(
  'order-authorize',
  `WITH frozen AS (
     INSERT INTO estimate_versions (shop_id, repair_order_id, version, total, content_hash, snapshot, created_by_user_id)
     SELECT $1, $2, $5::int, dollars($6::bigint), $7, $8::jsonb, $4 WHERE $8::jsonb IS NOT NULL
     RETURNING id),
   answered AS (
     SELECT id FROM frozen
     UNION ALL
     SELECT id FROM estimate_versions WHERE shop_id = $1 AND repair_order_id = $2 AND version = $5::int AND $8::jsonb IS NULL),
   recorded AS (
     INSERT INTO authorizations (id, shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method, contact, note,
       recorded_by_user_id)
     SELECT $3, $1, $2, answered.id, dollars($6::bigint), $9, $10, nullif($11, ''), nullif($12, ''), $4 FROM answered
     ON CONFLICT (id) DO NOTHING RETURNING id),
   agreed AS (
     UPDATE line_items SET status = 'approved', approved_at = now(), approved_by_user_id = $4
     WHERE shop_id = $1 AND repair_order_id = $2 AND status = 'quoted' AND EXISTS (SELECT FROM recorded)),
   moved AS (
     UPDATE repair_orders SET status = 'approved'
     WHERE shop_id = $1 AND id = $2 AND status IN ('draft', 'estimate') AND EXISTS (SELECT FROM recorded)),
   noted AS (
     INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
     SELECT $1, 'order.authorized', 'repair_order', $2, jsonb_build_object('authorization_id', id, 'version', $5::int, 'total', dollars($6::bigint))
     FROM recorded)
   SELECT id FROM recorded`,
)

/** @returns false when the authorization's id is taken already */
export async function insertAuthorization(tx: Tx, shopId: string, userId: string, a: NewAuthorization): Promise<boolean> {
  const rows = await tx.query(AUTHORIZE, [
    shopId,
    a.orderId,
    a.authorizationId,
    userId,
    a.version,
    a.totalCents,
    a.hash,
    a.snapshot === null ? null : JSON.stringify(a.snapshot),
    a.approvedByName,
    a.method,
    a.contact,
    a.note,
  ])
  return rows.length === 1
}

const RECORDED = sql('', `SELECT id FROM authorizations WHERE shop_id = $1 AND repair_order_id = $2 AND id = $3`)

export async function isRecorded(tx: Tx, shopId: string, orderId: string, authorizationId: string): Promise<boolean> {
  return (await tx.query(RECORDED, [shopId, orderId, authorizationId])).length === 1
}
