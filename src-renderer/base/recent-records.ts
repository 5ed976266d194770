import { useEffect } from 'react'
import { onPersonLeft } from './at-counter'

export interface RecentRecord {
  readonly kind: 'order' | 'customer' | 'vehicle' | 'invoice'
  readonly id: string
  readonly title: string
}

const MOST = 8
let records: readonly RecentRecord[] = []

// What somebody looked at is theirs: the next person begins with nothing.
onPersonLeft(() => {
  records = []
})

/** What the person at the counter opened last, newest first; kept in memory only. */
export function recentRecords(): readonly RecentRecord[] {
  return records
}

/** Called by the screen of a record while it is open. */
export function useRecent(kind: RecentRecord['kind'], id: string, title: string): void {
  useEffect(() => {
    records = [{ kind, id, title }, ...records.filter((one) => one.id !== id)].slice(0, MOST)
  }, [kind, id, title])
}
