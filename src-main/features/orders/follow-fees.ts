import type { Cents, Hundredths } from '../../../src-preload/contract/money'
import { type FeeBase, feeAmount } from '../../../src-preload/contract/fee-amount'
import type { FrozenFeeRule, PriceSource } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { isFeeFormAllowed } from '../pricing/fee-form'
import { changeFee, type FeeLine, findFees, removeFee } from './fee-queries'
import { addLinesTo, type LineToAdd } from './line-queries'
import { withinLimit } from './line-rules'
import type { LockedOrder } from './order-queries'
import { whyNotChangeLines } from './order-rules'

/**
 * Fees by rule are lines that follow the labor and parts of a locked order while they are quoted: what the customer agreed to, declined or
 * somebody typed over stays as it is; a price typed within everybody's limit only until the rule asks for more, else a fee could be typed
 * before there is work to ask it for. An order has the rules of the day it was made; a form that the law forbids meanwhile is not begun.
 */
export async function followFees(tx: Tx, ctx: Ctx, order: LockedOrder): Promise<void> {
  if (order.hasFeeRules && whyNotChangeLines(order) === null) await renewFees(tx, ctx, order.id)
}

/** The same for an order that was just made: nothing stands against a change of its lines. */
export async function renewFees(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const { shopId } = ctx
  const facts = await findFees(tx, shopId, orderId)
  const missing: FrozenFeeRule[] = []
  for (const rule of facts.rules) {
    const line = facts.lines.find(({ ruleId }) => ruleId === rule.id)
    if (!line) {
      missing.push(rule)
      continue
    }
    const source = sourceOfFee(rule, facts)
    if (line.status === 'quoted' && (!line.isTyped || isOutgrown(ctx, line, source.priceCents))) {
      if (source.priceCents === 0) await removeFee(tx, shopId, line.id)
      else if (line.isTyped || source.priceCents !== line.unitPriceCents) await changeFee(tx, shopId, line.id, source)
    }
  }
  const lines = feesByRule(ctx, missing, facts)
  if (lines.length > 0) await addLinesTo(tx, shopId, orderId, lines)
}

/** The lines that these rules make of an order's labor and parts, as far as the law allows their form. */
export function feesByRule(ctx: Ctx, rules: readonly FrozenFeeRule[], order: FeeBase): LineToAdd[] {
  return rules.flatMap((rule) => {
    const source = sourceOfFee(rule, order)
    return source.priceCents > 0 && isFeeFormAllowed(ctx, rule) ? [asLine(rule, source)] : []
  })
}

function isOutgrown(ctx: Ctx, { ruleCents, totalCents }: FeeLine, asksCents: Cents): boolean {
  if (asksCents <= ruleCents || asksCents <= totalCents) return false
  return totalCents >= ruleCents || withinLimit(totalCents, ruleCents, ctx.shop.settings.limits.priceOverrideMillionths)
}

function sourceOfFee(rule: FrozenFeeRule, order: FeeBase): PriceSource {
  const share = rule.percentMillionths === null ? {} : { factorMillionths: rule.percentMillionths }
  return { rule: 'fee', name: rule.name, ruleId: rule.id, priceCents: feeAmount(rule, order), ...share }
}

function asLine(rule: FrozenFeeRule, source: PriceSource): LineToAdd {
  return {
    lineId: uuid7(),
    jobId: null,
    type: 'fee',
    description: rule.printedName,
    partNumber: '',
    quantityHundredths: 100 as Hundredths,
    unitPriceCents: source.priceCents,
    costCents: null,
    taxable: rule.taxable,
    partCondition: null,
    inventoryItemId: null,
    priceSource: source,
  }
}
