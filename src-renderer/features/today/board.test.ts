import { describe, expect, it } from 'vitest'
import type { BoardOrder } from '../../../src-preload/contract/board'
import { cents } from '../../../src-preload/contract/money'
import { boardColumns, isLate, needsAuthorization } from './board-columns'
import { step } from './board-step'

function order(number: string, status: BoardOrder['status'], change: Partial<BoardOrder> = {}): BoardOrder {
  return {
    id: number,
    number,
    status,
    priority: 'normal',
    customerName: 'Ana Doe',
    vehicleLabel: '2019 Honda Civic',
    plate: null,
    complaint: '',
    checkedInAt: '2026-07-01T12:00:00Z',
    promisedAt: null,
    technicianName: null,
    bayName: null,
    hasInvoice: false,
    totalCents: cents(10000),
    authorizedCents: cents(10000),
    toleranceCents: cents(0),
    dueCents: cents(0),
    ...change,
  }
}

const now = Date.parse('2026-07-01T15:00:00Z')

describe('boardColumns', () => {
  it('puts each open order under what has to happen next, the earliest promise first', () => {
    const columns = boardColumns([
      order('RO-10', 'draft'),
      order('RO-9', 'estimate'),
      order('RO-3', 'in_progress', { promisedAt: '2026-07-02T15:00:00Z' }),
      order('RO-4', 'in_progress', { promisedAt: '2026-07-01T15:00:00Z' }),
      order('RO-5', 'completed'),
    ])
    expect(columns.map((column) => column.orders.map((one) => one.number))).toEqual([['RO-9', 'RO-10'], [], ['RO-4', 'RO-3'], ['RO-5']])
  })

  it('puts the cars that are picked up now above those that have waited longest for their money', () => {
    const columns = boardColumns([
      order('RO-1', 'completed', { promisedAt: '2026-06-01T15:00:00Z', hasInvoice: true }),
      order('RO-2', 'completed'),
      order('RO-3', 'completed', { promisedAt: '2026-07-01T15:00:00Z' }),
    ])
    expect(columns[3]?.orders.map((one) => one.number)).toEqual(['RO-3', 'RO-1', 'RO-2'])
  })

  it('calls late what was promised for before and is not finished', () => {
    expect(isLate(order('1', 'in_progress', { promisedAt: '2026-07-01T14:59:00Z' }), now)).toBe(true)
    expect(isLate(order('1', 'in_progress', { promisedAt: '2026-07-01T15:01:00Z' }), now)).toBe(false)
    expect(isLate(order('1', 'completed', { promisedAt: '2026-07-01T14:59:00Z' }), now)).toBe(false)
    expect(isLate(order('1', 'in_progress'), now)).toBe(false)
  })

  it('asks for an authorization from one cent above the authorized total, once work may begin', () => {
    expect(needsAuthorization(order('1', 'approved', { totalCents: cents(10001) }))).toBe(true)
    expect(needsAuthorization(order('1', 'approved'))).toBe(false)
    expect(needsAuthorization(order('1', 'estimate', { totalCents: cents(10001) }))).toBe(false)
  })
})

describe('step', () => {
  const columns = boardColumns([order('1', 'draft'), order('2', 'draft'), order('3', 'draft'), order('4', 'in_progress')])

  it('moves in a column and stops at its ends', () => {
    expect(step(columns, { column: 0, row: 0 }, 'ArrowUp')).toEqual({ column: 0, row: 0 })
    expect(step(columns, { column: 0, row: 1 }, 'ArrowDown')).toEqual({ column: 0, row: 2 })
    expect(step(columns, { column: 0, row: 2 }, 'ArrowDown')).toEqual({ column: 0, row: 2 })
    expect(step(columns, { column: 0, row: 2 }, 'Home')).toEqual({ column: 0, row: 0 })
    expect(step(columns, { column: 0, row: 0 }, 'PageDown')).toEqual({ column: 0, row: 2 })
    expect(step(columns, { column: 0, row: 2 }, 'PageUp')).toEqual({ column: 0, row: 0 })
  })

  it('skips empty columns sideways and stays in the nearest row', () => {
    expect(step(columns, { column: 0, row: 2 }, 'ArrowRight')).toEqual({ column: 2, row: 0 })
    expect(step(columns, { column: 2, row: 0 }, 'ArrowRight')).toBeUndefined()
    expect(step(columns, { column: 0, row: 0 }, 'a')).toBeUndefined()
  })
})
