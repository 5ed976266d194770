import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { isTwinError, refuseTwin } from './refuse-twin'
import { lockForRemoval, markVehicleRemoved } from './vehicle-queries'

/** Soft: its history stays. @throws AppError NOT_FOUND, IN_USE while work on it is open */
export async function removeVehicle(ctx: Ctx, { vehicleId }: { vehicleId: string }): Promise<Record<string, never>> {
  await inTransaction('remove vehicle', ctx, async (tx) => {
    const vehicle = await lockForRemoval(tx, ctx.shopId, vehicleId)
    if (!vehicle) throw new AppError('NOT_FOUND')
    if (vehicle.deletedAt) return
    if (vehicle.hasOpenOrders) throw new AppError('IN_USE', { message: 'There is an open repair order for this vehicle.' })
    await markVehicleRemoved(tx, ctx.shopId, vehicleId, true)
    await writeAudit(tx, ctx, { action: 'vehicles.remove', entityType: 'vehicle', entityId: vehicleId })
  })
  return {}
}

/** @throws AppError NOT_FOUND, IN_USE while its customer is removed, DUPLICATE when another vehicle has its VIN or plate now */
export async function restoreVehicle(ctx: Ctx, { vehicleId }: { vehicleId: string }): Promise<Record<string, never>> {
  try {
    await inTransaction('restore vehicle', ctx, async (tx) => {
      const vehicle = await lockForRemoval(tx, ctx.shopId, vehicleId)
      if (!vehicle) throw new AppError('NOT_FOUND')
      if (!vehicle.deletedAt) return
      if (vehicle.ownerDeletedAt) throw new AppError('IN_USE', { message: 'Its customer is removed. Restore the customer first.' })
      await markVehicleRemoved(tx, ctx.shopId, vehicleId, false)
      await writeAudit(tx, ctx, { action: 'vehicles.restore', entityType: 'vehicle', entityId: vehicleId })
    })
  } catch (error) {
    if (isTwinError(error)) await refuseRestored(ctx, vehicleId)
    throw error
  }
  return {}
}

async function refuseRestored(ctx: Ctx, vehicleId: string): Promise<void> {
  await inTransaction('find twin', ctx, async (tx) => {
    const vehicle = await lockForRemoval(tx, ctx.shopId, vehicleId)
    if (!vehicle) return
    const fields = { vin: vehicle.vin ?? '', licensePlate: vehicle.licensePlate ?? '', plateState: vehicle.plateState ?? '' }
    await refuseTwin(tx, ctx.shopId, vehicleId, fields, 'vehicle')
  })
}
