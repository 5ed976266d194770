import type { Approval } from '../../../src-preload/contract/call'
import type { LineStatus, Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import type { Ctx } from '../../ipc/context'
import { assertOnce } from './assert-once'
import { decideLines, findLines } from './line-queries'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'
import { approveTakingOff, takeOff } from './take-off'
import { findTargetWork, type TargetLine } from './take-off-queries'

interface Input {
  orderId: string
  jobId?: string | undefined
  lineId?: string | undefined
  decision: 'approved' | 'declined' | 'quoted'
  was: readonly { lineId: string; status: LineStatus }[]
  reason: string
  approval?: Approval | undefined
}

/**
 * The customer's yes or no to a job or a line, as it stood when they were asked; declined work leaves the total at once and keeps its
 * reason. Finished lines stay as they are.
 * @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE when everything meant is finished already, INVALID_INPUT unless one target is given or a
 * no to agreed work has no reason, WRONG_STATE when it is on another order since, EDIT_CONFLICT when another counter decided or added lines meanwhile, APPROVAL_REQUIRED
 */
export async function decide(ctx: Ctx, input: Input): Promise<Order> {
  const { orderId, jobId, lineId, decision, reason } = input
  if ((jobId === undefined) === (lineId === undefined)) throw invalidField('jobId', 'Choose a job or a line.')
  const declines = decision === 'declined'
  const approval = declines ? await approveTakingOff(ctx, 'declined', { orderId, jobId, lineId }, input.approval) : null
  return changeOrder('orders.decide', ctx, { by: 'order', id: orderId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    const work = await findTargetWork(tx, ctx.shopId, { orderId, jobId, lineId })
    invariant(work, 'a locked order has its rows')
    assertSeen(work.lines, input)
    if (approval) await takeOff(tx, ctx, work, approval, { way: 'declined', reason })
    const target = { jobId: jobId ?? null, lineId: lineId ?? null }
    const { lines, jobs } = await decideLines(tx, ctx.shopId, order.id, target, { status: decision, reason, userId: ctx.userId })
    if (!declines) await assertOnce(tx, ctx, order.id, declinedOf(work.lines))
    if (lines > 0 || jobs > 0) return
    const finished = lineId !== undefined && (await findLines(tx, ctx.shopId, order.id, [lineId])).length === 1
    throw new AppError(finished ? 'WRONG_STATE' : 'NOT_FOUND')
  })
}

const declinedOf = (lines: readonly TargetLine[]): string[] => lines.filter(({ status }) => status === 'declined').map(({ id }) => id)

/** A decision of another counter is not overwritten unseen, and nothing is decided that was added after the customer was asked. */
function assertSeen(lines: readonly TargetLine[], { was, decision }: Input): void {
  const seen = new Map(was.map(({ lineId, status }) => [lineId, status]))
  const differing = lines.filter(({ id, status }) => status !== 'completed' && status !== decision && status !== seen.get(id))
  if (differing.length === 0) return
  const sentences = differing.map(({ id, status, description }) => {
    const before = seen.get(id)
    return before === undefined ? `“${description}” was added meanwhile.` : `“${description}” was ${before} and is ${status} now.`
  })
  const current = { lines: differing.map(({ id, status }) => ({ lineId: id, status })) }
  throw new AppError('EDIT_CONFLICT', { current, message: `${sentences.join(' ')} Nothing was overwritten.` })
}
