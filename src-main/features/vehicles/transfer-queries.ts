import { one, sql, type Tx } from '../../database/transaction'
import { openStatuses } from './vehicle-queries'

// Before the car, as whoever records a yes does: their order, then the car. What they are about to write is seen afterwards.
const lockWork = sql(
  '',
  `SELECT id FROM repair_orders WHERE shop_id = $1 AND vehicle_id = $2 AND deleted_at IS NULL AND status IN (${openStatuses})
   ORDER BY id FOR NO KEY UPDATE`,
)
const lockRow = sql('', 'SELECT id FROM vehicles WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE')
const lockOwner = sql('', 'SELECT display_name AS name FROM customers WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL FOR KEY SHARE')
const period = sql(
  '',
  `SELECT o.id, o.customer_id AS "customerId", c.display_name AS name, least(shop_local_date($1, o.owned_from), shop_local_date($1, now()))::text AS "from",
     shop_local_date($1, now())::text AS today
   FROM vehicle_ownerships o JOIN customers c ON c.shop_id = o.shop_id AND c.id = o.customer_id
   WHERE o.shop_id = $1 AND o.vehicle_id = $2 AND o.owned_to IS NULL`,
)

export interface Period {
  readonly id: string
  readonly customerId: string
  readonly name: string
  /** days of the shop; not after today, though the clock was ahead when the period began */
  readonly from: string
  readonly today: string
}

/** Locked with its open orders, so that none can name the car or be agreed to meanwhile, nor an appointment. undefined: there is no such car. */
export async function lockCar(tx: Tx, shopId: string, vehicleId: string): Promise<Period | undefined> {
  await tx.query(lockWork, [shopId, vehicleId])
  if ((await tx.query(lockRow, [shopId, vehicleId])).length === 0) return undefined
  return one(await tx.query<Period>(period, [shopId, vehicleId]), 'the present owner')
}

/** The name of a customer who is there; cannot be removed before this transaction ends. */
export async function lockNewOwner(tx: Tx, shopId: string, customerId: string): Promise<string | undefined> {
  return (await tx.query<{ name: string }>(lockOwner, [shopId, customerId]))[0]?.name
}

// What was billed stays with whom it was billed to, and is not asked for.
const openWork = sql(
  '',
  `SELECT r.id, r.ro_number AS number, 'order' AS kind, EXISTS (SELECT FROM authorizations a WHERE a.shop_id = $1 AND a.repair_order_id = r.id) AS "isAgreed"
   FROM repair_orders r
   WHERE r.shop_id = $1 AND r.vehicle_id = $2 AND r.customer_id = $3 AND r.deleted_at IS NULL AND r.status IN (${openStatuses})
     AND NOT EXISTS (SELECT FROM invoices i WHERE i.shop_id = $1 AND i.repair_order_id = r.id AND i.status <> 'void')
   UNION ALL
   SELECT a.id, 'the appointment', 'appointment', a.status <> 'scheduled' FROM appointments a
   WHERE a.shop_id = $1 AND a.vehicle_id = $2 AND a.customer_id = $3 AND a.deleted_at IS NULL AND a.status IN ('scheduled', 'checked_in', 'in_progress')
   ORDER BY number`,
)

export interface OpenWork {
  readonly id: string
  readonly number: string
  readonly kind: 'order' | 'appointment'
  /** the present owner agreed to it, or it has begun: it cannot become somebody else's */
  readonly isAgreed: boolean
}

export function findOpenWork(tx: Tx, shopId: string, vehicleId: string, customerId: string): Promise<OpenWork[]> {
  return tx.query<OpenWork>(openWork, [shopId, vehicleId, customerId])
}

// The tax of a new owner, also where a certificate of the former one that ran out since took it off, and none of the former one's people. What stood there is kept for the way back.
const moveOrders = sql(
  '',
  `WITH before AS (
     SELECT id, tax_rate, purchase_order, payer_contact_id, driver_contact_id, approver_contact_id FROM repair_orders
     WHERE shop_id = $1 AND id = ANY ($2::uuid[]) FOR NO KEY UPDATE),
   moved AS (
     UPDATE repair_orders r SET customer_id = $3, purchase_order = NULL, payer_contact_id = NULL, driver_contact_id = NULL, approver_contact_id = NULL,
       tax_rate = CASE WHEN will.exempt THEN 0 WHEN was.exempt OR r.tax_rate = 0 THEN s.tax_rate ELSE r.tax_rate END
     FROM before b, shops s,
       LATERAL (SELECT c.tax_exempt AND coalesce(c.tax_exempt_expires >= shop_local_date($1, now()), true) AS exempt FROM customers c
                WHERE c.shop_id = $1 AND c.id = $3) will,
       LATERAL (SELECT c.tax_exempt AND coalesce(c.tax_exempt_expires >= shop_local_date($1, now()), true) AS exempt FROM customers c
                WHERE c.shop_id = $1 AND c.id = $4) was
     WHERE r.shop_id = $1 AND r.id = b.id AND s.id = $1)
   SELECT to_jsonb(b) AS row FROM before b`,
)
const moveAppointments = sql('', 'UPDATE appointments SET customer_id = $3 WHERE shop_id = $1 AND id = ANY ($2::uuid[])')

/** What went along, as it was. */
export interface Moved {
  readonly orders: readonly object[]
  readonly appointments: readonly string[]
}

export async function moveWork(tx: Tx, shopId: string, work: readonly OpenWork[], from: string, to: string): Promise<Moved> {
  const idsOf = (kind: OpenWork['kind']): string[] => work.filter((each) => each.kind === kind).map(({ id }) => id)
  const [orders, appointments] = [idsOf('order'), idsOf('appointment')]
  const before = orders.length === 0 ? [] : await tx.query<{ row: object }>(moveOrders, [shopId, orders, to, from])
  if (appointments.length > 0) await tx.query(moveAppointments, [shopId, appointments, to])
  return { orders: before.map(({ row }) => row), appointments }
}

// A day in the past begins with its first moment, or with the former owner's own first moment on that day.
const handOver = sql(
  '',
  `INSERT INTO vehicle_ownerships (id, shop_id, vehicle_id, customer_id, owned_from, moved)
   SELECT $2, $1, $3, $4, greatest(o.owned_from,
     CASE WHEN $5::date = shop_local_date($1, now()) THEN now() ELSE $5::date::timestamp AT TIME ZONE s.timezone END), $6::jsonb
   FROM vehicle_ownerships o JOIN shops s ON s.id = o.shop_id WHERE o.shop_id = $1 AND o.vehicle_id = $3 AND o.owned_to IS NULL`,
)

/** The rule behind it ends the former period and makes the customer the car's owner. */
export async function insertOwnership(
  tx: Tx,
  shopId: string,
  transfer: { transferId: string; vehicleId: string; customerId: string; on: string; moved: Moved },
): Promise<void> {
  const { transferId, vehicleId, customerId, on, moved } = transfer
  await tx.query(handOver, [shopId, transferId, vehicleId, customerId, on, JSON.stringify(moved)])
}

const transferById = sql(
  '',
  `SELECT o.vehicle_id AS "vehicleId", o.customer_id AS "customerId", o.owned_to IS NULL AS "isLast", f.customer_id AS "formerId",
     fc.display_name AS "formerName", fc.deleted_at IS NOT NULL AS "formerIsGone"
   FROM vehicle_ownerships o
   LEFT JOIN vehicle_ownerships f ON f.shop_id = o.shop_id AND f.vehicle_id = o.vehicle_id AND f.id <> o.id AND f.owned_to = o.owned_from
   LEFT JOIN customers fc ON fc.shop_id = f.shop_id AND fc.id = f.customer_id
   WHERE o.shop_id = $1 AND o.id = $2 ORDER BY f.owned_from DESC, f.created_at DESC LIMIT 1`,
)

export interface StoredTransfer {
  readonly vehicleId: string
  readonly customerId: string
  readonly isLast: boolean
  /** null: the first owner was given to the car, not handed over */
  readonly formerId: string | null
  readonly formerName: string | null
  readonly formerIsGone: boolean | null
}

export async function selectTransfer(tx: Tx, shopId: string, transferId: string): Promise<StoredTransfer | undefined> {
  return (await tx.query<StoredTransfer>(transferById, [shopId, transferId]))[0]
}

// What was done for the new owner since: it cannot become the former one's. A merge notes periods and puts them back: none may go from under it.
const since = sql(
  '',
  `WITH o AS (SELECT * FROM vehicle_ownerships WHERE shop_id = $1 AND id = $2),
     went AS (SELECT (x ->> 'id')::uuid AS id FROM o, jsonb_array_elements(o.moved -> 'orders') x),
     booked AS (SELECT x::uuid AS id FROM o, jsonb_array_elements_text(o.moved -> 'appointments') x),
     merged AS (
       SELECT m.kept_customer_id AS kept, m.merged_customer_id AS gone FROM o
       JOIN vehicle_ownerships p ON p.shop_id = $1 AND p.vehicle_id = o.vehicle_id AND (p.id = o.id OR p.owned_to = o.owned_from)
       JOIN customer_merge_rows r ON r.shop_id = $1 AND r.table_name = 'vehicle_ownerships' AND r.row_id = p.id
       JOIN customer_merges m ON m.shop_id = $1 AND m.id = r.merge_id
       WHERE NOT EXISTS (SELECT FROM customer_merge_undos u WHERE u.shop_id = $1 AND u.merge_id = m.id)
         -- A merge from before the transfer moved the former owner's car as well.
         AND (p.id = o.id OR NOT EXISTS (SELECT FROM customer_merge_rows c WHERE c.shop_id = $1 AND c.merge_id = m.id AND c.table_name = 'vehicles' AND c.row_id = o.vehicle_id)))
   SELECT g.display_name || ' was merged into ' || k.display_name || ' since. Undo that merge first.' AS sentence
   FROM merged m JOIN customers k ON k.shop_id = $1 AND k.id = m.kept JOIN customers g ON g.shop_id = $1 AND g.id = m.gone
   UNION ALL
   SELECT r.ro_number || ' was written since for the new owner.'
   FROM o JOIN repair_orders r ON r.shop_id = $1 AND r.vehicle_id = o.vehicle_id AND r.customer_id = o.customer_id AND r.deleted_at IS NULL
   WHERE r.created_at > o.created_at AND r.id NOT IN (SELECT id FROM went)
   UNION ALL
   SELECT r.ro_number || ' was agreed to or billed since by the new owner.'
   FROM went JOIN repair_orders r ON r.shop_id = $1 AND r.id = went.id
   WHERE EXISTS (SELECT FROM authorizations a WHERE a.shop_id = $1 AND a.repair_order_id = r.id)
      OR EXISTS (SELECT FROM invoices i WHERE i.shop_id = $1 AND i.repair_order_id = r.id AND i.status <> 'void')
   UNION ALL
   SELECT 'An appointment was made since for the new owner. Cancel it first.'
   FROM o JOIN appointments a ON a.shop_id = $1 AND a.vehicle_id = o.vehicle_id AND a.customer_id = o.customer_id AND a.deleted_at IS NULL
     AND a.status IN ('scheduled', 'checked_in', 'in_progress')
   WHERE a.created_at > o.created_at AND a.id NOT IN (SELECT id FROM booked)`,
)

export async function findWorkSince(tx: Tx, shopId: string, transferId: string): Promise<string[]> {
  return (await tx.query<{ sentence: string }>(since, [shopId, transferId])).map(({ sentence }) => sentence)
}

const moveBack = sql(
  '',
  `WITH o AS (SELECT * FROM vehicle_ownerships WHERE shop_id = $1 AND id = $2),
     booked AS (UPDATE appointments a SET customer_id = $3 FROM o
                WHERE a.shop_id = $1 AND o.moved -> 'appointments' ? a.id::text)
   UPDATE repair_orders r SET customer_id = $3, tax_rate = b.tax_rate, purchase_order = b.purchase_order,
     payer_contact_id = b.payer_contact_id, driver_contact_id = b.driver_contact_id, approver_contact_id = b.approver_contact_id
   FROM o, jsonb_to_recordset(o.moved -> 'orders') AS b(id uuid, tax_rate numeric, purchase_order text, payer_contact_id uuid,
     driver_contact_id uuid, approver_contact_id uuid)
   WHERE r.shop_id = $1 AND r.id = b.id`,
)
const takeBack = sql('', 'SELECT take_back_vehicle($1)')

/** Work first, then the car: the function makes the former owner the owner again. */
export async function deleteOwnership(tx: Tx, shopId: string, transferId: string, formerId: string): Promise<void> {
  await tx.query(moveBack, [shopId, transferId, formerId])
  await tx.query(takeBack, [transferId])
}

// Of a transfer that was taken back nothing is left but what the log says.
const takenBack = sql(
  '',
  `SELECT FROM audit_events
   WHERE shop_id = $1 AND entity_id = $2 AND action = 'vehicles.undo_transfer' AND details ->> 'transferId' = $3::text`,
)

export async function isTakenBack(tx: Tx, shopId: string, vehicleId: string, transferId: string): Promise<boolean> {
  return (await tx.query(takenBack, [shopId, vehicleId, transferId])).length > 0
}
