import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { VehicleSummary } from '../../../src-preload/contract/customers'
import { CallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import { checkIn, createCustomer, createVehicle, customerQuery, vehicleQuery } from './orders-api'
import {
  customerFields,
  customerFromText,
  customerProblems,
  emptyVehicle,
  emptyVisit,
  type NewCustomerDraft,
  type NewVehicleDraft,
  type Problems,
  toCheckIn,
  vehicleFields,
  vehicleProblems,
  type VisitDraft,
  visitProblems,
} from './check-in-draft'

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
function whichByItself(who: Who, vehicles: readonly VehicleSummary[] | undefined): Which {
  if (who.kind === 'new') return { kind: 'new', draft: emptyVehicle }
  const [first, second] = vehicles ?? []
  if (first && !second) return { kind: 'chosen', vehicleId: first.id }
  return vehicles && !first ? { kind: 'new', draft: emptyVehicle } : { kind: 'none' }
}

/** Everything that is typed at a check-in, and storing it: the customer and the car first when they are new, then the order. */
export function useCheckIn(start: CheckInStart) {
  // Made once, so that pressing the key twice, or again after a lost connection, is one customer, one car, one order.
  const [ids, setIds] = useState(() => ({ order: newId(), customer: newId(), vehicle: newId() }))
  const [who, setWho] = useState<Who>(() => whoAtStart(start))
  const [picked, setPicked] = useState<Which | undefined>(start.vehicleId ? { kind: 'chosen', vehicleId: start.vehicleId } : undefined)
  const [visit, setVisit] = useState<VisitDraft>(emptyVisit)
  const [problems, setProblems] = useState<Problems>({})

  const owner = useQuery({ ...vehicleQuery(start.vehicleId), enabled: start.vehicleId !== undefined && start.customerId === undefined })
  const whoNow: Who = who.kind === 'none' && owner.data && picked ? { kind: 'chosen', customerId: owner.data.customerId } : who
  const customer = useQuery(customerQuery(whoNow.kind === 'chosen' ? whoNow.customerId : undefined))
  const vehicles = customer.data?.vehicles.filter((vehicle) => vehicle.deletedAt === null)
  const which = picked ?? whichByItself(whoNow, vehicles)
  const vehicle = which.kind === 'chosen' ? vehicles?.find((one) => one.id === which.vehicleId) : undefined

  const saving = useMutation({
    mutationFn: async () => {
      const customerId = await storedCustomer()
      const vehicleId = await storedVehicle(customerId)
      return checkIn(toCheckIn(ids.order, customerId, vehicleId, visit))
    },
  })
  const refused = saving.error instanceof CallError ? saving.error : null
  const lastOdometer = refused?.data.lastOdometer ?? vehicle?.currentOdometer ?? null

  const storedCustomer = async (): Promise<string> => {
    if (whoNow.kind === 'chosen') return whoNow.customerId
    if (whoNow.kind === 'none') throw new CallError('INVALID_INPUT', 'Choose a customer first.')
    const { id } = await createCustomer(ids.customer, customerFields(whoNow.draft))
    setPicked(which)
    setWho({ kind: 'chosen', customerId: id })
    return id
  }

  const storedVehicle = async (customerId: string): Promise<string> => {
    if (which.kind === 'chosen') return which.vehicleId
    if (which.kind === 'none') throw new CallError('INVALID_INPUT', 'Choose a vehicle first.')
    const { id } = await createVehicle({ vehicleId: ids.vehicle, customerId, fields: vehicleFields(which.draft) })
    setPicked({ kind: 'chosen', vehicleId: id })
    return id
  }

  const check = (): Problems => ({
    ...(whoNow.kind === 'new' ? customerProblems(whoNow.draft) : {}),
    ...(whoNow.kind === 'none' ? { customer: 'Find the customer, or write down a new one.' } : {}),
    ...(which.kind === 'new' ? vehicleProblems(which.draft) : {}),
    ...(which.kind === 'none' && whoNow.kind === 'chosen' ? { vehicle: 'Choose the car.' } : {}),
    ...visitProblems(visit, lastOdometer),
  })

  return {
    who: whoNow,
    which,
    visit,
    customer: customer.data,
    vehicles,
    lastOdometer,
    loadError: customer.error ?? owner.error,
    saving: saving.isPending,
    refused,
    /** what is wrong with a field, found here or by the program */
    problem: (field: string): string | undefined => problems[field] ?? refused?.fieldMessage(field),
    problems,
    choose: (customerId: string, vehicleId: string | null) => {
      saving.reset()
      setProblems({})
      setWho({ kind: 'chosen', customerId })
      setPicked(vehicleId ? { kind: 'chosen', vehicleId } : undefined)
    },
    startNewCustomer: (text: string) => {
      setProblems({})
      setWho({ kind: 'new', draft: customerFromText(text) })
      setPicked(undefined)
    },
    /** back to the search box; what was typed of the visit stays */
    changeCustomer: () => {
      saving.reset()
      setWho({ kind: 'none' })
      setPicked(undefined)
      setIds((before) => ({ ...before, customer: newId(), vehicle: newId() }))
    },
    editCustomer: (draft: NewCustomerDraft) => setWho({ kind: 'new', draft }),
    pick: setPicked,
    editVisit: (changes: Partial<VisitDraft>) => setVisit((before) => ({ ...before, ...changes })),
    /** Answers with the id of the order, or nothing when something is missing: the sentences then stand at the fields. */
    save: async (): Promise<string | undefined> => {
      if (saving.isPending) return undefined
      const found = check()
      setProblems(found)
      if (Object.keys(found).length > 0) return undefined
      try {
        return (await saving.mutateAsync()).id
      } catch {
        return undefined // the mutation keeps the error
      }
    },
  }
}

export type CheckInState = ReturnType<typeof useCheckIn>
