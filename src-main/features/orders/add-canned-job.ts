import type { Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import { inTransactionThen, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { assertLineForm } from '../pricing/fee-form'
import { assertLineSize } from '../pricing/line-size'
import { cannedPrice, rulePrice, type ShopPrices } from '../pricing/price-source'
import { findShopPrices } from '../pricing/shop-prices'
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
 * @throws NOT_FOUND, INVALID_INPUT when a line that always belongs to it is missing, no rule has a price for a part or the state forbids a fee, FORBIDDEN,
 * ORDER_INVOICED, WRONG_STATE, DUPLICATE
 */
export async function addCannedJob(ctx: Ctx, input: Input): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  const add = async (tx: Tx): Promise<void> => {
    // On one way to the server: somebody waits for the total.
    const [order, canned, rules] = await Promise.all([
      lockOrder(tx, ctx, { by: 'order', id: input.orderId }),
      findCannedJob(tx, ctx.shopId, input.cannedJobId),
      findShopPrices(tx, ctx, [], { orderId: input.orderId }),
    ])
    if (!canned) throw new AppError('NOT_FOUND')
    const prices = { ...rules, parts: partsOf(canned.lines) }
    const lines = chooseLines(canned.lines, input.lines).map((line) => priced(ctx, line, canned.name, input.jobId, prices))
    for (const line of lines) assertLineSize(line)
    enforce(whyNotChangeLines(order))
    const adding = addJobTo(tx, ctx.shopId, order.id, input.jobId, canned.name)
    const added = addLinesTo(tx, ctx.shopId, order.id, lines)
    added.catch(() => undefined) // lines of a job that is not this order's: the job says so
    if (!(await adding)) throw new AppError('DUPLICATE')
    if ((await added) < lines.length) await assertOfThisJob(tx, ctx, input)
    await followFees(tx, ctx, order)
  }
  return inTransactionThen('orders.addCannedJob', ctx, add, (tx) => loadOrder(tx, ctx, input.orderId))
}

function partsOf(lines: readonly CannedLineFacts[]): ShopPrices['parts'] {
  return new Map(lines.flatMap(({ inventoryItemId, part }) => (inventoryItemId && part ? [[inventoryItemId, part] as const] : [])))
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

/** The screen has no field for the canned job itself and shows the sentence alone. */
function unpriced(description: string): AppError {
  const message = `No rule has a price for "${description}". Give it one in the settings.`
  return new AppError('INVALID_INPUT', { message, fields: { cannedJobId: message } })
}

function priced(ctx: Ctx, line: Chosen, jobName: string, jobId: string, prices: ShopPrices): LineToAdd {
  assertLineForm(ctx, line, 'cannedJobId')
  const source = line.unitPriceCents === null ? rulePrice(line, prices) : cannedPrice({ id: line.id, jobName }, line.unitPriceCents)
  if (!source) throw unpriced(line.description)
  const { id: _, included: _included, part: _part, ...fields } = line
  return {
    ...fields,
    jobId,
    unitPriceCents: source.priceCents,
    taxable: line.taxable ?? ctx.shop.settings.taxable[line.type],
    partCondition: line.partCondition ?? (line.type === 'part' ? 'new' : null),
    priceSource: { ...source, quantityHundredths: line.quantityHundredths },
  }
}
