import type { CheckIn } from '../../../src-preload/contract/orders'
import type { FrozenFeeRule } from '../../../src-preload/contract/pricing'
import { sql, type Tx } from '../../database/transaction'
import { insertLines, type LineToAdd, linesAsJson } from './line-queries'

// One statement: the order comes into being only while customer, vehicle, technician and bay are this shop's and in use and the odometer
// makes sense; jobs, lines and the vehicle's new odometer follow in the same breath. No row back = one of these did not hold.
// Fees by rule come with the other lines as long as the order has got the rules that they were reckoned by: somebody may change one meanwhile.
// FOR KEY SHARE waits for somebody who removes the customer at this moment and looks again: a foreign key alone is content with a removed one.
const CHECK_IN = sql(
  'order-check-in',
  `WITH car AS (
     SELECT v.id, v.customer_id FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id
     WHERE v.shop_id = $1 AND v.id = $4 AND c.id = $3 AND v.deleted_at IS NULL AND c.deleted_at IS NULL
       AND ($5::int IS NULL OR v.current_odometer IS NULL OR $5 >= v.current_odometer OR $6::text <> '')
       AND ($9::uuid IS NULL OR EXISTS (SELECT FROM users u WHERE u.shop_id = $1 AND u.id = $9 AND u.is_active AND u.deleted_at IS NULL))
       AND ($10::uuid IS NULL OR EXISTS (SELECT FROM bays b WHERE b.shop_id = $1 AND b.id = $10 AND b.is_active))
     FOR KEY SHARE OF v, c),
   made AS (
     INSERT INTO repair_orders (id, shop_id, customer_id, vehicle_id, odometer, odometer_reason, customer_complaint, promised_date,
       assigned_technician_id, bay_id, priority, status, created_by_user_id)
     SELECT $2, $1, car.customer_id, car.id, $5, nullif($6, ''), nullif($7, ''), $8::timestamptz, $9, $10, $11::ro_priority,
       CASE WHEN jsonb_array_length($13::jsonb) > 0 THEN 'estimate' ELSE 'draft' END::ro_status, $14
     FROM car
     ON CONFLICT (id) DO NOTHING RETURNING id, vehicle_id, fee_rules, 0 AS last),
   driven AS (
     UPDATE vehicles v SET current_odometer = $5 FROM made
     WHERE v.shop_id = $1 AND v.id = made.vehicle_id AND $5 IS NOT NULL AND v.current_odometer IS DISTINCT FROM $5),
   jobs AS (
     INSERT INTO ro_jobs (id, shop_id, repair_order_id, name, sort_order)
     SELECT x."jobId", $1, made.id, x.name, x.at
     FROM made, jsonb_to_recordset($12::jsonb) AS x("jobId" uuid, name text, at int)),
   lines AS (${insertLines(`($13::jsonb || CASE WHEN made.fee_rules = $15::jsonb THEN $16::jsonb ELSE '[]' END)`, 'made.id', 'made')})
   SELECT fee_rules <> $15::jsonb AS "hasOtherFeeRules" FROM made`,
)

/** The fees by rule of an order that is being made. */
export interface Fees {
  readonly rules: readonly FrozenFeeRule[]
  readonly lines: readonly LineToAdd[]
}

/** @returns nothing when nothing was made; `findCheckInObstacle` tells why. With other fee rules the fees are not in. */
export async function insertCheckIn(
  tx: Tx,
  shopId: string,
  userId: string,
  input: CheckIn,
  lines: readonly LineToAdd[],
  fees: Fees,
): Promise<{ readonly hasOtherFeeRules: boolean } | undefined> {
  const jobs = input.jobs.map(({ jobId, name }, at) => ({ jobId, name, at: at + 1 }))
  const [made] = await tx.query<{ hasOtherFeeRules: boolean }>(CHECK_IN, [
    shopId,
    input.orderId,
    input.customerId,
    input.vehicleId,
    input.odometer,
    input.odometerReason,
    input.complaint,
    input.promisedAt,
    input.technicianId,
    input.bayId,
    input.priority,
    JSON.stringify(jobs),
    linesAsJson(lines),
    userId,
    JSON.stringify(fees.rules),
    linesAsJson(fees.lines, lines.length),
  ])
  return made
}

const OBSTACLE = sql(
  '',
  `SELECT ro.customer_id AS "customerId", ro.vehicle_id AS "vehicleId", coalesce(ro.customer_complaint, '') AS complaint, ro.odometer, v.current_odometer AS "lastOdometer",
     v.id IS NOT NULL AND ($5::uuid IS NULL OR EXISTS (SELECT FROM users u WHERE u.shop_id = $1 AND u.id = $5 AND u.is_active AND u.deleted_at IS NULL))
       AND ($6::uuid IS NULL OR EXISTS (SELECT FROM bays b WHERE b.shop_id = $1 AND b.id = $6 AND b.is_active)) AS "allExist"
   FROM (SELECT 1) AS always
   LEFT JOIN repair_orders ro ON ro.shop_id = $1 AND ro.id = $2
   LEFT JOIN (vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id AND c.deleted_at IS NULL)
     ON v.shop_id = $1 AND v.id = $4 AND c.id = $3 AND v.deleted_at IS NULL`,
)

export interface CheckInObstacle {
  /** of the order that has this id already */
  readonly customerId: string | null
  readonly vehicleId: string | null
  readonly complaint: string
  readonly odometer: number | null
  readonly lastOdometer: number | null
  readonly allExist: boolean
}

export async function findCheckInObstacle(tx: Tx, shopId: string, input: CheckIn): Promise<CheckInObstacle | undefined> {
  const { orderId, customerId, vehicleId, technicianId, bayId } = input
  const [row] = await tx.query<CheckInObstacle>(OBSTACLE, [shopId, orderId, customerId, vehicleId, technicianId, bayId])
  return row
}
