import type { Visit } from '../../../src-preload/contract/customers'
import { ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'

const PAGE = 20

/** One row when the record exists, with its visits of this page. */
const history = (name: string, table: string, column: string) =>
  sql(
    name,
    `SELECT coalesce((SELECT json_agg(x ORDER BY x."checkedInAt" DESC, x."orderId" DESC) FROM (
       SELECT r.id AS "orderId", r.ro_number AS "orderNumber", r.status, r.vehicle_id AS "vehicleId",
         v.year || ' ' || v.make || ' ' || v.model AS "vehicleLabel", r.check_in_date AS "checkedInAt", r.odometer,
         coalesce(r.customer_complaint, '') AS complaint,
         coalesce((SELECT json_agg(j.name ORDER BY j.sort_order, j.id) FROM ro_jobs j WHERE j.shop_id = $1 AND j.repair_order_id = r.id), '[]') AS jobs,
         cents(r.total) AS "totalCents", i.id AS "invoiceId", i.invoice_number AS "invoiceNumber", coalesce(cents(i.amount_due), 0) AS "dueCents"
       FROM repair_orders r
       JOIN vehicles v ON v.shop_id = r.shop_id AND v.id = r.vehicle_id
       LEFT JOIN invoices i ON i.shop_id = r.shop_id AND i.repair_order_id = r.id AND i.status <> 'void'
       WHERE r.shop_id = $1 AND r.${column} = $2 AND r.deleted_at IS NULL AND ($3::timestamptz IS NULL OR r.check_in_date < $3::timestamptz)
       ORDER BY r.check_in_date DESC, r.id DESC LIMIT ${PAGE}) x), '[]') AS visits
     FROM ${table} WHERE shop_id = $1 AND id = $2`,
  )

const ofCustomer = history('visits_of_customer', 'customers', 'customer_id')
const ofVehicle = history('visits_of_vehicle', 'vehicles', 'vehicle_id')

interface Input {
  readonly customerId?: string | undefined
  readonly vehicleId?: string | undefined
  readonly before?: string | undefined
}

/**
 * Visits of a customer or of a vehicle, newest first, twenty a page. Technicians see those of a vehicle, without amounts.
 * @throws AppError INVALID_INPUT unless exactly one of the two is named, FORBIDDEN, NOT_FOUND
 */
export async function visitHistory(ctx: Ctx, { customerId, vehicleId, before }: Input): Promise<Visit[]> {
  if ((customerId === undefined) === (vehicleId === undefined)) throw new AppError('INVALID_INPUT')
  const seesOrders = grantOf(ctx.user.role, 'orders.see') === 'yes'
  if (customerId !== undefined && !seesOrders) throw new AppError('FORBIDDEN')
  const statement = customerId === undefined ? ofVehicle : ofCustomer
  const [record] = await reading(ctx.db).query<{ visits: Visit[] }>(statement, [ctx.shopId, customerId ?? vehicleId, before ?? null])
  if (!record) throw new AppError('NOT_FOUND')
  return seesOrders ? record.visits : record.visits.map(withoutAmounts)
}

function withoutAmounts(visit: Visit): Visit {
  return { ...visit, totalCents: ZERO, invoiceId: null, invoiceNumber: null, dueCents: ZERO }
}
