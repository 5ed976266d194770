import type { Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { removeJobById } from './job-queries'
import { assertMayTouch } from './line-rules'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines, whyNotTakeOff } from './order-rules'

/** With its lines; adding both again with the same ids undoes that. @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE, FORBIDDEN */
export async function removeJob(ctx: Ctx, input: { jobId: string }): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  return changeOrder('orders.removeJob', ctx, { by: 'job', id: input.jobId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    const done = whyNotTakeOff(order, ctx.user.role)
    if (await removeJobById(tx, ctx.shopId, input.jobId, done !== null)) return
    enforce(done)
    throw new AppError('NOT_FOUND')
  })
}
