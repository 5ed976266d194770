import type { Consent, Consents } from '../../../src-preload/contract/accounts'
import { sql, type Queryable } from '../../database/transaction'

const facts = `json_build_object('id', s.id, 'channel', s.channel, 'address', s.address, 'kind', s.kind, 'isGiven', s.is_given, 'method', s.method,
  'note', coalesce(s.note, ''), 'recordedAt', s.recorded_at, 'recordedByName', s.by_name)`

const NEWEST = 50

// What was said of a number holds for the number, whoever of those who share it said it.
const ledger = sql(
  'consents_of_customer',
  `WITH spoken AS (
     SELECT m.*, u.first_name || ' ' || u.last_name AS by_name FROM message_consents m
     JOIN users u ON u.shop_id = m.shop_id AND u.id = m.recorded_by_user_id
     WHERE m.shop_id = $1 AND (m.customer_id = $2 OR (m.channel, m.address_key) IN (
       SELECT o.channel, o.address_key FROM message_consents o WHERE o.shop_id = $1 AND o.customer_id = $2)))
   SELECT (SELECT coalesce(json_agg(${facts} ORDER BY s.seq DESC), '[]') FROM (SELECT * FROM spoken ORDER BY seq DESC LIMIT ${NEWEST}) s) AS ledger,
     (SELECT count(*)::int FROM spoken) AS "saidCount",
     (SELECT coalesce(json_agg(${facts} ORDER BY s.channel DESC, s.address, s.kind DESC), '[]') FROM (
        SELECT DISTINCT ON (channel, address_key, kind) * FROM spoken ORDER BY channel, address_key, kind, seq DESC) s) AS standing
   FROM customers c WHERE c.shop_id = $1 AND c.id = $2`,
)

/** What stands, whole; of what was said the newest 50. */
export async function selectConsents(db: Queryable, shopId: string, customerId: string): Promise<Consents | undefined> {
  return (await db.query<Consents>(ledger, [shopId, customerId]))[0]
}

const byId = sql(
  '',
  'SELECT address, kind, is_given AS "isGiven" FROM message_consents WHERE shop_id = $1 AND customer_id = $2 AND id = $3',
)

/** What the customer said under this id, however long ago. */
export async function findConsent(
  db: Queryable,
  shopId: string,
  customerId: string,
  consentId: string,
): Promise<Pick<Consent, 'address' | 'kind' | 'isGiven'> | undefined> {
  return (await db.query<Pick<Consent, 'address' | 'kind' | 'isGiven'>>(byId, [shopId, customerId, consentId]))[0]
}

const insertRow = sql(
  '',
  `INSERT INTO message_consents (id, shop_id, customer_id, channel, address, kind, is_given, method, note, recorded_by_user_id)
   VALUES ($2, $1, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10) ON CONFLICT (id) DO NOTHING RETURNING id`,
)

export type Spoken = Pick<Consent, 'channel' | 'address' | 'kind' | 'isGiven' | 'method' | 'note'>

/** False when the id is taken. */
export async function insertConsent(
  db: Queryable,
  shopId: string,
  userId: string,
  consentId: string,
  customerId: string,
  said: Spoken,
): Promise<boolean> {
  const { channel, address, kind, isGiven, method, note } = said
  return (await db.query(insertRow, [shopId, consentId, customerId, channel, address, kind, isGiven, method, note, userId])).length === 1
}
