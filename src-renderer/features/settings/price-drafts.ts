import { cents, timesFactor } from '../../../src-preload/contract/money'
import type { CannedLine, MatrixBand } from '../../../src-preload/contract/pricing'

/** A band behind the others: from twice the cost of the last, at its factor. */
export function nextBand(bands: readonly MatrixBand[]): MatrixBand {
  const last = bands.at(-1)
  if (!last)
    return {
      costFromCents: 0 as MatrixBand['costFromCents'],
      way: 'multiplier',
      factorMillionths: 2_000_000,
      minCents: null,
      maxCents: null,
    }
  const doubled = timesFactor(last.costFromCents, 2_000_000)
  return { ...last, costFromCents: cents(doubled < 1_000 ? 1_000 : doubled) }
}

export function newCannedLine(lineId: string, type: CannedLine['type']): CannedLine {
  return {
    lineId,
    type,
    description: '',
    partNumber: '',
    inventoryItemId: null,
    quantityHundredths: 100 as CannedLine['quantityHundredths'],
    unitPriceCents: type === 'fee' ? (0 as NonNullable<CannedLine['unitPriceCents']>) : null,
    costCents: null,
    taxable: null,
    partCondition: null,
    included: 'always',
  }
}
