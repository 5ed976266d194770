import type { Board } from '../../../src-preload/contract/board'
import { one, type Queryable, sql } from '../../database/transaction'

/** More open orders than this are not a board any more; the newest are shown. */
const MOST = 500

// The list of statuses repeats the predicate of idx_ro_open: under row-level security only a matching predicate finds an index.
const board = (ofOrder: string, ofAppointment: string) => `
  WITH today AS (SELECT shop_local_date($1, now()) AS day, s.timezone FROM shops s WHERE s.id = $1),
   here AS MATERIALIZED (
     SELECT day, day::timestamp AT TIME ZONE timezone AS starts, (day + 1)::timestamp AT TIME ZONE timezone AS ends FROM today)
   SELECT here.day, (
     SELECT coalesce(json_agg(card ORDER BY card."checkedInAt" DESC), '[]') FROM (
       SELECT ro.id, ro.ro_number AS number, ro.status, ro.priority, c.display_name AS "customerName",
         v.year || ' ' || v.make || ' ' || v.model AS "vehicleLabel", v.license_plate AS plate,
         coalesce(ro.customer_complaint, '') AS complaint, ro.check_in_date AS "checkedInAt", ro.promised_date AS "promisedAt",
         t.first_name || ' ' || t.last_name AS "technicianName", b.name AS "bayName",
         cents(ro.total) AS "totalCents", cents(ro.authorized_total) AS "authorizedCents",
         cents(ro.authorized_tolerance) AS "toleranceCents",
         coalesce(cents(i.amount_due), 0) AS "dueCents", i.id IS NOT NULL AS "hasInvoice"
       FROM repair_orders ro
       JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
       JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
       LEFT JOIN users t ON t.shop_id = ro.shop_id AND t.id = ro.assigned_technician_id
       LEFT JOIN bays b ON b.shop_id = ro.shop_id AND b.id = ro.bay_id
       LEFT JOIN invoices i ON i.shop_id = ro.shop_id AND i.repair_order_id = ro.id AND i.status <> 'void'
       WHERE ro.shop_id = $1 AND ro.deleted_at IS NULL AND ro.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')
         AND ${ofOrder}
       ORDER BY ro.check_in_date DESC LIMIT ${MOST}) card) AS orders, (
     SELECT coalesce(json_agg(json_build_object('id', a.id, 'startsAt', a.scheduled_start, 'endsAt', a.scheduled_end, 'status', a.status,
         'customerName', c.display_name, 'vehicleLabel', v.year || ' ' || v.make || ' ' || v.model,
         'services', coalesce(to_json(a.services_requested), '[]'), 'bayName', b.name, 'orderId', a.repair_order_id,
         'customerId', a.customer_id, 'vehicleId', a.vehicle_id) ORDER BY a.scheduled_start), '[]')
     FROM appointments a
     JOIN customers c ON c.shop_id = a.shop_id AND c.id = a.customer_id
     JOIN vehicles v ON v.shop_id = a.shop_id AND v.id = a.vehicle_id
     LEFT JOIN bays b ON b.shop_id = a.shop_id AND b.id = a.bay_id
     WHERE a.shop_id = $1 AND a.deleted_at IS NULL AND a.status <> 'cancelled'
       AND a.scheduled_start >= here.starts AND a.scheduled_start < here.ends
       AND ${ofAppointment}) AS appointments
   FROM here`

const BOARD = sql('order-board', board('true', 'true'))
const OWN_BOARD = sql('order-board-own', board('ro.assigned_technician_id = $2', 'a.assigned_technician_id = $2'))

/** Open orders and today's appointments in one statement; with `technicianId` only that person's. */
export async function findBoard(q: Queryable, shopId: string, technicianId: string | null): Promise<Board> {
  const rows = technicianId === null ? q.query<Board>(BOARD, [shopId]) : q.query<Board>(OWN_BOARD, [shopId, technicianId])
  return one(await rows, 'the board of a shop')
}
