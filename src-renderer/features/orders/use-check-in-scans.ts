import { codeKey } from '../../base/scan-shapes'
import { useScans } from '../../base/scans'
import { emptyVehicle, type Which } from './check-in-draft'
import { findCustomersNow } from './orders-api'
import type { CheckInState } from './use-check-in'

/**
 * A VIN or plate scanned at check-in is this car: found with its owner, or a new one that the VIN describes. A plate scanned while a car is
 * being written down is that car's, also when another one had it: storing it asks.
 */
export function useCheckInScans(state: CheckInState): void {
  const { which } = state
  const startCar = (vin: string): void => {
    // Into a car that is being written down and has no VIN yet; another VIN is another car.
    const draft = which.kind === 'new' && which.draft.vin.trim() === '' ? which.draft : emptyVehicle
    state.pick({ kind: 'new', draft: { ...draft, vin } })
  }
  useScans(async ({ kind, text }) => {
    if (kind !== 'vin' && kind !== 'code') return false
    const hits = await findCustomersNow(text)
    const found = hits.filter(
      ({ vin, plate, vehicleId }) => vehicleId && (kind === 'vin' ? vin === text : plate && codeKey(plate) === codeKey(text)),
    )
    const [only] = found
    if (only && kind === 'code' && isBegun(which)) {
      state.pick({ kind: 'new', draft: { ...which.draft, licensePlate: text } })
      return true
    }
    if (only && new Set(found.map(({ vehicleId }) => vehicleId)).size === 1) state.choose(only.customerId, only.vehicleId)
    else if (kind === 'vin') startCar(text)
    else return false
    return true
  })
}

/** A new car of which something is written down, but no plate yet. */
function isBegun(which: Which): which is Extract<Which, { kind: 'new' }> {
  return which.kind === 'new' && which.draft.licensePlate.trim() === '' && JSON.stringify(which.draft) !== JSON.stringify(emptyVehicle)
}
