import type { Approval } from '../../../src-preload/contract/call'
import type { Order } from '../../../src-preload/contract/orders'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'
import { findShopPrices } from '../pricing/shop-prices'
import { assertOnce } from './assert-once'
import { changeOrder } from './load-order'
import { occupyBay } from './occupy-bay'
import { moveOrder } from './order-queries'
import { enforce, isReopening, permissionToMove, whyNotMove } from './order-rules'
import { approveTakingOff, takeOff, type TakeOffApproval } from './take-off'
import { findTargetWork } from './take-off-queries'

interface Input {
  orderId: string
  from: OrderStatus
  to: OrderStatus
  reason: string
  approval?: Approval | undefined
}

/**
 * One step of the status machine. Declining what the customer agreed to is recorded; once work was begun it needs an approval.
 * @throws WRONG_STATE, AUTHORIZATION_REQUIRED, LINES_UNDECIDED, ORDER_INVOICED, NOTHING_TO_AUTHORIZE, BAY_TAKEN, STOCK_SHORT, FORBIDDEN,
 * APPROVAL_REQUIRED, INVALID_INPUT (a reopening or a no to agreed work without reason), NOT_FOUND
 */
export async function transitionOrder(ctx: Ctx, input: Input): Promise<Order> {
  const { orderId, from, to, reason } = input
  const permission = permissionToMove(from, to)
  const grant = grantOf(ctx.user.role, permission)
  if (grant === 'no') throw new AppError('FORBIDDEN')
  if (isReopening(from, to) && reason === '') throw invalidField('reason', 'Say why the order is reopened.')
  const about = { entityType: 'repair_order', entityId: orderId }
  if (grant === 'approval') await requireApproval(ctx, permission, input.approval, `Reopen a finished order: ${reason}`, about)
  const takingOff = to === 'declined' ? await approveTakingOff(ctx, 'order_declined', { orderId }, input.approval) : null
  return changeOrder('orders.transition', ctx, { by: 'order', id: orderId }, async (tx, order) => {
    if (order.status !== from) throw new AppError('WRONG_STATE')
    if (grant === 'own' && order.technicianId !== ctx.userId) throw new AppError('FORBIDDEN')
    enforce(whyNotMove(order, to))
    if (takingOff) await declineAgreed(tx, ctx, order.id, takingOff, reason)
    if (to === 'closed' && !order.invoice) await assertNothingGivenAway(tx, ctx, order.id)
    invariant(await moveOrder(tx, ctx.shopId, order.id, from, to, reason), 'a locked order stays in its state')
    if (from === 'declined') await assertComesBackOnce(tx, ctx, order.id)
    if (to === 'in_progress' && order.bayId !== null) await occupyBay(tx, ctx.shopId, order.id, order.bayId)
  })
}

/** A declined repair keeps its lines, but nothing of it is billed. */
async function declineAgreed(tx: Tx, ctx: Ctx, orderId: string, approval: TakeOffApproval, reason: string): Promise<void> {
  const work = await findTargetWork(tx, ctx.shopId, { orderId })
  invariant(work, 'a locked order has its rows')
  await takeOff(tx, ctx, work, approval, { way: 'order_declined', reason })
}

/** Its work may have come back at another visit of the car meanwhile. */
async function assertComesBackOnce(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const work = await findTargetWork(tx, ctx.shopId, { orderId })
  const wanted = (work?.lines ?? []).filter(({ status }) => status !== 'declined')
  await assertOnce(
    tx,
    ctx,
    orderId,
    wanted.map(({ id }) => id),
  )
}

/** Limits hold at the bill: an order whose total is nothing because of a discount has a bill over nothing, and is closed by it. */
async function assertNothingGivenAway(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const facts = await findShopPrices(tx, ctx, [], { orderId })
  if (!facts.order || facts.order.discountCents === 0) return
  throw new AppError('WRONG_STATE', { message: 'There is a discount on this order. Issue its invoice; that closes it.' })
}
