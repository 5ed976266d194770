import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'

/** As many visits as `customers.history` answers with when there are more. */
const HISTORY_PAGE = 20

export const vehicleQuery = (vehicleId: string) =>
  queryOptions({ queryKey: ['vehicles', 'get', vehicleId], queryFn: () => client.vehicles.get({ vehicleId }) })

export const vehicleHistoryQuery = (vehicleId: string) =>
  infiniteQueryOptions({
    queryKey: ['vehicles', 'history', vehicleId],
    queryFn: ({ pageParam }) => client.customers.history({ vehicleId, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < HISTORY_PAGE ? undefined : page.at(-1)?.checkedInAt),
  })

type Part = Partial<VehicleFields>

export async function updateVehicle(vehicleId: string, was: Part, now: Part, movesPlate = false) {
  const vehicle = await client.vehicles.update({ vehicleId, was, now, movesPlate })
  queryClient.setQueryData(vehicleQuery(vehicle.id).queryKey, vehicle)
  return vehicle
}

const MOST_FOUND = 20

/** Who might have bought it. */
export const buyersFoundQuery = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'search', { text, buyers: true }],
    queryFn: ({ signal }) => client.customers.search({ text, limit: MOST_FOUND }, { signal }),
    enabled: text.length >= 2,
    gcTime: 30_000,
  })

export async function createOwner(customerId: string, fields: CustomerFields): Promise<void> {
  await client.customers.create({ customerId, fields })
}

type Transfer = Parameters<typeof client.vehicles.transfer>[0]

/** Everything that names the owner of the car is looked at again. */
async function keep(vehicle: Vehicle): Promise<Vehicle> {
  queryClient.setQueryData(vehicleQuery(vehicle.id).queryKey, vehicle)
  await Promise.all(['customers', 'orders'].map((area) => queryClient.invalidateQueries({ queryKey: [area] })))
  return vehicle
}

export async function transferVehicle(transfer: Transfer): Promise<Vehicle> {
  return await keep(await client.vehicles.transfer(transfer))
}

export async function undoTransfer(vehicleId: string, transferId: string): Promise<Vehicle> {
  return await keep(await client.vehicles.undoTransfer({ vehicleId, transferId }))
}

export async function removeVehicle(vehicleId: string): Promise<void> {
  await client.vehicles.remove({ vehicleId })
  await queryClient.invalidateQueries({ queryKey: ['vehicles'] })
}

export async function restoreVehicle(vehicleId: string): Promise<void> {
  await client.vehicles.restore({ vehicleId })
  await queryClient.invalidateQueries({ queryKey: ['vehicles'] })
}
