import type { EstimateVersion } from '../../../src-preload/contract/invoices'
import { type Queryable, sql } from '../../database/transaction'

const VERSIONS = sql(
  '',
  `SELECT e.version, ro.ro_number || '-' || e.version AS number, coalesce(e.snapshot ->> 'date', shop_local_date($1, e.created_at)::text) AS date,
     cents(e.total) AS "totalCents",
     (SELECT coalesce(json_agg(json_build_object('approvedByName', a.approved_by_name, 'method', a.method, 'contact', coalesce(a.contact, ''),
         'note', coalesce(a.note, ''), 'authorizedCents', cents(a.authorized_total), 'authorizedAt', a.authorized_at,
         'recordedByName', coalesce(u.first_name || ' ' || u.last_name, ''),
         'jobs', a.answers -> 'jobs', 'added', a.answers -> 'added', 'oldPartsWanted', a.old_parts_wanted) ORDER BY a.created_at), '[]')
      FROM authorizations a LEFT JOIN users u ON u.shop_id = a.shop_id AND u.id = a.recorded_by_user_id
      WHERE a.shop_id = $1 AND a.repair_order_id = $2 AND a.estimate_version_id = e.id) AS authorizations
   FROM estimate_versions e JOIN repair_orders ro ON ro.shop_id = e.shop_id AND ro.id = e.repair_order_id
   WHERE e.shop_id = $1 AND e.repair_order_id = $2 ORDER BY e.version DESC`,
)

/** Every frozen version, the newest first. */
export function findEstimateVersions(q: Queryable, shopId: string, orderId: string): Promise<Omit<EstimateVersion, 'isCurrent'>[]> {
  return q.query(VERSIONS, [shopId, orderId])
}
