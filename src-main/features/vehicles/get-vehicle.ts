import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { AppError } from '../../base/app-error'
import { reading, type Queryable } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'
import { selectVehicle } from './vehicle-queries'

/** @throws AppError NOT_FOUND */
export async function getVehicle(ctx: Ctx, { vehicleId }: { vehicleId: string }): Promise<Vehicle> {
  return await loadVehicle(reading(ctx.db), ctx, vehicleId)
}

/** A vehicle as this person may see it. @throws AppError NOT_FOUND */
export async function loadVehicle(db: Queryable, ctx: Ctx, vehicleId: string): Promise<Vehicle> {
  const vehicle = await selectVehicle(db, ctx.shopId, vehicleId)
  if (!vehicle) throw new AppError('NOT_FOUND')
  return seesContact(ctx) ? vehicle : { ...vehicle, customer: { ...vehicle.customer, phone: null, email: null } }
}
