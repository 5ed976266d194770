import type { z } from 'zod'
import type { Cents } from '../../../src-preload/contract/money'
import type { AuthorizationMethod } from '../../../src-preload/contract/orders'
import { sql, type Tx } from '../../database/transaction'
import type { FrozenDocument } from './build-snapshot'

export interface NewAuthorization {
  readonly authorizationId: string
  readonly orderId: string
  readonly totalCents: Cents
  /** how far above it the bill may go, and the state whose rules say so */
  readonly toleranceCents: Cents
  readonly ruleState: string
  readonly approvedByName: string
  readonly method: z.output<typeof AuthorizationMethod>
  readonly contact: string
  readonly note: string
  readonly version: number
  /** null when the estimate is the same as the last frozen version */
  readonly snapshot: FrozenDocument | null
  readonly hash: string
}

// Version, authorization, lines and status in one statement; the authorized total follows by rule of the database.
const AUTHORIZE = sql(
  'order-authorize',
  `WITH frozen AS (
     INSERT INTO estimate_versions (shop_id, repair_order_id, version, total, content_hash, snapshot, created_by_user_id)
     SELECT $1, $2, $5::int, dollars($6::bigint), $7, $8::jsonb, $4
     WHERE $8::jsonb IS NOT NULL AND NOT EXISTS (SELECT FROM authorizations WHERE shop_id = $1 AND id = $3)
     RETURNING id),
   answered AS (
     SELECT id FROM frozen
     UNION ALL
     SELECT id FROM estimate_versions WHERE shop_id = $1 AND repair_order_id = $2 AND version = $5::int AND $8::jsonb IS NULL),
   recorded AS (
     INSERT INTO authorizations (id, shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method, contact, note,
       recorded_by_user_id, tolerance, rule_state)
     SELECT $3, $1, $2, answered.id, dollars($6::bigint), $9, $10, nullif($11, ''), nullif($12, ''), $4, dollars($13::bigint), nullif($14, '')
     FROM answered
     ON CONFLICT (id) DO NOTHING RETURNING id),
   agreed AS (
     UPDATE line_items SET is_authorized = true, agreed_total = greatest(agreed_total, total, 0), status = CASE status WHEN 'quoted' THEN 'approved' ELSE status END,
       approved_at = CASE status WHEN 'quoted' THEN now() ELSE approved_at END,
       approved_by_user_id = CASE status WHEN 'quoted' THEN $4 ELSE approved_by_user_id END
     WHERE shop_id = $1 AND repair_order_id = $2
       AND (status = 'quoted' OR (status <> 'declined' AND (NOT is_authorized OR total > agreed_total)))
       AND EXISTS (SELECT FROM recorded)),
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
    a.toleranceCents,
    a.ruleState,
  ])
  return rows.length === 1
}

const RECORDED = sql(
  '',
  `SELECT a.approved_by_name = $5 AND a.method = $6 AND coalesce(a.contact, '') = $7 AND coalesce(a.note, '') = $8
     AND a.authorized_total = dollars($4::bigint) AND a.repair_order_id = $2 AND e.content_hash = $9 AS same
   FROM authorizations a JOIN estimate_versions e ON e.shop_id = a.shop_id AND e.id = a.estimate_version_id
   WHERE a.shop_id = $1 AND a.id = $3`,
)

export type GivenAuthorization = Pick<
  NewAuthorization,
  'authorizationId' | 'orderId' | 'totalCents' | 'approvedByName' | 'method' | 'contact' | 'note'
> & { readonly estimateFingerprint: string }

/** Whether this very yes is recorded; 'other' = its id stands for another one. */
export async function findRecorded(tx: Tx, shopId: string, given: GivenAuthorization): Promise<'same' | 'other' | 'none'> {
  const { orderId, authorizationId, totalCents, approvedByName, method, contact, note, estimateFingerprint } = given
  const values = [shopId, orderId, authorizationId, totalCents, approvedByName, method, contact, note, estimateFingerprint]
  const [found] = await tx.query<{ same: boolean }>(RECORDED, values)
  if (!found) return 'none'
  return found.same ? 'same' : 'other'
}
