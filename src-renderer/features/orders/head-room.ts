import type { Order } from '../../../src-preload/contract/orders'
import { addCents, type Cents, formatDollars, percentOf, subtractCents, ZERO } from '../../../src-preload/contract/money'

export interface HeadRoom {
  tone: 'calm' | 'good' | 'warn' | 'bad'
  sentence: string
  /** how much of the authorized amount is used, 0 to 100; for the bar only */
  usedPercent: number
}

/**
 * What is left of what the customer authorized and the law adds to it. One cent above that needs a new authorization.
 * @param tolerance what the law of the state adds
 */
export function headRoom(
  { totalCents, authorizedCents, status }: Pick<Order, 'totalCents' | 'authorizedCents' | 'status'>,
  tolerance: Cents = ZERO,
): HeadRoom {
  if (authorizedCents === 0 && totalCents <= 0) return { tone: 'calm', sentence: 'Nothing to authorize yet.', usedPercent: 0 }
  if (authorizedCents === 0) return { tone: 'warn', sentence: 'Not authorized yet.', usedPercent: 100 }
  const allowed = addCents(authorizedCents, tolerance)
  if (totalCents > allowed) {
    const over = formatDollars(subtractCents(totalCents, allowed))
    return { tone: 'bad', sentence: `Over by ${over}: needs a new authorization.`, usedPercent: 100 }
  }
  const used = percentOf(totalCents, allowed)
  if (status === 'closed' || status === 'declined') return { tone: 'calm', sentence: 'Within what was authorized.', usedPercent: used }
  if (totalCents === allowed && tolerance === 0)
    return { tone: 'good', sentence: 'Exactly what was authorized: one cent more needs a new authorization.', usedPercent: 100 }
  return {
    tone: 'good',
    sentence: `${formatDollars(subtractCents(allowed, totalCents))} left before a new authorization is needed.`,
    usedPercent: used,
  }
}
