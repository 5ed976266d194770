import type { Approval } from '../../../src-preload/contract/call'
import type { Order } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { forgetFeeRule } from './fee-queries'
import { removeLineById } from './line-queries'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines, whyNotTakeOff } from './order-rules'
import { approveTakingOff, takeOff } from './take-off'
import { findTargetWork } from './take-off-queries'

/**
 * Takes a line away; adding it again with the same id undoes that.
 * @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE, FORBIDDEN, APPROVAL_REQUIRED for agreed work that was begun
 */
export async function removeLine(ctx: Ctx, input: { lineId: string; reason?: string; approval?: Approval | undefined }): Promise<Order> {
  const onlyType = grantOf(ctx.user.role, 'orders.lines') === 'own' ? 'part' : null
  const approval = await approveTakingOff(ctx, 'removed', { lineId: input.lineId }, input.approval)
  return changeOrder('orders.removeLine', ctx, { by: 'line', id: input.lineId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    const done = whyNotTakeOff(order, ctx.user.role)
    const work = await findTargetWork(tx, ctx.shopId, { lineId: input.lineId })
    const removed = await removeLineById(tx, ctx.shopId, input.lineId, onlyType, done !== null)
    if (removed) {
      if (removed.ruleId !== null) await forgetFeeRule(tx, ctx.shopId, order.id, removed.ruleId)
      if (work) await takeOff(tx, ctx, work, approval, { way: 'removed', reason: input.reason ?? '' })
      return
    }
    if (onlyType) throw new AppError('FORBIDDEN')
    enforce(done)
    throw new AppError('NOT_FOUND')
  })
}
