import type { Approval } from '../../../src-preload/contract/call'
import type { Order } from '../../../src-preload/contract/orders'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'
import { changeOrder } from './load-order'
import { occupyBay } from './occupy-bay'
import { moveOrder } from './order-queries'
import { enforce, isReopening, permissionToMove, whyNotMove } from './order-rules'

interface Input {
  orderId: string
  from: OrderStatus
  to: OrderStatus
  reason: string
  approval?: Approval | undefined
}

/**
 * One step of the status machine.
 * @throws WRONG_STATE, AUTHORIZATION_REQUIRED, LINES_UNDECIDED, ORDER_INVOICED, NOTHING_TO_AUTHORIZE, BAY_TAKEN, STOCK_SHORT, FORBIDDEN,
 * APPROVAL_REQUIRED, INVALID_INPUT (a reopening without reason), NOT_FOUND
 */
export async function transitionOrder(ctx: Ctx, input: Input): Promise<Order> {
  const { orderId, from, to, reason } = input
  const permission = permissionToMove(from, to)
  const grant = grantOf(ctx.user.role, permission)
  if (grant === 'no') throw new AppError('FORBIDDEN')
  if (isReopening(from, to) && reason === '') throw invalidField('reason', 'Say why the order is reopened.')
  const about = { entityType: 'repair_order', entityId: orderId }
  if (grant === 'approval') await requireApproval(ctx, permission, input.approval, `Reopen a finished order: ${reason}`, about)
  return changeOrder('orders.transition', ctx, { by: 'order', id: orderId }, async (tx, order) => {
    if (order.status !== from) throw new AppError('WRONG_STATE')
    if (grant === 'own' && order.technicianId !== ctx.userId) throw new AppError('FORBIDDEN')
    enforce(whyNotMove(order, to))
    invariant(await moveOrder(tx, ctx.shopId, order.id, from, to, reason), 'a locked order stays in its state')
    if (to === 'in_progress' && order.bayId !== null) await occupyBay(tx, ctx.shopId, order.id, order.bayId)
  })
}
