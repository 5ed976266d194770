import type { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import type { Job, Line } from '../../../src-preload/contract/orders'
import type { Cents } from '../../../src-preload/contract/money'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { type Queryable, sql } from '../../database/transaction'
import { LACKS_PURCHASE_ORDER, LIVE_INVOICE, UNAUTHORIZED } from './order-queries'
import type { LiveInvoice, OrderFacts } from './order-rules'

/** Everything that is printed on an estimate or invoice, as it stands in the database. */
export interface SnapshotRow extends Omit<
  DocumentSnapshot,
  'kind' | 'shop' | 'number' | 'estimateVersion' | 'date' | 'dueDate' | 'terms' | 'jobs' | 'declined' | 'footer' | 'notices' | 'allowance'
> {
  /** the shop's date at the start of this transaction */
  readonly today: string
  readonly subtotalCents: Cents
  readonly discountCents: Cents
  readonly totalCents: Cents
  readonly shop: Omit<DocumentSnapshot['shop'], 'registrationNumber' | 'logoUrl'>
  readonly jobs: Pick<Job, 'id' | 'name' | 'complaint' | 'cause' | 'correction' | 'declinedReason'>[]
  readonly lines: Line[]
  /** what the rules ask of the order, besides its lines */
  readonly facts: {
    readonly status: OrderStatus
    readonly authorizedCents: Cents
    readonly toleranceCents: Cents
    readonly unauthorizedCents: Cents
    readonly invoice: LiveInvoice | null
    readonly lacksPurchaseOrder: boolean
  }
  /** who worked on it or is to, with the number of their certification */
  readonly mechanics: readonly { readonly name: string; readonly number: string }[]
  /** the last frozen version of the estimate */
  readonly frozen: { readonly version: number; readonly hash: string } | null
}

const SNAPSHOT = sql(
  'order-snapshot',
  `SELECT shop_local_date($1, now()) AS today,
     json_build_object('name', s.name, 'address', coalesce(s.address, ''), 'city', coalesce(s.city, ''), 'state', coalesce(s.state, ''),
       'zip', coalesce(s.zip, ''), 'phone', coalesce(s.phone, ''), 'email', coalesce(s.email, ''), 'timezone', s.timezone) AS shop,
     ro.ro_number AS "orderNumber", ro.promised_date AS "promisedAt",
     coalesce(w.first_name || ' ' || w.last_name, '') AS "serviceWriter", coalesce(t.first_name || ' ' || t.last_name, '') AS technician,
     json_build_object('name', c.display_name,
       'contactName', CASE WHEN payer.id IS NOT NULL THEN payer.name WHEN c.kind = 'company' THEN btrim(c.first_name || ' ' || c.last_name) ELSE '' END,
       'phone', c.phone || CASE WHEN present(c.phone_ext) THEN ' x' || c.phone_ext ELSE '' END, 'email', coalesce(c.email, ''),
       'address', coalesce(c.address, ''), 'city', coalesce(c.city, ''), 'state', coalesce(c.state, ''), 'zip', coalesce(c.zip, ''),
       'taxExempt', c.tax_exempt AND ro.tax_rate = 0,
       'taxExemptNumber', CASE WHEN c.tax_exempt AND ro.tax_rate = 0 THEN coalesce(c.tax_exempt_number, '') ELSE '' END) AS customer,
     json_build_object('label', v.year || ' ' || v.make || ' ' || v.model, 'vin', coalesce(v.vin, ''), 'plate', coalesce(v.license_plate, ''),
       'plateState', coalesce(v.plate_state, ''), 'color', coalesce(v.color, ''), 'engine', coalesce(v.engine, ''),
       'odometerIn', ro.odometer, 'odometerOut', ro.odometer_out) AS vehicle,
     coalesce(ro.customer_complaint, '') AS complaint, coalesce(ro.purchase_order, '') AS "purchaseOrder", millionths(ro.tax_rate) AS "taxRateMillionths",
     cents(ro.labor_total) AS "laborCents", cents(ro.parts_total) AS "partsCents", cents(ro.fees_total) AS "feesCents",
     cents(ro.subtotal) AS "subtotalCents", cents(ro.discount) AS "discountCents", cents(ro.tax) AS "taxCents", cents(ro.total) AS "totalCents",
     json_build_object('status', ro.status, 'authorizedCents', cents(ro.authorized_total), 'invoice', ${LIVE_INVOICE},
       'lacksPurchaseOrder', ${LACKS_PURCHASE_ORDER},
       'toleranceCents', cents(ro.authorized_tolerance),
       'unauthorizedCents', (SELECT coalesce(cents(sum(l.total)), 0) FROM line_items l WHERE l.shop_id = $1 AND l.repair_order_id = ro.id AND ${UNAUTHORIZED})) AS facts,
     (SELECT coalesce(json_agg(json_build_object('id', j.id, 'name', j.name, 'complaint', coalesce(j.complaint, ''),
         'cause', coalesce(j.cause, ''), 'correction', coalesce(j.correction, ''), 'declinedReason', coalesce(j.declined_reason, ''))
         ORDER BY j.sort_order, j.id), '[]')
      FROM ro_jobs j WHERE j.shop_id = $1 AND j.repair_order_id = ro.id) AS jobs,
     (SELECT coalesce(json_agg(json_build_object('id', l.id, 'jobId', l.job_id, 'type', l.type, 'status', l.status,
         'description', l.description, 'partNumber', coalesce(l.part_number, ''), 'partCondition', l.part_condition,
         'quantityHundredths', hundredths(l.quantity), 'unitPriceCents', cents(l.unit_price), 'totalCents', cents(l.total),
         'taxable', l.taxable, 'terms', l.terms, 'priceSource', l.price_source,
         'declinedReason', coalesce(l.declined_reason, '')) ORDER BY l.sort_order, l.id), '[]')
      FROM line_items l WHERE l.shop_id = $1 AND l.repair_order_id = ro.id) AS lines,
     (SELECT coalesce(json_agg(json_build_object('estimateVersion', e.version, 'authorizedCents', cents(a.authorized_total),
         'approvedByName', a.approved_by_name, 'method', a.method, 'contact', coalesce(a.contact, ''), 'note', coalesce(a.note, ''),
         'authorizedAt', a.authorized_at, 'recordedByName', coalesce(u.first_name || ' ' || u.last_name, ''), 'jobs', a.answers -> 'jobs', 'added', a.answers -> 'added',
         'oldPartsWanted', a.old_parts_wanted) ORDER BY a.created_at), '[]')
      FROM authorizations a
      JOIN estimate_versions e ON e.repair_order_id = a.repair_order_id AND e.shop_id = a.shop_id AND e.id = a.estimate_version_id
      LEFT JOIN users u ON u.shop_id = a.shop_id AND u.id = a.recorded_by_user_id
      WHERE a.shop_id = $1 AND a.repair_order_id = ro.id) AS authorizations,
     (SELECT coalesce(json_agg(json_build_object('name', m.first_name || ' ' || m.last_name, 'number', coalesce(m.certification_number, ''))
         ORDER BY m.last_name, m.first_name, m.id), '[]')
      FROM users m WHERE m.shop_id = $1 AND (m.id = ro.assigned_technician_id OR m.id IN (
        SELECT l.completed_by_user_id FROM line_items l
        WHERE l.shop_id = $1 AND l.repair_order_id = ro.id AND l.type = 'labor' AND l.status <> 'declined'))) AS mechanics,
     (SELECT json_build_object('version', e.version, 'hash', e.content_hash) FROM estimate_versions e
      WHERE e.shop_id = $1 AND e.repair_order_id = ro.id ORDER BY e.version DESC LIMIT 1) AS frozen
   FROM repair_orders ro
   JOIN shops s ON s.id = ro.shop_id
   JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
   JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
   LEFT JOIN customer_contacts payer ON payer.shop_id = ro.shop_id AND payer.id = ro.payer_contact_id
   LEFT JOIN users w ON w.shop_id = ro.shop_id AND w.id = ro.created_by_user_id
   LEFT JOIN users t ON t.shop_id = ro.shop_id AND t.id = ro.assigned_technician_id
   WHERE ro.shop_id = $1 AND ro.id = $2 AND ro.deleted_at IS NULL`,
)

export async function findSnapshotRow(q: Queryable, shopId: string, orderId: string): Promise<SnapshotRow | undefined> {
  const [row] = await q.query<SnapshotRow>(SNAPSHOT, [shopId, orderId])
  return row
}

/** The rules' view of the same reading. */
export function factsOfSnapshot({ facts, subtotalCents, discountCents, totalCents, lines }: SnapshotRow): OrderFacts {
  const counted = (test: (status: Line['status']) => boolean): number => lines.filter(({ status }) => test(status)).length
  return {
    ...facts,
    subtotalCents,
    discountCents,
    totalCents,
    liveLines: counted((status) => status !== 'declined'),
    quotedLines: counted((status) => status === 'quoted'),
  }
}
