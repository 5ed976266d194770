import type { Approval } from '../../../src-preload/contract/call'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import { inTransaction, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { amountOf, approveLines, approverOfDiscount, assertDiscountFits, type LineApproval } from './approve-lines'
import { findBroughtBack, linkBroughtBack } from './brought-back'
import { followFees } from './follow-fees'
import { addLinesTo, findLines, type LineToAdd, noteDiscounts } from './line-queries'
import { tidyLine } from './line-rules'
import { loadOrder, lockOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'

interface Input {
  orderId: string
  lines: NewLine[]
  /** whoever removed them takes that back */
  broughtBack?: boolean | undefined
  approval?: Approval | undefined
}

/**
 * Adds lines in one statement; the first line of a draft makes it an estimate. The same lines twice are stored once. One that is brought back
 * as it was removed has the rule and the terms that it had, needs no approval of its price, and is the declined work that it was.
 * @param check looks at the order as it would be stored; what it throws undoes everything
 * @throws NOT_FOUND, ORDER_INVOICED, WRONG_STATE, DUPLICATE, and what the rules of prices and discounts say
 */
export async function addLines(ctx: Ctx, input: Input, check?: (after: Order) => void): Promise<Order> {
  const removed = input.broughtBack ? await findBroughtBack(ctx, input.orderId, input.lines) : []
  const ruled = new Map(removed.flatMap(({ id, priceSource }) => (priceSource ? [[id, priceSource] as const] : [])))
  const approval = await approveLines(ctx, input.lines, { orderId: input.orderId }, input.approval, ruled)
  const lines = linesToAdd(input.lines, approval).map((line) => ({
    ...line,
    terms: removed.find(({ id }) => id === line.lineId)?.terms ?? null,
  }))
  const discounts = discountsOf(input.lines)
  return inTransaction('orders.addLines', ctx, async (tx) => {
    const order = await lockOrder(tx, ctx, { by: 'order', id: input.orderId })
    enforce(whyNotChangeLines(order))
    const added = await addLinesTo(tx, ctx.shopId, order.id, lines)
    if (added < lines.length) await assertSameLines(tx, ctx.shopId, order.id, lines)
    await linkBroughtBack(tx, ctx, order.id, input.lines, removed)
    await followFees(tx, ctx, order)
    const after = await loadOrder(tx, ctx, order.id)
    check?.(after)
    if (discounts.length > 0) {
      assertDiscountFits(ctx, after, approval)
      await noteDiscounts(tx, ctx.shopId, after, approverOfDiscount(approval), discounts)
    }
    return after
  })
}

/** The lines as they are stored, each with the rule that made its price. */
export function linesToAdd(lines: readonly NewLine[], { sources }: LineApproval): LineToAdd[] {
  return lines.map(({ reason: _, ...line }) => ({ ...tidyLine(line), priceSource: sources.get(line.lineId) ?? null }))
}

/** For the audit trail. */
export function discountsOf(lines: readonly NewLine[]) {
  return lines
    .filter(({ type }) => type === 'discount')
    .map((line) => ({ lineId: line.lineId, amountCents: amountOf(line), reason: line.reason }))
}

/** A repeated request finds its own lines; an id that means something else is a mistake. */
async function assertSameLines(tx: Tx, shopId: string, orderId: string, lines: readonly LineToAdd[]): Promise<void> {
  const stored = new Map(
    (
      await findLines(
        tx,
        shopId,
        orderId,
        lines.map(({ lineId }) => lineId),
      )
    ).map((line) => [line.id, line]),
  )
  for (const line of lines) {
    const found = stored.get(line.lineId)
    const same =
      found?.jobId === line.jobId &&
      found.type === line.type &&
      found.description === line.description &&
      found.quantityHundredths === line.quantityHundredths &&
      found.unitPriceCents === line.unitPriceCents &&
      found.inventoryItemId === line.inventoryItemId
    if (!same) throw new AppError('DUPLICATE')
  }
}
