import { type Queryable, sql } from '../../database/transaction'
import type { WorkOrder } from '../../pdf/render-work-order'

const lines = (ofJob: string): string => `(SELECT coalesce(json_agg(json_build_object('type', l.type, 'description', l.description,
    'partNumber', CASE WHEN l.type = 'part' THEN coalesce(l.part_number, '') ELSE '' END, 'bin', coalesce(i.location, ''),
    'quantityHundredths', hundredths(l.quantity), 'terms', l.terms) ORDER BY l.sort_order, l.id), '[]')
  FROM line_items l LEFT JOIN inventory_items i ON i.shop_id = l.shop_id AND i.id = l.inventory_item_id
  WHERE l.shop_id = $1 AND l.repair_order_id = ro.id AND ${ofJob} AND l.type IN ('labor', 'part', 'fee') AND l.status IN ('approved', 'completed'))`

const WORK_ORDER = sql(
  '',
  `SELECT shop_local_date($1, now()) AS today, ro.ro_number AS "orderNumber", ro.priority, ro.check_in_date AS "checkedInAt",
     ro.promised_date AS "promisedAt", coalesce(t.first_name || ' ' || t.last_name, '') AS technician, coalesce(b.name, '') AS bay,
     coalesce(w.first_name || ' ' || w.last_name, '') AS "serviceWriter", c.display_name AS "customerName",
     json_build_object('label', v.year || ' ' || v.make || ' ' || v.model, 'vin', coalesce(v.vin, ''),
       'plate', concat_ws(' ', v.license_plate, v.plate_state), 'color', coalesce(v.color, ''), 'engine', coalesce(v.engine, ''),
       'odometerIn', ro.odometer) AS vehicle,
     coalesce(ro.customer_complaint, '') AS complaint, coalesce(ro.technician_notes, '') AS "technicianNotes",
     ro.old_parts_wanted AS "oldPartsWanted",
     (SELECT coalesce(json_agg(json_build_object('job', j.job) ORDER BY j.place), '[]') FROM (
        SELECT json_build_object('name', j.name, 'complaint', coalesce(j.complaint, ''), 'cause', coalesce(j.cause, ''),
          'correction', coalesce(j.correction, ''), 'lines', ${lines('l.job_id = j.id')}) AS job, row_number() OVER (ORDER BY j.sort_order, j.id) AS place
        FROM ro_jobs j WHERE j.shop_id = $1 AND j.repair_order_id = ro.id) j) AS jobs,
     ${lines('l.job_id IS NULL')} AS loose,
     (SELECT coalesce(json_agg(l.description ORDER BY l.sort_order, l.id), '[]') FROM line_items l
      WHERE l.shop_id = $1 AND l.repair_order_id = ro.id AND l.status = 'quoted' AND l.type IN ('labor', 'part')) AS undecided
   FROM repair_orders ro
   JOIN customers c ON c.shop_id = ro.shop_id AND c.id = ro.customer_id
   JOIN vehicles v ON v.shop_id = ro.shop_id AND v.id = ro.vehicle_id
   LEFT JOIN users w ON w.shop_id = ro.shop_id AND w.id = ro.created_by_user_id
   LEFT JOIN users t ON t.shop_id = ro.shop_id AND t.id = ro.assigned_technician_id
   LEFT JOIN bays b ON b.shop_id = ro.shop_id AND b.id = ro.bay_id
   WHERE ro.shop_id = $1 AND ro.id = $2 AND ro.deleted_at IS NULL AND ($3::uuid IS NULL OR ro.assigned_technician_id = $3)`,
)

type Job = WorkOrder['jobs'][number]
interface Row extends Omit<WorkOrder, 'shopName' | 'timezone' | 'jobs'> {
  readonly jobs: readonly { readonly job: Job }[]
  readonly loose: Job['lines']
}

/** Approved work only, with where its parts lie; `technicianId` not null: only an order of that person. */
export async function findWorkOrder(
  q: Queryable,
  shopId: string,
  orderId: string,
  technicianId: string | null,
): Promise<Omit<WorkOrder, 'shopName' | 'timezone'> | undefined> {
  const [row] = await q.query<Row>(WORK_ORDER, [shopId, orderId, technicianId])
  if (!row) return undefined
  const { jobs, loose, ...order } = row
  const other: Job = { name: '', complaint: '', cause: '', correction: '', lines: loose }
  return { ...order, jobs: [...jobs.map(({ job }) => job), other].filter((job) => job.lines.length > 0) }
}
