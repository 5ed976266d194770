import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { CallError, toCallError } from '../../base/errors'
import { type StoredField, useStoredField } from '../../base/use-stored-field'
import { fieldsOf } from './vehicle-fields'
import { updateVehicle } from './vehicles-api'

export interface VehicleFieldOptions {
  multiline?: boolean
  /** the vehicle that has this VIN or plate already; undefined once that is over */
  onTwin?: (vehicleId: string | undefined) => void
  /** asked with the sentence about the car that has this plate: was it moved here? */
  askMoved?: (sentence: string) => Promise<boolean>
}

type Value<Name extends keyof VehicleFields> = Name extends 'year' ? number | null : VehicleFields[Name]

/** The sentence about the car that has this plate; a VIN that is taken is another matter. */
function plateTaken(error: unknown): string | undefined {
  const refused = toCallError(error)
  return refused.code === 'DUPLICATE' ? refused.fieldMessage('licensePlate') : undefined
}

/** A field of a vehicle that is stored when it is left. */
export function useVehicleField<Name extends keyof VehicleFields>(
  vehicle: Vehicle,
  name: Name,
  { multiline = false, onTwin, askMoved }: VehicleFieldOptions = {},
): StoredField<Value<Name>> {
  return useStoredField<Value<Name>>({
    value: fieldsOf(vehicle)[name] as Value<Name>,
    name,
    multiline,
    onStore: async (now, was) => {
      if (name === 'year' && now === null) throw new CallError('INVALID_INPUT', 'Enter a year.')
      try {
        await updateVehicle(vehicle.id, { [name]: was }, { [name]: now })
        onTwin?.(undefined)
      } catch (error) {
        const taken = askMoved && plateTaken(error)
        if (taken && (await askMoved(taken))) {
          await updateVehicle(vehicle.id, { [name]: was }, { [name]: now }, true)
          return
        }
        onTwin?.(toCallError(error).data.existingId)
        throw error
      }
    },
  })
}
