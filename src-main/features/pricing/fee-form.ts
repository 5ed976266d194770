import type { Line, LineFields } from '../../../src-preload/contract/orders'
import type { FrozenFeeRule } from '../../../src-preload/contract/pricing'
import { AppError, invalidField } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { whyNotFee } from '../../rules/why-not-fee'
import { rulesOfToday } from '../shop/rules-of-today'

type FeeForm = Pick<FrozenFeeRule, 'printedName' | 'percentMillionths'>

function refusalOf(ctx: Ctx, { printedName, percentMillionths }: FeeForm): string | undefined {
  return whyNotFee(rulesOfToday(ctx).fees, { description: printedName, isPercent: percentMillionths !== null })?.sentence
}

/** Whether the law of the shop's state lets this fee stand on a bill today. */
export function isFeeFormAllowed(ctx: Ctx, fee: FeeForm): boolean {
  return refusalOf(ctx, fee) === undefined
}

/** The same of a line of an order. */
export function isLineFormAllowed(ctx: Ctx, { description, priceSource }: Pick<Line, 'description' | 'priceSource'>): boolean {
  return whyNotFee(rulesOfToday(ctx).fees, { description, isPercent: isShare(priceSource) }) === null
}

/** Whether a line is a share of the work; typed over it is an amount, whatever rule had made it. */
export function isShare(source: Line['priceSource']): boolean {
  return source?.rule === 'fee' && source.factorMillionths !== undefined
}

/** @throws INVALID_INPUT with the rule of the state that forbids this form */
export function assertFeeFormAllowed(ctx: Ctx, fee: FeeForm, place: string): void {
  const sentence = refusalOf(ctx, fee)
  if (sentence !== undefined) throw invalidField(`${place}.printedName`, sentence)
}

/**
 * Of a line of an order or a canned job, whatever kind of line a fee hides in; a discount is none. A screen without such a field shows the
 * sentence by itself.
 * @throws INVALID_INPUT with the rule of the state that forbids this form
 */
export function assertLineForm(ctx: Ctx, line: Pick<LineFields, 'type' | 'description'>, field: string): void {
  const refused = line.type === 'discount' ? null : whyNotFee(rulesOfToday(ctx).fees, line)
  if (refused) throw new AppError('INVALID_INPUT', { fields: { [field]: refused.sentence }, message: refused.sentence })
}
