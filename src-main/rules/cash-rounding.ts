import { addCents, type Cents, roundingOfCash, subtractCents, ZERO } from '../../src-preload/contract/money'
import type { CashRounding, RuleRow } from './state-pack'

/** How this shop rounds cash: what the law says, and where it is silent what the shop has chosen. */
export function cashRounding({ value }: RuleRow<'cash'>, setting: CashRounding): CashRounding {
  return value.rounding === 'silent' ? setting : value.rounding
}

/** What rounding gives the customer of an amount due in cash: above 0 the till takes less, below 0 more than is due. */
export function roundingOf(rule: RuleRow<'cash'>, setting: CashRounding, dueCents: Cents): Cents {
  const how = cashRounding(rule, setting)
  return how === 'none' ? ZERO : roundingOfCash(dueCents, how)
}

/**
 * The same for a piece of cash that is handed out: what the pieces before it kept (`carriedCents` above 0) or gave on top (below 0) is made
 * up for, so that all pieces together are their sum rounded once, however small they are.
 */
export function roundingOfPiece(rule: RuleRow<'cash'>, setting: CashRounding, pieceCents: Cents, carriedCents: Cents): Cents {
  if (cashRounding(rule, setting) === 'none') return ZERO
  const owedCents = addCents(pieceCents, carriedCents)
  return owedCents <= 0 ? pieceCents : subtractCents(roundingOf(rule, setting, owedCents), carriedCents)
}
