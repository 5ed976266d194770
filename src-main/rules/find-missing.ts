import type { ContentFacts, ContentItem, Paper, RuleRow } from './state-pack'

/** Where the clerk puts it right. */
export type Place = 'shop' | 'people' | 'customer' | 'vehicle' | 'order' | 'lines'

interface Check {
  readonly place: Place
  readonly field: string
  /** put right on the order itself, by this field */
  readonly orderField?: (facts: ContentFacts) => string | undefined
  readonly isMissing: (facts: ContentFacts) => boolean
  readonly sentence: (facts: ContentFacts) => string
}

const plain = (place: Place, field: string, what: string, isMissing: (facts: ContentFacts) => boolean): Check => ({
  place,
  field,
  isMissing,
  sentence: () => `${what} missing.`,
})

const CHECKS: Record<ContentItem, Check> = {
  registration_number: plain(
    'shop',
    'registrationNumber',
    "The shop's registration number is",
    ({ registrationNumber }) => registrationNumber.trim() === '',
  ),
  shop_address: plain('shop', 'address', "The shop's address is", ({ shopAddress }) => shopAddress.trim() === ''),
  shop_phone: plain('shop', 'phone', "The shop's phone number is", ({ shopPhone }) => shopPhone.trim() === ''),
  customer_phone: plain('customer', 'phone', "The customer's phone number is", ({ customerPhone }) => customerPhone.trim() === ''),
  vehicle_identity: plain(
    'vehicle',
    'licensePlate',
    'Plate and VIN of the vehicle are',
    ({ plate, vin }) => plate.trim() === '' && vin.trim() === '',
  ),
  odometer_in: plain('order', 'odometer', 'The odometer at drop-off is', ({ odometerIn }) => odometerIn === null),
  odometer_out: plain('order', 'odometerOut', 'The odometer at pick-up is', ({ odometerOut }) => odometerOut === null),
  promised_date: plain('order', 'promisedAt', 'The promised date is', ({ promisedAt }) => promisedAt === null),
  complaint: plain('order', 'complaint', "The customer's complaint or request is", ({ complaint }) => complaint.trim() === ''),
  part_condition: {
    place: 'lines',
    field: 'partCondition',
    isMissing: ({ partsWithoutCondition }) => partsWithoutCondition.length > 0,
    sentence: ({ partsWithoutCondition }) => `Not said whether new, used or rebuilt: ${listOf(partsWithoutCondition)}.`,
  },
  mechanics: {
    place: 'people',
    field: 'certificationNumber',
    orderField: ({ mechanics }) => (mechanics.length === 0 ? 'technicianId' : undefined),
    isMissing: ({ hasLabor, mechanics }) => hasLabor && (mechanics.length === 0 || mechanics.some(({ number }) => number.trim() === '')),
    sentence: ({ mechanics }) =>
      mechanics.length === 0
        ? 'The mechanic is missing: assign the order to one.'
        : `The certification number is missing of ${listOf(mechanics.filter(({ number }) => number.trim() === '').map(({ name }) => name))}.`,
  },
  labor_basis: plain(
    'shop',
    'laborBasis',
    'How labor is charged (by the hour, flat rate) is',
    ({ hasLabor, laborBasis }) => hasLabor && laborBasis.trim() === '',
  ),
  guarantee_terms: plain('shop', 'guaranteeTerms', 'The terms of guarantee are', ({ guaranteeTerms }) => guaranteeTerms.trim() === ''),
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`)
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ')
}

export interface MissingItem {
  readonly item: ContentItem
  readonly place: Place
  readonly field: string
  readonly sentence: string
  /** the bill is not issued without it */
  readonly isRequired: boolean
  readonly rule: RuleRow<'content'>
}

/** What a paper lacks of what the law wants on it, each as a sentence. */
export function findMissing(rules: readonly RuleRow<'content'>[], paper: Paper, facts: ContentFacts): MissingItem[] {
  return rules
    .filter(({ value }) => value.on.includes(paper))
    .flatMap((rule) => {
      const { item, severity } = rule.value
      const check = CHECKS[item]
      if (!check.isMissing(facts)) return []
      const orderField = check.orderField?.(facts)
      const where = orderField === undefined ? { place: check.place, field: check.field } : { place: 'order' as const, field: orderField }
      return [{ item, ...where, sentence: check.sentence(facts), isRequired: severity === 'refuse', rule }]
    })
}
