import type { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import { onlyShownWords, warrantyWords } from '../../../src-preload/contract/line-terms'

type Line = DocumentSnapshot['jobs'][number]['lines'][number]

/** What to think of when a billed car is handed over: the old parts that were asked for, and the warranty of each line. */
export function handOver(oldPartsWanted: boolean, jobs: DocumentSnapshot['jobs']): string[] {
  const lines = jobs.flatMap((job) => job.lines)
  const parts = lines.filter(({ type }) => type === 'part')
  const warranties = new Set(lines.map(warrantyOf).filter((words) => words !== ''))
  return [
    ...(oldPartsWanted && parts.length > 0 ? [`The customer wants the replaced parts back. ${onlyShownWords(parts)}`.trim()] : []),
    ...[...warranties].map((words) => `Warranty of ${words}: ${namesOf(lines.filter((line) => warrantyOf(line) === words))}.`),
  ]
}

const warrantyOf = ({ terms }: Line): string => (terms ? warrantyWords(terms) : '')

function namesOf(lines: readonly Line[]): string {
  return [...new Set(lines.map(({ description }) => description))].join(', ')
}
