import { type Cents, roundingOfCash, ZERO } from '../../src-preload/contract/money'
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
