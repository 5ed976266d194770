import type { Order } from '../../../src-preload/contract/orders'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadOrder } from './load-order'

/** @throws NOT_FOUND */
export function getOrder(ctx: Ctx, input: { orderId: string }): Promise<Order> {
  return loadOrder(reading(ctx.db), ctx, input.orderId)
}
