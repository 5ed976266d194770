import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import type { PriceSource } from '../../../src-preload/contract/pricing'
import { cannedPrice, rulePrice, type ShopPrices, withQuantityOf } from '../pricing/price-source'
import type { DeclinedLine } from './declined-queries'

export interface PriceToday {
  readonly unitPriceCents: Cents
  /** the rule that makes this price; null = a price of then, made by none */
  readonly source: PriceSource | null
  /** why it is another one, or the same although the shop's prices are others; null = nothing to say */
  readonly sentence: string | null
}

/**
 * What a line that was declined costs today: whoever asked for the shop's own price then asks for the price of the shop's rules now. A price
 * that was made for this customer stays.
 */
export function priceToday(line: DeclinedLine, prices: ShopPrices): PriceToday {
  const { description, unitPriceCents, listThenCents } = line
  const rule = ruleToday(line, prices)
  const source = rule && withQuantityOf(line, rule)
  const stays = (why: string | null): PriceToday => ({
    unitPriceCents,
    source: source?.priceCents === unitPriceCents ? source : null,
    sentence: why === null ? null : `“${description}”: ${why}`,
  })
  if (!wasShopPrice(line))
    return stays(source && listThenCents !== null && source.priceCents !== listThenCents ? 'special price of then' : null)
  if (!source) return stays('the shop has no price for it any more: price as quoted then')
  if (source.priceCents === unitPriceCents) return stays(null)
  const change = `${formatDollars(unitPriceCents)} became ${formatDollars(source.priceCents)}`
  return { unitPriceCents: source.priceCents, source, sentence: `${nameOf(line, source)} ${change}` }
}

/** A line out of a canned job costs what that job says today; every other one what rate, matrix and inventory say. */
function ruleToday(line: DeclinedLine, prices: ShopPrices): PriceSource | null {
  if (ruleThen(line) === 'canned_job') {
    if (!line.cannedToday) return null
    const { unitPriceCents, ...canned } = line.cannedToday
    if (unitPriceCents !== null) return cannedPrice(canned, unitPriceCents)
  }
  return line.isSold ? rulePrice(line, prices) : null
}

const ruleThen = ({ priceSource }: DeclinedLine): PriceSource['rule'] | undefined => (priceSource?.instead ?? priceSource)?.rule

/** Lines of before rules were kept with them are held against the list price of then. */
function wasShopPrice({ priceSource, unitPriceCents, listThenCents }: DeclinedLine): boolean {
  return priceSource ? priceSource.rule !== 'typed' : unitPriceCents === listThenCents
}

function nameOf({ type, description }: DeclinedLine, { rule, name }: PriceSource): string {
  if (rule === 'canned_job') return `“${description}”: price of the canned job`
  return type === 'labor' ? ['Labor rate', name].filter(Boolean).join(' ') : `“${description}”: list price`
}
