import { AppError } from '../../base/app-error'
import { inTransaction, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { markVehicleRemoved } from '../vehicles/vehicle-queries'
import { markCustomerRemoved } from './customer-queries'
import { hasOthers, type Kind, lockNew, type NewRecord } from './take-back-queries'

interface Input {
  /** null: the customer was there before, and stays */
  readonly customerId: string | null
  readonly vehicleId: string | null
}

/**
 * Undoes what a check-in that was given up put on file: a customer, with their car or without, or a car alone. Soft, like every removal; it
 * needs no right to remove, because nothing but these new records goes. Twice is once.
 * @throws AppError NOT_FOUND, IN_USE when anything else belongs to one of them, when one was changed since or is older than a day
 */
export async function takeBack(ctx: Ctx, { customerId, vehicleId }: Input): Promise<Record<string, never>> {
  await inTransaction('take back', ctx, async (tx) => {
    if (await mayGo(tx, ctx, { customerId, vehicleId })) await remove(tx, ctx, { customerId, vehicleId })
  })
  return {}
}

/** False when they are gone already. */
async function mayGo(tx: Tx, ctx: Ctx, { customerId, vehicleId }: Input): Promise<boolean> {
  const found: { kind: Kind; id: string; record: NewRecord }[] = []
  for (const [kind, id] of [['customers', customerId] as const, ['vehicles', vehicleId] as const]) {
    if (id === null) continue
    const record = await lockNew(tx, ctx.shopId, kind, id)
    if (!record || (customerId !== null && record.customerId !== customerId)) throw new AppError('NOT_FOUND')
    found.push({ kind, id, record })
  }
  if (found.every(({ record }) => record.deletedAt !== null)) return false
  for (const { kind, id, record } of found) {
    if (!record.isNew || (await hasOthers(tx, ctx.shopId, kind, id, vehicleId))) {
      throw new AppError('IN_USE', { message: 'There is more on file of them by now, so they stay.' })
    }
  }
  return true
}

async function remove(tx: Tx, ctx: Ctx, { customerId, vehicleId }: Input): Promise<void> {
  if (customerId !== null) {
    await markCustomerRemoved(tx, ctx.shopId, customerId)
    await writeAudit(tx, ctx, { action: 'customers.take_back', entityType: 'customer', entityId: customerId, details: { vehicleId } })
  } else if (vehicleId !== null) {
    await markVehicleRemoved(tx, ctx.shopId, vehicleId, true)
    await writeAudit(tx, ctx, { action: 'vehicles.take_back', entityType: 'vehicle', entityId: vehicleId })
  }
}
