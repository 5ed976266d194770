import type { FeeBase } from '../../../src-preload/contract/fee-amount'
import { addCents, type Cents, ZERO } from '../../../src-preload/contract/money'
import type { CheckIn, Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import { inTransactionThen, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { discountsOf, linesToAdd } from './add-lines'
import { amountOf, approveLines, approverOfDiscount, assertDiscountFits } from './approve-lines'
import { findCheckInObstacle, insertCheckIn } from './check-in-queries'
import { feesByRule, renewFees } from './follow-fees'
import { type LineToAdd, noteDiscounts } from './line-queries'
import { loadOrder } from './load-order'

/**
 * A car arrives: the order with its first jobs and lines, in one statement. The same request twice is one order.
 * @throws NOT_FOUND, ODOMETER_LOWER, DUPLICATE, and what the rules of prices and discounts say
 */
export async function checkIn(ctx: Ctx, input: CheckIn): Promise<Order> {
  const given = input.jobs.flatMap(({ jobId, lines }) => lines.map((line) => ({ ...line, jobId })))
  const approval = await approveLines(ctx, given, { customerId: input.customerId, vehicleId: input.vehicleId }, input.approval)
  const lines = linesToAdd(given, approval)
  const fees = { rules: approval.feeRules, lines: feesByRule(ctx, approval.feeRules, baseOfFees(lines)) }
  const discounts = discountsOf(given)
  const make = async (tx: Tx): Promise<void> => {
    const made = await insertCheckIn(tx, ctx.shopId, ctx.userId, input, lines, fees)
    if (!made) return assertSameCheckIn(tx, ctx.shopId, input)
    if (made.hasOtherFeeRules && lines.length > 0) await renewFees(tx, ctx, input.orderId)
    if (discounts.length === 0) return
    const order = await loadOrder(tx, ctx, input.orderId)
    assertDiscountFits(ctx, order, approval)
    await noteDiscounts(tx, ctx.shopId, order, approverOfDiscount(approval), discounts)
  }
  return inTransactionThen('orders.checkIn', ctx, make, (tx) => loadOrder(tx, ctx, input.orderId))
}

function baseOfFees(lines: readonly LineToAdd[]): FeeBase {
  const sum = (type: LineToAdd['type']): Cents => addCents(ZERO, ...lines.filter((line) => line.type === type).map(amountOf))
  return { laborCents: sum('labor'), partsCents: sum('part') }
}

/** Nothing was made: fine when this very order stands already, else the reason. */
async function assertSameCheckIn(tx: Tx, shopId: string, input: CheckIn): Promise<void> {
  const found = await findCheckInObstacle(tx, shopId, input)
  if (found?.customerId != null) {
    if (found.customerId !== input.customerId || found.vehicleId !== input.vehicleId) throw new AppError('DUPLICATE')
    // The answer to the first try was lost and the clerk went on typing: "stored" would be untrue of what is new.
    if (found.complaint === input.complaint && found.odometer === input.odometer) return
    throw new AppError('DUPLICATE', {
      message: 'This car is checked in already, with what was typed before. Open its order and change it there.',
    })
  }
  if (!found?.allExist) throw new AppError('NOT_FOUND')
  if (found.lastOdometer !== null && input.odometer !== null && input.odometer < found.lastOdometer && input.odometerReason === '') {
    throw new AppError('ODOMETER_LOWER', { lastOdometer: found.lastOdometer })
  }
  throw new AppError('DUPLICATE')
}
