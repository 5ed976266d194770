import type { Line } from '../../../src-preload/contract/orders'

export type JobState = 'empty' | 'quoted' | 'approved' | 'declined' | 'completed'

/** What the customer said to a job as a whole: declined only when every line is, quoted as long as one line waits for an answer. */
export function jobState(lines: readonly Pick<Line, 'status'>[]): JobState {
  const live = lines.filter(({ status }) => status !== 'declined')
  if (live.length === 0) return lines.length === 0 ? 'empty' : 'declined'
  if (live.some(({ status }) => status === 'quoted')) return 'quoted'
  return live.every(({ status }) => status === 'completed') ? 'completed' : 'approved'
}
