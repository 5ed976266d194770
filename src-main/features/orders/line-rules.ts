import type { LineFields } from '../../../src-preload/contract/orders'
import {
  cents,
  type Cents,
  formatDollars,
  formatPercent,
  lineTotal,
  type Millionths,
  shareOf,
  subtractCents,
  ZERO,
} from '../../../src-preload/contract/money'
import { grantOf, type Permission, type Role } from '../../../src-preload/contract/permissions'
import type { ShopSettings } from '../../../src-preload/contract/shop'
import { AppError } from '../../base/app-error'

type Limits = ShopSettings['limits']

/** An approval that a role needs for what it wants to do. */
export interface WantedApproval {
  readonly permission: Permission
  readonly sentence: string
  /** the discount of the whole order that is asked for */
  readonly discountCents?: Cents
}

/** The shop's own prices that a line is held against. */
export interface ListPrices {
  readonly laborRateCents: Cents
  /** inventory part -> its list price and cost */
  readonly parts: ReadonlyMap<string, { readonly priceCents: Cents; readonly costCents: Cents }>
  /** what a part costs -> its list price by the shop's matrix, for parts that are not in the inventory */
  readonly byCost?: (costCents: Cents) => Cents | undefined
}

type PricedLine = Pick<LineFields, 'type' | 'description' | 'unitPriceCents' | 'costCents' | 'inventoryItemId'>

/** @throws FORBIDDEN for a role that may touch part lines only */
export function assertMayTouch(role: Role, type: LineFields['type']): void {
  if (grantOf(role, 'orders.lines') === 'own' && type !== 'part') throw new AppError('FORBIDDEN')
  if (type === 'discount' && grantOf(role, 'orders.discount') === 'no') throw new AppError('FORBIDDEN')
}

/**
 * What approval the price of a line needs from this role: none at the shop's own price (labor rate, list price of a part); a limit
 * around it for some; the front desk sells only at the shop's price; below cost for everybody but the owner.
 */
export function approvalForPrice(role: Role, line: PricedLine, prices: ListPrices, limits: Limits): WantedApproval | null {
  const grant = grantOf(role, 'orders.price_override')
  if (grant === 'yes' || line.type === 'discount') return null
  const stocked = line.inventoryItemId === null ? undefined : prices.parts.get(line.inventoryItemId)
  // What the inventory says a part costs holds, whatever somebody typed beside it.
  const costCents = stocked?.costCents ?? line.costCents
  const what = `${formatDollars(line.unitPriceCents)} for "${line.description}"`
  // Whoever may not see a cost must not find it by trying prices: they are told of the list price alone.
  if (costCents !== null && line.unitPriceCents < costCents && grantOf(role, 'costs.see') !== 'no')
    return { permission: 'orders.price_override', sentence: `${what} is below cost.` }
  const list =
    line.type === 'labor' ? prices.laborRateCents : line.type === 'part' ? (stocked?.priceCents ?? byCost(prices, line)) : undefined
  if (list === undefined) {
    if (grantOf(role, 'orders.lines') !== 'limit') return null
    return { permission: 'orders.lines', sentence: `${what} is not a price of the shop.` }
  }
  if (line.unitPriceCents === list) return null
  if (grant === 'limit' && withinLimit(line.unitPriceCents, list, limits.priceOverrideMillionths)) return null
  const sentence = `${what} instead of the shop’s price of ${formatDollars(list)}${grant === 'limit' ? beyondLimit(limits) : ''}.`
  return { permission: 'orders.price_override', sentence }
}

function byCost(prices: ListPrices, { costCents }: PricedLine): Cents | undefined {
  return costCents === null ? undefined : prices.byCost?.(costCents)
}

/** Whether a price is no further from the shop's than this share of it. */
export function withinLimit(price: Cents, list: Cents, limitMillionths: number): boolean {
  const difference = price > list ? subtractCents(price, list) : subtractCents(list, price)
  return difference <= shareOf(list, limitMillionths as Millionths)
}

function beyondLimit({ priceOverrideMillionths }: Limits): string {
  return ` is above your limit of ${formatPercent(priceOverrideMillionths as Millionths)}`
}

/** The largest discount on a whole order this role may give by itself; null = no limit. The smaller of amount and share of the subtotal. */
export function discountLimit(role: Role, subtotalCents: Cents, limits: Limits): Cents | null {
  if (grantOf(role, 'orders.discount') === 'yes') return null
  const front = role === 'front_desk'
  const share = shareOf(subtotalCents, (front ? limits.frontDeskDiscountMillionths : limits.advisorDiscountMillionths) as Millionths)
  const amount = cents(front ? limits.frontDeskDiscountCents : limits.advisorDiscountCents)
  return share < amount ? share : amount
}

export function approvalForDiscount(role: Role, discountCents: Cents, subtotalCents: Cents, limits: Limits): WantedApproval | null {
  const limit = discountLimit(role, subtotalCents, limits)
  if (limit === null || discountCents <= limit) return null
  const sentence = `A discount of ${formatDollars(discountCents)} on the order is above your limit of ${formatDollars(limit)}.`
  return { permission: 'orders.discount', sentence, discountCents }
}

/**
 * Selling without the tax that this kind of line carries here is an exemption, which has its own row in the matrix. So is calling what was
 * agreed with its tax by the name of another kind, that carries none.
 */
export function approvalForNoTax(
  role: Role,
  line: Pick<LineFields, 'type' | 'description' | 'taxable'>,
  usual: ShopSettings['taxable'],
  before?: Pick<LineFields, 'taxable'> & { readonly agreedCents: Cents | null },
): WantedApproval | null {
  if (line.type === 'discount' || line.taxable || grantOf(role, 'customers.tax_exempt') === 'yes') return null
  const wasAgreedTaxed = before !== undefined && before.taxable && before.agreedCents !== null
  if (!usual[line.type] && !wasAgreedTaxed) return null
  return { permission: 'customers.tax_exempt', sentence: `No sales tax on "${line.description}".` }
}

/**
 * What the customer agreed to pay for a line, or a fee rule or canned job asks for it, is a price of the shop: making it cheaper, by price or
 * by hours, is an override like any other, else a discount could be given as a price. It is held against the dearer of the two, not against
 * the last change, so that neither many small steps nor other words for the work get around it.
 */
export function approvalForLess(
  role: Role,
  before: Pick<LineFields, 'type' | 'description'> & { readonly totalCents: Cents; readonly agreedCents: Cents | null },
  floorCents: Cents | null,
  amountCents: Cents,
  limits: Limits,
): WantedApproval | null {
  const grant = grantOf(role, 'orders.price_override')
  const { agreedCents, totalCents, type, description } = before
  const [heldCents, whose] = (floorCents ?? ZERO) > (agreedCents ?? ZERO) ? [floorCents, 'shop’s'] : [agreedCents, 'agreed']
  if (grant === 'yes' || heldCents === null || type === 'discount' || amountCents >= totalCents || amountCents >= heldCents) return null
  if (grant === 'limit' && withinLimit(amountCents, heldCents, limits.priceOverrideMillionths)) return null
  const sentence = `${formatDollars(amountCents)} instead of the ${whose} ${formatDollars(heldCents)} for "${description}"${grant === 'limit' ? beyondLimit(limits) : ''}.`
  return { permission: 'orders.price_override', sentence }
}

type BilledLine = Pick<LineFields, 'type' | 'taxable' | 'quantityHundredths' | 'unitPriceCents'>

/** Whether an edit of a line makes the bill smaller, or may. */
export function lowersBill(before: BilledLine, after: BilledLine): boolean {
  const less = lineTotal(after.quantityHundredths, after.unitPriceCents) - lineTotal(before.quantityHundredths, before.unitPriceCents)
  return before.type !== after.type || (before.taxable && !after.taxable) || (before.type === 'discount' ? less > 0 : less < 0)
}

/** Only a part has a part number, a condition and a place in the inventory. */
export function tidyLine<Fields extends Pick<LineFields, 'type' | 'partNumber' | 'partCondition' | 'inventoryItemId'>>(
  line: Fields,
): Fields {
  return line.type === 'part' ? line : { ...line, partNumber: '', partCondition: null, inventoryItemId: null }
}
