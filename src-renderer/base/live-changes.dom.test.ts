import { describe, expect, it } from 'vitest'
import { isTouched } from './live-changes'

const order = { area: 'orders', id: '0190f000-0000-7000-8000-000000000001' } as const

describe('isTouched', () => {
  it('looks again at the record, and at lists of its area', () => {
    expect(isTouched(['orders', 'get', order.id], order)).toBe(true)
    expect(isTouched(['orders', 'board', {}], order)).toBe(true)
    expect(isTouched(['orders', 'board'], order)).toBe(true)
  })

  it('leaves other records of the area alone', () => {
    expect(isTouched(['orders', 'get', 'another'], order)).toBe(false)
  })

  it('looks again at other areas that show orders', () => {
    expect(isTouched(['customers', 'get', 'any'], order)).toBe(true)
    expect(isTouched(['invoices', 'get', 'any'], order)).toBe(true)
    expect(isTouched(['search', 'find', { text: 'x' }], order)).toBe(true)
    expect(isTouched(['shop', 'get'], order)).toBe(false)
  })

  it('looks at everything after a lost connection', () => {
    expect(isTouched(['shop', 'get'], { area: '*', id: '*' })).toBe(true)
  })
})
