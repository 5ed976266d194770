import type { SearchHit } from '../../../src-preload/contract/customers'
import { ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { type Queryable, reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'
import { accountCreditOf } from './customer-queries'
import { phoneDigits } from './phone-digits'
import { typedNumber } from './typed-number'

const search = sql(
  'search_counter',
  `SELECT kind, customer_id AS "customerId", vehicle_id AS "vehicleId", repair_order_id AS "orderId", invoice_id AS "invoiceId", title, subtitle,
     phone, hit.plate, vin, vehicle AS "vehicleLabel", former.plate AS "formerPlate", coalesce(open_orders, 0) AS "openOrders", open_order_id AS "openOrderId",
     open_order_number AS "openOrderNumber", open_order_status AS "openOrderStatus", balance_cents AS "balanceCents",
     ${accountCreditOf('hit.customer_id', '$3')} AS "accountCreditCents"
   FROM search_counter($1, $2) WITH ORDINALITY AS hit(kind, customer_id, vehicle_id, repair_order_id, invoice_id, title, subtitle, phone, plate,
     vin, vehicle, open_orders, open_order_id, open_order_number, open_order_status, balance_cents, rank, place)
   LEFT JOIN LATERAL (
     SELECT p.plate FROM vehicle_plates p
     WHERE hit.kind = 'vehicle' AND p.shop_id = $3 AND p.vehicle_id = hit.vehicle_id AND p.worn_to IS NOT NULL
       AND position(plate_key($1) IN p.plate_norm) > 0 AND position(plate_key($1) IN coalesce(plate_key(hit.plate), '') || ' ' || coalesce(hit.vin, '')) = 0
     ORDER BY p.worn_to DESC LIMIT 1) former ON true
   ORDER BY hit.place`,
)

// The same answer in the same order, by equality alone, which row-level security lets use an index.
const searchByPhone = sql(
  'search-by-phone',
  `SELECT 'customer' AS kind, c.id AS "customerId", v.id AS "vehicleId", NULL AS "orderId", NULL AS "invoiceId", c.display_name AS title,
     coalesce(v.label, '') AS subtitle, c.phone, v.license_plate AS plate, v.vin, v.label AS "vehicleLabel", NULL AS "formerPlate", coalesce(o.open, 0) AS "openOrders",
     o.id AS "openOrderId", o.ro_number AS "openOrderNumber", o.status AS "openOrderStatus", coalesce(cents(m.due), 0) AS "balanceCents",
     ${accountCreditOf('c.id')} AS "accountCreditCents"
   FROM (
     SELECT id, display_name, search_key, phone FROM customers
     WHERE shop_id = $1 AND deleted_at IS NULL AND (phone_digits = $2 OR alternate_phone_digits = $2) LIMIT $3) c
   LEFT JOIN LATERAL (
     SELECT id, year, license_plate, vin, year || ' ' || make || ' ' || model AS label
     FROM vehicles WHERE shop_id = $1 AND customer_id = c.id AND deleted_at IS NULL) v ON true
   LEFT JOIN LATERAL (
     SELECT (count(*) OVER ())::int AS open, r.id, r.ro_number, r.status FROM repair_orders r
     WHERE r.shop_id = $1 AND r.vehicle_id = v.id AND r.customer_id = c.id AND r.deleted_at IS NULL
       AND r.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')
     ORDER BY r.check_in_date DESC LIMIT 1) o ON true
   LEFT JOIN LATERAL (
     SELECT sum(i.amount_due) AS due FROM repair_orders r
     JOIN invoices i ON i.shop_id = $1 AND i.repair_order_id = r.id AND i.status IN ('sent', 'partial', 'overdue')
     WHERE r.shop_id = $1 AND r.customer_id = c.id) m ON true
   ORDER BY c.search_key, v.year DESC, v.id LIMIT $3`,
)

/** @param digits as the generated columns hold them */
export function selectByPhone(q: Queryable, shopId: string, digits: string, limit: number): Promise<SearchHit[]> {
  return q.query<SearchHit>(searchByPhone, [shopId, digits, limit])
}

/** A phone number with nothing left to guess, as it is typed, pasted or told by the telephone: +1 (512) 555-0142. */
const WHOLE_PHONE = /^(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*\d{3}[\s.-]*\d{4}(?:\s*(?:x|ext\.?)\s*\d{1,10})?$/i

/** The one search box. The function knows the shop of the connection; best hits first. */
export async function searchCounter(ctx: Ctx, { text, limit }: { text: string; limit: number }): Promise<SearchHit[]> {
  const typed = typedNumber(text.normalize('NFC').replaceAll('\0', '').trim())
  if (typed === '') return []
  const hits = (await findByPhone(ctx, typed, limit)) ?? (await reading(ctx.db).query<SearchHit>(search, [typed, limit, ctx.shopId]))
  return seesContact(ctx) ? hits : withoutContact(ctx, hits)
}

/** Whose phone this is; null when it is none, or nobody's: then it may still be something else. */
async function findByPhone(ctx: Ctx, typed: string, limit: number): Promise<SearchHit[] | null> {
  if (!WHOLE_PHONE.test(typed)) return null
  const hits = await selectByPhone(reading(ctx.db), ctx.shopId, phoneDigits(typed), limit)
  return hits.length === 0 ? null : hits
}

function withoutContact(ctx: Ctx, hits: readonly SearchHit[]): SearchHit[] {
  const seesInvoices = grantOf(ctx.user.role, 'invoices.see') !== 'no'
  return hits
    .filter((hit) => seesInvoices || hit.kind !== 'invoice')
    .map((hit) => ({ ...hit, phone: null, balanceCents: ZERO, accountCreditCents: ZERO }))
}
