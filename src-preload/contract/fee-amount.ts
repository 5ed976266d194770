import { addCents, type Cents, shareOf, ZERO } from './money'
import type { FrozenFeeRule } from './pricing'

export interface FeeBase {
  readonly laborCents: Cents
  readonly partsCents: Cents
}

/** What a rule charges on an order's labor and parts before discounts: a share or an amount, at most its cap; nothing where its base is nothing. */
export function feeAmount(rule: Pick<FrozenFeeRule, 'base' | 'percentMillionths' | 'amountCents' | 'capCents'>, order: FeeBase): Cents {
  const base = { labor: order.laborCents, parts: order.partsCents, both: addCents(order.laborCents, order.partsCents) }[rule.base]
  if (base <= 0) return ZERO
  const amount = rule.percentMillionths === null ? (rule.amountCents ?? ZERO) : shareOf(base, rule.percentMillionths)
  return rule.capCents !== null && amount > rule.capCents ? rule.capCents : amount
}
