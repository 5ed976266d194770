import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import { addCents, type Cents, formatDollars, lineTotal, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { type DeclinedLine, findDeclinedLines } from './declined-queries'
import { priceToday } from './price-today'

/** Declined work with the lines it would come back with. */
export interface OfferedWork extends DeclinedWork {
  /** without discounts: those were given for that visit */
  readonly lines: readonly DeclinedLine[]
  /** it is on another order already */
  readonly isTaken: boolean
  readonly isStopped: boolean
}

/** What a car's customer said no to before and may be asked again; nothing that came back already or that they do not want to hear of. */
export async function declinedWork(
  ctx: Ctx,
  { vehicleId, exceptOrderId }: { vehicleId: string; exceptOrderId?: string | undefined },
): Promise<DeclinedWork[]> {
  const found = offeredWork(await findDeclinedLines(reading(ctx.db), ctx.shopId, { vehicleId, exceptOrderId }))
  return found.filter(({ isTaken, isStopped }) => !isTaken && !isStopped).map(({ lines: _l, isTaken: _t, isStopped: _s, ...work }) => work)
}

/** Lines grouped as they are offered: jobs that were declined as a whole, and single lines. */
export function offeredWork(lines: readonly DeclinedLine[]): OfferedWork[] {
  const groups = new Map<string, DeclinedLine[]>()
  for (const line of lines) {
    const key = (line.isWholeJob && line.jobId) || line.id
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  return [...groups].flatMap(([id, group]) => offer(id, group) ?? [])
}

function offer(id: string, group: readonly DeclinedLine[]): OfferedWork | null {
  const lines = group.filter(({ type, isRevived }) => type !== 'discount' && !isRevived)
  const all = group.filter(({ type }) => type !== 'discount')
  const [first] = all
  if (!first) return null
  const shown = lines.length > 0 ? lines : all
  const discounts = group.filter(({ type }) => type === 'discount').map(totalThen)
  const sentences = shown.map((line) => priceToday(line).sentence)
  const lost = discounts.map((cents) => `The discount of ${formatDollars(cents)} is not given again`)
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
    changes: [...new Set([...sentences, ...lost])].filter((sentence) => sentence !== null),
    lines,
    isTaken: lines.length === 0,
    isStopped: group.some(({ isStopped }) => isStopped),
  }
}

function totalThen({ quantityHundredths, unitPriceCents }: DeclinedLine): Cents {
  return lineTotal(quantityHundredths, unitPriceCents)
}

function totalNow(line: DeclinedLine): Cents {
  return lineTotal(line.quantityHundredths, priceToday(line).unitPriceCents)
}
