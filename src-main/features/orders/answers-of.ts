import type { JobAnswer } from '../../../src-preload/contract/answers'
import type { Authorization, Line } from '../../../src-preload/contract/orders'
import { addCents, type Cents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { compareEstimates, type PrintedWork } from './compare-estimates'
import type { SnapshotRow } from './snapshot-queries'

/** What a record of a yes keeps besides who, when and how much. */
export interface Answers {
  readonly jobs: readonly JobAnswer[]
  readonly added: Authorization['added']
  /** the jobs that were said no to, by their ids */
  readonly refused: readonly string[]
}

/**
 * What the customer said to each job, and what the yes added.
 * @param row the order without what was declined
 * @param gone the lines the customer said no to just now
 * @param before the version agreed to before; null = this is the first, or says the same
 */
export function answersOf(
  { jobs, lines }: Pick<SnapshotRow, 'jobs' | 'lines'>,
  gone: readonly string[],
  before: PrintedWork | null,
): Answers {
  const live = lines.filter(({ status }) => status !== 'declined')
  const isGone = new Set(gone)
  const said = jobs.flatMap(({ id, name }): JobAnswer[] => {
    const agreed = live.filter(({ jobId }) => jobId === id)
    const refused = lines.filter((line) => line.jobId === id && isGone.has(line.id))
    return [...answer(name, agreed, 'yes'), ...answer(name, refused, 'no')]
  })
  const loose = live.filter(({ jobId }) => jobId === null)
  const after = {
    jobs: [...jobs, { id: null, name: '' }].map(({ id, name }) => ({ name, lines: live.filter(({ jobId }) => jobId === id) })),
  }
  const differences = before && compareEstimates(before, after).filter(({ kind }) => kind === 'added' || kind === 'dearer')
  const added = differences?.map(({ description, wasCents, nowCents }) => ({ description, totalCents: (nowCents ?? 0) - (wasCents ?? 0) }))
  const refused = jobs.map(({ id }) => id).filter((id) => lines.some((line) => line.jobId === id && isGone.has(line.id)))
  return { jobs: [...said, ...answer('', loose, 'yes')], added: added ?? null, refused }
}

function answer(name: string, lines: readonly Line[], said: JobAnswer['answer']): JobAnswer[] {
  return lines.length === 0 ? [] : [{ name, totalCents: sumOf(lines), answer: said }]
}

function sumOf(lines: readonly Line[]): Cents {
  const sum = (test: (line: Line) => boolean): Cents => addCents(ZERO, ...lines.filter(test).map(({ totalCents }) => totalCents))
  return subtractCents(
    sum(({ type }) => type !== 'discount'),
    sum(({ type }) => type === 'discount'),
  )
}
