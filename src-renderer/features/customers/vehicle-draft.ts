import { blankVehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { tidyVin } from '../../../src-preload/contract/vin'

/** What is typed of a new vehicle, complete or not. */
export type VehicleDraft = Omit<VehicleFields, 'year'> & {
  year: number | null
  /** what stands in the number fields is a number, or nothing */
  yearReadable: boolean
  odometerReadable: boolean
  /** what stands there and is none; '' when it is one, or nothing */
  yearText: string
  odometerText: string
}

export const emptyVehicle: VehicleDraft = { ...blankVehicle, yearReadable: true, odometerReadable: true, yearText: '', odometerText: '' }

/** Complete facts, or a sentence for each field that needs another look. A wrong check digit is no reason to refuse a VIN. */
export function checkVehicle(draft: VehicleDraft): { fields: VehicleFields } | { problems: Readonly<Record<string, string>> } {
  const { yearReadable, odometerReadable, yearText: _, odometerText: __, ...typed } = draft
  const checked = VehicleFields.safeParse({ ...typed, vin: tidyVin(typed.vin) })
  const problems: Record<string, string> = {}
  for (const issue of checked.error?.issues ?? []) problems[issue.path.join('.')] ??= issue.message
  if (!yearReadable) problems.year = 'Enter a year.'
  if (!odometerReadable) problems.currentOdometer = 'Enter a whole number.'
  return checked.success && Object.keys(problems).length === 0 ? { fields: checked.data } : { problems }
}
