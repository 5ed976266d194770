import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import { addCents, type Cents, formatDollars, lineTotal, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { type Queryable, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findShopPrices } from '../pricing/shop-prices'
import { type DeclinedLine, findDeclinedLines } from './declined-queries'
import { type PriceToday, priceToday } from './price-today'

export interface OfferedLine extends DeclinedLine {
  readonly today: PriceToday
}

/** Declined work with the lines it would come back with. */
export interface OfferedWork extends DeclinedWork {
  /** without discounts: those were given for that visit */
  readonly lines: readonly OfferedLine[]
  /** it is on another order already */
  readonly isTaken: boolean
  readonly isStopped: boolean
}

/** What a car's customer said no to before and may be asked again; nothing that came back already or that they do not want to hear of. */
export async function declinedWork(ctx: Ctx, visit: Visit & { vehicleId: string }): Promise<DeclinedWork[]> {
  const found = await findOfferedWork(reading(ctx.db), ctx, visit)
  return found.filter(({ isTaken, isStopped }) => !isTaken && !isStopped).map(({ lines: _l, isTaken: _t, isStopped: _s, ...work }) => work)
}

/** The visit at which work is offered: an order, or the customer and car that are just arriving. */
interface Visit {
  readonly vehicleId?: string | undefined
  readonly customerId?: string | undefined
  readonly exceptOrderId?: string | undefined
}

/** Everything that was declined, priced by the shop's rules of this moment, grouped as it is offered: whole jobs, and single lines. */
export async function findOfferedWork(q: Queryable, ctx: Ctx, { vehicleId, customerId, exceptOrderId }: Visit): Promise<OfferedWork[]> {
  const lines = await findDeclinedLines(q, ctx.shopId, { vehicleId, exceptOrderId })
  if (lines.length === 0) return []
  const parts = lines.flatMap(({ inventoryItemId }) => inventoryItemId ?? [])
  const prices = await findShopPrices(q, ctx, parts, { orderId: exceptOrderId, customerId, vehicleId })
  return group(lines.map((line) => ({ ...line, today: priceToday(line, prices) })))
}

function group(lines: readonly OfferedLine[]): OfferedWork[] {
  const groups = new Map<string, OfferedLine[]>()
  for (const line of lines) {
    const key = (line.isWholeJob && line.jobId) || line.id
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups].flatMap(([id, work]) => offer(id, work, lines) ?? [])
}

function offer(id: string, work: readonly OfferedLine[], all: readonly OfferedLine[]): OfferedWork | null {
  const sold = work.filter((line) => !isDiscount(line))
  const lines = sold.filter(({ isRevived }) => !isRevived)
  const [first] = sold
  if (!first) return null
  const shown = lines.length > 0 ? lines : sold
  const discounts = work.filter(isDiscount).map(totalThen)
  const ofOrder = all.filter((line) => isDiscount(line) && line.orderId === first.orderId && line.jobId === null).map(totalThen)
  return {
    kind: first.isWholeJob ? 'job' : 'line',
    id,
    orderId: first.orderId,
    orderNumber: first.orderNumber,
    name: (first.isWholeJob && first.jobName) || first.description,
    declinedAt: first.declinedAt,
    reason: first.reason,
    thenCents: subtractCents(addCents(ZERO, ...shown.map(totalThen)), addCents(ZERO, ...discounts)),
    nowCents: addCents(ZERO, ...shown.map(totalNow)),
    changes: [
      ...new Set(shown.flatMap(({ today }) => today.sentence ?? [])),
      ...discounts.map((cents) => `The discount of ${formatDollars(cents)} is not given again`),
      ...ofOrder.map((cents) => `The discount of ${formatDollars(cents)} on that whole order is not given again`),
    ],
    lines,
    isTaken: lines.length === 0,
    isStopped: work.some(({ isStopped }) => isStopped),
  }
}

function isDiscount({ type }: DeclinedLine): boolean {
  return type === 'discount'
}

function totalThen({ quantityHundredths, unitPriceCents }: DeclinedLine): Cents {
  return lineTotal(quantityHundredths, unitPriceCents)
}

function totalNow({ quantityHundredths, today }: OfferedLine): Cents {
  return lineTotal(quantityHundredths, today.unitPriceCents)
}
