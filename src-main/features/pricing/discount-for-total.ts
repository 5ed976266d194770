import { addCents, cents, type Cents, type Millionths, subtractCents, taxOn } from '../../../src-preload/contract/money'

export interface DiscountedOrder {
  readonly subtotalCents: Cents
  readonly discountCents: Cents
  /** taxed lines less taxed discounts */
  readonly taxableCents: Cents
  readonly taxRateMillionths: Millionths
}

/** The order's total with one more discount, taxed or not. */
export function totalWith(order: DiscountedOrder, discount: Cents, lowersTax: boolean): Cents {
  const taxable = lowersTax ? subtractCents(order.taxableCents, discount) : order.taxableCents
  const net = subtractCents(subtractCents(order.subtotalCents, order.discountCents), discount)
  return addCents(net, taxOn(taxable, order.taxRateMillionths))
}

/**
 * The least discount whose total is not above the wanted one. A discount that lowers the tax moves the total by one or two cents at a time,
 * so the wanted cent may be skipped: then the total is the next below it. null = the total is at or below it already.
 */
export function discountForTotal(
  order: DiscountedOrder,
  wanted: Cents,
  lowersTax: boolean,
): { readonly discountCents: Cents; readonly totalCents: Cents } | null {
  const present = totalWith(order, cents(0), lowersTax)
  if (present <= wanted) return null
  // The total falls by at least a cent for each cent of discount: it is found between one cent and the whole difference.
  let [low, high] = [1, present - wanted]
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2)
    if (totalWith(order, cents(middle), lowersTax) <= wanted) high = middle
    else low = middle + 1
  }
  return { discountCents: cents(low), totalCents: totalWith(order, cents(low), lowersTax) }
}
