import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { VehicleSummary } from '../../../src-preload/contract/customers'
import { customerQuery, vehicleQuery } from './orders-api'
import { customerFromText, emptyVehicle, type NewCustomerDraft, type NewVehicleDraft } from './check-in-draft'

export type Who = { kind: 'none' } | { kind: 'chosen'; customerId: string } | { kind: 'new'; draft: NewCustomerDraft }
export type Which = { kind: 'none' } | { kind: 'chosen'; vehicleId: string } | { kind: 'new'; draft: NewVehicleDraft }

export interface CheckInStart {
  customerId?: string | undefined
  vehicleId?: string | undefined
  newCustomer?: string | undefined
}

function whoAtStart({ customerId, newCustomer }: CheckInStart): Who {
  if (customerId) return { kind: 'chosen', customerId }
  return newCustomer ? { kind: 'new', draft: customerFromText(newCustomer) } : { kind: 'none' }
}

/** The car to begin with when the clerk has not said which: the only one, or a new one where there is none. */
function whichByItself(who: Who['kind'], vehicles: readonly Pick<VehicleSummary, 'id'>[] | undefined): Which {
  if (who === 'new') return { kind: 'new', draft: emptyVehicle }
  const [first, second] = vehicles ?? []
  if (first && !second) return { kind: 'chosen', vehicleId: first.id }
  return vehicles && !first ? { kind: 'new', draft: emptyVehicle } : { kind: 'none' }
}

/** Who is here with which car: found, or written down. */
export function useCheckInChoice(start: CheckInStart) {
  const [chosen, setWho] = useState<Who>(() => whoAtStart(start))
  const [picked, setPicked] = useState<Which | undefined>(start.vehicleId ? { kind: 'chosen', vehicleId: start.vehicleId } : undefined)

  // A link with a vehicle alone: its owner is the customer.
  const owner = useQuery({ ...vehicleQuery(start.vehicleId), enabled: start.vehicleId !== undefined && start.customerId === undefined })
  const who: Who = chosen.kind === 'none' && owner.data && picked ? { kind: 'chosen', customerId: owner.data.customerId } : chosen
  const customer = useQuery(customerQuery(who.kind === 'chosen' ? who.customerId : undefined))
  const vehicles = customer.data?.vehicles.filter((vehicle) => vehicle.deletedAt === null)
  const which = picked ?? whichByItself(who.kind, vehicles)
  const vehicle = which.kind === 'chosen' ? vehicles?.find(({ id }) => id === which.vehicleId) : undefined
  return { who, setWho, which, setPicked, customer: customer.data, vehicles, vehicle, loadError: customer.error ?? owner.error }
}
