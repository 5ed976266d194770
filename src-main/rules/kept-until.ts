import type { RuleRow } from './state-pack'

/** The first day on which a paper of `day` may go; February 29 has its anniversary on March 1. Days are 'YYYY-MM-DD'. */
export function keptUntil({ value }: RuleRow<'records'>, day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + value.years)
  return date.toISOString().slice(0, 10)
}
