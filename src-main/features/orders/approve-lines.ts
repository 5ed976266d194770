import type { Approval } from '../../../src-preload/contract/call'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { addCents, type Cents, lineTotal, ZERO } from '../../../src-preload/contract/money'
import { grantOf, type Permission } from '../../../src-preload/contract/permissions'
import type { FrozenFeeRule, PriceSource } from '../../../src-preload/contract/pricing'
import { AppError, invalidField } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { requireApprovals } from '../people/require-approval'
import { assertLineForm } from '../pricing/fee-form'
import { assertLineSize } from '../pricing/line-size'
import { rulePrice, type ShopPrices, sourceOf } from '../pricing/price-source'
import { findShopPrices, type PricedFor } from '../pricing/shop-prices'
import { approvalForDiscount, approvalForNoTax, approvalForPrice, assertMayTouch, type ListPrices, type WantedApproval } from './line-rules'

type Line = Omit<NewLine, 'jobId'>

/** What was approved before the transaction opens; `discountCents` = the discount of the whole order that the approver was told. */
export interface LineApproval {
  readonly approverId: string | null
  readonly discountCents: Cents | null
  /** new line -> which rule made its price */
  readonly sources: ReadonlyMap<string, PriceSource>
  /** of an order that is just being made: which rules its fees follow */
  readonly feeRules: readonly FrozenFeeRule[]
}

export const NOTHING: LineApproval = { approverId: null, discountCents: null, sources: new Map(), feeRules: [] }

/**
 * Holds new lines against the shop's prices and this role's limits, and asks for the approvals they need. Outside any transaction:
 * checking a PIN takes its time.
 * @param made the order; for one that is just being made whose it will be
 * @param ruled lines whose price a rule made that is not asked here (a canned job): prices of the shop as well
 * @throws FORBIDDEN, INVALID_INPUT (a discount without reason), APPROVAL_REQUIRED, APPROVAL_REFUSED
 */
export async function approveLines(
  ctx: Ctx,
  lines: readonly Line[],
  made: PricedFor,
  approval: Approval | undefined,
  ruled: ReadonlyMap<string, PriceSource> = new Map(),
): Promise<LineApproval> {
  for (const { type } of lines) assertMayTouch(ctx.user.role, type)
  assertDiscountsHaveReasons(lines)
  for (const [at, line] of lines.entries()) {
    assertLineForm(ctx, line, `lines.${at}.description`)
    assertLineSize(line, `lines.${at}.`)
  }
  if (grantOf(ctx.user.role, 'costs.see') === 'no' && lines.some(({ costCents }) => costCents !== null)) throw new AppError('FORBIDDEN')
  if (lines.length === 0) return NOTHING
  const parts = lines.flatMap(({ inventoryItemId }) => inventoryItemId ?? [])
  const facts = await findShopPrices(reading(ctx.db), ctx, parts, made)
  const sources = new Map([...lines.filter(isPriced).map((line) => [line.lineId, sourceOf(line, facts)] as const), ...ruled])
  const { feeRules } = facts
  if (needsNoPrices(ctx)) return { ...NOTHING, sources, feeRules }
  const { settings } = ctx.shop
  const prices = listPrices(facts)
  const wanted: (WantedApproval | null)[] = lines.flatMap((line) => [
    ruled.has(line.lineId) ? null : approvalForPrice(ctx.user.role, line, prices, settings.limits),
    approvalForNoTax(ctx.user.role, line, settings.taxable),
  ])
  if (lines.some(({ type }) => type === 'discount')) {
    const before = facts.order ?? { subtotalCents: ZERO, discountCents: ZERO }
    const discountCents = addCents(before.discountCents, ...lines.filter(isDiscount).map(amountOf))
    const subtotalCents = addCents(before.subtotalCents, ...lines.filter((line) => !isDiscount(line)).map(amountOf))
    wanted.push(approvalForDiscount(ctx.user.role, discountCents, subtotalCents, settings.limits))
  }
  return { ...(await obtain(ctx, wanted, approval, made.orderId ?? null)), sources, feeRules }
}

/** One approver for everything that is wanted: each permission is asked of that person once. */
export async function obtain(
  ctx: Ctx,
  wanted: readonly (WantedApproval | null)[],
  approval: Approval | undefined,
  orderId: string | null,
): Promise<LineApproval> {
  const sentences = new Map<Permission, string>()
  for (const each of wanted) {
    if (each) sentences.set(each.permission, [sentences.get(each.permission), each.sentence].filter(Boolean).join(' '))
  }
  const about = orderId === null ? undefined : { entityType: 'repair_order', entityId: orderId }
  const told = [...sentences].map(([permission, sentence]) => ({ permission, sentence }))
  const approverId = await requireApprovals(ctx, told, approval, about)
  return { ...NOTHING, approverId, discountCents: wanted.find((each) => each?.discountCents !== undefined)?.discountCents ?? null }
}

/** Who was told of the discount; an approval of something else in the same call is none of it. */
export function approverOfDiscount({ approverId, discountCents }: LineApproval): string | null {
  return discountCents === null ? null : approverId
}

/**
 * The same limit again on the order as stored, inside the transaction: two discounts at two counters each pass alone.
 * @throws APPROVAL_REQUIRED, INVALID_INPUT when the discount is more than the work
 */
export function assertDiscountFits(ctx: Ctx, order: Order, approval: LineApproval): void {
  if (order.discountCents > order.subtotalCents) throw invalidField('unitPriceCents', 'The discount is more than the work.')
  const wanted = approvalForDiscount(ctx.user.role, order.discountCents, order.subtotalCents, ctx.shop.settings.limits)
  if (wanted && (approval.discountCents === null || order.discountCents > approval.discountCents)) {
    throw new AppError('APPROVAL_REQUIRED', { approvalFor: wanted.permission, message: wanted.sentence })
  }
}

export function needsNoPrices(ctx: Ctx): boolean {
  return grantOf(ctx.user.role, 'orders.price_override') === 'yes' && grantOf(ctx.user.role, 'orders.discount') === 'yes'
}

export function loadPrices(ctx: Ctx, partIds: readonly string[], orderId: string) {
  return findShopPrices(reading(ctx.db), ctx, partIds, { orderId })
}

/** The prices that limits are held against: those of the shop's rules. */
export function listPrices(prices: ShopPrices): ListPrices {
  const listed = [...prices.parts].map(([id, part]) => {
    const rule = rulePrice({ type: 'part', inventoryItemId: id, costCents: null }, prices)
    return [id, { ...part, priceCents: rule?.priceCents ?? part.priceCents }] as const
  })
  const byCost = (costCents: Cents): Cents | undefined =>
    rulePrice({ type: 'part', inventoryItemId: null, costCents: costCents }, prices)?.priceCents
  return { laborRateCents: prices.laborRate.rateCents, parts: new Map(listed), byCost }
}

/** Which rule made the price of a fee or a discount is known where they are made. */
function isPriced({ type }: Line): boolean {
  return type === 'labor' || type === 'part'
}

function assertDiscountsHaveReasons(lines: readonly Line[]): void {
  const at = lines.findIndex((line) => isDiscount(line) && line.reason === '')
  if (at >= 0) throw invalidField(`lines.${at}.reason`, 'Say why this discount is given.')
}

function isDiscount({ type }: Line): boolean {
  return type === 'discount'
}

export function amountOf({ quantityHundredths, unitPriceCents }: Pick<Line, 'quantityHundredths' | 'unitPriceCents'>): Cents {
  return lineTotal(quantityHundredths, unitPriceCents)
}
