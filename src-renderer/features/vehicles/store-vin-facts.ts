import type { VehicleFields } from '../../../src-preload/contract/vehicles'
import { sentenceFor, toCallError } from '../../base/errors'
import type { VinPart } from '../../base/vin-fill'
import { showToast } from '../../components/toast'
import { updateVehicle } from './vehicles-api'

/** Stores what a VIN says of the car, where the fields are as they were seen. A car keeps its year: undo has nothing to empty there. */
export async function storeVinFacts(vehicleId: string, there: VehicleFields, { year, ...texts }: VinPart): Promise<void> {
  const now: Partial<VehicleFields> = { ...texts, ...(year === undefined || year === null ? {} : { year }) }
  const was = Object.fromEntries(Object.keys(now).map((name) => [name, there[name as keyof VehicleFields]]))
  try {
    await updateVehicle(vehicleId, was, now)
  } catch (error) {
    showToast(`What the VIN says was not stored: ${sentenceFor(toCallError(error))}`, { isTrouble: true })
  }
}
