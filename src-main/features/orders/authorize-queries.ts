import type { z } from 'zod'
import type { Cents } from '../../../src-preload/contract/money'
import type { AuthorizationMethod } from '../../../src-preload/contract/orders'
import { type Queryable, sql, type Tx } from '../../database/transaction'
import type { Answers } from './answers-of'
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
  /** the estimate that was read aloud, when a no to some of its jobs made another one of it */
  readonly heardHash: string | null
  readonly answers: Answers
  /** null = not asked */
  readonly oldPartsWanted: boolean | null
}

// Version, authorization, lines and status in one statement; the authorized total follows by rule of the database.
const AUTHORIZE = sql(
  'order-authorize',
  `WITH frozen AS (
     INSERT INTO estimate_versions (shop_id, repair_order_id, version, total, content_hash, snapshot, created_by_user_id)
     SELECT $1, $2, $5::int, dollars($6::bigint), $7, $8::jsonb, $4
     WHERE $8::jsonb IS NOT NULL
     RETURNING id),
   answered AS (
     SELECT id FROM frozen
     UNION ALL
     SELECT id FROM estimate_versions WHERE shop_id = $1 AND repair_order_id = $2 AND version = $5::int AND $8::jsonb IS NULL),
   recorded AS (
     INSERT INTO authorizations (id, shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method, contact, note,
       recorded_by_user_id, tolerance, rule_state, heard_hash, answers, old_parts_wanted)
     VALUES ($3, $1, $2, (SELECT id FROM answered), dollars($6::bigint), $9, $10, nullif($11, ''), nullif($12, ''), $4, dollars($13::bigint),
       nullif($14, ''), $15, $16::jsonb, $17::boolean)
     RETURNING id),
   agreed AS (
     UPDATE line_items SET is_authorized = true, agreed_total = greatest(agreed_total, total, 0), status = CASE status WHEN 'quoted' THEN 'approved' ELSE status END,
       approved_at = CASE status WHEN 'quoted' THEN now() ELSE approved_at END,
       approved_by_user_id = CASE status WHEN 'quoted' THEN $4 ELSE approved_by_user_id END
     WHERE shop_id = $1 AND repair_order_id = $2
       AND (status = 'quoted' OR (status <> 'declined' AND (NOT is_authorized OR total > agreed_total)))),
   moved AS (
     UPDATE repair_orders SET status = CASE WHEN status IN ('draft', 'estimate') THEN 'approved'::ro_status ELSE status END,
       old_parts_wanted = coalesce($17::boolean, old_parts_wanted)
     WHERE shop_id = $1 AND id = $2 AND (status IN ('draft', 'estimate') OR $17::boolean IS NOT NULL))
   INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
   SELECT $1, 'order.authorized', 'repair_order', $2, jsonb_build_object('authorization_id', id, 'version', $5::int, 'total', dollars($6::bigint))
   FROM recorded`,
)

/** Fails when the authorization's id is taken already: see `whenIdIsTaken`. */
export async function insertAuthorization(tx: Tx, shopId: string, userId: string, a: NewAuthorization): Promise<void> {
  await tx.query(AUTHORIZE, [
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
    a.heardHash,
    JSON.stringify(a.answers),
    a.oldPartsWanted,
  ])
}

const RECORDED = sql(
  '',
  `SELECT a.approved_by_name = $5 AND a.method = $6 AND coalesce(a.contact, '') = $7 AND coalesce(a.note, '') = $8
     AND a.authorized_total = dollars($4::bigint) AND a.repair_order_id = $2 AND coalesce(a.heard_hash, e.content_hash) = $9
     AND a.old_parts_wanted IS NOT DISTINCT FROM $10::boolean
     AND (a.answers -> 'refused' @> $11::jsonb AND a.answers -> 'refused' <@ $11::jsonb) IS NOT FALSE AS same
   FROM authorizations a JOIN estimate_versions e ON e.shop_id = a.shop_id AND e.id = a.estimate_version_id
   WHERE a.shop_id = $1 AND a.id = $3`,
)

export type GivenAuthorization = Pick<
  NewAuthorization,
  'authorizationId' | 'orderId' | 'totalCents' | 'approvedByName' | 'method' | 'contact' | 'note' | 'oldPartsWanted'
> & { readonly estimateFingerprint: string; readonly declined: readonly JobRefusal[] }

/** Whether this very yes is recorded; 'other' = its id stands for another one. */
export async function findRecorded(tx: Tx, shopId: string, given: GivenAuthorization): Promise<'same' | 'other' | 'none'> {
  const { orderId, authorizationId, totalCents, approvedByName, method, contact, note, estimateFingerprint, oldPartsWanted } = given
  const values = [shopId, orderId, authorizationId, totalCents, approvedByName, method, contact, note, estimateFingerprint]
  const refused = JSON.stringify(given.declined.map(({ jobId }) => jobId))
  const [found] = await tx.query<{ same: boolean }>(RECORDED, [...values, oldPartsWanted, refused])
  if (!found) return 'none'
  return found.same ? 'same' : 'other'
}

/** A job the customer says no to, and why if they said so. */
export interface JobRefusal {
  readonly jobId: string
  readonly reason: string
}

// What was agreed to before stays: taking that off is another step, with a reason and perhaps an approval.
const DECLINE = sql(
  'order-decline-jobs',
  `WITH said AS (SELECT x."jobId" AS job_id, nullif(x.reason, '') AS reason FROM jsonb_to_recordset($3::jsonb) AS x("jobId" uuid, reason text)),
   gone AS (
     UPDATE line_items l SET status = 'declined', declined_at = now(), declined_reason = said.reason, approved_at = NULL, approved_by_user_id = NULL
     FROM said
     WHERE l.shop_id = $1 AND l.repair_order_id = $2 AND l.job_id = said.job_id AND l.status IN ('quoted', 'approved')
       AND NOT l.is_authorized AND coalesce(l.agreed_total, 0) = 0
     RETURNING l.id, l.job_id),
   jobs AS (
     UPDATE ro_jobs j SET declined_at = coalesce(j.declined_at, now()), declined_reason = coalesce(said.reason, j.declined_reason) FROM said
     WHERE j.shop_id = $1 AND j.repair_order_id = $2 AND j.id = said.job_id
       AND NOT EXISTS (SELECT FROM line_items l WHERE l.shop_id = $1 AND l.job_id = j.id AND l.status <> 'declined' AND l.id NOT IN (SELECT id FROM gone)))
   SELECT id, job_id AS "jobId" FROM gone`,
)

/** Declines what nobody agreed to yet of these jobs. @returns the lines that were declined */
export function declineUnagreed(
  tx: Tx,
  shopId: string,
  orderId: string,
  refused: readonly JobRefusal[],
): Promise<{ id: string; jobId: string }[]> {
  return tx.query(DECLINE, [shopId, orderId, JSON.stringify(refused)])
}

const FROZEN = sql('', 'SELECT snapshot FROM estimate_versions WHERE shop_id = $1 AND repair_order_id = $2 AND version = $3')

/** The estimate as it was frozen when its customer said yes, undefined when there is no such version. */
export async function findFrozenSnapshot(
  q: Queryable,
  shopId: string,
  orderId: string,
  version: number,
): Promise<FrozenDocument | undefined> {
  const [row] = await q.query<{ snapshot: FrozenDocument }>(FROZEN, [shopId, orderId, version])
  return row?.snapshot
}
