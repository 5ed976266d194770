import { describe, expect, it } from 'vitest'
import { codeKey, shapeOf } from './scan-shapes'

describe('what a scanned code is', () => {
  it.each([
    ['1HGCM82633A004352', 'vin', '1HGCM82633A004352'],
    ['I1HGCM82633A004352', 'vin', '1HGCM82633A004352'],
    [']A01HGCM82633A004352', 'vin', '1HGCM82633A004352'],
    [']C0I1HGCM82633A004352', 'vin', '1HGCM82633A004352'],
    ['1hgcm82633a004352', 'vin', '1HGCM82633A004352'],
    ['WVWZZZ1JZ3W386752', 'vin', 'WVWZZZ1JZ3W386752'],
    ['RO-000123', 'order', 'RO-000123'],
    ['RO123', 'order', 'RO-000123'],
    ['INV-001234', 'invoice', 'INV-001234'],
    ['RO-1234567', 'order', 'RO-1234567'],
    ['7ABC123', 'code', '7ABC123'],
    ['PH-3614', 'code', 'PH-3614'],
    ['012345678905', 'code', '012345678905'],
    ['1HGCM82633A00435O', 'code', '1HGCM82633A00435O'],
  ])('%s is a %s', (text, kind, value) => {
    expect(shapeOf(text)).toEqual({ kind, text: value })
  })

  it('compares plates and parts without their signs', () => {
    expect(codeKey('ph 36-14')).toBe(codeKey('PH-3614'))
  })
})
