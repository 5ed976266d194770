import type { PriceSource } from '../../../src-preload/contract/pricing'
import { formatDollars, formatFactor, formatPercent, type Millionths } from '../../../src-preload/contract/money'

type Rule = Omit<PriceSource, 'instead'>

function ruleWords({ rule, name, level, costCents, way, factorMillionths }: Rule): string {
  switch (rule) {
    case 'labor_rate':
      return level === 'shop' || level === undefined ? 'The shop’s labor rate' : `Labor rate “${name}”, chosen for this ${level}`
    case 'matrix': {
      if (costCents === undefined || factorMillionths === undefined) return `Price matrix “${name}”`
      const how =
        way === 'margin' ? `at a margin of ${formatPercent(factorMillionths as Millionths)}` : `times ${formatFactor(factorMillionths)}`
      return `Price matrix “${name}”: cost ${formatDollars(costCents)} ${how}`
    }
    case 'inventory':
      return 'Price in the inventory'
    case 'canned_job':
      return `Fixed by the canned job “${name}”`
    case 'fee':
      return factorMillionths === undefined ? `Fee rule “${name}”` : `Fee rule “${name}”: ${formatPercent(factorMillionths as Millionths)}`
    case 'typed':
      return 'Typed'
  }
}

/** Which rule made the price, in full. */
export function priceWords({ instead, ...source }: PriceSource): string {
  return instead ? `${ruleWords(source)}; ${lower(ruleWords(instead))} would be ${formatDollars(instead.priceCents)}` : ruleWords(source)
}

/** The same in a word or two, for the narrow column. */
export function priceLabel({ rule, name, level }: PriceSource): string {
  const labels = {
    labor_rate: level === 'shop' ? 'Shop rate' : name,
    matrix: 'Matrix',
    inventory: 'Inventory',
    canned_job: 'Canned',
    fee: 'Fee rule',
    typed: 'Typed',
  }
  return labels[rule]
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
