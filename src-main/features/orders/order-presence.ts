import { AppError } from '../../base/app-error'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { onlyAssignedTo } from './load-order'
import { enterOrder, findOthers, leaveOrder } from './presence-queries'

/**
 * This screen shows the order (or does not any more), and who else looks at it now. Nobody is there who was silent for more than a
 * minute: a counter that lost its power leaves by itself. @returns names of others, each once @throws NOT_FOUND
 */
export async function orderPresence(
  ctx: Ctx,
  { orderId, viewId, here }: { orderId: string; viewId: string; here: boolean },
): Promise<string[]> {
  const leave = (): Promise<void> => inTransaction('orders.leave', ctx, (tx) => leaveOrder(tx, ctx.shopId, orderId, viewId, ctx.userId))
  if (!here) {
    ctx.views?.closed(viewId)
    await leave()
    return []
  }
  ctx.views?.open(viewId, { userId: ctx.userId, end: leave })
  const view = { orderId, viewId, userId: ctx.userId, technicianId: onlyAssignedTo(ctx) }
  const entered = await inTransaction('orders.enter', ctx, (tx) => enterOrder(tx, ctx.shopId, view))
  if (!entered) throw new AppError('NOT_FOUND')
  return findOthers(reading(ctx.db), ctx.shopId, orderId, ctx.userId)
}
