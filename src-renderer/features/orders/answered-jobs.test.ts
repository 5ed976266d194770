import { describe, expect, it } from 'vitest'
import { cents, type Hundredths, lineTotal, type Millionths } from '../../../src-preload/contract/money'
import type { Line } from '../../../src-preload/contract/orders'
import { askedJobs, besideJobs, totalWithout } from './answered-jobs'
import { sampleId, sampleOrder } from './order-sample'

const line = (at: number, jobId: string | null, price: number, fields: Partial<Line> = {}): Line => ({
  id: sampleId(70 + at),
  jobId,
  type: 'part',
  status: 'quoted',
  description: `Work ${at}`,
  partNumber: '',
  partCondition: null,
  quantityHundredths: 100 as Hundredths,
  unitPriceCents: cents(price),
  costCents: null,
  taxable: true,
  inventoryItemId: null,
  totalCents: lineTotal(100 as Hundredths, cents(price)),
  declinedReason: '',
  sortOrder: at,
  ...fields,
})
const job = (at: number, name: string) => ({
  id: sampleId(at),
  name,
  complaint: '',
  cause: '',
  correction: '',
  declinedReason: '',
  totalCents: cents(0),
  sortOrder: at,
})
const [brakes, oil, old] = [job(61, 'Brakes'), job(62, 'Oil'), job(63, 'Wipers')]
const lines = [
  line(1, brakes.id, 10_000, { status: 'approved' }),
  line(2, brakes.id, 2_000),
  line(3, oil.id, 5_000),
  line(4, old.id, 700, { status: 'declined' }),
  line(5, null, 300),
]
const order = {
  ...sampleOrder,
  jobs: [brakes, oil, old],
  lines,
  unanswered: [2, 3, 5].map((at) => sampleId(70 + at)),
  totalCents: cents(18_727),
}

describe('asking job by job', () => {
  it('names each job with its amount, and what a no would take off', () => {
    expect(askedJobs(order)).toEqual([
      { jobId: brakes.id, name: 'Brakes', totalCents: 12_000, openCents: 2_000 },
      { jobId: oil.id, name: 'Oil', totalCents: 5_000, openCents: 5_000 },
    ])
    expect(askedJobs({ ...order, unanswered: [] }).map(({ openCents }) => openCents)).toEqual([null, null])
  })

  it('knows the total that is left, tax rounded once; what was agreed to before and what has no job stays', () => {
    expect(totalWithout(order, new Set())).toBe(18_727)
    // (100 + 50 + 3) x 1.0825
    expect(totalWithout(order, new Set([brakes.id]))).toBe(16_562)
    // (100 + 3) x 1.0825
    expect(totalWithout(order, new Set([brakes.id, oil.id]))).toBe(11_150)
  })

  it('knows that a fee by rule is of the work that is left, unless somebody typed it or it was agreed to', () => {
    const rule = {
      id: sampleId(90),
      name: 'Supplies',
      kind: 'other' as const,
      printedName: 'Rags',
      base: 'parts' as const,
      percentMillionths: 100_000 as Millionths,
      amountCents: null,
      capCents: null,
      taxable: false,
    }
    const without = (fields: Partial<Line>): number => {
      const priceSource = { rule: 'fee' as const, name: 'Supplies', ruleId: rule.id, priceCents: cents(1_730) }
      const fee = line(6, null, 1_730, { type: 'fee', taxable: false, priceSource, ...fields })
      return totalWithout({ ...order, lines: [...lines, fee], feeRules: [rule] }, new Set([oil.id]))
    }
    const fee = line(6, null, 1_730, {
      type: 'fee',
      priceSource: { rule: 'fee', name: 'Supplies', ruleId: rule.id, priceCents: cents(1_730) },
    })
    const coupon = line(7, null, 500, { type: 'discount' })
    expect(besideJobs({ ...order, lines: [...lines, fee, coupon], feeRules: [rule] }, new Set([oil.id]))).toEqual([
      { name: 'Work 5', totalCents: 300 },
      { name: 'Work 6', totalCents: 1_230 },
      { name: 'Work 7', totalCents: -500 },
    ])
    // (100 + 20 + 3) x 1.0825 and 10 % of 123
    expect(without({})).toBe(13_315 + 1_230)
    for (const fields of [{ status: 'approved' as const }, { priceSource: { rule: 'typed' as const, name: '', priceCents: cents(1_730) } }])
      expect(without(fields)).toBe(13_315 + 1_730)
  })
})
