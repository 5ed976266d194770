import { describe, expect, it } from 'vitest'
import type { Visit } from '../../../src-preload/contract/customers'
import { cents } from '../../../src-preload/contract/money'
import { milesAYear, pointsOf, readingsOf } from './odometer-readings'

function visit(checkedInAt: string, odometer: number | null): Visit {
  return {
    orderId: checkedInAt,
    orderNumber: 'RO-1',
    status: 'closed',
    vehicleId: 'v',
    vehicleLabel: '2019 Honda Civic',
    checkedInAt,
    odometer,
    complaint: '',
    jobs: [],
    totalCents: cents(0),
    invoiceId: null,
    invoiceNumber: null,
    dueCents: cents(0),
  }
}

const visits = [visit('2026-01-01T12:00:00Z', 30_000), visit('2025-07-01T12:00:00Z', null), visit('2024-01-02T12:00:00Z', 10_000)]

describe('the odometer over the visits', () => {
  it('leaves out visits without a reading, oldest first', () => {
    expect(readingsOf(visits).map((reading) => reading.miles)).toEqual([10_000, 30_000])
  })

  it('says how many miles a year, when that means something', () => {
    expect(milesAYear(readingsOf(visits))).toBe(10_000)
    expect(milesAYear(readingsOf([visit('2026-01-01T12:00:00Z', 1000), visit('2026-01-20T12:00:00Z', 2000)]))).toBeUndefined()
    expect(milesAYear(readingsOf([visit('2024-01-01T12:00:00Z', 9000), visit('2026-01-20T12:00:00Z', 2000)]))).toBeUndefined()
    expect(milesAYear([])).toBeUndefined()
  })

  it('draws time to the right and miles upwards, all inside the picture', () => {
    const points = pointsOf(readingsOf(visits), 100, 50)
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [0, 50],
      [100, 0],
    ])
    expect(pointsOf(readingsOf([visit('2026-01-01T12:00:00Z', 5)]), 100, 50)).toMatchObject([{ x: 50, y: 25 }])
  })
})
