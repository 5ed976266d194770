import type { ChangeOrder, DocumentSnapshot } from '../../../src-preload/contract/invoices'
import type { Line } from '../../../src-preload/contract/orders'
import { tidyTerms } from '../../../src-preload/contract/line-terms'
import { type Cents, cents, subtractCents, ZERO } from '../../../src-preload/contract/money'

/** As it is printed, or as the database has it: without terms it has none, or null. */
type PrintedLine = Omit<DocumentSnapshot['jobs'][number]['lines'][number], 'terms'> & Pick<Line, 'terms'>

/** The jobs of an estimate with the lines that are on it. */
export interface PrintedWork {
  readonly jobs: readonly { readonly name: string; readonly lines: readonly PrintedLine[] }[]
}

type Difference = ChangeOrder['lines'][number]

interface Placed {
  readonly job: string
  readonly line: PrintedLine
}

/**
 * What is different between two versions of an estimate. A frozen version holds what was printed and nothing else, so lines are known by what is
 * printed of them: first the very same ones, then the same work in the same job, then anywhere; what is left came or went.
 */
export function compareEstimates(before: PrintedWork, after: PrintedWork): Difference[] {
  const pairs: [Placed, Placed][] = []
  let was = placed(before)
  let now = placed(after)
  for (const keyOf of [exactly, inItsJob, anywhere]) {
    const found = pair(was, now, keyOf)
    pairs.push(...found.pairs)
    was = found.was
    now = found.now
  }
  return [
    ...now.map((each) => difference('added', each, null, each)),
    ...pairs.flatMap(([old, each]) => (exactly(old) === exactly(each) ? [] : [difference(kindOf(old, each), each, old, each)])),
    ...was.map((each) => difference('removed', each, each, null)),
  ]
}

function placed({ jobs }: PrintedWork): Placed[] {
  return jobs.flatMap(({ name, lines }) => lines.map((line) => ({ job: name, line })))
}

const anywhere = ({ line: { type, description, partNumber } }: Placed): string => JSON.stringify([type, description, partNumber])
const inItsJob = (each: Placed): string => JSON.stringify([each.job, anywhere(each)])
const exactly = (each: Placed): string => {
  const { type, quantityHundredths, unitPriceCents, totalCents, taxable, partCondition, terms } = each.line
  return JSON.stringify([inItsJob(each), quantityHundredths, unitPriceCents, totalCents, taxable, partCondition, tidyTerms(type, terms)])
}

function pair(was: readonly Placed[], now: readonly Placed[], keyOf: (each: Placed) => string) {
  const waiting = new Map<string, Placed[]>()
  for (const each of was) waiting.set(keyOf(each), [...(waiting.get(keyOf(each)) ?? []), each])
  const pairs: [Placed, Placed][] = []
  const left = now.filter((each) => {
    const old = waiting.get(keyOf(each))?.shift()
    if (old) pairs.push([old, each])
    return !old
  })
  const taken = new Set(pairs.map(([old]) => old))
  return { pairs, was: was.filter((each) => !taken.has(each)), now: left }
}

/** As it counts in the total. */
function amountOf({ line: { type, totalCents } }: Placed): Cents {
  return type === 'discount' ? subtractCents(ZERO, cents(totalCents)) : cents(totalCents)
}

function kindOf(old: Placed, now: Placed): Difference['kind'] {
  const [before, after] = [amountOf(old), amountOf(now)]
  if (before === after) return 'changed'
  return after > before ? 'dearer' : 'cheaper'
}

function difference(kind: Difference['kind'], { job, line }: Placed, old: Placed | null, now: Placed | null): Difference {
  const { type, description, quantityHundredths } = line
  return { kind, job, type, description, quantityHundredths, wasCents: old && amountOf(old), nowCents: now && amountOf(now) }
}
