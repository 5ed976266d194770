import type { Order } from '../../../src-preload/contract/orders'

/** A row of the work that can have the focus: the head of a job, or a line. */
export type RowPlace = { kind: 'job'; id: string } | { kind: 'line'; id: string; jobId: string | null }

/** All rows from top to bottom, as the screen shows them: each job with its lines, then the lines without a job. */
export function rowsOf({
  jobs,
  lines,
}: {
  jobs: readonly Pick<Order['jobs'][number], 'id'>[]
  lines: readonly Pick<Order['lines'][number], 'id' | 'jobId'>[]
}): RowPlace[] {
  const linesIn = (jobId: string | null): RowPlace[] =>
    lines.filter((line) => line.jobId === jobId).map(({ id }) => ({ kind: 'line', id, jobId }))
  return [...jobs.flatMap(({ id }): RowPlace[] => [{ kind: 'job', id }, ...linesIn(id)]), ...linesIn(null)]
}

/** The row after or before; from nowhere to the first or last. At the ends it stays. */
export function stepRow(rows: readonly RowPlace[], from: Pick<RowPlace, 'kind' | 'id'> | undefined, by: 1 | -1): RowPlace | undefined {
  const at = from === undefined ? -1 : rows.findIndex(({ kind, id }) => kind === from.kind && id === from.id)
  if (at < 0) return by === 1 ? rows[0] : rows.at(-1)
  return rows[Math.max(0, Math.min(rows.length - 1, at + by))]
}

/** The row that stands where this one stood before it went; the last one where it was the last. */
export function rowAfterChange(before: readonly RowPlace[], now: readonly RowPlace[], gone: Pick<RowPlace, 'id'>): RowPlace | undefined {
  const at = before.findIndex(({ id }) => id === gone.id)
  return before.slice(at + 1).find((row) => now.some(({ id }) => id === row.id)) ?? now.at(-1)
}
