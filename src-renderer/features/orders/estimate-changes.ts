import { type Cents, formatDollars, formatHundredths } from '../../../src-preload/contract/money'
import type { Line, Order } from '../../../src-preload/contract/orders'

/** What a customer says yes to. */
export type Estimate = Pick<Order, 'complaint' | 'jobs' | 'lines' | 'taxCents' | 'totalCents'>

/** What is on an estimate now that was not there when it was read aloud, and the other way round; a sentence each. */
export function estimateChanges(heard: Estimate, now: Estimate): string[] {
  const before = new Map(liveLines(heard).map((line) => [line.id, line]))
  const after = new Map(liveLines(now).map((line) => [line.id, line]))
  const added = [...after.values()].filter(({ id }) => !before.has(id)).map((line) => `New: ${named(line)}`)
  const gone = [...before.values()].filter(({ id }) => !after.has(id)).map((line) => `No longer on it: ${named(line)}`)
  const changed = [...after.values()].flatMap((line) => {
    const was = before.get(line.id)
    return was ? lineChanges(was, line) : []
  })
  return [...added, ...gone, ...changed, ...jobChanges(heard, now), ...headChanges(heard, now)]
}

function liveLines({ lines }: Estimate): Line[] {
  return lines.filter(({ status }) => status !== 'declined')
}

function named({ type, description, totalCents }: Line): string {
  return `“${description}”, ${type === 'discount' ? '−' : ''}${formatDollars(totalCents)}`
}

function lineChanges(was: Line, now: Line): string[] {
  const what = `“${now.description}”`
  const changes: string[] = []
  if (was.description !== now.description) changes.push(`“${was.description}” became ${what}`)
  if (was.type !== now.type) changes.push(`${what} is a ${now.type} now, not a ${was.type}`)
  if (was.totalCents !== now.totalCents) changes.push(`${what}: ${changeOf(was.totalCents, now.totalCents)}`)
  else if (was.quantityHundredths !== now.quantityHundredths || was.unitPriceCents !== now.unitPriceCents) {
    changes.push(`${what}: ${priced(was)} became ${priced(now)}`)
  }
  if (was.taxable !== now.taxable) changes.push(`${what} is ${now.taxable ? 'taxed' : 'not taxed'} now`)
  if (was.partCondition !== now.partCondition) changes.push(`${what}: the part is ${now.partCondition ?? 'new'} now`)
  if (was.partNumber !== now.partNumber) changes.push(`${what}: part number ${now.partNumber || 'taken away'}`)
  if (was.jobId !== now.jobId) changes.push(`${what} belongs to another job now`)
  return changes
}

function priced({ quantityHundredths, unitPriceCents }: Line): string {
  return `${formatHundredths(quantityHundredths)} × ${formatDollars(unitPriceCents)}`
}

function changeOf(was: Cents, now: Cents): string {
  return `${formatDollars(was)} became ${formatDollars(now)}`
}

function jobChanges(heard: Estimate, now: Estimate): string[] {
  return now.jobs.flatMap(({ id, name }) => {
    const was = heard.jobs.find((job) => job.id === id)
    return was && was.name !== name ? [`The job “${was.name}” became “${name}”`] : []
  })
}

function headChanges(heard: Estimate, now: Estimate): string[] {
  const changes: string[] = []
  if (heard.complaint !== now.complaint) changes.push(`The complaint became “${now.complaint}”`)
  if (heard.taxCents !== now.taxCents) changes.push(`Sales tax: ${changeOf(heard.taxCents, now.taxCents)}`)
  if (heard.totalCents !== now.totalCents) changes.push(`Total with tax: ${changeOf(heard.totalCents, now.totalCents)}`)
  return changes
}
