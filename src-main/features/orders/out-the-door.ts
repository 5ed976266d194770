import type { Approval } from '../../../src-preload/contract/call'
import { addCents, type Cents, type Hundredths, subtractCents, ZERO } from '../../../src-preload/contract/money'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { discountForTotal } from '../pricing/discount-for-total'
import { addLines } from './add-lines'
import { loadOrder } from './load-order'

interface Input {
  orderId: string
  lineId: string
  seenTotalCents: Cents
  wantedCents: Cents
  reason: string
  approval?: Approval | undefined
}

/**
 * One discount that makes the order's total, tax included, what somebody wants to pay. It lowers the tax where everything is taxed, as a
 * typed discount does; when the tax then skips the wanted cent, the total is the next one below. A discount like any other: limits,
 * approval and reason hold, removing the line undoes it. The same request twice is one discount.
 * @throws NOT_FOUND, EDIT_CONFLICT, INVALID_INPUT when the total is not above what is wanted, and what the rules of discounts say
 */
export async function outTheDoor(ctx: Ctx, input: Input): Promise<Order> {
  const order = await loadOrder(reading(ctx.db), ctx, input.orderId)
  if (order.lines.some(({ id }) => id === input.lineId)) return order
  if (order.totalCents !== input.seenTotalCents) throw conflict(order)
  const { labor, part, fee } = ctx.shop.settings.taxable
  const taxable = labor && part && fee
  const found = discountForTotal({ ...order, taxableCents: taxableOf(order) }, input.wantedCents, taxable)
  if (!found) throw invalidField('wantedCents', 'The total is not above this. Only a discount can be reckoned here.')
  const discount: NewLine = {
    lineId: input.lineId,
    jobId: null,
    type: 'discount',
    description: 'Discount',
    partNumber: '',
    quantityHundredths: 100 as Hundredths,
    unitPriceCents: found.discountCents,
    costCents: null,
    taxable,
    partCondition: null,
    inventoryItemId: null,
    reason: input.reason,
  }
  return addLines(ctx, { orderId: order.id, lines: [discount], approval: input.approval }, (after) => {
    if (after.totalCents !== found.totalCents) throw conflict(after)
  })
}

/** Another counter changed the order meanwhile: the discount would miss the total. */
function conflict(order: Order): AppError {
  return new AppError('EDIT_CONFLICT', { current: { totalCents: order.totalCents } })
}

function taxableOf(order: Order): Cents {
  const taxed = order.lines.filter((line) => line.taxable && line.status !== 'declined')
  return taxed.reduce(
    (sum, { type, totalCents }) => (type === 'discount' ? subtractCents(sum, totalCents) : addCents(sum, totalCents)),
    ZERO,
  )
}
