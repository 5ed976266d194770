import { describe, expect, it } from 'vitest'
import { CustomerFields } from '../../../src-preload/contract/customers'
import { CheckIn } from '../../../src-preload/contract/orders'
import { VehicleFields } from '../../../src-preload/contract/vehicles'
import { newId } from '../../base/new-id'
import {
  customerFields,
  customerFromText,
  customerProblems,
  emptyCustomer,
  emptyVehicle,
  emptyVisit,
  isLower,
  toCheckIn,
  vehicleFields,
  vehicleProblems,
  visitProblems,
} from './check-in-draft'

describe('a new customer at the counter', () => {
  it('begins with what was typed into the search box: a phone number or a name', () => {
    expect(customerFromText('(555) 010-0199')).toEqual({ ...emptyCustomer, phone: '(555) 010-0199' })
    expect(customerFromText('  dana  de la cruz ')).toEqual({ ...emptyCustomer, firstName: 'Dana', lastName: 'De La Cruz' })
    expect(customerFromText('Zoë McTest')).toEqual({ ...emptyCustomer, firstName: 'Zoë', lastName: 'McTest' })
    expect(customerFromText('')).toEqual(emptyCustomer)
  })

  it('needs a name and a phone; a company only its name', () => {
    expect(Object.keys(customerProblems(emptyCustomer))).toEqual(['lastName', 'phone'])
    expect(customerProblems({ ...emptyCustomer, firstName: 'Zoë', phone: '555 0100' })).toEqual({})
    expect(customerProblems({ ...emptyCustomer, companyName: 'Test Fleet' })).toEqual({})
  })

  it('who walks in may give nothing at all', () => {
    const walkIn = { ...emptyCustomer, isWalkIn: true }
    expect(customerProblems(walkIn)).toEqual({})
    expect(CustomerFields.parse(customerFields(walkIn))).toMatchObject({ kind: 'walk_in', lastName: '', phone: '' })
    expect(customerFields({ ...walkIn, companyName: 'Test Fleet' }).kind).toBe('company')
  })

  it('is sent as the contract takes it', () => {
    const fields = customerFields({ ...emptyCustomer, companyName: 'Test Fleet' })
    expect(CustomerFields.parse(fields)).toEqual(fields)
    expect(fields.kind).toBe('company')
  })
})

describe('a new vehicle at the counter', () => {
  it('needs year, make and model', () => {
    expect(Object.keys(vehicleProblems(emptyVehicle))).toEqual(['year', 'make', 'model'])
  })

  it('is sent as the contract takes it, the VIN tidied', () => {
    const fields = vehicleFields({ ...emptyVehicle, vin: ' 1m8gdm9axkp042788 ', year: 2019, make: 'Honda', model: 'Civic' })
    expect(fields.vin).toBe('1M8GDM9AXKP042788')
    expect(VehicleFields.parse(fields)).toEqual(fields)
  })
})

describe('the visit', () => {
  it('asks why when the odometer is lower than last time', () => {
    expect(isLower({ odometer: 99 }, 100)).toBe(true)
    expect(isLower({ odometer: 100 }, 100)).toBe(false)
    expect(isLower({ odometer: null }, 100)).toBe(false)
    expect(isLower({ odometer: 5 }, null)).toBe(false)
    expect(visitProblems({ ...emptyVisit, odometer: 99 }, 100)).toHaveProperty('odometerReason')
    expect(visitProblems({ ...emptyVisit, odometer: 99, odometerReason: 'New instrument' }, 100)).toEqual({})
  })

  it('is not sent while a field holds something unreadable', () => {
    expect(Object.keys(visitProblems({ ...emptyVisit, odometerValid: false, promiseValid: false }, null))).toEqual([
      'odometer',
      'promisedAt',
    ])
  })

  it('is sent as the contract takes it, nobody chosen as null', () => {
    const input = toCheckIn(newId(), newId(), newId(), emptyVisit)
    expect(CheckIn.parse(input)).toEqual(input)
    expect(input).toMatchObject({ technicianId: null, bayId: null, promisedAt: null })
  })
})
