import { MAX_CENTS } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import { inTransaction, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { cannedPrice, rulePrice, type ShopPrices } from '../pricing/price-source'
import { findShopPrices } from '../pricing/shop-prices'
import { amountOf } from './approve-lines'
import { type CannedLineFacts, findCannedJob } from './canned-job-queries'
import { followFees } from './follow-fees'
import { addJobTo } from './job-queries'
import { addLinesTo, findLines, type LineToAdd } from './line-queries'
import { assertMayTouch } from './line-rules'
import { loadOrder, lockOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'

interface Input {
  orderId: string
  jobId: string
  cannedJobId: string
  lines: readonly { lineId: string; cannedLineId: string }[]
}

/**
 * A canned job with its lines, at the shop's own prices of this moment: whoever may add lines at all may add it. The same request twice is
 * one job.
 * @throws NOT_FOUND, INVALID_INPUT when a line that always belongs to it is missing or no rule has a price for a part, FORBIDDEN,
 * ORDER_INVOICED, WRONG_STATE, DUPLICATE
 */
export async function addCannedJob(ctx: Ctx, input: Input): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  const canned = await findCannedJob(reading(ctx.db), ctx.shopId, input.cannedJobId)
  if (!canned) throw new AppError('NOT_FOUND')
  const chosen = chooseLines(canned.lines, input.lines)
  const parts = chosen.flatMap(({ inventoryItemId }) => inventoryItemId ?? [])
  const prices = await findShopPrices(reading(ctx.db), ctx, parts, { orderId: input.orderId })
  const lines = chosen.map((line) => priced(ctx, line, canned.name, input.jobId, prices))
  if (lines.some((line) => amountOf(line) > MAX_CENTS)) throw new AppError('TOO_LARGE')
  return inTransaction('orders.addCannedJob', ctx, async (tx) => {
    const order = await lockOrder(tx, ctx, { by: 'order', id: input.orderId })
    enforce(whyNotChangeLines(order))
    if (!(await addJobTo(tx, ctx.shopId, order.id, input.jobId, canned.name))) throw new AppError('DUPLICATE')
    const added = await addLinesTo(tx, ctx.shopId, order.id, lines)
    if (added < lines.length) await assertOfThisJob(tx, ctx, input)
    await followFees(tx, ctx, order)
    return loadOrder(tx, ctx, order.id)
  })
}

/** A repeated request finds its own lines. */
async function assertOfThisJob(tx: Tx, ctx: Ctx, { orderId, jobId, lines }: Input): Promise<void> {
  const ids = lines.map(({ lineId }) => lineId)
  const stored = await findLines(tx, ctx.shopId, orderId, ids)
  if (stored.filter((line) => line.jobId === jobId).length < lines.length) throw new AppError('DUPLICATE')
}

type Chosen = CannedLineFacts & { readonly lineId: string }

function chooseLines(known: readonly CannedLineFacts[], wanted: Input['lines']): Chosen[] {
  const ids = new Map(wanted.map(({ lineId, cannedLineId }) => [cannedLineId, lineId]))
  if ([...ids.keys()].some((id) => !known.some((line) => line.id === id))) throw new AppError('NOT_FOUND')
  if (known.some((line) => line.included === 'always' && !ids.has(line.id)))
    throw invalidField('lines', 'A line that always belongs to this job is missing.')
  return known.flatMap((line) => {
    const lineId = ids.get(line.id)
    return lineId === undefined ? [] : [{ ...line, lineId }]
  })
}

function priced(ctx: Ctx, line: Chosen, jobName: string, jobId: string, prices: ShopPrices): LineToAdd {
  const source = line.unitPriceCents === null ? rulePrice(line, prices) : cannedPrice({ id: line.id, jobName }, line.unitPriceCents)
  if (!source) throw invalidField('cannedJobId', `No rule has a price for "${line.description}". Give it one in the settings.`)
  const { id: _, included: _included, ...fields } = line
  return {
    ...fields,
    jobId,
    unitPriceCents: source.priceCents,
    taxable: line.taxable ?? ctx.shop.settings.taxable[line.type],
    partCondition: line.partCondition ?? (line.type === 'part' ? 'new' : null),
    priceSource: source,
  }
}
