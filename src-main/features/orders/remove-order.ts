import type { Order } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadOrder } from './load-order'
import { customerAndVehicleStand, removeDraft, restoreDraft } from './order-queries'

/** A draft only; `restoreOrder` undoes it. @throws NOT_FOUND, WRONG_STATE, FORBIDDEN for a draft of somebody else */
export async function removeOrder(ctx: Ctx, input: { orderId: string }): Promise<Record<string, never>> {
  return inTransaction('orders.remove', ctx, async (tx) => {
    if (await removeDraft(tx, ctx.shopId, input.orderId, onlyCreatedBy(ctx))) return {}
    const order = await loadOrder(tx, ctx, input.orderId)
    if (order.deletedAt !== null) return {}
    throw new AppError(order.status === 'draft' ? 'FORBIDDEN' : 'WRONG_STATE')
  })
}

/** @throws NOT_FOUND, FORBIDDEN for a draft of somebody else, IN_USE while its customer or vehicle is removed */
export async function restoreOrder(ctx: Ctx, input: { orderId: string }): Promise<Order> {
  return inTransaction('orders.restore', ctx, async (tx) => {
    const restored = await restoreDraft(tx, ctx.shopId, input.orderId, onlyCreatedBy(ctx))
    const order = await loadOrder(tx, ctx, input.orderId)
    if (!restored && order.deletedAt !== null) throw new AppError('FORBIDDEN')
    if (restored && !(await customerAndVehicleStand(tx, ctx.shopId, order.id))) {
      throw new AppError('IN_USE', { message: 'Its customer or vehicle is removed. Restore that first.' })
    }
    return order
  })
}

function onlyCreatedBy(ctx: Ctx): string | null {
  return grantOf(ctx.user.role, 'orders.remove') === 'own' ? ctx.userId : null
}
