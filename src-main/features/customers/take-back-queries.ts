import { sql, type Tx } from '../../database/transaction'

export type Kind = 'customers' | 'vehicles'

export interface NewRecord {
  readonly deletedAt: string | null
  /** the customer's own id, or the vehicle's owner */
  readonly customerId: string
  /** made within a day, and never changed since */
  readonly isNew: boolean
}

const lock = (kind: Kind) => sql('', `SELECT id FROM ${kind} WHERE shop_id = $1 AND id = $2 FOR UPDATE`)
const state = (kind: Kind) =>
  sql(
    '',
    `SELECT deleted_at AS "deletedAt", ${kind === 'customers' ? 'id' : 'customer_id'} AS "customerId",
       updated_at = created_at AND created_at > CURRENT_TIMESTAMP - interval '1 day' AS "isNew"
     FROM ${kind} WHERE shop_id = $1 AND id = $2`,
  )

/** Locked so that nothing new can name the record meanwhile; read by a statement of its own, which sees what came before the lock. */
export async function lockNew(tx: Tx, shopId: string, kind: Kind, id: string): Promise<NewRecord | undefined> {
  await tx.query(lock(kind), [shopId, id])
  return (await tx.query<NewRecord>(state(kind), [shopId, id]))[0]
}

const references = sql(
  '',
  `SELECT c.conrelid::regclass::text AS "table", a.attname::text AS "column"
   FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) AS k(attnum) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
   WHERE c.contype = 'f' AND c.confrelid = $1::regclass AND a.attname <> 'shop_id'`,
)

/** The database writes these with a new vehicle: whose it is, and its plate. */
const WITH_VEHICLE: Readonly<Record<string, string>> = { vehicles: 'id', vehicle_ownerships: 'vehicle_id', vehicle_plates: 'vehicle_id' }

/** Does anything refer to the record besides this vehicle and what was written with it? Asked of every table that can, whichever it is. */
export async function hasOthers(tx: Tx, shopId: string, kind: Kind, id: string, vehicleId: string | null): Promise<boolean> {
  const places = await tx.query<{ table: string; column: string }>(references, [kind])
  const each = places.map(({ table, column }) => {
    const own = WITH_VEHICLE[table]
    const others = own === undefined ? '' : ` AND ${own} IS DISTINCT FROM $3`
    return `EXISTS (SELECT FROM ${table} WHERE shop_id = $1 AND ${column} = $2${others})`
  })
  const [found] = await tx.query<{ hasOthers: boolean }>(sql('', `SELECT ${each.join(' OR ')} AS "hasOthers"`), [shopId, id, vehicleId])
  return found?.hasOthers ?? true
}
