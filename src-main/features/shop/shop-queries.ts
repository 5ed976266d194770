import { ShopSettings, type Bay, type Shop, type ShopFields } from '../../../src-preload/contract/shop'
import { sql, type Queryable } from '../../database/transaction'

const shopColumns = `id, name, coalesce(address, '') AS address, coalesce(city, '') AS city, state, coalesce(zip, '') AS zip,
  coalesce(phone, '') AS phone, coalesce(email, '') AS email, timezone, millionths(tax_rate) AS "taxRateMillionths",
  cents(labor_rate) AS "laborRateCents", logo_url AS "logoUrl", settings`

const shopById = sql('shop_by_id', `SELECT ${shopColumns} FROM shops WHERE id = $1`)
const shopLocked = sql('', `SELECT ${shopColumns} FROM shops WHERE id = $1 FOR NO KEY UPDATE`)

/** Settings come out whole: what an older row does not have yet has its default. */
export async function selectShop(db: Queryable, shopId: string, lock: 'read' | 'lock' = 'read'): Promise<Shop | undefined> {
  const [shop] = await db.query<Shop>(lock === 'lock' ? shopLocked : shopById, [shopId])
  return shop && { ...shop, settings: ShopSettings.parse(shop.settings) }
}

const updateShopRow = sql(
  '',
  `UPDATE shops SET name = $2, address = $3, city = $4, state = $5, zip = $6, phone = $7, email = $8, timezone = $9,
     tax_rate = from_millionths($10::bigint), labor_rate = dollars($11::bigint), settings = settings || $12::jsonb
   WHERE id = $1`,
)

/** Keys of the stored settings that this program does not know stay. */
export async function updateShopValues(db: Queryable, shopId: string, fields: ShopFields): Promise<void> {
  const { name, address, city, state, zip, phone, email, timezone, taxRateMillionths, laborRateCents, settings } = fields
  const values = [
    shopId,
    name,
    address,
    city,
    state,
    zip,
    phone,
    email,
    timezone,
    taxRateMillionths,
    laborRateCents,
    JSON.stringify(settings),
  ]
  await db.query(updateShopRow, values)
}

const updateLogo = sql('', 'UPDATE shops SET logo_url = $2 WHERE id = $1')

/** `logoUrl`: a data URL, or null for none. */
export async function updateShopLogo(db: Queryable, shopId: string, logoUrl: string | null): Promise<void> {
  await db.query(updateLogo, [shopId, logoUrl])
}

const bayColumns = `id, name, type, coalesce(is_active, true) AS "isActive"`
const allBays = sql(
  'shop_bays',
  `SELECT ${bayColumns} FROM bays WHERE shop_id = $1 ORDER BY coalesce(is_active, true) DESC, sort_order, lower(name), id`,
)

export function selectBays(db: Queryable, shopId: string): Promise<Bay[]> {
  return db.query<Bay>(allBays, [shopId])
}

const updateBayRow = sql('', `UPDATE bays SET name = $3, type = $4, is_active = $5 WHERE shop_id = $1 AND id = $2 RETURNING ${bayColumns}`)
const insertBayRow = sql(
  '',
  `INSERT INTO bays (id, shop_id, name, type, is_active, sort_order)
   VALUES ($2, $1, $3, $4, $5, (SELECT count(*) FROM bays WHERE shop_id = $1)) ON CONFLICT DO NOTHING RETURNING ${bayColumns}`,
)

export async function updateBay(db: Queryable, shopId: string, bay: Bay): Promise<Bay | undefined> {
  return (await db.query<Bay>(updateBayRow, [shopId, bay.id, bay.name, bay.type, bay.isActive]))[0]
}

/** Undefined when the id or the name is taken. */
export async function insertBay(db: Queryable, shopId: string, bay: Bay): Promise<Bay | undefined> {
  return (await db.query<Bay>(insertBayRow, [shopId, bay.id, bay.name, bay.type, bay.isActive]))[0]
}

const bayInUse = sql('', 'SELECT id FROM bays WHERE shop_id = $1 AND id = $2 AND current_ro_id IS NOT NULL')

export async function isBayInUse(db: Queryable, shopId: string, bayId: string): Promise<boolean> {
  return (await db.query(bayInUse, [shopId, bayId])).length > 0
}
