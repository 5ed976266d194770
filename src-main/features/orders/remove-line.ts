import type { Order } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { removeLineById } from './line-queries'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines, whyNotTakeOff } from './order-rules'

/** Takes a line away; adding it again with the same id undoes that. @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE, FORBIDDEN */
export function removeLine(ctx: Ctx, input: { lineId: string }): Promise<Order> {
  const onlyType = grantOf(ctx.user.role, 'orders.lines') === 'own' ? 'part' : null
  return changeOrder('orders.removeLine', ctx, { by: 'line', id: input.lineId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    const done = whyNotTakeOff(order, ctx.user.role)
    if (await removeLineById(tx, ctx.shopId, input.lineId, onlyType, done !== null)) return
    if (onlyType) throw new AppError('FORBIDDEN')
    enforce(done)
    throw new AppError('NOT_FOUND')
  })
}
