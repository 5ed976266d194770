import type { Customer, CustomerFields } from '../../../src-preload/contract/customers'
import { sql, type Queryable, type Tx } from '../../database/transaction'
import { contactsOf } from './contact-queries'
import { openStatuses, vehicleSummaryColumns, vehicleVisits } from '../vehicles/vehicle-queries'

const fieldColumns = `c.kind, c.first_name AS "firstName", c.last_name AS "lastName", coalesce(c.company_name, '') AS "companyName", c.phone,
  coalesce(c.phone_ext, '') AS "phoneExt", coalesce(c.alternate_phone, '') AS "alternatePhone", coalesce(c.email, '') AS email,
  coalesce(c.address, '') AS address, coalesce(c.city, '') AS city, coalesce(c.state, '') AS state, coalesce(c.zip, '') AS zip,
  c.preferred_contact AS "preferredContact", c.tax_exempt AS "taxExempt", coalesce(c.tax_exempt_number, '') AS "taxExemptNumber",
  coalesce(c.tax_exempt_expires::text, '') AS "taxExemptExpires", c.requires_purchase_order AS "requiresPurchaseOrder",
  coalesce(c.notes, '') AS notes, coalesce(c.tags, '{}') AS tags`

/** Issued, not void, not yet paid: in cents, of the customer with this id in the shop `$1`. */
export const balanceOf = (customerId: string) => `(SELECT coalesce(sum(cents(i.amount_due)), 0)::bigint
  FROM repair_orders r JOIN invoices i ON i.shop_id = r.shop_id AND i.repair_order_id = r.id
  WHERE r.shop_id = $1 AND r.customer_id = ${customerId} AND i.status IN ('sent', 'partial', 'overdue'))`

/** What the customer with this id has on account, in cents. */
export const accountCreditOf = (customerId: string, shopId = '$1') => `(SELECT coalesce(cents(sum(k.amount)), 0)
  FROM customer_credits k WHERE k.shop_id = ${shopId} AND k.customer_id = ${customerId})`

/** Checks of the customer with this id in the shop `$1` that came back, `b`, and nobody said that it was a mistake. */
export const returnedChecksOf = (customerId: string) => `repair_orders ro_of_check
  JOIN invoices i_of_check ON i_of_check.shop_id = $1 AND i_of_check.repair_order_id = ro_of_check.id
  JOIN check_returns b ON b.shop_id = $1 AND b.invoice_id = i_of_check.id AND b.undoes_id IS NULL
    AND NOT EXISTS (SELECT FROM check_returns u WHERE u.shop_id = $1 AND u.undoes_id = b.id)
  WHERE ro_of_check.shop_id = $1 AND ro_of_check.customer_id = ${customerId}`

const returnedChecks = `(SELECT coalesce(json_agg(json_build_object('returnedOn', b.returned_on, 'faceCents', cents(b.face),
    'invoiceId', i_of_check.id, 'invoiceNumber', i_of_check.invoice_number) ORDER BY b.returned_on DESC, b.id DESC), '[]')
  FROM ${returnedChecksOf('c.id')})`

// `c` = customers: a merge counts until it is undone.
const mergedInto = `(SELECT json_build_object('id', k.id, 'displayName', k.display_name, 'mergeId', m.id)
  FROM customer_merges m JOIN customers k ON k.shop_id = m.shop_id AND k.id = m.kept_customer_id
  WHERE m.shop_id = c.shop_id AND m.merged_customer_id = c.id AND c.merged_into_id = k.id
    AND NOT EXISTS (SELECT FROM customer_merge_undos u WHERE u.merge_id = m.id))`
const mergesOf = `(SELECT coalesce(json_agg(json_build_object('id', m.id, 'mergedId', g.id, 'mergedName', g.display_name, 'mergedAt', m.merged_at,
    'mergedByName', u.first_name || ' ' || u.last_name) ORDER BY m.merged_at DESC), '[]')
  FROM customer_merges m JOIN customers g ON g.shop_id = m.shop_id AND g.id = m.merged_customer_id
  JOIN users u ON u.shop_id = m.shop_id AND u.id = m.merged_by_user_id
  WHERE m.shop_id = c.shop_id AND m.kept_customer_id = c.id AND NOT EXISTS (SELECT FROM customer_merge_undos d WHERE d.merge_id = m.id))`

const customerById = sql(
  'customers_by_id',
  `SELECT c.id, ${fieldColumns}, c.display_name AS "displayName", ${balanceOf('c.id')} AS "balanceCents",
     ${accountCreditOf('c.id')} AS "accountCreditCents", ${returnedChecks} AS "returnedChecks",
     coalesce((SELECT json_agg(x ORDER BY x."deletedAt" IS NOT NULL, x."lastVisitAt" DESC NULLS LAST, x.label, x.id) FROM (
       SELECT ${vehicleSummaryColumns} FROM vehicles v ${vehicleVisits}
       WHERE v.shop_id = $1 AND v.customer_id = c.id) x), '[]') AS vehicles,
     c.tax_exempt AND coalesce(c.tax_exempt_expires < shop_local_date($1, now()), false) AS "isExemptionExpired",
     ${contactsOf('c.id')} AS contacts, ${mergedInto} AS "mergedInto", ${mergesOf} AS merges,
     c.created_at AS "createdAt", c.deleted_at AS "deletedAt"
   FROM customers c WHERE c.shop_id = $1 AND c.id = $2`,
)

/** With all vehicles, removed ones last. */
export async function selectCustomer(db: Queryable, shopId: string, customerId: string): Promise<Customer | undefined> {
  return (await db.query<Customer>(customerById, [shopId, customerId]))[0]
}

const fieldsById = `SELECT ${fieldColumns} FROM customers c WHERE c.shop_id = $1 AND c.id = $2 AND c.deleted_at IS NULL`
const fieldsRead = sql('', fieldsById)
const fieldsLocked = sql('', `${fieldsById} FOR NO KEY UPDATE`)

export async function selectFields(
  db: Queryable,
  shopId: string,
  customerId: string,
  lock: 'read' | 'lock',
): Promise<CustomerFields | undefined> {
  return (await db.query<CustomerFields>(lock === 'lock' ? fieldsLocked : fieldsRead, [shopId, customerId]))[0]
}

const insertCustomerRow = sql(
  '',
  `INSERT INTO customers (id, shop_id, kind, first_name, last_name, company_name, phone, phone_ext, alternate_phone, email, address, city, state,
     zip, preferred_contact, tax_exempt, tax_exempt_number, notes, tags, tax_exempt_expires, requires_purchase_order)
   VALUES ($2, $1, $3, $4, $5, nullif($6, ''), $7, nullif($8, ''), nullif($9, ''), nullif($10, ''), nullif($11, ''), nullif($12, ''),
     nullif($13, ''), nullif($14, ''), $15, $16, nullif($17, ''), nullif($18, ''), $19, nullif($20, '')::date, $21)
   ON CONFLICT (id) DO NOTHING RETURNING id`,
)

/** False when the id is taken. */
export async function insertCustomer(db: Queryable, shopId: string, customerId: string, fields: CustomerFields): Promise<boolean> {
  return (await db.query(insertCustomerRow, [shopId, customerId, ...valuesOf(fields)])).length === 1
}

const updateCustomerRow = sql(
  '',
  `UPDATE customers SET kind = $3, first_name = $4, last_name = $5, company_name = nullif($6, ''), phone = $7, phone_ext = nullif($8, ''),
     alternate_phone = nullif($9, ''), email = nullif($10, ''), address = nullif($11, ''), city = nullif($12, ''), state = nullif($13, ''),
     zip = nullif($14, ''), preferred_contact = $15, tax_exempt = $16, tax_exempt_number = nullif($17, ''), notes = nullif($18, ''), tags = $19,
     tax_exempt_expires = nullif($20, '')::date, requires_purchase_order = $21
   WHERE shop_id = $1 AND id = $2`,
)

export async function updateCustomerFields(db: Queryable, shopId: string, customerId: string, fields: CustomerFields): Promise<void> {
  await db.query(updateCustomerRow, [shopId, customerId, ...valuesOf(fields)])
}

function valuesOf(fields: CustomerFields): unknown[] {
  const { kind, firstName, lastName, companyName, phone, phoneExt, alternatePhone, email, address, city, state, zip } = fields
  const { preferredContact, taxExempt, taxExemptNumber, notes, tags, taxExemptExpires, requiresPurchaseOrder } = fields
  const contact = [kind, firstName, lastName, companyName, phone, phoneExt, alternatePhone, email, address, city, state, zip]
  return [...contact, preferredContact, taxExempt, taxExemptNumber, notes, tags, taxExemptExpires, requiresPurchaseOrder]
}

const lockRow = sql('', 'SELECT id FROM customers WHERE shop_id = $1 AND id = $2 FOR UPDATE')
const removalState = sql(
  '',
  `SELECT c.deleted_at AS "deletedAt", c.merged_into_id AS "mergedIntoId", ${balanceOf('c.id')} AS "balanceCents",
     ${accountCreditOf('c.id')} AS "accountCreditCents",
     EXISTS (SELECT FROM repair_orders r WHERE r.shop_id = $1 AND r.customer_id = c.id AND r.deleted_at IS NULL
             AND r.status IN (${openStatuses})) AS "hasOpenOrders"
   FROM customers c WHERE c.shop_id = $1 AND c.id = $2`,
)

export interface RemovalState {
  readonly deletedAt: string | null
  readonly mergedIntoId: string | null
  readonly balanceCents: number
  readonly accountCreditCents: number
  readonly hasOpenOrders: boolean
}

/**
 * Locked so that no new order or vehicle can name the customer meanwhile. The state is read by a statement of its own: one that waited for
 * the lock still sees the orders as they were before it waited.
 */
export async function lockForRemoval(tx: Tx, shopId: string, customerId: string): Promise<RemovalState | undefined> {
  await tx.query(lockRow, [shopId, customerId])
  return (await tx.query<RemovalState>(removalState, [shopId, customerId]))[0]
}

const markRemoved = sql(
  '',
  `WITH c AS (UPDATE customers SET deleted_at = CURRENT_TIMESTAMP WHERE shop_id = $1 AND id = $2)
   UPDATE vehicles SET deleted_at = CURRENT_TIMESTAMP WHERE shop_id = $1 AND customer_id = $2 AND deleted_at IS NULL`,
)

/** The vehicles go along, under the same moment. */
export async function markCustomerRemoved(db: Queryable, shopId: string, customerId: string): Promise<void> {
  await db.query(markRemoved, [shopId, customerId])
}

const restoreVehicles = sql(
  '',
  `UPDATE vehicles v SET deleted_at = NULL FROM customers c
   WHERE c.shop_id = $1 AND c.id = $2 AND v.shop_id = $1 AND v.customer_id = c.id AND v.deleted_at = c.deleted_at
     AND NOT EXISTS (SELECT FROM vehicles o WHERE o.shop_id = $1 AND o.deleted_at IS NULL AND (o.vin = v.vin
       OR (o.license_plate_norm = v.license_plate_norm AND o.plate_state IS NOT DISTINCT FROM v.plate_state)))`,
)
const restoreRow = sql('', 'UPDATE customers SET deleted_at = NULL WHERE shop_id = $1 AND id = $2')

/** The vehicles that went along come back, except one whose VIN or plate another vehicle has by now. */
export async function markCustomerRestored(db: Queryable, shopId: string, customerId: string): Promise<void> {
  await db.query(restoreVehicles, [shopId, customerId])
  await db.query(restoreRow, [shopId, customerId])
}
