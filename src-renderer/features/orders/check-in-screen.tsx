import { type RefObject, useEffect, useRef } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useBack, useKey } from '../../base/keys'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { Page } from '../../components/page'
import { CheckInBanners } from './check-in-banners'
import type { CheckInStart } from './check-in-draft'
import { CustomerPart } from './customer-part'
import { type CheckInState, useCheckIn } from './use-check-in'
import { useCheckInScans } from './use-check-in-scans'
import { DeclinedChoice } from './declined-choice'
import { useReturningWork } from './use-returning-work'
import { useGoBack } from './use-go-back'
import { VehiclePart } from './vehicle-part'
import { VisitPart } from './visit-part'

/** A car arrives: who, which car, why. One screen, Ctrl+Enter stores it and opens the order. */
export function CheckInScreen(start: CheckInStart) {
  const state = useCheckIn(start)
  const returning = useReturningWork()
  const navigate = useNavigate()
  const goBack = useGoBack()
  const root = useRef<HTMLDivElement>(null)
  useArrivalFocus(root, state)
  useProblemFocus(root, state)
  useCheckInScans(state)

  const save = async (movesPlate = false): Promise<void> => {
    const orderId = await state.save(movesPlate)
    if (!orderId) return
    await returning.bringBack(orderId)
    await navigate({ to: '/orders/$orderId', params: { orderId }, replace: true })
    state.forget()
  }
  useKey({ keys: '$mod+Enter', title: 'Check in', run: () => void save() })
  useBack(goBack)

  return (
    <Page
      title="Check in a car"
      actions={
        <>
          <Button keys="Escape" onClick={goBack}>
            Back
          </Button>
          <Button look="primary" keys="$mod+Enter" busy={state.saving} onClick={() => void save()}>
            Check in
          </Button>
        </>
      }
    >
      <CheckInBanners state={state} start={start} />
      <ErrorBanner error={state.loadError} />
      <ErrorBanner error={hasOwnPlace(state) ? null : state.refused} />
      <div ref={root} key={state.draft.ids.order} className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="Customer">
            <CustomerPart state={state} />
          </Card>
          {(state.who.kind !== 'none' || state.which.kind === 'new') && (
            <Card title="Vehicle">
              <VehiclePart state={state} onPlateMoved={() => void save(true)} />
            </Card>
          )}
          {state.who.kind === 'chosen' && state.which.kind === 'chosen' && (
            <DeclinedChoice customerId={state.who.customerId} vehicleId={state.which.vehicleId} returning={returning} />
          )}
        </div>
        <Card title="Visit">
          <VisitPart state={state} />
        </Card>
      </div>
    </Page>
  )
}

const PLACED = [
  'lastName',
  'firstName',
  'companyName',
  'phone',
  'vin',
  'licensePlate',
  'plateState',
  'year',
  'make',
  'model',
  'odometer',
  'complaint',
]

/** The refusal stands at a field already. */
function hasOwnPlace({ refused }: CheckInState): boolean {
  if (!refused) return true
  return refused.code === 'ODOMETER_LOWER' || PLACED.some((field) => refused.fieldMessage(field) !== undefined)
}

function focusOn(root: RefObject<HTMLElement | null>, name: string): void {
  const place = root.current?.querySelector<HTMLElement>(`[data-focus="${name}"]`)
  const input = place?.matches('input') ? place : place?.querySelector('input')
  input?.focus()
}

/** Each new answer to "who?" puts the focus on the next question; never again after that, so that it does not jump while somebody types. */
function useArrivalFocus(root: RefObject<HTMLElement | null>, { draft, who, which, customer, isFromBefore }: CheckInState): void {
  const arrived = `${draft.ids.order} ${who.kind === 'chosen' ? who.customerId : who.kind}`
  const target = targetOf(who.kind, which.kind, customer !== undefined)
  // What was left is looked at before it is gone on with: see the banner.
  const handled = useRef(isFromBefore ? arrived : '')
  useEffect(() => {
    if (handled.current === arrived || target === undefined) return
    handled.current = arrived
    focusOn(root, target)
  }, [root, arrived, target])
}

function targetOf(who: CheckInState['who']['kind'], which: CheckInState['which']['kind'], loaded: boolean): string | undefined {
  if (who === 'none') return 'find'
  if (who === 'new') return 'new-customer'
  if (!loaded) return undefined
  return { chosen: 'visit', new: 'new-vehicle', none: 'vehicles' }[which]
}

/** After a refusal the first field with a sentence has the focus. */
function useProblemFocus(root: RefObject<HTMLElement | null>, { stopped, refused }: CheckInState): void {
  useEffect(() => {
    if (stopped === 0 && !refused) return
    root.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-problem]')?.focus()
  }, [root, stopped, refused])
}
