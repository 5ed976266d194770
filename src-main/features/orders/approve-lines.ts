import type { Approval } from '../../../src-preload/contract/call'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { addCents, type Cents, lineTotal, MAX_CENTS, ZERO } from '../../../src-preload/contract/money'
import { grantOf, type Permission } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { whyNotFee } from '../../rules/why-not-fee'
import { requireApproval } from '../people/require-approval'
import { rulesOfToday } from '../shop/rules-of-today'
import { findPrices, type PriceFacts } from './line-queries'
import { approvalForDiscount, approvalForNoTax, approvalForPrice, assertMayTouch, type ListPrices, type WantedApproval } from './line-rules'

type Line = Omit<NewLine, 'lineId' | 'jobId'>

/** What was approved before the transaction opens; `discountCents` = the discount of the whole order that the approver was told. */
export interface LineApproval {
  readonly approverId: string | null
  readonly discountCents: Cents | null
}

export const NOTHING: LineApproval = { approverId: null, discountCents: null }

/**
 * Holds new lines against the shop's prices and this role's limits, and asks for the approvals they need. Outside any transaction:
 * checking a PIN takes its time.
 * @param orderId null for an order that is just being made
 * @throws FORBIDDEN, INVALID_INPUT (a discount without reason), APPROVAL_REQUIRED, APPROVAL_REFUSED
 */
export async function approveLines(
  ctx: Ctx,
  lines: readonly Line[],
  orderId: string | null,
  approval: Approval | undefined,
): Promise<LineApproval> {
  for (const { type } of lines) assertMayTouch(ctx.user.role, type)
  assertDiscountsHaveReasons(lines)
  assertFeeForms(ctx, lines)
  if (lines.some((line) => amountOf(line) > MAX_CENTS)) throw new AppError('TOO_LARGE')
  if (grantOf(ctx.user.role, 'costs.see') === 'no' && lines.some(({ costCents }) => costCents !== null)) throw new AppError('FORBIDDEN')
  if (lines.length === 0 || needsNoPrices(ctx)) return NOTHING
  const facts = await loadPrices(
    ctx,
    lines.flatMap(({ inventoryItemId }) => inventoryItemId ?? []),
    orderId,
  )
  const { settings } = ctx.shop
  const prices = listPrices(facts)
  const wanted: (WantedApproval | null)[] = lines.flatMap((line) => [
    approvalForPrice(ctx.user.role, line, prices, settings.limits),
    approvalForNoTax(ctx.user.role, line, settings.taxable),
  ])
  if (lines.some(({ type }) => type === 'discount')) {
    const before = facts.order ?? { subtotalCents: ZERO, discountCents: ZERO }
    const discountCents = addCents(before.discountCents, ...lines.filter(isDiscount).map(amountOf))
    const subtotalCents = addCents(before.subtotalCents, ...lines.filter((line) => !isDiscount(line)).map(amountOf))
    wanted.push(approvalForDiscount(ctx.user.role, discountCents, subtotalCents, settings.limits))
  }
  return obtain(ctx, wanted, approval, orderId)
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
  let approverId: string | null = null
  for (const [permission, sentence] of sentences) approverId = await requireApproval(ctx, permission, approval, sentence, about)
  return { approverId, discountCents: wanted.find((each) => each?.discountCents !== undefined)?.discountCents ?? null }
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

export async function loadPrices(ctx: Ctx, partIds: readonly string[], orderId: string | null): Promise<PriceFacts> {
  const facts = await findPrices(reading(ctx.db), ctx.shopId, partIds, orderId)
  invariant(facts, 'the shop of a signed-in user exists')
  return facts
}

export function listPrices(facts: PriceFacts): ListPrices {
  return { laborRateCents: facts.laborRateCents, parts: new Map(facts.parts.map((part) => [part.id, part])) }
}

function assertDiscountsHaveReasons(lines: readonly Line[]): void {
  const at = lines.findIndex((line) => isDiscount(line) && line.reason === '')
  if (at >= 0) throw invalidField(`lines.${at}.reason`, 'Say why this discount is given.')
}

/** A form of charge that the state forbids is refused while it is typed, whatever kind of line it hides in. */
function assertFeeForms(ctx: Ctx, lines: readonly Line[]): void {
  const { fees } = rulesOfToday(ctx)
  for (const [at, line] of lines.entries()) {
    const refused = isDiscount(line) ? null : whyNotFee(fees, line)
    if (refused) throw invalidField(`lines.${at}.description`, refused.sentence)
  }
}

function isDiscount({ type }: Line): boolean {
  return type === 'discount'
}

export function amountOf({ quantityHundredths, unitPriceCents }: Pick<Line, 'quantityHundredths' | 'unitPriceCents'>): Cents {
  return lineTotal(quantityHundredths, unitPriceCents)
}
