import { uuid7 } from '../../../src-main/base/uuid7'
import type { ApiClient } from '../../../src-preload/contract/api'
import { blankCustomer } from '../../../src-preload/contract/customers'
import { blankVehicle } from '../../../src-preload/contract/vehicles'
import { arrivalAsSent, type Car, lineAsSent } from '../../../src-main/testing/as-sent'
import { openCounter, type Counter } from './counter'
import type { RunningHost } from './web-host'

export const owner = { firstName: 'Olive', lastName: 'Owner', email: 'olive@test.invalid', password: 'a long test password' }

export const newShop = {
  shop: {
    name: 'Test Garage',
    address: '1 Test Street',
    city: 'Sampletown',
    state: 'CA' as const,
    zip: '90001',
    phone: '(555) 555-0100',
    registrationNumber: 'ARD00000',
    timezone: 'America/Los_Angeles',
    taxRateMillionths: 72_500,
    laborRateCents: 15_000,
  },
  owner,
}

/** First start through the contract: the shop and its owner, signed in at this counter. */
export async function setUpShop(host: RunningHost): Promise<Counter> {
  const counter = await openCounter(host)
  await counter.api.session.setUpShop(newShop)
  return counter
}

let serial = 0

export const customerFields = { ...blankCustomer, firstName: 'Carla', lastName: 'Tester', phone: '(555) 010-0142' }

export const vehicleFields = { ...blankVehicle, year: 2019, make: 'Honda', model: 'Civic' }

export async function newCar(api: ApiClient): Promise<Car> {
  serial += 1
  const [customerId, vehicleId] = [uuid7(), uuid7()]
  const phone = `(555) 010-${String(serial).padStart(4, '0')}`
  await api.customers.create({ customerId, fields: { ...customerFields, phone } })
  await api.vehicles.create({ vehicleId, customerId, fields: vehicleFields })
  return { customerId, vehicleId }
}

/** One hour of labor at this price, untaxed: the order's total is the price. */
export function laborLine(unitPriceCents: number) {
  return lineAsSent({ unitPriceCents })
}

export function arrival(car: Car, ...lines: ReturnType<typeof laborLine>[]) {
  return { ...arrivalAsSent(car), jobs: lines.length === 0 ? [] : [{ jobId: uuid7(), name: 'Brakes', lines }] }
}

/** The customer's yes to the order as it stands. */
export function yesTo(order: { id: string; totalCents: number; estimateFingerprint: string }) {
  return {
    authorizationId: uuid7(),
    orderId: order.id,
    expectedTotalCents: order.totalCents,
    estimateFingerprint: order.estimateFingerprint,
    approvedByName: 'Carla Tester',
    method: 'in_person' as const,
    contact: '',
  }
}

/** A car carried to an unpaid invoice of this amount. */
export async function newInvoice(
  api: ApiClient,
  car: Car,
  totalCents: number,
): Promise<{ orderId: string; invoiceId: string; number: string }> {
  const order = await api.orders.checkIn(arrival(car, laborLine(totalCents)))
  await api.orders.authorize(yesTo(order))
  const invoice = await api.invoices.issue({ invoiceId: uuid7(), orderId: order.id, completeWork: true })
  return { orderId: order.id, invoiceId: invoice.id, number: invoice.number }
}

export function cash(invoiceId: string, amountCents: number) {
  return { paymentId: uuid7(), invoiceId, method: 'cash' as const, amountCents, tenderedCents: amountCents }
}
