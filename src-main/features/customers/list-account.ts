import type { AccountEntry } from '../../../src-preload/contract/customers'
import { AppError } from '../../base/app-error'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'

const ACCOUNT = sql(
  '',
  `SELECT coalesce((SELECT json_agg(x ORDER BY x.at DESC, x.id DESC) FROM (
     SELECT k.id, k.recorded_at AS at, k.kind, cents(k.amount) AS "amountCents",
       cents(sum(k.amount) OVER (ORDER BY k.recorded_at, k.id)) AS "balanceCents", i.id AS "invoiceId", coalesce(i.invoice_number, '') AS "invoiceNumber",
       CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'method', o.method, 'amountCents', cents(o.amount), 'roundingCents', cents(o.rounding),
         'checkNumber', coalesce(o.check_number, ''), 'reference', coalesce(o.reference_number, ''), 'reason', o.reason, 'paidAt', o.processed_at) END AS payout,
       k.reason, coalesce(w.first_name || ' ' || w.last_name, '') AS "recordedByName",
       coalesce(a.first_name || ' ' || a.last_name, '') AS "approvedByName"
     FROM customer_credits k
     LEFT JOIN payments p ON p.shop_id = $1 AND p.id = k.payment_id
     LEFT JOIN invoices i ON i.shop_id = $1 AND i.id = p.invoice_id
     LEFT JOIN credit_payouts o ON o.shop_id = $1 AND o.id = k.payout_id
     LEFT JOIN users w ON w.shop_id = $1 AND w.id = k.recorded_by_user_id
     LEFT JOIN users a ON a.shop_id = $1 AND a.id = k.approved_by_user_id
     WHERE k.shop_id = $1 AND k.customer_id = c.id
     ORDER BY k.recorded_at DESC, k.id DESC LIMIT 200) x), '[]') AS entries
   FROM customers c WHERE c.shop_id = $1 AND c.id = $2`,
)

/** Everything that touched what a customer has on account, newest first. @throws AppError FORBIDDEN, NOT_FOUND */
export async function listAccount(ctx: Ctx, { customerId }: { customerId: string }): Promise<AccountEntry[]> {
  if (!seesContact(ctx)) throw new AppError('FORBIDDEN')
  const [customer] = await reading(ctx.db).query<{ entries: AccountEntry[] }>(ACCOUNT, [ctx.shopId, customerId])
  if (!customer) throw new AppError('NOT_FOUND')
  return customer.entries
}
