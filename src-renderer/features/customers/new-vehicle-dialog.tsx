import { type RefObject, useRef } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Customer } from '../../../src-preload/contract/customers'
import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { useKeptDraft } from '../../base/kept-drafts'
import { newId } from '../../base/new-id'
import { useScans } from '../../base/scans'
import { useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { KeptBanner } from '../../components/kept-banner'
import { Field } from '../../components/field'
import { MakeBox, ModelBox } from '../../components/catalogue-box'
import { TextInput } from '../../components/text-input'
import { UNREADABLE_YEAR } from '../../base/vin-fill'
import { useVinFill } from '../../components/use-vin-fill'
import { VinHint } from '../../components/vin-hint'
import { VinNote } from '../../components/vin-note'
import { WholeNumberInput } from '../../components/whole-number-input'
import { addVehicle } from './customers-api'
import { checkVehicle, emptyVehicle, type VehicleDraft } from './vehicle-draft'

export interface NewVehicleDialogProps {
  customer: Pick<Customer, 'id' | 'displayName'>
  onClose: () => void
  onSaved: (vehicle: Vehicle) => void
}

interface Draft {
  readonly vehicleId: string
  readonly fields: VehicleDraft
}

const isTouched = ({ fields }: Draft, blank: Draft): boolean => JSON.stringify(fields) !== JSON.stringify(blank.fields)

/** Another car of a customer. */
export function NewVehicleDialog({ customer, onClose, onSaved }: NewVehicleDialogProps) {
  const kept = useKeptDraft(`new-vehicle ${customer.id}`, () => ({ vehicleId: newId(), fields: emptyVehicle }), isTouched)
  const { vehicleId, fields: draft } = kept.draft
  const save = useMutation({
    mutationFn: ({ fields, movesPlate }: { fields: VehicleFields; movesPlate: boolean }) =>
      addVehicle(vehicleId, customer.id, fields, movesPlate),
    onSuccess: (vehicle) => {
      kept.forget()
      onSaved(vehicle)
    },
  })
  const firstField = useRef<HTMLInputElement>(null)
  const checked = checkVehicle(draft)
  const problems = useProblems('problems' in checked ? checked.problems : {}, save.error)
  const twinId = save.error?.code === 'DUPLICATE' ? save.error.data.existingId : undefined
  const isPlateTaken = save.error?.code === 'DUPLICATE' && save.error.fieldMessage('licensePlate') !== undefined
  const submit = (movesPlate = false): void => {
    problems.show()
    if ('fields' in checked && !save.isPending) save.mutate({ fields: checked.fields, movesPlate })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={() => submit()}
      title="New vehicle"
      description={`Of ${customer.displayName}`}
      initialFocus={firstField}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Add vehicle
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {kept.isFromBefore && <KeptBanner startAfresh={kept.startAfresh}>This vehicle was not saved: it is as you typed it.</KeptBanner>}
        <VehicleForm
          key={vehicleId}
          firstField={firstField}
          draft={draft}
          onDraft={(change) => kept.change((before) => ({ ...before, fields: { ...before.fields, ...change } }))}
          problemOf={problems.of}
        />
        <ErrorBanner error={problems.other} />
        {twinId && (
          <Link to="/vehicles/$vehicleId" params={{ vehicleId: twinId }} className="self-start text-accent-ink underline">
            Open that vehicle instead
          </Link>
        )}
        {isPlateTaken && (
          <Button size="small" className="self-start" onClick={() => submit(true)}>
            Moved plate: take it off that car
          </Button>
        )}
      </div>
    </Dialog>
  )
}

interface VehicleFormProps {
  draft: VehicleDraft
  onDraft: (change: Partial<VehicleDraft>) => void
  problemOf: (name: string) => string | undefined
  firstField: RefObject<HTMLInputElement | null>
}

function VehicleForm({ draft, onDraft, problemOf, firstField }: VehicleFormProps) {
  const fill = useVinFill({
    vin: draft.vin,
    there: { ...draft, year: draft.yearText === '' ? draft.year : UNREADABLE_YEAR },
    onFill: (part) => onDraft({ ...part, ...('year' in part ? { yearReadable: true, yearText: '' } : {}) }),
  })
  useScans(({ kind, text }) => {
    const isPlate = kind === 'code' && draft.licensePlate.trim() === ''
    // Another VIN is another car.
    if (kind === 'vin') onDraft(draft.vin.trim() === '' ? { vin: text } : { ...emptyVehicle, vin: text })
    else if (isPlate) onDraft({ licensePlate: text })
    return kind === 'vin' || isPlate
  })
  return (
    <div className="grid grid-cols-6 gap-x-3 gap-y-4">
      <Field label="VIN" hint={<VinHint vin={draft.vin} />} error={problemOf('vin')} className="col-span-6">
        <TextInput value={draft.vin} onValueChange={(vin) => onDraft({ vin })} className="font-mono uppercase" ref={firstField} />
      </Field>
      <VinNote fill={fill} className="col-span-6 -mt-2" />
      <Field label="Plate" error={problemOf('licensePlate')} className="col-span-2">
        <TextInput value={draft.licensePlate} onValueChange={(licensePlate) => onDraft({ licensePlate })} className="font-mono uppercase" />
      </Field>
      <Field label="Plate state" hint="Empty: this state." error={problemOf('plateState')} className="col-span-2">
        <TextInput value={draft.plateState} onValueChange={(plateState) => onDraft({ plateState })} maxLength={2} className="uppercase" />
      </Field>
      <Field label="Color" error={problemOf('color')} className="col-span-2">
        <TextInput value={draft.color} onValueChange={(color) => onDraft({ color })} />
      </Field>
      <Field label="Year" required error={problemOf('year')} className="col-span-2">
        <WholeNumberInput
          grouping={false}
          value={draft.year}
          unreadable={draft.yearText}
          onValueChange={(year, yearReadable, text) => onDraft({ year, yearReadable, yearText: yearReadable ? '' : text })}
          problem="Enter a year."
        />
      </Field>
      <Field label="Make" required error={problemOf('make')} className="col-span-2">
        <MakeBox value={draft.make} onValueChange={(make) => onDraft({ make })} year={draft.year} />
      </Field>
      <Field label="Model" required error={problemOf('model')} className="col-span-2">
        <ModelBox value={draft.model} onValueChange={(model) => onDraft({ model })} make={draft.make} year={draft.year} />
      </Field>
      <Field label="Engine" error={problemOf('engine')} className="col-span-3">
        <TextInput value={draft.engine} onValueChange={(engine) => onDraft({ engine })} />
      </Field>
      <Field label="Drive" error={problemOf('drivetrain')} className="col-span-1">
        <TextInput value={draft.drivetrain} onValueChange={(drivetrain) => onDraft({ drivetrain })} />
      </Field>
      <Field label="Odometer" error={problemOf('currentOdometer')} className="col-span-2">
        <WholeNumberInput
          value={draft.currentOdometer}
          unreadable={draft.odometerText}
          onValueChange={(currentOdometer, odometerReadable, text) =>
            onDraft({ currentOdometer, odometerReadable, odometerText: odometerReadable ? '' : text })
          }
        />
      </Field>
    </div>
  )
}
