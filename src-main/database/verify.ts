import type { Invariant } from './invariant'
import { invariants } from './invariants'
import { sql, type Queryable } from './transaction'

export interface Violation {
  readonly id: string
  readonly title: string
  readonly remedy: string
  /** What breaks it, at most `MAX_ROWS`: a sentence each, with the numbers of records, without names of people. */
  readonly rows: readonly string[]
}

const MAX_ROWS = 1000

/**
 * Checks everything that must be true of the data; an empty answer is a sound database. `queryable` must see every shop (the owner's
 * role), and should have no statement timeout: on 100,000 orders the checks together take some seconds.
 */
export async function verifyDatabase(queryable: Queryable): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  for (const invariant of invariants) {
    const rows = await violationsOf(queryable, invariant)
    if (rows.length > 0) violations.push({ id: invariant.id, title: invariant.title, remedy: invariant.remedy, rows })
  }
  return violations
}

async function violationsOf(queryable: Queryable, invariant: Invariant): Promise<string[]> {
  const statement = invariant.generated ? await generate(queryable, invariant) : invariant.sql
  const { confirm } = invariant
  if (confirm === undefined) {
    const rows = await queryable.query<{ row: string }>(sql('', `SELECT v.row FROM (${statement}) v ORDER BY v.row LIMIT ${MAX_ROWS}`))
    return rows.map(({ row }) => row)
  }
  const suspects = await queryable.query<{ row: string; found: string }>(sql('', statement))
  const confirmed = new Set(suspects.filter(({ found }) => confirm(found)).map(({ row }) => row))
  return [...confirmed].toSorted().slice(0, MAX_ROWS)
}

async function generate(queryable: Queryable, { sql: text }: Invariant): Promise<string> {
  const parts = await queryable.query<{ part: string }>(sql('', text))
  return parts.map(({ part }) => part).join(' UNION ALL ')
}
