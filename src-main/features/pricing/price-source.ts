import type { Cents } from '../../../src-preload/contract/money'
import type { Line, LineFields, Order } from '../../../src-preload/contract/orders'
import type { PriceEnding, PriceSource } from '../../../src-preload/contract/pricing'
import { type Matrix, pricePart } from './price-part'

/** The shop's own prices on the day a line is made. */
export interface ShopPrices {
  readonly laborRate: { readonly rateCents: Cents; readonly name: string; readonly level: NonNullable<Order['laborRate']>['level'] }
  readonly parts: ReadonlyMap<string, { readonly priceCents: Cents; readonly costCents: Cents; readonly category: string }>
  readonly matrices: readonly Matrix[]
  readonly ending: PriceEnding
}

type Priced = Pick<LineFields, 'type' | 'inventoryItemId' | 'costCents'>

/** What the shop's rules ask for a line; null = they have no price for it. */
export function rulePrice(line: Priced, prices: ShopPrices): PriceSource | null {
  if (line.type === 'labor')
    return { rule: 'labor_rate', priceCents: prices.laborRate.rateCents, name: prices.laborRate.name, level: prices.laborRate.level }
  if (line.type !== 'part') return null
  const stocked = line.inventoryItemId === null ? undefined : prices.parts.get(line.inventoryItemId)
  // What the inventory says a part costs holds, whatever somebody typed beside it.
  const part = stocked ?? { category: '', costCents: line.costCents, priceCents: null }
  return pricePart(part, prices.matrices, prices.ending)
}

/** The price that a canned job itself gives one of its lines. */
export function cannedPrice({ id, jobName }: { readonly id: string; readonly jobName: string }, priceCents: Cents): PriceSource {
  return { rule: 'canned_job', name: jobName, ruleId: id, priceCents }
}

/** What a canned job gave stays with its line, whichever rule makes the price of it now. */
export function withQuantityOf(line: Pick<Line, 'priceSource'>, source: PriceSource): PriceSource {
  const quantityHundredths = (line.priceSource?.instead ?? line.priceSource)?.quantityHundredths
  if (quantityHundredths === undefined) return source
  return source.instead ? { ...source, instead: { ...source.instead, quantityHundredths } } : { ...source, quantityHundredths }
}

/** The rule where the price is the rule's, else 'typed' and the rule that would have had one. */
export function sourceOf(line: Priced & { readonly unitPriceCents: Cents }, prices: ShopPrices): PriceSource {
  const rule = rulePrice(line, prices)
  if (rule?.priceCents === line.unitPriceCents) return rule
  const typed = { rule: 'typed' as const, name: '', priceCents: line.unitPriceCents }
  return rule ? { ...typed, instead: rule } : typed
}

/** Cost and factor of a matrix are for those who see costs: either gives the other away. */
export function withoutSecrets(source: PriceSource): PriceSource {
  const { costCents: _, factorMillionths, way: _way, instead, ...open } = source
  const shown = source.rule === 'matrix' || factorMillionths === undefined ? open : { ...open, factorMillionths }
  return instead ? { ...shown, instead: withoutSecrets(instead) } : shown
}
