import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import type { DeclinedLine } from './declined-queries'

export interface PriceToday {
  readonly unitPriceCents: Cents
  /** why it is another one, or the same although the shop's prices are others; null = nothing to say */
  readonly sentence: string | null
}

/**
 * What a line that was declined costs today: whoever asked for the shop's own price then asks for the shop's own price now. A price that was
 * made for this customer stays.
 */
export function priceToday(line: DeclinedLine): PriceToday {
  const { type, description, unitPriceCents, listThenCents, listNowCents, inventoryItemId } = line
  const what = type === 'labor' ? 'Labor rate' : `“${description}”: list price`
  if (listNowCents === null) {
    const sentence = type === 'part' && inventoryItemId !== null ? `“${description}” is not stocked any more: price as quoted then` : null
    return { unitPriceCents, sentence }
  }
  if (unitPriceCents !== listThenCents) {
    const sentence = listThenCents !== null && listNowCents !== listThenCents ? `“${description}”: special price of then` : null
    return { unitPriceCents, sentence }
  }
  if (listNowCents === unitPriceCents) return { unitPriceCents, sentence: null }
  return { unitPriceCents: listNowCents, sentence: `${what} ${formatDollars(unitPriceCents)} became ${formatDollars(listNowCents)}` }
}
