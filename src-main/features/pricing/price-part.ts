import { type Cents, endPriceIn, priceAtMargin, timesFactor } from '../../../src-preload/contract/money'
import type { MatrixBand, PriceEnding, PriceSource } from '../../../src-preload/contract/pricing'

/** A matrix in use; category '' = every part that no matrix of its own category prices. Bands by cost, the dearest first. */
export interface Matrix {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly bands: readonly MatrixBand[]
}

export interface PartFacts {
  readonly category: string
  readonly costCents: Cents | null
  /** in the inventory; null = not of the inventory */
  readonly priceCents: Cents | null
}

const endings = { '00': 0, '49': 49, '95': 95, '99': 99 } as const satisfies Record<Exclude<PriceEnding, 'none'>, number>

/** A price rounded up to the shop's last two digits. Nothing costs nothing. */
export function endPrice(price: Cents, ending: PriceEnding): Cents {
  return ending === 'none' || price === 0 ? price : endPriceIn(price, endings[ending])
}

/** What a band makes of a cost, between its least and its most. */
export function bandPrice(band: Omit<MatrixBand, 'costFromCents'>, cost: Cents, ending: PriceEnding): Cents {
  const raw = band.way === 'margin' ? priceAtMargin(cost, band.factorMillionths) : timesFactor(cost, band.factorMillionths)
  const least = band.minCents !== null && raw < band.minCents ? band.minCents : raw
  const ended = endPrice(least, ending)
  return band.maxCents !== null && ended > band.maxCents ? band.maxCents : ended
}

/** The matrix of the part's category, else the one for every part; a part below its first band is priced by none. */
export function bandFor(
  matrices: readonly Matrix[],
  category: string,
  cost: Cents,
): { readonly matrix: Matrix; readonly band: MatrixBand } | undefined {
  const own = category.toLowerCase()
  const matrix =
    matrices.find((each) => each.category !== '' && each.category.toLowerCase() === own) ?? matrices.find((each) => each.category === '')
  const band = matrix?.bands
    .filter(({ costFromCents }) => costFromCents <= cost)
    .reduce<MatrixBand | undefined>((best, each) => (best && best.costFromCents > each.costFromCents ? best : each), undefined)
  return matrix && band && { matrix, band }
}

/** The shop's own price of a part and the rule that made it: a matrix where one fits, else the price in the inventory; null = neither. */
export function pricePart(part: PartFacts, matrices: readonly Matrix[], ending: PriceEnding): PriceSource | null {
  const found = part.costCents === null ? undefined : bandFor(matrices, part.category, part.costCents)
  if (found && part.costCents !== null) {
    const { matrix, band } = found
    return {
      rule: 'matrix',
      name: matrix.name,
      ruleId: matrix.id,
      priceCents: bandPrice(band, part.costCents, ending),
      costCents: part.costCents,
      way: band.way,
      factorMillionths: band.factorMillionths,
    }
  }
  return part.priceCents === null ? null : { rule: 'inventory', name: '', priceCents: part.priceCents }
}
