import { type Cents, formatCents, formatDollars } from '../../src-preload/contract/money'

export interface AmountProps {
  cents: Cents
  /** without the $ sign, for columns that are all amounts */
  bare?: boolean
  /** shown instead of 0.00 */
  zero?: string
  className?: string
}

/** Money: figures of one width, right-aligned, a minus sign (not only a colour) when negative. */
export function Amount({ cents, bare = false, zero, className = '' }: AmountProps) {
  const text = cents === 0 && zero !== undefined ? zero : bare ? formatCents(cents) : formatDollars(cents)
  return <span className={`inline-block text-right tabular-nums ${className}`}>{text}</span>
}
