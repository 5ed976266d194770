import { describe, expect, it } from 'vitest'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import type { Line } from '../../../src-preload/contract/orders'
import { estimateChanges } from './estimate-changes'
import { sampleId, sampleOrder } from './order-sample'

const pads: Line = {
  id: sampleId(61),
  jobId: null,
  type: 'part',
  status: 'quoted',
  description: 'Front pads',
  partNumber: '',
  partCondition: 'new',
  quantityHundredths: 100 as Hundredths,
  unitPriceCents: cents(8_000),
  costCents: null,
  taxable: true,
  inventoryItemId: null,
  totalCents: cents(8_000),
  declinedReason: '',
  sortOrder: 1,
}
const heard = { ...sampleOrder, lines: [pads], totalCents: cents(8_000) }
const changes = (lines: Line[], rest: object = {}) => estimateChanges(heard, { ...heard, lines, ...rest })

describe('what became of an estimate that was read aloud', () => {
  it('is nothing when only a decision was written down', () => {
    expect(changes([{ ...pads, status: 'approved' }])).toEqual([])
  })

  it('names work that came and went at the same total', () => {
    const other = { ...pads, id: sampleId(62), description: 'Air freshener' }
    expect(changes([other])).toEqual(['New: “Air freshener”, $80.00', 'No longer on it: “Front pads”, $80.00'])
    expect(changes([{ ...pads, status: 'declined' }])).toEqual(['No longer on it: “Front pads”, $80.00'])
  })

  it('shows both values of what is different', () => {
    expect(changes([{ ...pads, description: 'Rear pads', partCondition: 'used' }])).toEqual([
      '“Front pads” became “Rear pads”',
      '“Rear pads”: the part is used now',
    ])
    const dearer = { ...pads, unitPriceCents: cents(9_500), totalCents: cents(9_500) }
    expect(changes([dearer], { totalCents: cents(9_500) })).toEqual([
      '“Front pads”: $80.00 became $95.00',
      'Total with tax: $80.00 became $95.00',
    ])
    const halves = { ...pads, quantityHundredths: 200 as Hundredths, unitPriceCents: cents(4_000) }
    expect(changes([halves])).toEqual(['“Front pads”: 1 × $80.00 became 2 × $40.00'])
    expect(changes([{ ...pads, taxable: false }], { taxCents: cents(0) })).toEqual(['“Front pads” is not taxed now'])
  })
})
