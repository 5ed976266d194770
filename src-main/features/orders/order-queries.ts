import type { Order } from '../../../src-preload/contract/orders'
import type { Cents } from '../../../src-preload/contract/money'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { one, type Queryable, sql, type Tx } from '../../database/transaction'
import { contactsOf } from '../customers/contact-queries'
import type { OrderFacts } from './order-rules'

/** `l` = line_items: approved or done, costs the customer something, and no recorded yes covers it as it stands. */
export const UNAUTHORIZED = `l.status IN ('approved', 'completed') AND l.type <> 'discount' AND l.total > 0 AND NOT l.is_authorized`

/** `ro` = repair_orders, `c` = customers: the account wants its own order number and there is none. */
export const LACKS_PURCHASE_ORDER = `(c.requires_purchase_order AND NOT present(coalesce(ro.purchase_order, '')))`

/** An order as the database answers it: the contract's shape, money in cents, before fields are hidden from a role. */
export type OrderRow = Omit<Order, 'nextActions' | 'nextByOthers' | 'jobs' | 'authorizations' | 'headRoom' | 'estimateFingerprint'> & {
  createdById: string | null
  unauthorizedCents: Cents
  toleranceCents: Cents
  lacksPurchaseOrder: boolean
  jobs: Omit<Order['jobs'][number], 'totalCents'>[]
  /** with the state whose rules held for it, and the shop's day */
  authorizations: (Order['authorizations'][number] & { ruleState: string | null; day: string })[]
}

/**
 * `i` = invoices: a bill past its due date is overdue from that day of the shop on, without anybody having to write it down.
 * @param timezone the parameter that holds the shop's time zone
 */
export const invoiceStatus = (timezone: string) =>
  `CASE WHEN i.status IN ('sent', 'partial') AND i.due_date < (now() AT TIME ZONE ${timezone}::text)::date THEN 'overdue' ELSE i.status::text END`

const LOAD = sql(
  'order-load',
  `SELECT ro.id, ro.ro_number AS number, ro.status, ro.priority, ro.created_by_user_id AS "createdById",
     json_build_object('id', c.id, 'kind', c.kind, 'displayName', c.display_name, 'phone', c.phone, 'email', c.email,
       'taxExempt', c.tax_exempt AND ro.tax_rate = 0, 'requiresPurchaseOrder', c.requires_purchase_order,
       'contacts', ${contactsOf('c.id', 'ro.payer_contact_id, ro.driver_contact_id, ro.approver_contact_id')}) AS customer,
     coalesce(ro.purchase_order, '') AS "purchaseOrder", ro.payer_contact_id AS "payerContactId", ro.driver_contact_id AS "driverContactId",
     ro.approver_contact_id AS "approverContactId",
     ${LACKS_PURCHASE_ORDER} AS "lacksPurchaseOrder",
     json_build_object('id', v.id, 'customerId', v.customer_id, 'label', v.year || ' ' || v.make || ' ' || v.model,
       'year', v.year, 'make', v.make, 'model', v.model, 'vin', v.vin, 'plate', v.license_plate, 'plateState', v.plate_state,
       'color', v.color, 'currentOdometer', v.current_odometer, 'openOrders', visits.open, 'lastVisitAt', visits.last,
       'deletedAt', v.deleted_at) AS vehicle,
     coalesce(ro.customer_complaint, '') AS complaint, coalesce(ro.technician_notes, '') AS "technicianNotes",
     coalesce(ro.internal_notes, '') AS "internalNotes",
     ro.odometer, ro.odometer_out AS "odometerOut", coalesce(ro.odometer_reason, '') AS "odometerReason",
     ro.old_parts_wanted AS "oldPartsWanted",
     ro.check_in_date AS "checkedInAt", ro.promised_date AS "promisedAt", ro.completed_date AS "completedAt",
     ro.closed_date AS "closedAt", ro.deleted_at AS "deletedAt",
     ro.assigned_technician_id AS "technicianId", t.first_name || ' ' || t.last_name AS "technicianName",
     ro.bay_id AS "bayId", CASE WHEN ro.bay_id IS NOT NULL THEN (SELECT b.name FROM bays b WHERE b.shop_id = ro.shop_id AND b.id = ro.bay_id) END AS "bayName",
     ro.fee_rules AS "feeRules", millionths(ro.tax_rate) AS "taxRateMillionths", cents(ro.labor_total) AS "laborCents", cents(ro.parts_total) AS "partsCents",
     cents(ro.fees_total) AS "feesCents", cents(ro.subtotal) AS "subtotalCents", cents(ro.discount) AS "discountCents",
     cents(ro.tax) AS "taxCents", cents(ro.total) AS "totalCents", cents(ro.authorized_total) AS "authorizedCents",
     cents(ro.authorized_tolerance) AS "toleranceCents",
     -- No column holds the sum of costs: a slip in a quantity must not make an order of which nothing can be read any more.
     cents(least(work.cost, 90000000000000)) AS "costCents",
     CASE WHEN work.has_cost AND ro.subtotal <> ro.discount
       THEN millionths(greatest((ro.subtotal - ro.discount - work.cost) / (ro.subtotal - ro.discount), -1000000000)) END AS "marginMillionths",
     (SELECT json_build_object('rateCents', cents(r.rate), 'name', r.name, 'level', r.level,
         'chosen', json_build_object('vehicle', v.labor_rate_id, 'customer', c.labor_rate_id, 'order', ro.labor_rate_id))
      FROM labor_rate_for(ro.shop_id, ro.customer_id, ro.vehicle_id, ro.id) r) AS "laborRate",
     work.lines, work.unanswered, work.unauthorized AS "unauthorizedCents",
     (SELECT coalesce(json_agg(json_build_object('id', j.id, 'name', j.name, 'complaint', coalesce(j.complaint, ''),
         'cause', coalesce(j.cause, ''), 'correction', coalesce(j.correction, ''), 'declinedReason', coalesce(j.declined_reason, ''),
         'sortOrder', j.sort_order) ORDER BY j.sort_order, j.id), '[]')
      FROM ro_jobs j WHERE j.shop_id = ro.shop_id AND j.repair_order_id = ro.id) AS jobs,
     (SELECT coalesce(json_agg(json_build_object('id', a.id, 'estimateVersion', e.version, 'authorizedCents', cents(a.authorized_total),
         'approvedByName', a.approved_by_name, 'method', a.method, 'contact', coalesce(a.contact, ''), 'note', coalesce(a.note, ''),
         'authorizedAt', a.authorized_at, 'recordedByName', coalesce(u.first_name || ' ' || u.last_name, ''),
         'jobs', a.answers -> 'jobs', 'added', a.answers -> 'added', 'oldPartsWanted', a.old_parts_wanted,
         'ruleState', a.rule_state, 'day', (a.authorized_at AT TIME ZONE $4::text)::date)
         ORDER BY a.created_at), '[]')
      FROM authorizations a
      JOIN estimate_versions e ON e.repair_order_id = a.repair_order_id AND e.shop_id = a.shop_id AND e.id = a.estimate_version_id
      LEFT JOIN users u ON u.shop_id = a.shop_id AND u.id = a.recorded_by_user_id
      WHERE a.shop_id = ro.shop_id AND a.repair_order_id = ro.id) AS authorizations,
     (SELECT coalesce(json_agg(json_build_object('id', i.id, 'number', i.invoice_number, 'status', ${invoiceStatus('$4')},
         'totalCents', cents(i.total), 'paidCents', cents(i.amount_paid), 'dueCents', cents(i.amount_due),
         'issuedAt', coalesce(i.issued_at, i.created_at)) ORDER BY i.created_at DESC), '[]')
      FROM invoices i WHERE i.shop_id = ro.shop_id AND i.repair_order_id = ro.id) AS invoices,
     (SELECT coalesce(json_agg(json_build_object('from', s.from_status, 'to', s.to_status, 'at', s.at, 'reason', coalesce(s.reason, ''),
         'byName', coalesce(u.first_name || ' ' || u.last_name, '')) ORDER BY s.seq), '[]')
      FROM ro_status_events s LEFT JOIN users u ON u.shop_id = s.shop_id AND u.id = s.by_user_id
      WHERE s.shop_id = ro.shop_id AND s.repair_order_id = ro.id) AS history,
     -- What most orders do not have costs only those that do: the function's plans are made when it is called.
     CASE WHEN work.was_declined OR ro.status = 'declined' OR (ro.authorized_total <> 0 AND EXISTS (
       SELECT FROM audit_events e WHERE e.shop_id = ro.shop_id AND e.entity_id = ro.id AND e.action = 'order.work_taken_off'))
       THEN order_past(ro.shop_id, ro.id) END AS past
   FROM repair_orders ro
   JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
   JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
   LEFT JOIN users t ON t.shop_id = ro.shop_id AND t.id = ro.assigned_technician_id
   CROSS JOIN LATERAL (
     SELECT count(*) FILTER (WHERE r.status NOT IN ('closed', 'declined'))::int AS open, max(r.check_in_date) AS last
     FROM repair_orders r WHERE r.shop_id = ro.shop_id AND r.vehicle_id = ro.vehicle_id AND r.deleted_at IS NULL) visits
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(round(l.quantity * coalesce(l.cost, 0), 2)) FILTER (WHERE l.status <> 'declined'), 0) AS cost,
       bool_or(l.cost IS NOT NULL AND l.status <> 'declined') AS has_cost,
       bool_or(l.revived_from IS NOT NULL OR l.declined_at IS NOT NULL) AS was_declined,
       coalesce(cents(sum(l.total) FILTER (WHERE ${UNAUTHORIZED})), 0) AS unauthorized,
       coalesce(json_agg(l.id) FILTER (WHERE l.status IN ('quoted', 'approved') AND NOT l.is_authorized AND coalesce(l.agreed_total, 0) = 0), '[]') AS unanswered,
       coalesce(json_agg(json_build_object('id', l.id, 'jobId', l.job_id, 'type', l.type, 'status', l.status,
         'description', l.description, 'partNumber', coalesce(l.part_number, ''), 'quantityHundredths', hundredths(l.quantity),
         'unitPriceCents', cents(l.unit_price), 'costCents', cents(l.cost), 'taxable', l.taxable, 'partCondition', l.part_condition,
         'inventoryItemId', l.inventory_item_id, 'totalCents', cents(l.total), 'declinedReason', coalesce(l.declined_reason, ''),
         'sortOrder', l.sort_order, 'priceSource', l.price_source, 'terms', l.terms) ORDER BY l.sort_order, l.id), '[]') AS lines
     FROM line_items l WHERE l.shop_id = ro.shop_id AND l.repair_order_id = ro.id) work
   WHERE ro.shop_id = $1 AND ro.id = $2 AND ($3::uuid IS NULL OR ro.assigned_technician_id = $3)`,
)

/** The whole order in one statement; with `technicianId` only when it is assigned to that person. */
export async function findOrder(
  q: Queryable,
  shop: { id: string; timezone: string },
  orderId: string,
  technicianId: string | null,
): Promise<OrderRow | undefined> {
  type Past = Pick<Order, 'revivals' | 'takenOff'>
  const [found] = await q.query<Omit<OrderRow, keyof Past> & { past: Past | null }>(LOAD, [shop.id, orderId, technicianId, shop.timezone])
  if (!found) return undefined
  const { past, ...row } = found
  return { ...row, ...(past ?? { revivals: [], takenOff: [] }) }
}

/** What an action needs to know of the order it has locked. */
export interface LockedOrder extends OrderFacts {
  readonly id: string
  /** some fees follow the order's labor and parts by rule */
  readonly hasFeeRules: boolean
  readonly vehicleId: string
  readonly technicianId: string | null
  readonly bayId: string | null
  readonly odometer: number | null
}

const lock = (orderId: string) => `
  SELECT ro.id FROM repair_orders ro
  WHERE ro.shop_id = $1 AND ro.id = ${orderId} AND ro.deleted_at IS NULL AND ($3::uuid IS NULL OR ro.assigned_technician_id = $3)
  FOR NO KEY UPDATE`

const locks = {
  order: sql('order-lock', lock('$2')),
  line: sql('order-lock-by-line', lock('(SELECT l.repair_order_id FROM line_items l WHERE l.shop_id = $1 AND l.id = $2)')),
  job: sql('order-lock-by-job', lock('(SELECT j.repair_order_id FROM ro_jobs j WHERE j.shop_id = $1 AND j.id = $2)')),
} as const

/** Which order is meant: itself, or the one that has this line or job. */
export interface OrderKey {
  readonly by: keyof typeof locks
  readonly id: string
}

/**
 * Takes the order's lock: every action on an order starts with it, so that two counters act one after the other. What the action decides
 * on is read by the next statement: one that waited for a lock still sees other tables as they were before it waited.
 */
export async function takeOrderLock(
  tx: Tx,
  shopId: string,
  { by, id }: OrderKey,
  technicianId: string | null,
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>(locks[by], [shopId, id, technicianId])
  return row?.id
}

/** `ro` = repair_orders: its invoice that is not void, as the rules ask for it. */
export const LIVE_INVOICE = `(
  SELECT json_build_object('id', i.id, 'dueCents', cents(i.amount_due), 'paidCents', cents(i.amount_paid))
  FROM invoices i WHERE i.shop_id = ro.shop_id AND i.repair_order_id = ro.id AND i.status <> 'void')`

const FACTS = sql(
  'order-facts',
  `SELECT ro.id, ro.status, cents(ro.subtotal) AS "subtotalCents", cents(ro.discount) AS "discountCents", cents(ro.total) AS "totalCents", cents(ro.authorized_total) AS "authorizedCents",
     cents(ro.authorized_tolerance) AS "toleranceCents", ro.fee_rules <> '[]' AS "hasFeeRules",
     ro.vehicle_id AS "vehicleId", ro.assigned_technician_id AS "technicianId", ro.bay_id AS "bayId", ro.odometer,
     lines.live AS "liveLines", lines.quoted AS "quotedLines", lines.unauthorized AS "unauthorizedCents", ${LIVE_INVOICE} AS invoice,
     ${LACKS_PURCHASE_ORDER} AS "lacksPurchaseOrder"
   FROM repair_orders ro JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id CROSS JOIN LATERAL (
     SELECT count(*) FILTER (WHERE l.status <> 'declined')::int AS live, count(*) FILTER (WHERE l.status = 'quoted')::int AS quoted,
       coalesce(cents(sum(l.total) FILTER (WHERE ${UNAUTHORIZED})), 0) AS unauthorized
     FROM line_items l WHERE l.shop_id = ro.shop_id AND l.repair_order_id = ro.id) lines
   WHERE ro.shop_id = $1 AND ro.id = $2`,
)

export async function findOrderFacts(tx: Tx, shopId: string, orderId: string): Promise<LockedOrder> {
  return one(await tx.query<LockedOrder>(FACTS, [shopId, orderId]), 'a locked order')
}

const MOVE = sql(
  'order-move',
  `WITH why AS MATERIALIZED (SELECT set_config('app.reason', $5, true))
   UPDATE repair_orders SET status = $4::ro_status FROM why
   WHERE shop_id = $1 AND id = $2 AND status = $3::ro_status RETURNING id`,
)

/** One step of the status machine. @returns false when the order is not in `from` */
export async function moveOrder(
  tx: Tx,
  shopId: string,
  orderId: string,
  from: OrderStatus,
  to: OrderStatus,
  reason = '',
): Promise<boolean> {
  const rows = await tx.query<{ id: string }>(MOVE, [shopId, orderId, from, to, reason])
  return rows.length === 1
}

const REMOVE = sql(
  '',
  `UPDATE repair_orders SET deleted_at = now()
   WHERE shop_id = $1 AND id = $2 AND status = 'draft' AND deleted_at IS NULL AND ($3::uuid IS NULL OR created_by_user_id = $3) RETURNING id`,
)
const RESTORE = sql(
  '',
  `UPDATE repair_orders SET deleted_at = NULL
   WHERE shop_id = $1 AND id = $2 AND deleted_at IS NOT NULL AND ($3::uuid IS NULL OR created_by_user_id = $3) RETURNING id`,
)
// Locked, so that nobody removes them while the order comes back.
const STAND = sql(
  '',
  `SELECT v.id FROM repair_orders ro JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
   JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
   WHERE ro.shop_id = $1 AND ro.id = $2 AND v.deleted_at IS NULL AND c.deleted_at IS NULL FOR KEY SHARE OF v, c`,
)

/** Whether customer and vehicle of an order are not removed. */
export async function customerAndVehicleStand(tx: Tx, shopId: string, orderId: string): Promise<boolean> {
  return (await tx.query(STAND, [shopId, orderId])).length === 1
}

/** Soft removal of a draft; with `creatorId` only of that person's own. */
export async function removeDraft(tx: Tx, shopId: string, orderId: string, creatorId: string | null): Promise<boolean> {
  return (await tx.query(REMOVE, [shopId, orderId, creatorId])).length === 1
}

export async function restoreDraft(tx: Tx, shopId: string, orderId: string, creatorId: string | null): Promise<boolean> {
  return (await tx.query(RESTORE, [shopId, orderId, creatorId])).length === 1
}
