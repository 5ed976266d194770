import { describe, expect, it } from 'vitest'
import { checkVehicle, emptyVehicle } from './vehicle-draft'

const car = { ...emptyVehicle, year: 2019, make: 'Honda', model: 'Civic' }

describe('the form of a new vehicle', () => {
  it('wants year, make and model', () => {
    const checked = checkVehicle(emptyVehicle)
    expect('problems' in checked && Object.keys(checked.problems).sort()).toEqual(['make', 'model', 'year'])
  })

  it('sends the VIN tidied, also one whose check digit does not fit', () => {
    expect(checkVehicle({ ...car, vin: 'i1m8gdm9a-xkp0 42788' })).toMatchObject({ fields: { vin: '1M8GDM9AXKP042788' } })
    expect(checkVehicle({ ...car, vin: '1m8gdm9a1kp042788' })).toMatchObject({ fields: { vin: '1M8GDM9A1KP042788' } })
  })

  it('never sends a number it could not read', () => {
    expect(checkVehicle({ ...car, year: null, yearReadable: false })).toEqual({ problems: { year: 'Enter a year.' } })
    expect(checkVehicle({ ...car, odometerReadable: false })).toEqual({ problems: { currentOdometer: 'Enter a whole number.' } })
  })

  it('sends exactly what the contract knows', () => {
    const checked = checkVehicle(car)
    expect('fields' in checked && Object.keys(checked.fields)).not.toContain('yearReadable')
  })
})
