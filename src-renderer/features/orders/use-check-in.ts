import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { CallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import {
  customerFields,
  customerFromText,
  customerProblems,
  emptyVisit,
  type NewCustomerDraft,
  type Problems,
  toCheckIn,
  vehicleFields,
  vehicleProblems,
  type VisitDraft,
  visitProblems,
} from './check-in-draft'
import { checkIn, createCustomer, createVehicle } from './orders-api'
import { type CheckInStart, useCheckInChoice, type Which, type Who } from './use-check-in-choice'

/** What is missing before anything is sent. */
function problemsIn(who: Who, which: Which, visit: VisitDraft, lastOdometer: number | null): Problems {
  return {
    ...(who.kind === 'new' ? customerProblems(who.draft) : {}),
    ...(who.kind === 'none' ? { customer: 'Find the customer, or write down a new one.' } : {}),
    ...(which.kind === 'new' ? vehicleProblems(which.draft) : {}),
    ...(which.kind === 'none' && who.kind === 'chosen' ? { vehicle: 'Choose the car.' } : {}),
    ...visitProblems(visit, lastOdometer),
  }
}

/** Stores customer and car first when they are new, then the order. What is stored already stays so when a later step is refused. */
function useStoring(choice: ReturnType<typeof useCheckInChoice>, visit: VisitDraft) {
  const { who, setWho, which, setPicked } = choice
  // Made once, so that pressing the key twice, or again after a lost connection, is one customer, one car, one order.
  const [ids, setIds] = useState(() => ({ order: newId(), customer: newId(), vehicle: newId() }))

  const storedCustomer = async (): Promise<string> => {
    if (who.kind === 'chosen') return who.customerId
    if (who.kind === 'none') throw new CallError('INVALID_INPUT', 'Choose a customer first.')
    const { id } = await createCustomer(ids.customer, customerFields(who.draft))
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

  const saving = useMutation({
    mutationFn: async () => {
      const customerId = await storedCustomer()
      const vehicleId = await storedVehicle(customerId)
      return checkIn(toCheckIn(ids.order, customerId, vehicleId, visit))
    },
  })
  const startOver = (): void => {
    saving.reset()
    setIds({ order: ids.order, customer: newId(), vehicle: newId() })
  }
  return { saving, startOver }
}

/** Everything that is typed at a check-in, and storing it. */
export function useCheckIn(start: CheckInStart) {
  const choice = useCheckInChoice(start)
  const [visit, setVisit] = useState<VisitDraft>(emptyVisit)
  /** counts the tries that were stopped here; from the first on, what is missing is said */
  const [stopped, setStopped] = useState(0)
  const { saving, startOver } = useStoring(choice, visit)
  const refused = saving.error
  const lastOdometer = refused?.data.lastOdometer ?? choice.vehicle?.currentOdometer ?? null

  const found = problemsIn(choice.who, choice.which, visit, lastOdometer)
  const problems: Problems = stopped > 0 ? found : {}

  const answer = (who: Who, which: Which | undefined): void => {
    startOver()
    setStopped(0)
    choice.setWho(who)
    choice.setPicked(which)
  }

  return {
    ...choice,
    visit,
    lastOdometer,
    saving: saving.isPending,
    refused,
    stopped,
    /** what is wrong with a field, found here or by the program */
    problem: (field: string): string | undefined => problems[field] ?? refused?.fieldMessage(field),
    choose: (customerId: string, vehicleId: string | null) =>
      answer({ kind: 'chosen', customerId }, vehicleId ? { kind: 'chosen', vehicleId } : undefined),
    startNewCustomer: (text: string) => answer({ kind: 'new', draft: customerFromText(text) }, undefined),
    /** back to the search box; what was typed of the visit stays */
    changeCustomer: () => answer({ kind: 'none' }, undefined),
    editCustomer: (draft: NewCustomerDraft) => choice.setWho({ kind: 'new', draft }),
    pick: (which: Which) => {
      saving.reset()
      choice.setPicked(which)
    },
    editVisit: (changes: Partial<VisitDraft>) => setVisit((before) => ({ ...before, ...changes })),
    /** Answers with the id of the order, or nothing when something is missing: the sentences then stand at the fields. */
    save: async (): Promise<string | undefined> => {
      if (saving.isPending) return undefined
      if (Object.keys(found).length > 0) {
        setStopped(stopped + 1)
        return undefined
      }
      try {
        return (await saving.mutateAsync()).id
      } catch {
        return undefined // the mutation keeps the error
      }
    },
  }
}

export type CheckInState = ReturnType<typeof useCheckIn>
