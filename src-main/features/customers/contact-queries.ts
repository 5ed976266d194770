import type { Contact, ContactFields } from '../../../src-preload/contract/accounts'
import { sql, type Queryable } from '../../database/transaction'

const facts = (alias: string) => `'id', ${alias}.id, 'name', ${alias}.name, 'role', ${alias}.role, 'phone', coalesce(${alias}.phone, ''),
  'email', coalesce(${alias}.email, ''), 'deletedAt', ${alias}.deleted_at`

/** The contacts of the customer with this id in the shop `$1`; with `alsoIds` also removed ones of these ids. */
export const contactsOf = (customerId: string, alsoIds = 'NULL::uuid') => `(SELECT coalesce(json_agg(json_build_object(${facts('p')})
    ORDER BY array_position(ARRAY['approver', 'payer', 'driver', 'other'], p.role::text), p.name, p.id), '[]')
  FROM customer_contacts p WHERE p.shop_id = $1 AND p.customer_id = ${customerId} AND (p.deleted_at IS NULL OR p.id IN (${alsoIds})))`

const insertRow = sql(
  '',
  `INSERT INTO customer_contacts (id, shop_id, customer_id, name, role, phone, email)
   SELECT $2, c.shop_id, c.id, $4, $5, nullif($6, ''), nullif($7, '') FROM customers c
   WHERE c.shop_id = $1 AND c.id = $3 AND c.deleted_at IS NULL FOR KEY SHARE
   ON CONFLICT (id) DO NOTHING RETURNING id`,
)

/** False when the customer is not there or the id is taken. */
export async function insertContact(
  db: Queryable,
  shopId: string,
  contactId: string,
  customerId: string,
  { name, role, phone, email }: ContactFields,
): Promise<boolean> {
  return (await db.query(insertRow, [shopId, contactId, customerId, name, role, phone, email])).length === 1
}

const byId = sql(
  '',
  `SELECT json_build_object(${facts('p')}) AS contact, p.customer_id AS "customerId" FROM customer_contacts p WHERE p.shop_id = $1 AND p.id = $2`,
)

export async function selectContact(
  db: Queryable,
  shopId: string,
  contactId: string,
): Promise<{ contact: Contact; customerId: string } | undefined> {
  return (await db.query<{ contact: Contact; customerId: string }>(byId, [shopId, contactId]))[0]
}

const lockRow = sql(
  '',
  `SELECT name, role, coalesce(phone, '') AS phone, coalesce(email, '') AS email FROM customer_contacts
   WHERE shop_id = $1 AND id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE`,
)

export async function lockContact(db: Queryable, shopId: string, contactId: string): Promise<ContactFields | undefined> {
  return (await db.query<ContactFields>(lockRow, [shopId, contactId]))[0]
}

const updateRow = sql(
  '',
  `UPDATE customer_contacts SET name = $3, role = $4, phone = nullif($5, ''), email = nullif($6, '') WHERE shop_id = $1 AND id = $2`,
)

export async function updateContactFields(db: Queryable, shopId: string, contactId: string, fields: ContactFields): Promise<void> {
  await db.query(updateRow, [shopId, contactId, fields.name, fields.role, fields.phone, fields.email])
}

const markRow = sql(
  '',
  'UPDATE customer_contacts SET deleted_at = CASE WHEN $3 THEN coalesce(deleted_at, CURRENT_TIMESTAMP) END WHERE shop_id = $1 AND id = $2 RETURNING id',
)

/** False when there is no such contact. */
export async function markContactRemoved(db: Queryable, shopId: string, contactId: string, removed: boolean): Promise<boolean> {
  return (await db.query(markRow, [shopId, contactId, removed])).length === 1
}
