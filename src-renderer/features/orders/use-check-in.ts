import { useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { isCounterLocked, personAtCounter } from '../../base/at-counter'
import { CallError, sentenceFor } from '../../base/errors'
import { type KeptDraft, useKeptDraft } from '../../base/kept-drafts'
import { tellLost } from '../../base/lost-text'
import { newId } from '../../base/new-id'
import { showToast } from '../../components/toast'
import {
  type CheckInDraft,
  type CheckInStart,
  customerFields,
  customerFromText,
  customerProblems,
  draftKey,
  isTouched,
  newCheckIn,
  type NewCustomerDraft,
  type Problems,
  toCheckIn,
  vehicleFields,
  vehicleProblems,
  type VisitDraft,
  visitProblems,
  type Which,
  type Who,
} from './check-in-draft'
import { leftOnFile } from './left-on-file'
import { checkIn, createCustomer, createVehicle } from './orders-api'
import { useCheckInChoice } from './use-check-in-choice'

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

/** Going on with somebody else: says once what of the one before stays on file. */
function leave(draft: CheckInDraft, who: Who): Partial<CheckInDraft> {
  const isSame = who.kind === 'chosen' && draft.who.kind === 'chosen' && who.customerId === draft.who.customerId
  const left = isSame ? undefined : leftOnFile(draft)
  if (!left) return {}
  showToast(left.text, { action: left.action })
  return { storedCustomer: undefined, storedVehicle: undefined }
}

type Change = (changes: Partial<CheckInDraft>) => void

/** Stores customer and car first when they are new, then the order. What is stored already stays so when a later step is refused. */
function useStoring({ ids, visit }: CheckInDraft, { who, which }: { who: Who; which: Which }, change: Change) {
  const storedCustomer = async (): Promise<string> => {
    if (who.kind === 'chosen') return who.customerId
    if (who.kind === 'none') throw new CallError('INVALID_INPUT', 'Choose a customer first.')
    const { id, displayName } = await createCustomer(ids.customer, customerFields(who.draft))
    change({ picked: which, who: { kind: 'chosen', customerId: id }, storedCustomer: { id, name: displayName } })
    return id
  }

  const storedVehicle = async (customerId: string, movesPlate: boolean): Promise<string> => {
    if (which.kind === 'chosen') return which.vehicleId
    if (which.kind === 'none') throw new CallError('INVALID_INPUT', 'Choose a vehicle first.')
    const { id, label } = await createVehicle({ vehicleId: ids.vehicle, customerId, fields: vehicleFields(which.draft), movesPlate })
    change({ picked: { kind: 'chosen', vehicleId: id }, storedVehicle: { id, name: label } })
    return id
  }

  return useMutation({
    mutationFn: async (movesPlate: boolean) => {
      const customerId = await storedCustomer()
      const vehicleId = await storedVehicle(customerId, movesPlate)
      return checkIn(toCheckIn(ids.order, customerId, vehicleId, visit))
    },
  })
}

/** Is this check-in still before the eyes of whoever began it? Says that it is kept when it is left with something typed. */
function useLeaving({ isTouched: isKept }: KeptDraft<CheckInDraft>) {
  const [person] = useState(personAtCounter)
  const [place] = useState(() => location.hash)
  const latest = useRef({ isKept, isThere: false, isDone: false })
  useEffect(() => {
    latest.current.isKept = isKept
  })
  useEffect(() => {
    const now = latest.current
    now.isThere = true
    return () => {
      now.isThere = false
      const isLeft = location.hash !== place && !isCounterLocked() && personAtCounter() === person
      if (isLeft && now.isKept && !now.isDone) showToast('This check-in is kept. “New order” offers it again.')
    }
  }, [person, place])
  return {
    person,
    place,
    isThere: () => latest.current.isThere,
    done: () => {
      latest.current.isDone = true
    },
  }
}

/** Asking twice is asking once; what is refused after the screen was left is told, since nobody sees it there. */
function useSaving(kept: KeptDraft<CheckInDraft>, storing: ReturnType<typeof useStoring>) {
  const { person, place, isThere, done } = useLeaving(kept)
  return async (movesPlate: boolean): Promise<string | undefined> => {
    try {
      const { id } = await storing.mutateAsync(movesPlate)
      done()
      if (!isThere()) kept.forget()
      return personAtCounter() === person ? id : undefined
    } catch (error) {
      if (!isThere()) tellLost(person, `The check-in is not stored, but kept. ${sentenceFor(error)}`, place)
      return undefined // while it is there the mutation keeps the error for the screen
    }
  }
}

/** Everything that is typed at a check-in, and storing it. */
export function useCheckIn(start: CheckInStart) {
  const kept = useKeptDraft(draftKey(start), () => newCheckIn(start), isTouched)
  const { draft } = kept
  const change: Change = (changes) => kept.change((before) => ({ ...before, ...changes }))
  const choice = useCheckInChoice(draft)
  /** counts the tries that were stopped here; from the first on, what is missing is said */
  const [stopped, setStopped] = useState(0)
  const storing = useStoring(draft, choice, change)
  const save = useSaving(kept, storing)
  const refused = storing.error
  const lastOdometer = refused?.data.lastOdometer ?? choice.vehicle?.currentOdometer ?? null

  const found = problemsIn(choice.who, choice.which, draft.visit, lastOdometer)
  const problems: Problems = stopped > 0 ? found : {}

  const answer = (who: Who, picked: Which | undefined, typed: CheckInDraft['typed'] = {}): void => {
    storing.reset()
    setStopped(0)
    change({ ...leave(draft, who), who, picked, typed, ids: { order: draft.ids.order, customer: newId(), vehicle: newId() } })
  }

  return {
    ...choice,
    draft,
    visit: draft.visit,
    lastOdometer,
    saving: storing.isPending,
    refused,
    stopped,
    /** typed before this screen was opened */
    isFromBefore: kept.isFromBefore,
    /** Answers with the way back. */
    startAfresh: (): (() => void) => {
      storing.reset()
      setStopped(0)
      return kept.startAfresh()
    },
    /** It is stored, and its order on the screen. */
    forget: kept.forget,
    /** what is wrong with a field, found here or by the program */
    problem: (field: string): string | undefined => problems[field] ?? refused?.fieldMessage(field),
    search: (search: string) => change({ search }),
    choose: (customerId: string, vehicleId: string | null) =>
      answer({ kind: 'chosen', customerId }, vehicleId ? { kind: 'chosen', vehicleId } : choice.waiting),
    /** Without a text: the one who was written down before somebody went back to the search box. */
    startNewCustomer: (text: string) =>
      answer(
        { kind: 'new', draft: (text.trim() === '' ? draft.typed.customer : undefined) ?? customerFromText(text) },
        choice.waiting ?? draft.typed.picked,
      ),
    /** back to the search box; what was typed of the visit stays */
    changeCustomer: () =>
      answer({ kind: 'none' }, undefined, draft.who.kind === 'new' ? { customer: draft.who.draft, picked: draft.picked } : {}),
    editCustomer: (customer: NewCustomerDraft) => change({ who: { kind: 'new', draft: customer } }),
    /** Another of the customer's cars; one that was written down comes back with `newCar`. */
    pick: (picked: Which) => {
      storing.reset()
      change({ picked, typed: choice.which.kind === 'new' ? { ...draft.typed, car: choice.which.draft } : draft.typed })
    },
    editVisit: (changes: Partial<VisitDraft>) => kept.change((before) => ({ ...before, visit: { ...before.visit, ...changes } })),
    /** Answers with the order's id, or nothing when something is missing. `movesPlate`: the plate comes off the car that has it. */
    save: async (movesPlate: boolean): Promise<string | undefined> => {
      if (storing.isPending) return undefined
      if (Object.keys(found).length === 0) return save(movesPlate)
      setStopped(stopped + 1)
      return undefined
    },
  }
}

export type CheckInState = ReturnType<typeof useCheckIn>
