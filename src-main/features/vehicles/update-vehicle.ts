import type { Vehicle, VehicleFields } from '../../../src-preload/contract/vehicles'
import { AppError } from '../../base/app-error'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { mergeEdit, type Part } from '../../database/merge-edit'
import { loadVehicle } from './get-vehicle'
import { movePlate } from './move-plate'
import { isTwinError, refuseTwin } from './refuse-twin'
import { tidyFields } from './tidy-fields'
import { lockVehicle, selectShopState, updateVehicleValues, type VehicleValues } from './vehicle-queries'

/** Changed fields only, each as it was seen and as it shall be. @throws AppError NOT_FOUND, EDIT_CONFLICT, DUPLICATE, INVALID_INPUT */
export async function updateVehicle(
  ctx: Ctx,
  {
    vehicleId,
    was,
    now,
    movesPlate,
  }: { vehicleId: string; was: Part<VehicleFields>; now: Part<VehicleFields>; movesPlate?: boolean | undefined },
): Promise<Vehicle> {
  let wanted: VehicleValues | undefined
  try {
    return await inTransaction('update vehicle', ctx, async (tx) => {
      const current = await lockVehicle(tx, ctx.shopId, vehicleId)
      if (!current) throw new AppError('NOT_FOUND')
      const shopState = await selectShopState(tx, ctx.shopId)
      const tidied = tidyFields({ ...current, ...present(now) }, shopState, 'now')
      // Only what was typed is part of the edit; the state a new plate brings along comes on top.
      const typed = Object.fromEntries(Object.keys(present(now)).map((name) => [name, tidied[name as keyof VehicleValues]]))
      const { merged, changed } = mergeEdit(current, was, typed)
      if (changed.length > 0) {
        wanted = tidyFields(merged, shopState, 'now')
        if (movesPlate) await movePlate(tx, ctx, vehicleId, wanted)
        await refuseTwin(tx, ctx.shopId, vehicleId, wanted, 'now')
        await updateVehicleValues(tx, ctx.shopId, vehicleId, wanted)
      }
      return await loadVehicle(tx, ctx, vehicleId)
    })
  } catch (error) {
    if (wanted && isTwinError(error)) await refuseTwin(reading(ctx.db), ctx.shopId, vehicleId, wanted, 'now')
    throw error
  }
}

function present(part: Part<VehicleFields>): Partial<VehicleValues> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))
}
