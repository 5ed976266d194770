import { type Cents, cents, roundUpCents, subtractCents } from '../../../src-preload/contract/money'

/** Bills a customer rounds up to. */
const STEPS = [500, 1_000, 2_000, 5_000, 10_000].map(cents)

/** What is likely handed over for an amount: exactly it, then the next full 5, 10, 20, 50 and 100; ascending, none twice. */
export function quickAmounts(amount: Cents): Cents[] {
  return [...new Set([amount, ...STEPS.map((step) => roundUpCents(amount, step))])].sort((one, other) => (one < other ? -1 : 1))
}

/** The quick amount above (1) or below (-1) what stands there now; the last one stays. */
export function stepQuickAmount(amounts: readonly Cents[], from: Cents, direction: 1 | -1): Cents {
  const next = direction === 1 ? amounts.find((amount) => amount > from) : amounts.findLast((amount) => amount < from)
  return next ?? from
}

export interface CashBalance {
  kind: 'change' | 'short'
  cents: Cents
}

/** What goes back to the customer, or what is missing. */
export function cashBalance(amount: Cents, tendered: Cents): CashBalance {
  return tendered < amount
    ? { kind: 'short', cents: subtractCents(amount, tendered) }
    : { kind: 'change', cents: subtractCents(tendered, amount) }
}
