import { expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { PriceSource } from '../../../src-preload/contract/pricing'
import { priceLabel, priceWords } from './price-words'

test.each([
  [{ rule: 'labor_rate', name: '', level: 'shop', priceCents: 12_000 }, 'Shop rate', 'The shop’s labor rate'],
  [{ rule: 'labor_rate', name: 'Fleet', level: 'customer', priceCents: 9_000 }, 'Fleet', 'Labor rate “Fleet”, chosen for this customer'],
  [
    { rule: 'matrix', name: 'Parts', priceCents: 3_085, costCents: 1_234, way: 'multiplier', factorMillionths: 2_500_000 },
    'Matrix',
    'Price matrix “Parts”: cost $12.34 times 2.5',
  ],
  [
    { rule: 'matrix', name: 'Parts', priceCents: 10_000, costCents: 6_000, way: 'margin', factorMillionths: 400_000 },
    'Matrix',
    'Price matrix “Parts”: cost $60.00 at a margin of 40%',
  ],
  [{ rule: 'matrix', name: 'Parts', priceCents: 3_085 }, 'Matrix', 'Price matrix “Parts”'],
  [{ rule: 'fee', name: 'Supplies', priceCents: 500, factorMillionths: 50_000 }, 'Fee rule', 'Fee rule “Supplies”: 5%'],
  [
    { rule: 'typed', name: '', priceCents: cents(1), instead: { rule: 'inventory', name: '', priceCents: 1_995 } },
    'Typed',
    'Typed; price in the inventory would be $19.95',
  ],
])('%j', (source, label, words) => {
  const known = PriceSource.parse(source)
  expect([priceLabel(known), priceWords(known)]).toEqual([label, words])
})
