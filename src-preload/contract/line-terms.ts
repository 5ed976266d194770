import { z } from 'zod'
import { formatDollars, NonNegativeCents } from './money'

/**
 * What becomes of the part that a new one replaces: 'customer' = it is returned when it was asked for; else it goes back to its maker, and is
 * shown when it was asked for (16 CCR 3355).
 */
const OldPart = z.enum(['customer', 'exchange', 'warranty'])

/** What a paper says of a part or of labor beside its price. */
export const LineTerms = z.strictObject({
  oldPart: OldPart,
  /** of an exchange: what is due when the old part is kept */
  coreChargeCents: NonNegativeCents.nullable(),
  /** ordered for this car alone: it cannot be returned */
  specialOrder: z.boolean(),
  warrantyMonths: z.int().min(1).max(600).nullable(),
  warrantyMiles: z.int().min(1).max(999_999).nullable(),
})
export type LineTerms = z.output<typeof LineTerms>

export const noTerms: LineTerms = {
  oldPart: 'customer',
  coreChargeCents: null,
  specialOrder: false,
  warrantyMonths: null,
  warrantyMiles: null,
}

/** In one order, without what does not apply; null = there is nothing to say. Labor has a warranty and nothing else. */
export function tidyTerms(type: string, terms: LineTerms | null | undefined): LineTerms | null {
  if (!terms || (type !== 'part' && type !== 'labor')) return null
  const { oldPart, coreChargeCents, specialOrder, warrantyMonths, warrantyMiles } = terms
  const warranty = { warrantyMonths, warrantyMiles }
  const tidy: LineTerms =
    type === 'labor'
      ? { ...noTerms, ...warranty }
      : { oldPart, coreChargeCents: oldPart === 'exchange' ? coreChargeCents : null, specialOrder, ...warranty }
  return JSON.stringify(tidy) === JSON.stringify(noTerms) ? null : tidy
}

/** '24 months or 24,000 miles, whichever comes first'; '' = the shop's own terms hold. */
export function warrantyWords({ warrantyMonths, warrantyMiles }: Pick<LineTerms, 'warrantyMonths' | 'warrantyMiles'>): string {
  const months = warrantyMonths === null ? '' : warrantyMonths === 1 ? '1 month' : `${warrantyMonths} months`
  const miles = warrantyMiles === null ? '' : `${String(warrantyMiles).replace(/\B(?=(\d{3})+$)/g, ',')} miles`
  return months && miles ? `${months} or ${miles}, whichever comes first` : months || miles
}

/** A sentence for each, the same on screen and paper. Without `withPrices` for the technician. */
export function termsWords(terms: LineTerms, { withPrices = true } = {}): string[] {
  const { oldPart, coreChargeCents, specialOrder } = terms
  const warranty = warrantyWords(terms)
  const core = withPrices && coreChargeCents !== null ? ` Core charge ${formatDollars(coreChargeCents)} if the old part is kept.` : ''
  return [
    ...(specialOrder ? ['Special order: cannot be returned.'] : []),
    ...(oldPart === 'exchange' ? [`Exchange: the old part goes back to its maker and is not returned.${core}`] : []),
    ...(oldPart === 'warranty' ? ['The old part goes back to its maker under warranty and is not returned.'] : []),
    ...(warranty ? [`Warranty: ${warranty}.`] : []),
  ]
}

interface WithTerms {
  readonly description: string
  readonly status?: string
  readonly terms?: LineTerms | null | undefined
}

/** Does the old part go back to its maker? Then it is shown to a customer who wants the old parts, and not given (16 CCR 3355). */
export function isOnlyShown({ status, terms }: Omit<WithTerms, 'description'>): boolean {
  return status !== 'declined' && terms !== null && terms !== undefined && terms.oldPart !== 'customer'
}

/** The parts of which that is so, by name; '' = none. */
export function namesOnlyShown(lines: readonly WithTerms[]): string {
  return [...new Set(lines.filter(isOnlyShown).map(({ description }) => description))].join(', ')
}

/** What a customer who wants the old parts back has to be told: the same on screen, on the work order and when the car is handed over. */
export function onlyShownWords(lines: readonly WithTerms[]): string {
  const names = namesOnlyShown(lines)
  return names === '' ? '' : `Only to be shown, because they go back to their maker: ${names}.`
}
