import { feeAmount } from '../../../src-preload/contract/fee-amount'
import { addCents, type Cents, lineTotal, orderTotals, subtractCents, ZERO } from '../../../src-preload/contract/money'
import type { Line, Order } from '../../../src-preload/contract/orders'

/** A job somebody is asked about, with what it comes to before tax. */
export interface AskedJob {
  readonly jobId: string
  readonly name: string
  /** all of it */
  readonly totalCents: Cents
  /** what a no takes off: what nobody agreed to yet; null = all of it was agreed to before */
  readonly openCents: Cents | null
}

type Asked = Pick<Order, 'jobs' | 'lines' | 'unanswered' | 'feeRules' | 'totalCents' | 'taxRateMillionths'>

/** The jobs of an estimate as the customer is asked about them, declined ones left out. */
export function askedJobs({ jobs, lines, unanswered }: Asked): AskedJob[] {
  const open = new Set(unanswered)
  return jobs.flatMap(({ id, name }) => {
    const own = lines.filter((line) => line.jobId === id && line.status !== 'declined')
    const asked = own.filter((line) => open.has(line.id))
    return own.length === 0 ? [] : [{ jobId: id, name, totalCents: sumOf(own), openCents: asked.length === 0 ? null : sumOf(asked) }]
  })
}

/** What the bill comes to with tax when the customer says no to these jobs. */
export function totalWithout(order: Asked, refused: ReadonlySet<string>): Cents {
  if (refused.size === 0) return order.totalCents
  return orderTotals(linesWithout(order, refused), order.taxRateMillionths).totalCents
}

/** What is left of the estimate without these jobs, fees by rule made anew. */
function linesWithout(order: Asked, refused: ReadonlySet<string>): Line[] {
  if (refused.size === 0) return [...order.lines]
  const open = new Set(order.unanswered)
  const left = order.lines.filter(({ id, jobId }) => !(jobId !== null && refused.has(jobId) && open.has(id)))
  const work = orderTotals(left, order.taxRateMillionths)
  return left.map((line) => {
    const unitPriceCents = priceOf(line, order.feeRules, work)
    return { ...line, unitPriceCents, totalCents: lineTotal(line.quantityHundredths, unitPriceCents) }
  })
}

/** What the customer pays beside the jobs: fees by rule, lines without a job; a discount is below 0. */
export function besideJobs(order: Asked, refused: ReadonlySet<string>): Pick<AskedJob, 'name' | 'totalCents'>[] {
  return linesWithout(order, refused)
    .filter(({ jobId, status, totalCents }) => jobId === null && status !== 'declined' && totalCents !== 0)
    .map((line) => ({ name: line.description, totalCents: sumOf([line]) }))
}

/** A quoted fee by rule is of the work that is left, as the program makes it; every other line stays. */
function priceOf(line: Line, rules: Order['feeRules'], work: Pick<Order, 'laborCents' | 'partsCents'>): Cents {
  const { status, quantityHundredths, priceSource, unitPriceCents } = line
  const follows = status === 'quoted' && quantityHundredths === 100 && priceSource?.rule === 'fee'
  const rule = follows ? rules.find(({ id }) => id === priceSource.ruleId) : undefined
  return rule ? feeAmount(rule, work) : unitPriceCents
}

function sumOf(lines: readonly Pick<Line, 'type' | 'totalCents'>[]): Cents {
  return lines.reduce(
    (sum, { type, totalCents }) => (type === 'discount' ? subtractCents(sum, totalCents) : addCents(sum, totalCents)),
    ZERO,
  )
}
