import { type ReactNode, useId } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { VehicleSummary } from '../../../src-preload/contract/customers'
import { US_STATES } from '../../../src-preload/contract/session'
import { formatCount, useFormat } from '../../base/format'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { ScreenProgress } from '../../components/spinner'
import { MakeBox, ModelBox } from '../../components/catalogue-box'
import { TextInput } from '../../components/text-input'
import { UNREADABLE_YEAR } from '../../base/vin-fill'
import { useVinFill } from '../../components/use-vin-fill'
import { VinHint } from '../../components/vin-hint'
import { VinNote } from '../../components/vin-note'
import { WholeNumberInput } from '../../components/whole-number-input'
import { emptyVehicle, type NewVehicleDraft } from './check-in-draft'
import { loadVehicle } from './orders-api'
import type { CheckInState } from './use-check-in'

/** Which of the customer's cars, chosen with the arrow keys, or a new one written down in place. */
export function VehiclePart({ state, onPlateMoved }: { state: CheckInState; onPlateMoved: () => void }) {
  const { who, which, vehicles } = state
  if (who.kind === 'chosen' && !vehicles) return <ScreenProgress />
  const draft = which.kind === 'new' ? which.draft : undefined
  return (
    <div className="flex flex-col gap-4">
      {vehicles && vehicles.length > 0 && <VehicleChoice state={state} vehicles={vehicles} />}
      {draft && <NewVehicle state={state} draft={draft} onPlateMoved={onPlateMoved} />}
    </div>
  )
}

function VehicleChoice({ state, vehicles }: { state: CheckInState; vehicles: readonly VehicleSummary[] }) {
  const { which } = state
  const problem = state.problem('vehicle')
  const problemId = useId()
  const chosen = which.kind === 'chosen' ? which.vehicleId : which.kind
  return (
    <fieldset aria-describedby={problem ? problemId : undefined}>
      <legend className="sr-only">Vehicle</legend>
      <div className="flex flex-col gap-1">
        {vehicles.map((vehicle, at) => (
          <VehicleRadio
            key={vehicle.id}
            checked={chosen === vehicle.id}
            hasProblem={problem !== undefined && at === 0}
            takesFocus={chosen === vehicle.id || (which.kind === 'none' && at === 0)}
            onChoose={() => state.pick({ kind: 'chosen', vehicleId: vehicle.id })}
          >
            <VehicleLine vehicle={vehicle} />
          </VehicleRadio>
        ))}
        <VehicleRadio checked={chosen === 'new'} onChoose={() => state.pick({ kind: 'new', draft: state.draft.typed.car ?? emptyVehicle })}>
          <span className="font-medium">Another car</span>
        </VehicleRadio>
      </div>
      {problem && (
        <p id={problemId} className="mt-1 text-sm text-bad">
          {problem}
        </p>
      )}
    </fieldset>
  )
}

interface VehicleRadioProps {
  checked: boolean
  takesFocus?: boolean
  hasProblem?: boolean
  onChoose: () => void
  children: ReactNode
}

function VehicleRadio({ checked, takesFocus = false, hasProblem = false, onChoose, children }: VehicleRadioProps) {
  return (
    <label className="flex items-center gap-3 rounded-md border border-line px-3 py-2 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft">
      <input
        type="radio"
        name="vehicle"
        checked={checked}
        onChange={onChoose}
        className="size-4 shrink-0 accent-accent"
        {...(takesFocus ? { 'data-focus': 'vehicles' } : {})}
        {...(hasProblem ? { 'data-problem': '' } : {})}
      />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  )
}

function VehicleLine({ vehicle }: { vehicle: VehicleSummary }) {
  const format = useFormat()
  const facts = [
    vehicle.color,
    vehicle.vin && `VIN …${vehicle.vin.slice(-6)}`,
    vehicle.currentOdometer !== null && `${formatCount(vehicle.currentOdometer)} mi`,
    vehicle.lastVisitAt && `last here ${format.date(vehicle.lastVisitAt)}`,
  ]
  return (
    <>
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{vehicle.label}</span>
        {vehicle.plate && (
          <span className="rounded-sm border border-line bg-sunken px-1 font-mono text-xs leading-4">
            {[vehicle.plate, vehicle.plateState].filter(Boolean).join(' ')}
          </span>
        )}
        {vehicle.openOrders > 0 && (
          <span className="text-sm font-medium text-warn">
            {vehicle.openOrders === 1 ? 'has an open order' : `has ${vehicle.openOrders} open orders`}
          </span>
        )}
      </span>
      <span className="block truncate text-sm text-muted">{facts.filter(Boolean).join(' · ')}</span>
    </>
  )
}

const states = [{ value: '', label: 'Shop’s state' }, ...US_STATES.map((state) => ({ value: state as string, label: state as string }))]

interface NewVehicleProps {
  readonly state: CheckInState
  readonly draft: NewVehicleDraft
  readonly onPlateMoved: () => void
}

function NewVehicle({ state, draft, onPlateMoved }: NewVehicleProps) {
  const edit = (changes: Partial<NewVehicleDraft>): void => state.pick({ kind: 'new', draft: { ...draft, ...changes } })
  const fill = useVinFill({
    vin: draft.vin,
    there: { ...draft, year: draft.yearText === '' ? draft.year : UNREADABLE_YEAR },
    onFill: (part) => edit({ ...part, ...('year' in part ? { yearText: '' } : {}) }),
  })
  return (
    <div className="grid grid-cols-6 gap-3">
      <Field className="col-span-2" label="Year" error={state.problem('year')}>
        <WholeNumberInput
          data-focus="new-vehicle"
          grouping={false}
          value={draft.year}
          unreadable={draft.yearText}
          onValueChange={(year, readable, text) => edit({ year, yearText: readable ? '' : text })}
          problem="Enter a year."
        />
      </Field>
      <Field className="col-span-2" label="Make" error={state.problem('make')}>
        <MakeBox value={draft.make} onValueChange={(make) => edit({ make })} year={draft.year} />
      </Field>
      <Field className="col-span-2" label="Model" error={state.problem('model')}>
        <ModelBox value={draft.model} onValueChange={(model) => edit({ model })} make={draft.make} year={draft.year} />
      </Field>
      <Field className="col-span-2" label="Plate" error={state.problem('licensePlate')}>
        <TextInput className="uppercase" value={draft.licensePlate} onValueChange={(licensePlate) => edit({ licensePlate })} />
      </Field>
      <Field className="col-span-2" label="Plate’s state" error={state.problem('plateState')}>
        <Select value={draft.plateState} onValueChange={(plateState) => edit({ plateState })} choices={states} />
      </Field>
      <Field className="col-span-6" label="VIN" hint={<VinHint vin={draft.vin} />} error={state.problem('vin')}>
        <TextInput className="font-mono uppercase" maxLength={25} value={draft.vin} onValueChange={(vin) => edit({ vin })} />
      </Field>
      <VinNote fill={fill} className="col-span-6 -mt-1" />
      <TwinBanner state={state} onPlateMoved={onPlateMoved} />
    </div>
  )
}

/** Another car has this VIN or plate: it is the one that is here, or its plate is on this car now. */
function TwinBanner({ state, onPlateMoved }: Omit<NewVehicleProps, 'draft'>) {
  const looking = useMutation({
    mutationFn: loadVehicle,
    onSuccess: (vehicle) => state.choose(vehicle.customerId, vehicle.id),
  })
  const { refused, saving } = state
  const twin = refused?.code === 'DUPLICATE' ? refused.data.existingId : undefined
  if (!twin) return null
  const isPlateTaken = state.problem('licensePlate') !== undefined
  return (
    <Banner
      tone="warn"
      className="col-span-6"
      actions={
        <>
          {isPlateTaken && (
            <Button size="small" busy={saving} onClick={onPlateMoved}>
              Moved plate: take it off that car
            </Button>
          )}
          <Button size="small" busy={looking.isPending} onClick={() => looking.mutate(twin)}>
            Check in that car
          </Button>
        </>
      }
    >
      {isPlateTaken ? 'Was its plate moved to this car?' : 'This car is in the files already.'}
    </Banner>
  )
}
