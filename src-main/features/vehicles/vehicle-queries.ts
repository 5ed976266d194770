import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { sql, type Queryable, type Tx } from '../../database/transaction'

/** Work that is not finished: what keeps a vehicle or customer from being removed. */
export const openStatuses = `'draft', 'estimate', 'approved', 'in_progress', 'completed'`

/** The contract's VehicleSummary out of `vehicles v`, with `vehicleVisits` beside it. */
export const vehicleSummaryColumns = `v.id, v.customer_id AS "customerId", v.year || ' ' || v.make || ' ' || v.model AS label, v.year, v.make, v.model,
  v.vin, v.license_plate AS plate, v.plate_state AS "plateState", v.color, v.current_odometer AS "currentOdometer",
  visits.open AS "openOrders", visits.last AS "lastVisitAt", v.deleted_at AS "deletedAt"`
export const vehicleVisits = `LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE r.status IN (${openStatuses}))::int AS open, max(r.check_in_date) AS last
  FROM repair_orders r WHERE r.shop_id = v.shop_id AND r.vehicle_id = v.id AND r.deleted_at IS NULL) visits ON true`

const vehicleById = sql(
  'vehicles_by_id',
  `SELECT ${vehicleSummaryColumns}, coalesce(v.engine, '') AS engine, coalesce(v.transmission, '') AS transmission,
     coalesce(v.drivetrain, '') AS drivetrain, coalesce(v.notes, '') AS notes,
     json_build_object('id', c.id, 'kind', c.kind, 'displayName', c.display_name, 'phone', c.phone, 'email', c.email) AS customer,
     (SELECT json_agg(json_build_object('id', o.id, 'customerId', o.customer_id, 'customerName', oc.display_name, 'from', o.owned_from, 'to', o.owned_to)
        ORDER BY o.owned_to DESC NULLS FIRST, o.owned_from DESC)
      FROM vehicle_ownerships o JOIN customers oc ON oc.shop_id = o.shop_id AND oc.id = o.customer_id
      WHERE o.shop_id = $1 AND o.vehicle_id = v.id) AS owners,
     (SELECT coalesce(json_agg(json_build_object('plate', p.plate, 'plateState', coalesce(p.plate_state, ''), 'from', p.worn_from, 'to', p.worn_to)
        ORDER BY p.worn_to DESC NULLS FIRST, p.worn_from DESC), '[]')
      FROM vehicle_plates p WHERE p.shop_id = $1 AND p.vehicle_id = v.id) AS plates
   FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id ${vehicleVisits}
   WHERE v.shop_id = $1 AND v.id = $2`,
)

export async function selectVehicle(db: Queryable, shopId: string, vehicleId: string): Promise<Vehicle | undefined> {
  return (await db.query<Vehicle>(vehicleById, [shopId, vehicleId]))[0]
}

/** What is typed of a vehicle, as it is stored. */
export interface VehicleValues {
  readonly vin: string
  readonly licensePlate: string
  readonly plateState: string
  readonly year: number
  readonly make: string
  readonly model: string
  readonly engine: string
  readonly transmission: string
  readonly drivetrain: string
  readonly color: string
  readonly currentOdometer: number | null
  readonly notes: string
}

const lockedVehicle = sql(
  '',
  `SELECT coalesce(vin, '') AS vin, coalesce(license_plate, '') AS "licensePlate", coalesce(plate_state, '') AS "plateState", year, make, model,
     coalesce(engine, '') AS engine, coalesce(transmission, '') AS transmission, coalesce(drivetrain, '') AS drivetrain,
     coalesce(color, '') AS color, current_odometer AS "currentOdometer", coalesce(notes, '') AS notes
   FROM vehicles WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE`,
)

export async function lockVehicle(db: Queryable, shopId: string, vehicleId: string): Promise<VehicleValues | undefined> {
  return (await db.query<VehicleValues>(lockedVehicle, [shopId, vehicleId]))[0]
}

const shopState = sql('', 'SELECT state FROM shops WHERE id = $1')

/** The state on most plates here. */
export async function selectShopState(db: Queryable, shopId: string): Promise<string> {
  return (await db.query<{ state: string | null }>(shopState, [shopId]))[0]?.state ?? ''
}

const insertVehicleRow = sql(
  '',
  `INSERT INTO vehicles (id, shop_id, customer_id, vin, license_plate, plate_state, year, make, model, engine, transmission, drivetrain, color,
     current_odometer, notes)
   SELECT $2::uuid, c.shop_id, c.id, nullif($4, ''), nullif($5, ''), nullif($6, ''), $7::int, $8, $9, nullif($10, ''), nullif($11, ''), nullif($12, ''),
     nullif($13, ''), $14::int, nullif($15, '')
   FROM customers c WHERE c.shop_id = $1 AND c.id = $3 AND c.deleted_at IS NULL FOR KEY SHARE
   ON CONFLICT DO NOTHING RETURNING id`,
)

/** False when the customer is not there, or id, VIN or plate is taken; nothing was stored then. */
export async function insertVehicle(
  db: Queryable,
  shopId: string,
  vehicleId: string,
  customerId: string,
  fields: VehicleValues,
): Promise<boolean> {
  return (await db.query(insertVehicleRow, [shopId, vehicleId, customerId, ...valuesOf(fields)])).length === 1
}

const updateVehicleRow = sql(
  '',
  `UPDATE vehicles SET vin = nullif($3, ''), license_plate = nullif($4, ''), plate_state = nullif($5, ''), year = $6, make = $7, model = $8,
     engine = nullif($9, ''), transmission = nullif($10, ''), drivetrain = nullif($11, ''), color = nullif($12, ''),
     current_odometer = $13, notes = nullif($14, '')
   WHERE shop_id = $1 AND id = $2`,
)

export async function updateVehicleValues(db: Queryable, shopId: string, vehicleId: string, fields: VehicleValues): Promise<void> {
  await db.query(updateVehicleRow, [shopId, vehicleId, ...valuesOf(fields)])
}

function valuesOf(fields: VehicleValues): (string | number | null)[] {
  const { vin, licensePlate, plateState, year, make, model, engine, transmission, drivetrain, color, currentOdometer, notes } = fields
  return [vin, licensePlate, plateState, year, make, model, engine, transmission, drivetrain, color, currentOdometer, notes]
}

const twins = sql(
  '',
  `SELECT v.id, v.year || ' ' || v.make || ' ' || v.model AS label, c.display_name AS "ownerName", coalesce(v.vin = nullif($3, ''), false) AS "sameVin"
   FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id
   WHERE v.shop_id = $1 AND v.id <> $2 AND v.deleted_at IS NULL
     AND (v.vin = nullif($3, '') OR (v.license_plate_norm = plate_key($4) AND v.plate_state IS NOT DISTINCT FROM nullif($5, '')))
   ORDER BY "sameVin" DESC LIMIT 1`,
)

interface Twin {
  readonly id: string
  readonly label: string
  readonly ownerName: string
  readonly sameVin: boolean
}

export type Identity = Pick<VehicleValues, 'vin' | 'licensePlate' | 'plateState'>

/** Another live vehicle with this VIN, else with this plate of this state. */
export async function findTwin(db: Queryable, shopId: string, vehicleId: string, fields: Identity): Promise<Twin | undefined> {
  return (await db.query<Twin>(twins, [shopId, vehicleId, fields.vin, fields.licensePlate, fields.plateState]))[0]
}

const takePlate = sql(
  '',
  `UPDATE vehicles SET license_plate = NULL, plate_state = NULL
   WHERE shop_id = $1 AND id <> $2 AND deleted_at IS NULL AND license_plate_norm = plate_key($3) AND plate_state IS NOT DISTINCT FROM nullif($4, '')
   RETURNING id`,
)

/** Takes the plate off whichever other car has it. @returns that car */
export async function takePlateOff(tx: Tx, shopId: string, vehicleId: string, fields: Identity): Promise<string | undefined> {
  if (fields.licensePlate === '') return undefined
  return (await tx.query<{ id: string }>(takePlate, [shopId, vehicleId, fields.licensePlate, fields.plateState]))[0]?.id
}

const lockRow = sql('', 'SELECT id FROM vehicles WHERE shop_id = $1 AND id = $2 FOR UPDATE')
const removalState = sql(
  '',
  `SELECT v.deleted_at AS "deletedAt", v.vin, v.license_plate AS "licensePlate", v.plate_state AS "plateState", c.deleted_at AS "ownerDeletedAt",
     EXISTS (SELECT FROM repair_orders r WHERE r.shop_id = $1 AND r.vehicle_id = v.id AND r.deleted_at IS NULL
             AND r.status IN (${openStatuses})) AS "hasOpenOrders"
   FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id
   WHERE v.shop_id = $1 AND v.id = $2`,
)

export interface RemovalState {
  readonly deletedAt: string | null
  readonly vin: string | null
  readonly licensePlate: string | null
  readonly plateState: string | null
  readonly ownerDeletedAt: string | null
  readonly hasOpenOrders: boolean
}

/**
 * Locked so that no new order can name the vehicle meanwhile. The state is read by a statement of its own: one that waited for the lock
 * still sees the orders as they were before it waited.
 */
export async function lockForRemoval(tx: Tx, shopId: string, vehicleId: string): Promise<RemovalState | undefined> {
  await tx.query(lockRow, [shopId, vehicleId])
  return (await tx.query<RemovalState>(removalState, [shopId, vehicleId]))[0]
}

const markRemoved = sql('', 'UPDATE vehicles SET deleted_at = CASE WHEN $3 THEN CURRENT_TIMESTAMP END WHERE shop_id = $1 AND id = $2')

export async function markVehicleRemoved(db: Queryable, shopId: string, vehicleId: string, removed: boolean): Promise<void> {
  await db.query(markRemoved, [shopId, vehicleId, removed])
}
