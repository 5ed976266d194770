import type { NewLine } from '../../../src-preload/contract/orders'
import { reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { assertOnce } from './assert-once'
import { linkRevived, lockDeclined } from './declined-queries'
import { findRemovedLines, type RemovedLine } from './line-queries'

const AS_IT_WAS = ['type', 'description', 'quantityHundredths', 'unitPriceCents', 'inventoryItemId'] as const

/** Of these lines those that this person removed from the order and that come back as they were. */
export async function findBroughtBack(ctx: Ctx, orderId: string, lines: readonly NewLine[]): Promise<RemovedLine[]> {
  const ids = lines.map(({ lineId }) => lineId)
  const removed = await findRemovedLines(reading(ctx.db), ctx.shopId, orderId, ctx.userId, ids)
  return removed.filter((was) => lines.some((line) => line.lineId === was.id && AS_IT_WAS.every((field) => line[field] === was[field])))
}

/** Those that were declined at another visit before are that work again. @throws WRONG_STATE when another order has it by now */
export async function linkBroughtBack(
  tx: Tx,
  ctx: Ctx,
  orderId: string,
  lines: readonly NewLine[],
  removed: readonly RemovedLine[],
): Promise<void> {
  const links = removed.flatMap(({ id, revivedFrom }) => (revivedFrom === null ? [] : [{ lineId: id, from: revivedFrom }]))
  if (links.length === 0) return
  await lockDeclined(
    tx,
    ctx.shopId,
    links.map(({ from }) => from),
  )
  for (const link of links) {
    const jobId = lines.find(({ lineId }) => lineId === link.lineId)?.jobId
    if (jobId) await linkRevived(tx, ctx.shopId, jobId, null, [link])
  }
  await assertOnce(
    tx,
    ctx,
    orderId,
    links.map(({ lineId }) => lineId),
  )
}
