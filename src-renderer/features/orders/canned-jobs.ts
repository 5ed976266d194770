import type { PriceOffers } from '../../../src-preload/contract/pricing'

export type CannedJob = PriceOffers['cannedJobs'][number]

const MOST = 8

/** Canned jobs whose name has a word for each typed one, or whose code begins like it; the code that is typed comes first. */
export function fitting(jobs: readonly CannedJob[], text: string): readonly CannedJob[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const typed = text.trim().toLowerCase()
  const fits = (job: CannedJob): boolean => {
    const known = job.name.toLowerCase().split(/\s+/)
    return job.code.toLowerCase().startsWith(typed) || words.every((word) => known.some((each) => each.startsWith(word)))
  }
  const rank = ({ code }: CannedJob): number => (code.toLowerCase() === typed ? 0 : 1)
  return jobs
    .filter(fits)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
}

/** Its lines that are asked for. */
export function asked({ lines }: CannedJob): CannedJob['lines'] {
  return lines.filter(({ included }) => included !== 'always')
}

/** What is sent: the lines that always belong to it and the picked ones, each under a new id. */
export function chosenLines(
  { lines }: CannedJob,
  picked: ReadonlySet<string>,
  makeId: () => string,
): { lineId: string; cannedLineId: string }[] {
  const chosen = lines.filter(({ id, included }) => included === 'always' || picked.has(id))
  return chosen.map(({ id }) => ({ lineId: makeId(), cannedLineId: id }))
}
