import type { MergePreview } from '../../../src-preload/contract/accounts'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { sql, type Queryable, type Tx } from '../../database/transaction'
import { openStatuses } from '../vehicles/vehicle-queries'

const lockBoth = sql('', 'SELECT id FROM customers WHERE shop_id = $1 AND id IN ($2, $3) ORDER BY id FOR UPDATE')

/** Always in the same order, so that two merges of the same people wait for each other instead of both giving up. */
export async function lockCustomers(tx: Tx, shopId: string, oneId: string, otherId: string): Promise<void> {
  await tx.query(lockBoth, [shopId, oneId, otherId])
}

const SHOWN = 20

/** All rows of a query counted, and the first ones by their `place`. */
const some = (rows: string): string =>
  `(SELECT json_build_object('count', count(*), 'shown', coalesce(json_agg(to_jsonb(x) - 'place' ORDER BY x.place) FILTER (WHERE x.place <= ${SHOWN}), '[]'))
    FROM (${rows}) x)`

const vehicles = `
  SELECT v.id, v.year || ' ' || v.make || ' ' || v.model AS label, coalesce(v.license_plate, '') AS plate,
    row_number() OVER (ORDER BY v.year DESC, v.id) AS place
  FROM vehicles v WHERE v.shop_id = $1 AND v.customer_id = c.id AND v.deleted_at IS NULL`
const orders = `FROM repair_orders r WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.deleted_at IS NULL`
const openOrders = `
  SELECT r.id, r.ro_number AS number, row_number() OVER (ORDER BY r.ro_number DESC) AS place ${orders} AND r.status IN (${openStatuses})`
const invoices = `
  FROM repair_orders r JOIN invoices i ON i.shop_id = r.shop_id AND i.repair_order_id = r.id
  WHERE r.shop_id = $1 AND r.customer_id = c.id AND i.status <> 'void'`
const dueInvoices = `
  SELECT i.id, i.invoice_number AS number, cents(i.amount_due) AS "dueCents", row_number() OVER (ORDER BY i.invoice_number DESC) AS place
  ${invoices} AND i.amount_due > 0`

const belongings = sql(
  '',
  `SELECT ${some(vehicles)} AS vehicles,
     (SELECT count(*)::int ${orders}) AS "orderCount", ${some(openOrders)} AS "openOrders",
     (SELECT count(*)::int ${invoices}) AS "invoiceCount", ${some(dueInvoices)} AS "dueInvoices"
   FROM customers c WHERE c.shop_id = $1 AND c.id = $2`,
)

export type Belongings = Pick<MergePreview, 'vehicles' | 'orderCount' | 'openOrders' | 'invoiceCount' | 'dueInvoices'>

export async function selectBelongings(db: Queryable, shopId: string, customerId: string): Promise<Belongings | undefined> {
  return (await db.query<Belongings>(belongings, [shopId, customerId]))[0]
}

const references = sql('', 'SELECT table_name AS "table", column_name AS "column" FROM customer_references()')

/** Listed by themselves, or only the record of what is listed. */
const TOLD = new Set(['vehicles', 'repair_orders', 'vehicle_ownerships'])

/** How many rows of each other table belong to the customer; the tables are those that refer to customers, whichever they are. */
export async function countOthers(db: Queryable, shopId: string, customerId: string): Promise<MergePreview['others']> {
  const places = (await db.query<{ table: string; column: string }>(references)).filter(({ table }) => !TOLD.has(table))
  const each = places.map(
    ({ table, column }) => `SELECT '${table}' AS place, count(*) AS n FROM ${table} WHERE shop_id = $1 AND ${column} = $2`,
  )
  const all = `SELECT replace(place, '_', ' ') AS what, sum(n)::int AS count FROM (${each.join(' UNION ALL ')}) t GROUP BY 1 HAVING sum(n) > 0 ORDER BY 1`
  return db.query<MergePreview['others'][number]>(sql('', all), [shopId, customerId])
}

const insertMergeRow = sql(
  '',
  `INSERT INTO customer_merges (id, shop_id, kept_customer_id, merged_customer_id, fields_before, fields_after, merged_by_user_id, approver_user_id)
   VALUES ($2, $1, $3, $4, $5, $6, $7, $8)`,
)

export interface NewMerge {
  readonly mergeId: string
  readonly keptId: string
  readonly mergedId: string
  readonly before: CustomerFields
  readonly after: CustomerFields
  readonly approverId: string | null
}

/** The rule behind it moves everything. */
export async function insertMerge(tx: Tx, shopId: string, userId: string, merge: NewMerge): Promise<void> {
  const { mergeId, keptId, mergedId, before, after, approverId } = merge
  await tx.query(insertMergeRow, [shopId, mergeId, keptId, mergedId, JSON.stringify(before), JSON.stringify(after), userId, approverId])
}

const mergeById = sql(
  '',
  `SELECT m.kept_customer_id AS "keptId", m.merged_customer_id AS "mergedId", m.fields_before AS before, m.fields_after AS after, m.merged_at AS "mergedAt",
     EXISTS (SELECT FROM customer_merge_undos u WHERE u.merge_id = m.id) AS "isUndone",
     k.display_name AS "keptName", g.display_name AS "mergedName"
   FROM customer_merges m
   JOIN customers k ON k.shop_id = m.shop_id AND k.id = m.kept_customer_id
   JOIN customers g ON g.shop_id = m.shop_id AND g.id = m.merged_customer_id
   WHERE m.shop_id = $1 AND m.id = $2`,
)

export interface StoredMerge {
  readonly keptId: string
  readonly mergedId: string
  readonly before: CustomerFields
  readonly after: CustomerFields
  readonly mergedAt: string
  readonly isUndone: boolean
  readonly keptName: string
  readonly mergedName: string
}

export async function selectMerge(db: Queryable, shopId: string, mergeId: string): Promise<StoredMerge | undefined> {
  return (await db.query<StoredMerge>(mergeById, [shopId, mergeId]))[0]
}

// What happened since the merge and would be torn apart by its undoing; one sentence each. `moved` = the rows that would go back. Of account
// credit what did not come with the merge came since, whatever the clock said: books that do not add up cannot wait for a right one.
const obstacles = sql(
  '',
  `WITH merge AS (SELECT * FROM customer_merges WHERE shop_id = $1 AND id = $2),
     moved AS (SELECT r.table_name, r.row_id FROM customer_merge_rows r WHERE r.shop_id = $1 AND r.merge_id = $2)
   SELECT 'The customer that stayed is removed. Restore ' || c.display_name || ' first.' AS sentence
   FROM merge m JOIN customers c ON c.shop_id = $1 AND c.id = m.kept_customer_id WHERE c.deleted_at IS NOT NULL AND c.merged_into_id IS NULL
   UNION ALL
   SELECT 'The customer that stayed was itself merged into ' || k.display_name || '. Undo that merge first.'
   FROM merge m JOIN customers c ON c.shop_id = $1 AND c.id = m.kept_customer_id JOIN customers k ON k.shop_id = $1 AND k.id = c.merged_into_id
   UNION ALL
   SELECT 'The ' || v.year || ' ' || v.make || ' ' || v.model || ' has another owner since. Undo that transfer first.'
   FROM merge m JOIN moved ON moved.table_name = 'vehicles' JOIN vehicles v ON v.shop_id = $1 AND v.id = moved.row_id
   WHERE v.customer_id <> m.kept_customer_id
   UNION ALL
   SELECT r.ro_number || ' was written since for the ' || v.year || ' ' || v.make || ' ' || v.model || ', in the name of the customer that stayed.'
   FROM merge m JOIN moved ON moved.table_name = 'vehicles' JOIN vehicles v ON v.shop_id = $1 AND v.id = moved.row_id
   JOIN repair_orders r ON r.shop_id = $1 AND r.vehicle_id = v.id AND r.customer_id = m.kept_customer_id AND r.deleted_at IS NULL
   WHERE NOT EXISTS (SELECT FROM moved o WHERE o.table_name = 'repair_orders' AND o.row_id = r.id) AND r.created_at > m.merged_at
   UNION ALL
   SELECT 'An appointment was made since for the ' || v.year || ' ' || v.make || ' ' || v.model || '. Cancel it first.'
   FROM merge m JOIN moved ON moved.table_name = 'vehicles' JOIN vehicles v ON v.shop_id = $1 AND v.id = moved.row_id
   JOIN appointments a ON a.shop_id = $1 AND a.vehicle_id = v.id AND a.customer_id = m.kept_customer_id AND a.deleted_at IS NULL
     AND a.status IN ('scheduled', 'checked_in', 'in_progress')
   WHERE NOT EXISTS (SELECT FROM moved o WHERE o.table_name = 'appointments' AND o.row_id = a.id) AND a.created_at > m.merged_at
   UNION ALL
   SELECT r.ro_number || ' belongs to another customer since.'
   FROM merge m JOIN moved ON moved.table_name = 'repair_orders' JOIN repair_orders r ON r.shop_id = $1 AND r.id = moved.row_id
   WHERE r.customer_id <> m.kept_customer_id
   UNION ALL
   SELECT i.invoice_number || ' was issued since in the name of the customer that stayed. Void it first.'
   FROM merge m JOIN moved ON moved.table_name = 'repair_orders'
   JOIN invoices i ON i.shop_id = $1 AND i.repair_order_id = moved.row_id AND i.status <> 'void' AND i.created_at > m.merged_at
   UNION ALL
   SELECT 'Account credit was put on or taken off ' || i.invoice_number || ' since, in the name of the customer that stayed.'
   FROM merge m JOIN moved ON moved.table_name = 'repair_orders' JOIN invoices i ON i.shop_id = $1 AND i.repair_order_id = moved.row_id
   JOIN payments p ON p.shop_id = $1 AND p.invoice_id = i.id
   JOIN customer_credits k ON k.shop_id = $1 AND k.payment_id = p.id
   WHERE NOT EXISTS (SELECT FROM moved c WHERE c.table_name = 'customer_credits' AND c.row_id = k.id)
   UNION ALL
   SELECT 'Account credit that came with the merge was used since.'
   FROM merge m
   WHERE (SELECT sum(k.amount) FROM customer_credits k WHERE k.shop_id = $1 AND k.customer_id = m.kept_customer_id
          AND NOT EXISTS (SELECT FROM moved WHERE moved.table_name = 'customer_credits' AND moved.row_id = k.id)) < 0`,
)

export async function findObstacles(tx: Tx, shopId: string, mergeId: string): Promise<string[]> {
  return (await tx.query<{ sentence: string }>(obstacles, [shopId, mergeId])).map(({ sentence }) => sentence)
}

const insertUndoRow = sql(
  '',
  'INSERT INTO customer_merge_undos (merge_id, shop_id, undone_by_user_id, approver_user_id) VALUES ($2, $1, $3, $4)',
)

/** The rule behind it moves every row of the merge back. */
export async function insertUndo(tx: Tx, shopId: string, userId: string, mergeId: string, approverId: string | null): Promise<void> {
  await tx.query(insertUndoRow, [shopId, mergeId, userId, approverId])
}

const movedCounts = sql(
  '',
  `SELECT coalesce(json_object_agg(table_name, n), '{}') AS moved FROM (
     SELECT table_name, count(*) AS n FROM customer_merge_rows WHERE shop_id = $1 AND merge_id = $2 GROUP BY 1) x`,
)

/** Table -> number of rows, for the audit. */
export async function countMoved(tx: Tx, shopId: string, mergeId: string): Promise<Record<string, number>> {
  return (await tx.query<{ moved: Record<string, number> }>(movedCounts, [shopId, mergeId]))[0]?.moved ?? {}
}
