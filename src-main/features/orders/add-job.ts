import type { Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { addJobTo } from './job-queries'
import { assertMayTouch } from './line-rules'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'

/** @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE, DUPLICATE, FORBIDDEN for a role that may touch part lines only */
export async function addJob(ctx: Ctx, input: { orderId: string; jobId: string; name: string }): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  return changeOrder('orders.addJob', ctx, { by: 'order', id: input.orderId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    if (!(await addJobTo(tx, ctx.shopId, order.id, input.jobId, input.name))) throw new AppError('DUPLICATE')
  })
}
