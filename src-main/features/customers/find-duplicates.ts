import type { Duplicate } from '../../../src-preload/contract/customers'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { phoneDigits } from './phone-digits'

const possibleDuplicates = sql(
  'customers_duplicates',
  `SELECT d.customer_id AS id, d.display_name AS "displayName", d.phone, coalesce(d.email, '') AS email, d.reason,
     coalesce((SELECT string_agg(v.year || ' ' || v.make || ' ' || v.model, ', ' ORDER BY v.year DESC, v.id)
       FROM vehicles v WHERE v.shop_id = $1 AND v.customer_id = d.customer_id AND v.deleted_at IS NULL), '') AS vehicles
   FROM possible_duplicates($2, $3, $4, $5, $6, $7) WITH ORDINALITY AS d(customer_id, display_name, phone, email, reason, place)
   ORDER BY d.place`,
)

interface Typed {
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  readonly phone: string
  readonly email: string
  readonly exceptId?: string | undefined
}

/** Who this might be already; asked while somebody types. Phone before e-mail before name. */
export async function findDuplicates(ctx: Ctx, typed: Typed): Promise<Duplicate[]> {
  const { firstName, lastName, companyName, phone, email, exceptId = null } = typed
  const values = [ctx.shopId, firstName, lastName, companyName, phoneDigits(phone), email, exceptId]
  return await reading(ctx.db).query<Duplicate>(possibleDuplicates, values)
}
