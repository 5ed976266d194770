import type { SearchHit } from '../../../src-preload/contract/customers'
import { ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'

const search = sql(
  'search_counter',
  `SELECT kind, customer_id AS "customerId", vehicle_id AS "vehicleId", repair_order_id AS "orderId", invoice_id AS "invoiceId", title, subtitle,
     phone, plate, vin, vehicle AS "vehicleLabel", coalesce(open_orders, 0) AS "openOrders", open_order_id AS "openOrderId",
     open_order_number AS "openOrderNumber", open_order_status AS "openOrderStatus", balance_cents AS "balanceCents"
   FROM search_counter($1, $2)`,
)

/** The one search box. The function knows the shop of the connection; best hits first. */
export async function searchCounter(ctx: Ctx, { text, limit }: { text: string; limit: number }): Promise<SearchHit[]> {
  const typed = text.normalize('NFC').replaceAll('\0', '').trim()
  if (typed === '') return []
  const hits = await reading(ctx.db).query<SearchHit>(search, [typed, limit])
  return seesContact(ctx) ? hits : withoutContact(ctx, hits)
}

function withoutContact(ctx: Ctx, hits: readonly SearchHit[]): SearchHit[] {
  const seesInvoices = grantOf(ctx.user.role, 'invoices.see') !== 'no'
  return hits.filter((hit) => seesInvoices || hit.kind !== 'invoice').map((hit) => ({ ...hit, phone: null, balanceCents: ZERO }))
}
