import { feeAmount, type FeeBase } from '../../../src-preload/contract/fee-amount'
import { type Cents, type Hundredths, lineTotal } from '../../../src-preload/contract/money'
import type { Line } from '../../../src-preload/contract/orders'
import type { FrozenFeeRule } from '../../../src-preload/contract/pricing'
import type { Ctx } from '../../ipc/context'
import { isLineFormAllowed } from '../pricing/fee-form'

type Made = Pick<Line, 'description' | 'priceSource'>

/**
 * What a fee rule asks for its line, or a canned job for the hours and pieces that it put on the order: less is a price override, whether by
 * the price or by the quantity. Null = the clerk chose the quantity, or the law lets nothing be charged for it in this form.
 */
export function floorOf(ctx: Ctx, line: Made): Cents | null {
  const rule = ruleOf(line)
  const quantity = rule?.rule === 'fee' ? ONE : rule?.quantityHundredths
  return rule && quantity !== undefined && isLineFormAllowed(ctx, line) ? lineTotal(quantity, rule.priceCents) : null
}

/** Whether this is a fee that its rule asks for on the order as it stands; one of a canned job is asked for as long as it is there. */
export function isFeeAsked(
  ctx: Ctx,
  line: Made & Pick<Line, 'type'>,
  order: FeeBase & { readonly feeRules: readonly FrozenFeeRule[] },
): boolean {
  if (line.type !== 'fee' || floorOf(ctx, line) === null) return false
  const made = ruleOf(line)
  return made?.rule !== 'fee' || order.feeRules.some((rule) => rule.id === made.ruleId && feeAmount(rule, order) > 0)
}

const ONE = 100 as Hundredths

const ruleOf = ({ priceSource }: Made) => priceSource?.instead ?? priceSource
