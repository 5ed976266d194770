import { ShopSettings, type Bay, type Shop, type ShopFields } from '../../../src-preload/contract/shop'
import { sql, type Queryable } from '../../database/transaction'
import type { ShopRuntime } from '../../ipc/context'

/** `p` = pictures. */
const dataUrl = `'data:' || p.media_type || ';base64,' || translate(encode(p.bytes, 'base64'), E'\\n', '')`

const shopColumns = `id, name, coalesce(address, '') AS address, coalesce(city, '') AS city, state, coalesce(zip, '') AS zip,
  coalesce(phone, '') AS phone, coalesce(email, '') AS email, timezone, millionths(tax_rate) AS "taxRateMillionths",
  cents(labor_rate) AS "laborRateCents", settings,
  (SELECT ${dataUrl} FROM pictures p WHERE p.shop_id = shops.id AND p.sha256 = shops.logo_sha256) AS "logoUrl"`

const shopById = sql('shop_by_id', `SELECT ${shopColumns} FROM shops WHERE id = $1`)
const shopLocked = sql('', `SELECT ${shopColumns} FROM shops WHERE id = $1 FOR NO KEY UPDATE`)

/** Settings come out whole: what an older row does not have yet has its default. */
export async function selectShop(db: Queryable, shopId: string, lock: 'read' | 'lock' = 'read'): Promise<Shop | undefined> {
  const [shop] = await db.query<Shop>(lock === 'lock' ? shopLocked : shopById, [shopId])
  return shop && { ...shop, settings: ShopSettings.parse(shop.settings) }
}

const profileById = sql('', 'SELECT name, state, timezone, logo_sha256 AS "logoSha256", settings FROM shops WHERE id = $1')

/** What every call needs to know of the shop, without what weighs much. */
export async function selectProfile(db: Queryable, shopId: string): Promise<ShopRuntime['profile'] | undefined> {
  const [shop] = await db.query<ShopRuntime['profile']>(profileById, [shopId])
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

/** A picture as the program stores it: `sha256` in hex, of the bytes. */
export interface Picture {
  readonly sha256: string
  readonly mediaType: 'image/png' | 'image/jpeg'
  readonly bytes: Buffer
}

const insertPicture = sql(
  '',
  'INSERT INTO pictures (shop_id, sha256, media_type, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT (shop_id, sha256) DO NOTHING',
)

/** The same picture twice is stored once. */
export async function storePicture(db: Queryable, shopId: string, { sha256, mediaType, bytes }: Picture): Promise<void> {
  await db.query(insertPicture, [shopId, sha256, mediaType, bytes])
}

const pictureUrl = sql('', `SELECT ${dataUrl} AS url FROM pictures p WHERE p.shop_id = $1 AND p.sha256 = $2`)

/** A stored picture as a data URL. */
export async function findPictureUrl(db: Queryable, shopId: string, sha256: string): Promise<string | undefined> {
  const [picture] = await db.query<{ url: string }>(pictureUrl, [shopId, sha256])
  return picture?.url
}

const updateLogo = sql('', `UPDATE shops SET logo_url = 'picture:' || $2::text WHERE id = $1`)

/** `sha256` of a stored picture, or null for no logo. */
export async function updateShopLogo(db: Queryable, shopId: string, sha256: string | null): Promise<void> {
  await db.query(updateLogo, [shopId, sha256])
}

const bayColumns = `id, name, type, coalesce(is_active, true) AS "isActive"`
const allBays = sql(
  'shop_bays',
  `SELECT ${bayColumns} FROM bays WHERE shop_id = $1 ORDER BY coalesce(is_active, true) DESC, sort_order, lower(name), id`,
)

export function selectBays(db: Queryable, shopId: string): Promise<Bay[]> {
  return db.query<Bay>(allBays, [shopId])
}

const bayById = sql('', `SELECT ${bayColumns} FROM bays WHERE shop_id = $1 AND id = $2`)

export async function selectBay(db: Queryable, shopId: string, bayId: string): Promise<Bay | undefined> {
  return (await db.query<Bay>(bayById, [shopId, bayId]))[0]
}

const insertBayRow = sql(
  '',
  `INSERT INTO bays (id, shop_id, name, type, is_active, sort_order)
   VALUES ($2, $1, $3, $4, $5, (SELECT count(*) FROM bays WHERE shop_id = $1)) ON CONFLICT DO NOTHING RETURNING ${bayColumns}`,
)

/** Undefined when the id or the name is taken. */
export async function insertBay(db: Queryable, shopId: string, bay: Bay): Promise<Bay | undefined> {
  return (await db.query<Bay>(insertBayRow, [shopId, bay.id, bay.name, bay.type, bay.isActive]))[0]
}

const bayInUse = sql('', 'SELECT id FROM bays WHERE shop_id = $1 AND id = $2 AND current_ro_id IS NOT NULL')

export async function isBayInUse(db: Queryable, shopId: string, bayId: string): Promise<boolean> {
  return (await db.query(bayInUse, [shopId, bayId])).length > 0
}
