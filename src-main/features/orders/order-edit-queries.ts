import { one, sql, type Tx } from '../../database/transaction'

const ASSIGNABLE = sql(
  '',
  `SELECT ($2::uuid IS NULL OR EXISTS (SELECT FROM users u WHERE u.shop_id = $1 AND u.id = $2 AND u.is_active AND u.deleted_at IS NULL))
     AND ($3::uuid IS NULL OR EXISTS (SELECT FROM bays b WHERE b.shop_id = $1 AND b.id = $3 AND b.is_active)) AS ok`,
)

/** Whether these are people and bays of the shop that are in use; null passes. */
export async function findAssignable(tx: Tx, shopId: string, technicianId: string | null, bayId: string | null): Promise<boolean> {
  return one(await tx.query<{ ok: boolean }>(ASSIGNABLE, [shopId, technicianId, bayId]), 'assignable').ok
}

const OWN_CONTACTS = sql(
  '',
  `SELECT count(*)::int AS count FROM customer_contacts p JOIN repair_orders ro ON ro.shop_id = p.shop_id AND ro.customer_id = p.customer_id
   WHERE p.shop_id = $1 AND ro.id = $2 AND p.id = ANY ($3::uuid[]) AND p.deleted_at IS NULL`,
)

/** How many of these are contacts of the order's customer. */
export async function countOwnContacts(tx: Tx, shopId: string, orderId: string, contactIds: readonly string[]): Promise<number> {
  return one(await tx.query<{ count: number }>(OWN_CONTACTS, [shopId, orderId, contactIds]), 'own contacts').count
}

const ODOMETERS = sql(
  '',
  `SELECT ro.odometer_out AS "odometerOut", coalesce(ro.odometer_reason, '') AS "odometerReason",
     (SELECT greatest(max(r.odometer), max(r.odometer_out)) FROM repair_orders r
      WHERE r.shop_id = $1 AND r.vehicle_id = $3 AND r.id <> $2 AND r.deleted_at IS NULL AND r.check_in_date < ro.check_in_date) AS "lastOdometer"
   FROM repair_orders ro WHERE ro.shop_id = $1 AND ro.id = $2`,
)

export interface Odometers {
  readonly odometerOut: number | null
  readonly odometerReason: string
  /** the highest of the vehicle's earlier visits */
  readonly lastOdometer: number | null
}

export async function findOdometers(tx: Tx, shopId: string, orderId: string, vehicleId: string): Promise<Odometers> {
  return one(await tx.query<Odometers>(ODOMETERS, [shopId, orderId, vehicleId]), 'odometers of a locked order')
}

const SET_ODOMETER = sql(
  '',
  `UPDATE vehicles SET current_odometer = $3 WHERE shop_id = $1 AND id = $2 AND current_odometer IS DISTINCT FROM $3
     AND NOT EXISTS (SELECT FROM repair_orders later JOIN repair_orders o ON o.shop_id = $1 AND o.id = $4
                     WHERE later.shop_id = $1 AND later.vehicle_id = $2 AND later.deleted_at IS NULL AND later.check_in_date > o.check_in_date
                       AND coalesce(later.odometer_out, later.odometer) IS NOT NULL)`,
)

/** What an order says is the vehicle's reading only while no later visit says another one. */
export async function setVehicleOdometer(tx: Tx, shopId: string, vehicleId: string, odometer: number, orderId: string): Promise<void> {
  await tx.query(SET_ODOMETER, [shopId, vehicleId, odometer, orderId])
}
