import type { Cents } from '../../../src-preload/contract/money'
import type { Role } from '../../../src-preload/contract/permissions'
import { type Queryable, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { approvalForDiscount, type WantedApproval } from './line-rules'

const GIVEN = sql(
  '',
  `SELECT u.role, a.approver_user_id IS NOT NULL AS approved, (a.details ->> 'orderDiscountCents')::bigint AS "discountCents"
   FROM audit_events a JOIN users u ON u.shop_id = a.shop_id AND u.id = a.actor_user_id
   WHERE a.shop_id = $1 AND a.entity_id = $2 AND a.action = 'order.discounted'`,
)

interface GivenDiscount {
  readonly role: Role
  readonly approved: boolean
  readonly discountCents: Cents
}

/**
 * A discount is held against the limits once more when it is billed: work may have left the order since it was given, or a declined
 * discount may have come back. It stands when somebody gave it who may give as much on what is billed now, or an approver was told of it.
 * @returns what still needs an approval, null when nothing does
 */
export async function approvalForBilledDiscount(
  q: Queryable,
  ctx: Ctx,
  order: { readonly id: string; readonly subtotalCents: Cents; readonly discountCents: Cents },
): Promise<WantedApproval | null> {
  const { limits } = ctx.shop.settings
  const wantedOf = (role: Role) => approvalForDiscount(role, order.discountCents, order.subtotalCents, limits)
  const wanted = wantedOf(ctx.user.role)
  if (!wanted) return null
  const given = await q.query<GivenDiscount>(GIVEN, [ctx.shopId, order.id])
  const stands = given.some(({ role, approved, discountCents }) => discountCents >= order.discountCents && (approved || !wantedOf(role)))
  return stands ? null : wanted
}
