import type { Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { decideLines, findLines } from './line-queries'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'

interface Input {
  orderId: string
  jobId?: string | undefined
  lineId?: string | undefined
  decision: 'approved' | 'declined' | 'quoted'
  reason: string
}

/**
 * The customer's yes or no to a job or a line; declined work leaves the total at once and keeps its reason. Finished lines stay as they are.
 * @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE when everything meant is finished already, INVALID_INPUT unless one target is given
 */
export async function decide(ctx: Ctx, input: Input): Promise<Order> {
  if ((input.jobId === undefined) === (input.lineId === undefined)) throw invalidField('jobId', 'Choose a job or a line.')
  const target = { jobId: input.jobId ?? null, lineId: input.lineId ?? null }
  return changeOrder('orders.decide', ctx, { by: 'order', id: input.orderId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    const { lines, jobs } = await decideLines(tx, ctx.shopId, order.id, target, {
      status: input.decision,
      reason: input.reason,
      userId: ctx.userId,
    })
    if (lines > 0 || jobs > 0) return
    const finished = target.lineId !== null && (await findLines(tx, ctx.shopId, order.id, [target.lineId])).length === 1
    throw new AppError(finished ? 'WRONG_STATE' : 'NOT_FOUND')
  })
}
