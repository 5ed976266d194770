import { describe, expect, it } from 'vitest'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { cents } from '../../../src-preload/contract/money'
import { rowsOfHits } from './customer-rows'

const base: SearchHit = {
  kind: 'customer',
  customerId: 'a',
  vehicleId: null,
  orderId: null,
  invoiceId: null,
  title: 'Pat Example',
  subtitle: '',
  phone: '(555) 010-0142',
  plate: null,
  vin: null,
  vehicleLabel: null,
  formerPlate: null,
  openOrders: 0,
  openOrderId: null,
  openOrderNumber: null,
  openOrderStatus: null,
  balanceCents: cents(0),
  accountCreditCents: cents(0),
}

describe('the filter of the customer list', () => {
  it('makes one row of the hits of one customer, named after the customer whatever was found', () => {
    const rows = rowsOfHits([
      { ...base, kind: 'vehicle', title: '2019 Honda Civic', subtitle: 'Pat Example', vehicleLabel: '2019 Honda Civic', plate: '7ABC123' },
      { ...base, customerId: 'b', title: 'Sam Sample' },
      { ...base, vehicleLabel: '2011 Ford Escape' },
      { ...base, vehicleLabel: '2011 Ford Escape' },
    ])
    expect(rows.map((row) => [row.displayName, row.vehicles])).toEqual([
      ['Pat Example', '2019 Honda Civic 7ABC123, 2011 Ford Escape'],
      ['Sam Sample', ''],
    ])
  })
})
