import { tidyVin } from '../../../src-preload/contract/vin'
import { AppError } from '../../base/app-error'
import type { VehicleValues } from './vehicle-queries'

const WIDEST_VIN = 17

/**
 * As they are stored: VIN without blanks, plate and state in capitals, a plate with a state. A wrong check digit is for the screen to warn
 * of, not an error: cars before 1981 have none.
 * @throws AppError INVALID_INPUT; field names begin with `prefix` ('fields' or 'now')
 */
export function tidyFields(typed: VehicleValues, shopState: string, prefix: string): VehicleValues {
  const vin = tidyVin(typed.vin)
  const licensePlate = typed.licensePlate.toUpperCase()
  const plateState = typed.plateState.toUpperCase()
  const problems: Record<string, string> = {}
  if (vin.length > WIDEST_VIN) problems[`${prefix}.vin`] = 'A VIN has at most 17 characters.'
  else if (!/^[A-Z0-9]*$/.test(vin)) problems[`${prefix}.vin`] = 'A VIN has only letters and digits.'
  if (licensePlate !== '' && !/[A-Z0-9]/.test(licensePlate)) problems[`${prefix}.licensePlate`] = 'A plate has letters or digits.'
  if (plateState !== '' && !/^[A-Z]{2}$/.test(plateState)) problems[`${prefix}.plateState`] = 'Two letters, like CA.'
  if (Object.keys(problems).length > 0) throw new AppError('INVALID_INPUT', { fields: problems })
  return { ...typed, vin, licensePlate, plateState: licensePlate === '' ? plateState : plateState || shopState }
}
