import type { Approval } from '../../../src-preload/contract/call'
import type { Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { removeJobById } from './job-queries'
import { assertMayTouch } from './line-rules'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines, whyNotTakeOff } from './order-rules'
import { approveTakingOff, takeOff } from './take-off'
import { findTargetWork } from './take-off-queries'

/**
 * With its lines; adding both again with the same ids undoes that.
 * @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE, FORBIDDEN, APPROVAL_REQUIRED for agreed work that was begun
 */
export async function removeJob(ctx: Ctx, input: { jobId: string; reason?: string; approval?: Approval | undefined }): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  const approval = await approveTakingOff(ctx, 'removed', { jobId: input.jobId }, input.approval)
  return changeOrder('orders.removeJob', ctx, { by: 'job', id: input.jobId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    const done = whyNotTakeOff(order, ctx.user.role)
    const work = await findTargetWork(tx, ctx.shopId, { jobId: input.jobId })
    if (await removeJobById(tx, ctx.shopId, input.jobId, done !== null)) {
      if (work) await takeOff(tx, ctx, work, approval, { way: 'removed', reason: input.reason ?? '' })
      return
    }
    enforce(done)
    throw new AppError('NOT_FOUND')
  })
}
