import type { Order } from '../../../src-preload/contract/orders'
import { formatDollars, percentOf, subtractCents } from '../../../src-preload/contract/money'

export interface HeadRoom {
  tone: 'calm' | 'good' | 'warn' | 'bad'
  sentence: string
  /** how much of the authorized amount is used, 0 to 100; for the bar only */
  usedPercent: number
}

/** What is left of what the customer authorized. One cent above it needs a new authorization. */
export function headRoom({ totalCents, authorizedCents, status }: Pick<Order, 'totalCents' | 'authorizedCents' | 'status'>): HeadRoom {
  if (authorizedCents === 0 && totalCents <= 0) return { tone: 'calm', sentence: 'Nothing to authorize yet.', usedPercent: 0 }
  if (authorizedCents === 0) return { tone: 'warn', sentence: 'Not authorized yet.', usedPercent: 100 }
  if (totalCents > authorizedCents) {
    const over = formatDollars(subtractCents(totalCents, authorizedCents))
    return { tone: 'bad', sentence: `Over by ${over}: needs a new authorization.`, usedPercent: 100 }
  }
  const used = percentOf(totalCents, authorizedCents)
  if (status === 'closed' || status === 'declined') return { tone: 'calm', sentence: 'Within what was authorized.', usedPercent: used }
  if (totalCents === authorizedCents)
    return { tone: 'good', sentence: 'Exactly what was authorized: one cent more needs a new authorization.', usedPercent: 100 }
  return {
    tone: 'good',
    sentence: `${formatDollars(subtractCents(authorizedCents, totalCents))} left before a new authorization is needed.`,
    usedPercent: used,
  }
}
