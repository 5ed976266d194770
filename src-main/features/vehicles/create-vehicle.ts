import { isDeepStrictEqual } from 'node:util'
import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { AppError } from '../../base/app-error'
import { inTransaction, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadVehicle } from './get-vehicle'
import { movePlate } from './move-plate'
import { refuseTwin } from './refuse-twin'
import { tidyFields } from './tidy-fields'
import { insertVehicle, lockVehicle, selectShopState, selectVehicle, type VehicleValues } from './vehicle-queries'

/** The same facts twice are one vehicle. @throws AppError NOT_FOUND (customer), DUPLICATE, INVALID_INPUT */
export async function createVehicle(
  ctx: Ctx,
  input: { vehicleId: string; customerId: string; fields: VehicleFields; movesPlate?: boolean | undefined },
): Promise<Vehicle> {
  const { vehicleId, customerId, fields: typed, movesPlate } = input
  return await inTransaction('create vehicle', ctx, async (tx) => {
    const fields = tidyFields(typed, await selectShopState(tx, ctx.shopId), 'fields')
    if (movesPlate) await movePlate(tx, ctx, vehicleId, fields)
    if (!(await insertVehicle(tx, ctx.shopId, vehicleId, customerId, fields))) await refuseOthers(tx, ctx, vehicleId, customerId, fields)
    return await loadVehicle(tx, ctx, vehicleId)
  })
}

/** Returns when the vehicle is there already with these very facts. */
async function refuseOthers(tx: Tx, ctx: Ctx, vehicleId: string, customerId: string, fields: VehicleValues): Promise<void> {
  const stored = await lockVehicle(tx, ctx.shopId, vehicleId)
  const owner = stored && (await selectVehicle(tx, ctx.shopId, vehicleId))?.customerId
  if (stored && owner === customerId && isDeepStrictEqual(stored, fields)) return
  await refuseTwin(tx, ctx.shopId, vehicleId, fields, 'fields')
  throw stored ? new AppError('DUPLICATE', { existingId: vehicleId }) : new AppError('NOT_FOUND')
}
