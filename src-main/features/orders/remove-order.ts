import type { Order } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadOrder } from './load-order'
import { removeDraft, restoreDraft } from './order-queries'

/** A draft only; `restoreOrder` undoes it. @throws NOT_FOUND, WRONG_STATE, FORBIDDEN for a draft of somebody else */
export async function removeOrder(ctx: Ctx, input: { orderId: string }): Promise<Record<string, never>> {
  return inTransaction('orders.remove', ctx, async (tx) => {
    if (await removeDraft(tx, ctx.shopId, input.orderId, onlyCreatedBy(ctx))) return {}
    const order = await loadOrder(tx, ctx, input.orderId)
    if (order.deletedAt !== null) return {}
    throw new AppError(order.status === 'draft' ? 'FORBIDDEN' : 'WRONG_STATE')
  })
}

/** @throws NOT_FOUND, FORBIDDEN for a draft of somebody else */
export async function restoreOrder(ctx: Ctx, input: { orderId: string }): Promise<Order> {
  return inTransaction('orders.restore', ctx, async (tx) => {
    const restored = await restoreDraft(tx, ctx.shopId, input.orderId, onlyCreatedBy(ctx))
    const order = await loadOrder(tx, ctx, input.orderId)
    if (!restored && order.deletedAt !== null) throw new AppError('FORBIDDEN')
    return order
  })
}

function onlyCreatedBy(ctx: Ctx): string | null {
  return grantOf(ctx.user.role, 'orders.remove') === 'own' ? ctx.userId : null
}
