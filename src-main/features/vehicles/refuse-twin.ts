import { AppError } from '../../base/app-error'
import { constraintName } from '../../database/sql-error'
import type { Queryable } from '../../database/transaction'
import { findTwin, type Identity } from './vehicle-queries'

/** @throws AppError DUPLICATE with the vehicle that has this VIN or plate, and its owner's name */
export async function refuseTwin(db: Queryable, shopId: string, vehicleId: string, fields: Identity, prefix: string): Promise<void> {
  const twin = await findTwin(db, shopId, vehicleId, fields)
  if (!twin) return
  const sentence = `The ${twin.label} of ${twin.ownerName} has this ${twin.sameVin ? 'VIN' : 'plate'}.`
  const field = `${prefix}.${twin.sameVin ? 'vin' : 'licensePlate'}`
  throw new AppError('DUPLICATE', { message: sentence, existingId: twin.id, fields: { [field]: sentence } })
}

/** True for the database's own refusal: another counter stored the same VIN or plate a moment earlier. */
export function isTwinError(error: unknown): boolean {
  const name = constraintName(error)
  return name === 'vehicles_vin_key' || name === 'vehicles_shop_id_license_plate_key'
}
