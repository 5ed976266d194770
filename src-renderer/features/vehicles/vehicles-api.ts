import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { VehicleFields } from '../../../src-preload/contract/vehicles'
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

export async function updateVehicle(vehicleId: string, was: Part, now: Part) {
  const vehicle = await client.vehicles.update({ vehicleId, was, now })
  queryClient.setQueryData(vehicleQuery(vehicle.id).queryKey, vehicle)
  return vehicle
}

export async function removeVehicle(vehicleId: string): Promise<void> {
  await client.vehicles.remove({ vehicleId })
  await queryClient.invalidateQueries({ queryKey: ['vehicles'] })
}

export async function restoreVehicle(vehicleId: string): Promise<void> {
  await client.vehicles.restore({ vehicleId })
  await queryClient.invalidateQueries({ queryKey: ['vehicles'] })
}
