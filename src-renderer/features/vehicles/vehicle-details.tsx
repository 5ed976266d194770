import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { tidyVin } from '../../../src-preload/contract/vin'
import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { Card } from '../../components/card'
import { MakeBox, ModelBox } from '../../components/catalogue-box'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { useVinFill } from '../../components/use-vin-fill'
import { VinHint } from '../../components/vin-hint'
import { VinNote } from '../../components/vin-note'
import { WholeNumberInput } from '../../components/whole-number-input'
import { storeVinFacts } from './store-vin-facts'
import { useMovedPlate } from './use-moved-plate'
import { useVehicleField } from './use-vehicle-field'
import { fieldsOf } from './vehicle-fields'

export interface VehicleDetailsProps {
  vehicle: Vehicle
  disabled: boolean
}

/** What identifies a car and what it is; each field is stored when it is left. */
export function VehicleDetails({ vehicle, disabled }: VehicleDetailsProps) {
  const [twinId, setTwinId] = useState<string>()
  const { askMoved, question } = useMovedPlate()
  const props = { vehicle, disabled }
  return (
    <Card title="Vehicle">
      <div className="grid grid-cols-6 gap-x-3 gap-y-3">
        <Vin {...props} onTwin={setTwinId} />
        <Text
          {...props}
          name="licensePlate"
          label="Plate"
          className="col-span-4"
          look="font-mono uppercase"
          onTwin={setTwinId}
          askMoved={askMoved}
        />
        <Text
          {...props}
          name="plateState"
          label="State"
          className="col-span-2"
          look="uppercase"
          maxLength={2}
          onTwin={setTwinId}
          askMoved={askMoved}
        />
        {twinId && (
          <Link to="/vehicles/$vehicleId" params={{ vehicleId: twinId }} className="col-span-6 text-accent-ink underline">
            Open the vehicle that has it
          </Link>
        )}
        <WholeNumber {...props} name="year" label="Year" className="col-span-2" />
        <CatalogueName {...props} name="make" label="Make" />
        <CatalogueName {...props} name="model" label="Model" />
        <Text {...props} name="color" label="Color" className="col-span-2" />
        <WholeNumber {...props} name="currentOdometer" label="Odometer (miles)" className="col-span-3" />
        <Text {...props} name="engine" label="Engine" className="col-span-3" />
        <Text {...props} name="transmission" label="Transmission" className="col-span-3" />
        <Text {...props} name="drivetrain" label="Drivetrain" className="col-span-3" />
        <Notes {...props} />
      </div>
      {question}
    </Card>
  )
}

type OnTwin = (vehicleId: string | undefined) => void
type TextName = Exclude<
  { [Name in keyof VehicleFields]: VehicleFields[Name] extends string ? Name : never }[keyof VehicleFields],
  'vin' | 'notes'
>

interface TextProps extends VehicleDetailsProps {
  name: TextName
  label: string
  className: string
  look?: string
  maxLength?: number
  onTwin?: OnTwin
  askMoved?: (sentence: string) => Promise<boolean>
}

function Text({ vehicle, disabled, name, label, className, look, onTwin, askMoved, ...input }: TextProps) {
  const stored = useVehicleField(vehicle, name, { ...(onTwin ? { onTwin } : {}), ...(askMoved ? { askMoved } : {}) })
  return (
    <Field label={label} place={name} {...stored.field} className={className}>
      <TextInput {...input} {...stored.input} readOnly={disabled} {...(look ? { className: look } : {})} />
    </Field>
  )
}

function Vin({ vehicle, disabled, onTwin }: VehicleDetailsProps & { onTwin: OnTwin }) {
  const stored = useVehicleField(vehicle, 'vin', { onTwin })
  const [known] = useState(vehicle.vin ?? '')
  const there = fieldsOf(vehicle)
  const fill = useVinFill({ vin: stored.input.value, there, known, onFill: (part) => void storeVinFacts(vehicle.id, there, part) })
  // Tidied while typing, so that a scanned or copied VIN is compared as it will be stored.
  const type = (vin: string): void => stored.input.onValueChange(vin.length >= 17 ? tidyVin(vin) : vin)
  return (
    <>
      <Field label="VIN" hint={<VinHint vin={stored.input.value} />} {...stored.field} className="col-span-6">
        <TextInput {...stored.input} onValueChange={type} readOnly={disabled} className="font-mono uppercase" />
      </Field>
      <VinNote fill={fill} className="col-span-6" />
    </>
  )
}

function CatalogueName({ vehicle, disabled, name, label }: VehicleDetailsProps & { name: 'make' | 'model'; label: string }) {
  const stored = useVehicleField(vehicle, name)
  const box = { ...stored.input, readOnly: disabled, year: vehicle.year }
  return (
    <Field label={label} {...stored.field} className="col-span-4">
      {name === 'make' ? <MakeBox {...box} /> : <ModelBox {...box} make={vehicle.make} />}
    </Field>
  )
}

interface WholeNumberProps extends VehicleDetailsProps {
  name: 'year' | 'currentOdometer'
  label: string
  className: string
}

function WholeNumber({ vehicle, disabled, name, label, className }: WholeNumberProps) {
  const stored = useVehicleField(vehicle, name)
  return (
    <Field label={label} {...stored.field} className={className}>
      <WholeNumberInput
        {...stored.input}
        grouping={name !== 'year'}
        readOnly={disabled}
        problem={name === 'year' ? 'Enter a year.' : 'Enter a whole number.'}
      />
    </Field>
  )
}

function Notes({ vehicle, disabled }: VehicleDetailsProps) {
  const stored = useVehicleField(vehicle, 'notes', { multiline: true })
  return (
    <Field label="Notes" hint="For the shop only; never printed." {...stored.field} className="col-span-6">
      <Textarea {...stored.input} rows={3} readOnly={disabled} />
    </Field>
  )
}
