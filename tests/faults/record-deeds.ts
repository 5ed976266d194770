import { uuid7 } from '../../src-main/base/uuid7'
import type { ApiClient } from '../../src-preload/contract/api'
import { arrival, laborLine, newCar, newInvoice } from '../e2e/support/shop-work'
import type { Deed } from './kill-trial'

const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date())

interface Duplicate {
  readonly mergeId: string
  readonly keptId: string
  readonly mergedId: string
}

/** Two records of one customer; the one that goes has a car, an unpaid bill, an open estimate and a driver. */
async function duplicate(api: ApiClient): Promise<Duplicate> {
  const [kept, merged] = [await newCar(api), await newCar(api)]
  await newInvoice(api, merged, 5_000)
  await api.orders.checkIn(arrival(merged, laborLine(3_000)))
  const driver = { name: 'Dora Driver', role: 'driver' as const, phone: '', email: '' }
  await api.customers.addContact({ contactId: uuid7(), customerId: merged.customerId, fields: driver })
  return { mergeId: uuid7(), keptId: kept.customerId, mergedId: merged.customerId }
}

/** Who has the car, the orders and the driver of the one that goes: [kept, merged]. */
async function belongings({ customers }: ApiClient, { keptId, mergedId }: Duplicate): Promise<string> {
  const counts = []
  for (const customerId of [keptId, mergedId]) {
    const { vehicles, contacts } = await customers.get({ customerId })
    const history = await customers.history({ customerId })
    counts.push(`${vehicles.length} cars, ${contacts.length} contacts, ${history.length} orders`)
  }
  return counts.join(' | ')
}

export async function merging(api: ApiClient): Promise<Deed> {
  const pair = await duplicate(api)
  return {
    call: 'customers.merge',
    input: { ...pair, take: ['phone'] },
    isWhole: async (at) => (await belongings(at, pair)) === '2 cars, 1 contacts, 2 orders | 0 cars, 0 contacts, 0 orders',
  }
}

export async function parting(api: ApiClient): Promise<Deed> {
  const pair = await duplicate(api)
  const before = await belongings(api, pair)
  await api.customers.merge({ ...pair, take: ['phone'] })
  return {
    call: 'customers.undoMerge',
    input: { mergeId: pair.mergeId },
    isWhole: async (at) => (await belongings(at, pair)) === before,
  }
}

/** A car with an open estimate that goes along. */
async function sale(api: ApiClient) {
  const [car, buyer] = [await newCar(api), await newCar(api)]
  const order = await api.orders.checkIn(arrival(car, laborLine(3_000)))
  const transfer = { transferId: uuid7(), vehicleId: car.vehicleId, customerId: buyer.customerId, on: today(), movesWork: true }
  return { car, orderId: order.id, transfer }
}

async function isOf({ vehicles, orders }: ApiClient, vehicleId: string, orderId: string, customerId: string): Promise<boolean> {
  const [vehicle, order] = [await vehicles.get({ vehicleId }), await orders.get({ orderId })]
  return vehicle.customerId === customerId && order.customer.id === customerId && vehicle.owners[0]?.customerId === customerId
}

export async function handingOver(api: ApiClient): Promise<Deed> {
  const { car, orderId, transfer } = await sale(api)
  return {
    call: 'vehicles.transfer',
    input: transfer,
    isWhole: (at) => isOf(at, car.vehicleId, orderId, transfer.customerId),
  }
}

export async function takingBack(api: ApiClient): Promise<Deed> {
  const { car, orderId, transfer } = await sale(api)
  await api.vehicles.transfer(transfer)
  return {
    call: 'vehicles.undoTransfer',
    input: { vehicleId: car.vehicleId, transferId: transfer.transferId },
    isWhole: (at) => isOf(at, car.vehicleId, orderId, car.customerId),
  }
}
