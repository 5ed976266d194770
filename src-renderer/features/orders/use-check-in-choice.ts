import { useQuery } from '@tanstack/react-query'
import type { VehicleSummary } from '../../../src-preload/contract/customers'
import { customerQuery, vehicleQuery } from './orders-api'
import { type CheckInDraft, emptyVehicle, type Which, type Who } from './check-in-draft'

/** The car to begin with when the clerk has not said which: the only one, or a new one where there is none. */
function whichByItself(who: Who['kind'], vehicles: readonly Pick<VehicleSummary, 'id'>[] | undefined): Which {
  if (who === 'new') return { kind: 'new', draft: emptyVehicle }
  const [first, second] = vehicles ?? []
  if (first && !second) return { kind: 'chosen', vehicleId: first.id }
  return vehicles && !first ? { kind: 'new', draft: emptyVehicle } : { kind: 'none' }
}

/** Who is here with which car: found, or written down. */
export function useCheckInChoice({ start, who: chosen, picked }: CheckInDraft) {
  // A link with a vehicle alone: its owner is the customer.
  const owner = useQuery({ ...vehicleQuery(start.vehicleId), enabled: start.vehicleId !== undefined && start.customerId === undefined })
  const who: Who = chosen.kind === 'none' && owner.data && picked ? { kind: 'chosen', customerId: owner.data.customerId } : chosen
  const customer = useQuery(customerQuery(who.kind === 'chosen' ? who.customerId : undefined))
  const vehicles = customer.data?.vehicles.filter((vehicle) => vehicle.deletedAt === null)
  const which = picked ?? whichByItself(who.kind, vehicles)
  const vehicle = which.kind === 'chosen' ? vehicles?.find(({ id }) => id === which.vehicleId) : undefined
  // A car that was scanned or written down before anybody said whose it is stays for whoever is chosen.
  const waiting = who.kind === 'none' && which.kind === 'new' ? which : undefined
  return { who, which, waiting, customer: customer.data, vehicles, vehicle, loadError: customer.error ?? owner.error }
}
