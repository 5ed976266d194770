import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { CallError, toCallError } from '../../base/errors'
import { type StoredField, useStoredField } from '../../base/use-stored-field'
import { fieldsOf } from './vehicle-fields'
import { updateVehicle } from './vehicles-api'

export interface VehicleFieldOptions {
  multiline?: boolean
  /** the vehicle that has this VIN or plate already; undefined once that is over */
  onTwin?: (vehicleId: string | undefined) => void
}

type Value<Name extends keyof VehicleFields> = Name extends 'year' ? number | null : VehicleFields[Name]

/** A field of a vehicle that is stored when it is left. */
export function useVehicleField<Name extends keyof VehicleFields>(
  vehicle: Vehicle,
  name: Name,
  { multiline = false, onTwin }: VehicleFieldOptions = {},
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
        onTwin?.(toCallError(error).data.existingId)
        throw error
      }
    },
  })
}
