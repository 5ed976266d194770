import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { type Identity, takePlateOff } from './vehicle-queries'

/** A plate was taken from one car to another: the other one does not wear it any more, its history says until when it did. */
export async function movePlate(tx: Tx, ctx: Ctx, vehicleId: string, fields: Identity): Promise<void> {
  const formerId = await takePlateOff(tx, ctx.shopId, vehicleId, fields)
  if (formerId === undefined) return
  const details = { plate: fields.licensePlate, plateState: fields.plateState, to: vehicleId }
  await writeAudit(tx, ctx, { action: 'vehicles.move_plate', entityType: 'vehicle', entityId: formerId, details })
}
