import type { CustomerSummary } from '../../../src-preload/contract/customers'
import { type Cents, ZERO } from '../../../src-preload/contract/money'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'
import { balanceOf } from './customer-queries'

const PAGE = 100
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const sortName = (alias: string) => `lower(coalesce(nullif(${alias}.company_name, ''), ${alias}.last_name || ' ' || ${alias}.first_name))`

const page = sql(
  'customers_page',
  `SELECT p.id, p.kind, p.display_name AS "displayName", p.phone, p.email, p.deleted_at AS "deletedAt",
     coalesce((SELECT string_agg(v.year || ' ' || v.make || ' ' || v.model, ', ' ORDER BY v.year DESC, v.id)
       FROM vehicles v WHERE v.shop_id = $1 AND v.customer_id = p.id AND (v.deleted_at IS NULL OR p.deleted_at IS NOT NULL)), '') AS vehicles,
     ${balanceOf('p.id')} AS "balanceCents"
   FROM (
     SELECT c.id, c.kind, c.display_name, c.phone, c.email, c.deleted_at, ${sortName('c')} AS sort_name FROM customers c
     WHERE c.shop_id = $1 AND (c.deleted_at IS NOT NULL) = $2
       AND (${sortName('c')}, c.id) > (
         coalesce((SELECT ${sortName('a')} FROM customers a WHERE a.shop_id = $1 AND a.id = $4), lower($3)),
         coalesce($4, '00000000-0000-0000-0000-000000000000'::uuid))
     ORDER BY sort_name, c.id LIMIT ${PAGE}) p
   ORDER BY p.sort_name, p.id`,
)

type Row = CustomerSummary & { vehicles: string; balanceCents: Cents; deletedAt: string | null }

/** A hundred customers by name, people by their last name. `after`: the id of the last one seen, or where in the alphabet to start. */
export async function listCustomers(ctx: Ctx, { removed, after }: { removed: boolean; after: string }): Promise<Row[]> {
  const afterId = UUID.test(after) ? after : null
  const rows = await reading(ctx.db).query<Row>(page, [ctx.shopId, removed, afterId ? '' : after, afterId])
  return seesContact(ctx) ? rows : rows.map((row) => ({ ...row, phone: null, email: null, balanceCents: ZERO }))
}
