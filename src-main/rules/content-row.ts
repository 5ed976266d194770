import type { z } from 'zod'
import type { ContentFacts, ContentItem, Paper, Source, StatePack } from './state-pack'

type Row = z.input<typeof StatePack>['content'][number]

/** What a paper looks like that lacks an item and nothing else. */
const LACKING: Record<ContentItem, Partial<ContentFacts>> = {
  registration_number: { registrationNumber: '' },
  shop_address: { shopAddress: '' },
  shop_phone: { shopPhone: '' },
  customer_phone: { customerPhone: '' },
  vehicle_identity: { plate: '', vin: '' },
  odometer_in: { odometerIn: null },
  odometer_out: { odometerOut: null },
  promised_date: { promisedAt: null },
  complaint: { complaint: '' },
  part_condition: { partsWithoutCondition: ['Brake pads'] },
  mechanics: { mechanics: [{ name: 'Tara Wrench', number: '' }] },
  labor_basis: { laborBasis: '' },
  guarantee_terms: { guaranteeTerms: '' },
}

interface Wanted {
  readonly item: ContentItem
  readonly on: Paper[]
  readonly severity: 'refuse' | 'warn'
  readonly validFrom: string
  readonly source: Source
  readonly verified: boolean
  readonly note?: string
}

/** A row of required content with its two cases: the item is there, and it is not. */
export function contentRow({ item, on, severity, ...row }: Wanted): Row {
  const cases = on.flatMap((paper) => [
    { on: paper, facts: LACKING[item], isMissing: true },
    { on: paper, facts: {}, isMissing: false },
  ])
  return { ...row, value: { item, on, severity }, cases }
}
