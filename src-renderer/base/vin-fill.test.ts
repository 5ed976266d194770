import { describe, expect, it } from 'vitest'
import type { DecodedVin } from '../../src-preload/contract/vehicles'
import { differencesTo, emptied, fillFrom, type VinFields } from './vin-fill'

const decoded: DecodedVin = {
  vin: '1HGCM82633A004352',
  year: 2003,
  make: 'Honda',
  model: 'Accord',
  engine: '3.0L V6',
  drivetrain: '',
  body: 'Coupe',
  maker: 'American Honda Motor Co., Inc.',
  checkDigit: 'right',
  complete: true,
  ready: true,
  message: '',
}
const nothing: VinFields = { year: null, make: '', model: '', engine: '', drivetrain: '' }

describe('filling in what a VIN says', () => {
  it('fills what is empty and known', () => {
    expect(fillFrom(decoded, nothing)).toEqual({ year: 2003, make: 'Honda', model: 'Accord', engine: '3.0L V6' })
    expect(fillFrom(decoded, { ...nothing, make: 'HONDA', engine: 'J30' })).toEqual({ year: 2003, model: 'Accord' })
  })

  it('never touches what was typed, and tells no engine of a car that is called something else', () => {
    expect(fillFrom(decoded, { ...nothing, model: 'Civic' })).toEqual({ year: 2003, make: 'Honda' })
  })

  it('shows where both differ, not how they are written', () => {
    expect(differencesTo(decoded, { ...nothing, year: 2004, make: 'honda', model: 'Civic' })).toEqual([
      { name: 'year', says: 2003 },
      { name: 'model', says: 'Accord' },
    ])
    expect(differencesTo({ ...decoded, model: 'F-150' }, { ...nothing, model: 'f150 xlt' })).toEqual([])
  })

  it('empties on undo only what still is as it was filled in', () => {
    const filled = fillFrom(decoded, nothing)
    expect(emptied(filled, { ...nothing, ...filled, model: 'Accord EX' })).toEqual({ year: null, make: '', engine: '' })
  })
})
