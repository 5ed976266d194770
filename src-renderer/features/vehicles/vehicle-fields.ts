import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'

/** What can be typed of a vehicle, out of what is shown of it (which says null where nothing is known). */
export function fieldsOf(vehicle: Vehicle): VehicleFields {
  const { vin, plate, plateState, color, year, make, model, engine, transmission, drivetrain, currentOdometer, notes } = vehicle
  return {
    vin: vin ?? '',
    licensePlate: plate ?? '',
    plateState: plateState ?? '',
    year,
    make,
    model,
    engine,
    transmission,
    drivetrain,
    color: color ?? '',
    currentOdometer,
    notes,
  }
}
