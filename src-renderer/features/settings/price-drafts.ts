import { MAX_CENTS } from '../../../src-preload/contract/money'
import type { CannedLine, MatrixBand } from '../../../src-preload/contract/pricing'

/** '2.5' or '2.5x' as millionths; undefined when it is not a number with at most six decimals. */
export function parseFactor(text: string): number | undefined {
  const match = /^(\d{1,4})(?:\.(\d{0,6}))?\s*[x×]?$/i.exec(text.trim())
  if (!match) return undefined
  return Number.parseInt(match[1] ?? '0', 10) * 1_000_000 + Number.parseInt((match[2] ?? '').padEnd(6, '0'), 10)
}

/** 2_500_000 -> '2.5' */
export function formatFactor(factorMillionths: number): string {
  const fraction = String(factorMillionths % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '')
  const whole = String(Math.floor(factorMillionths / 1_000_000))
  return fraction === '' ? whole : `${whole}.${fraction}`
}

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
  const from = Math.min(Math.max(last.costFromCents * 2, 1_000), MAX_CENTS)
  return { ...last, costFromCents: from as MatrixBand['costFromCents'] }
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
