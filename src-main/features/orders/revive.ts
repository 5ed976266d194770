import type { Approval } from '../../../src-preload/contract/call'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import type { PriceSource } from '../../../src-preload/contract/pricing'
import { AppError } from '../../base/app-error'
import { uuid7 } from '../../base/uuid7'
import { type Queryable, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { linesToAdd } from './add-lines'
import { approveLines } from './approve-lines'
import { assertOnce } from './assert-once'
import { findDeclinedLines, findRevivedAs, linkRevived, lockDeclined } from './declined-queries'
import { findOfferedWork, type OfferedWork } from './declined-work'
import { addJobTo } from './job-queries'
import { addLinesTo } from './line-queries'
import { assertMayTouch } from './line-rules'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'

interface Input {
  orderId: string
  kind: 'job' | 'line'
  id: string
  jobId: string
  expectedCents: Cents
  approval?: Approval | undefined
}

/**
 * Work that was declined at another visit of the car becomes a job of this order, at the prices it was offered at, each line with the rule
 * that made its price and the line it was. The same jobId twice is one job.
 * @throws NOT_FOUND, EDIT_CONFLICT when it came back already or costs something else by now, ORDER_INVOICED, WRONG_STATE, DUPLICATE, and what
 * the rules of prices say
 */
export async function revive(ctx: Ctx, input: Input): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  const wanted = await findWork(reading(ctx.db), ctx, input)
  const told = newLines(wanted, input.jobId)
  const approval = await approveLines(
    ctx,
    told.map((line) => hideCost(ctx, line)),
    { orderId: input.orderId },
    input.approval,
    ruledLines(told, wanted),
  )
  return changeOrder('orders.revive', ctx, { by: 'order', id: input.orderId }, async (tx, order) => {
    await lockDeclined(
      tx,
      ctx.shopId,
      wanted.lines.map(({ id }) => id),
    )
    if (await isRevivedBefore(tx, ctx, input)) return
    enforce(whyNotChangeLines(order))
    const work = await findWork(tx, ctx, input)
    assertAsTold(work, wanted, input.expectedCents)
    if (!(await addJobTo(tx, ctx.shopId, order.id, input.jobId, work.name.slice(0, 200)))) throw new AppError('DUPLICATE')
    const lines = linesToAdd(told, approval).map((line, at) => ({ ...line, terms: work.lines[at]?.terms ?? null }))
    await addLinesTo(tx, ctx.shopId, order.id, lines)
    const links = told.map(({ lineId }, at) => ({ lineId, from: work.lines[at]?.id ?? '' }))
    await linkRevived(tx, ctx.shopId, input.jobId, work.kind === 'job' ? work.id : null, links)
    await assertOnce(
      tx,
      ctx,
      order.id,
      told.map(({ lineId }) => lineId),
    )
  })
}

async function findWork(q: Queryable, ctx: Ctx, input: Input): Promise<OfferedWork> {
  const all = await findOfferedWork(q, ctx, { exceptOrderId: input.orderId })
  const found = all.find(({ kind, id }) => kind === input.kind && id === input.id)
  if (!found) throw new AppError('NOT_FOUND')
  return found
}

/** The answer to the first try was lost; the same job id for anything else is a mistake. */
async function isRevivedBefore(tx: Tx, ctx: Ctx, { orderId, kind, id, jobId }: Input): Promise<boolean> {
  const from = await findRevivedAs(tx, ctx.shopId, orderId, jobId)
  if (from.length === 0) return false
  const originals = await findDeclinedLines(tx, ctx.shopId, { exceptOrderId: orderId })
  const own = new Set(originals.filter((line) => (kind === 'job' ? line.jobId === id : line.id === id)).map((line) => line.id))
  if (from.every((line) => line !== null && own.has(line))) return true
  throw new AppError('DUPLICATE')
}

function assertAsTold(work: OfferedWork, wanted: OfferedWork, expectedCents: Cents): void {
  if (work.isTaken) throw new AppError('EDIT_CONFLICT', { message: `“${work.name}” is on an order again already.` })
  const seen = ({ lines }: OfferedWork): string => lines.map(({ id, today }) => `${id} ${today.unitPriceCents}`).join()
  const isSame = seen(work) === seen(wanted)
  if (isSame && work.nowCents === expectedCents) return
  const message = `“${work.name}” is ${formatDollars(work.nowCents)} by now. Nothing was added.`
  throw new AppError('EDIT_CONFLICT', { current: { nowCents: work.nowCents }, message })
}

function newLines({ lines }: OfferedWork, jobId: string): NewLine[] {
  return lines.map((line) => {
    const { type, description, partNumber, quantityHundredths, costCents, taxable, partCondition, inventoryItemId } = line
    const { unitPriceCents } = line.today
    const fields = { type, description, partNumber, quantityHundredths, unitPriceCents, taxable, partCondition, inventoryItemId }
    // What a stocked part costs the shop today is filled in by the database.
    return { lineId: uuid7(), jobId, ...fields, costCents: inventoryItemId === null ? costCents : null, reason: '' }
  })
}

function ruledLines(told: readonly NewLine[], { lines }: OfferedWork): ReadonlyMap<string, PriceSource> {
  const ruled = new Map<string, PriceSource>()
  for (const [at, { lineId }] of told.entries()) {
    const source = lines[at]?.today.source
    if (source) ruled.set(lineId, source)
  }
  return ruled
}

/** The cost comes from the first order, not from somebody who must not see it. */
function hideCost(ctx: Ctx, line: NewLine): NewLine {
  return grantOf(ctx.user.role, 'costs.see') === 'no' ? { ...line, costCents: null } : line
}
