import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { AppError, invalidField } from '../../base/app-error'
import { inTransaction, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { loadVehicle } from './get-vehicle'
import {
  deleteOwnership,
  findOpenWork,
  findWorkSince,
  insertOwnership,
  isTakenBack,
  lockCar,
  lockNewOwner,
  moveWork,
  type OpenWork,
  type Period,
  selectTransfer,
} from './transfer-queries'

interface Input {
  readonly transferId: string
  readonly vehicleId: string
  readonly customerId: string
  /** day of the shop */
  readonly on: string
  readonly movesWork?: boolean | undefined
}

/**
 * The car gets another owner and keeps its history. Open work that nobody agreed to goes along when the clerk says so; what was billed
 * stays with whom it was billed to. The same transferId twice is one transfer.
 * @throws AppError NOT_FOUND, IN_USE while other work is open, INVALID_INPUT (the day, or already the owner), DUPLICATE
 */
export async function transferVehicle(ctx: Ctx, input: Input): Promise<Vehicle> {
  const { transferId, vehicleId, customerId, on } = input
  return await inTransaction('transfer vehicle', ctx, async (tx) => {
    const owner = await lockCar(tx, ctx.shopId, vehicleId)
    if (!owner) throw new AppError('NOT_FOUND')
    const done = await selectTransfer(tx, ctx.shopId, transferId)
    if (done && (done.vehicleId !== vehicleId || done.customerId !== customerId)) throw new AppError('DUPLICATE')
    if (done) return await loadVehicle(tx, ctx, vehicleId)
    const name = await lockNewOwner(tx, ctx.shopId, customerId)
    if (name === undefined) throw new AppError('NOT_FOUND')
    assertMakesSense(owner, input, name)
    const work = await findOpenWork(tx, ctx.shopId, vehicleId, owner.customerId)
    assertMayMove(owner, work, input.movesWork ?? false)
    const moved = await moveWork(tx, ctx.shopId, work, owner.customerId, customerId)
    await insertOwnership(tx, ctx.shopId, { transferId, vehicleId, customerId, on, moved })
    const details = {
      transferId,
      from: owner.customerId,
      to: customerId,
      on,
      orders: moved.orders.length,
      appointments: moved.appointments.length,
    }
    await writeAudit(tx, ctx, { action: 'vehicles.transfer', entityType: 'vehicle', entityId: vehicleId, details })
    return await loadVehicle(tx, ctx, vehicleId)
  })
}

function assertMakesSense(owner: Period, { customerId, on }: Input, name: string): void {
  if (owner.customerId === customerId) throw invalidField('customerId', `${name} is the owner already.`)
  if (on > owner.today) throw invalidField('on', 'This day is still to come.')
  if (on < owner.from) throw invalidField('on', `${owner.name} has the car here only since ${owner.from}.`)
}

function assertMayMove(owner: Period, work: readonly OpenWork[], movesWork: boolean): void {
  const agreed = work.filter(({ isAgreed }) => isAgreed).map(({ number }) => number)
  if (agreed.length > 0) {
    const message = `${owner.name} agreed to work on this car (${agreed.join(', ')}). Bill it or decline it first: it cannot become the new owner's.`
    throw new AppError('IN_USE', { message })
  }
  if (work.length > 0 && !movesWork) {
    const sentence = `Open for this car: ${work.map(({ number }) => number).join(', ')}. Let it go along to the new owner, or finish it first.`
    throw new AppError('IN_USE', { message: sentence, fields: { movesWork: sentence } })
  }
}

/**
 * Takes the last transfer of a car back: owner, periods and the work that went along are as they were. Asked again when that is done it
 * answers with the car.
 * @throws AppError NOT_FOUND, IN_USE with everything that stands in the way
 */
export async function undoTransfer(ctx: Ctx, { vehicleId, transferId }: { vehicleId: string; transferId: string }): Promise<Vehicle> {
  return await inTransaction('undo transfer', ctx, async (tx) => {
    if (!(await lockCar(tx, ctx.shopId, vehicleId))) throw new AppError('NOT_FOUND')
    const transfer = await selectTransfer(tx, ctx.shopId, transferId)
    if (!transfer && (await isTakenBack(tx, ctx.shopId, vehicleId, transferId))) return await loadVehicle(tx, ctx, vehicleId)
    if (transfer?.vehicleId !== vehicleId) throw new AppError('NOT_FOUND')
    const { customerId, formerId } = transfer
    if (formerId === null) throw new AppError('IN_USE', { message: 'This is the first owner of the car here.' })
    await assertCanGoBack(tx, ctx, transferId, transfer)
    await deleteOwnership(tx, ctx.shopId, transferId, formerId)
    const details = { transferId, from: customerId, to: formerId }
    await writeAudit(tx, ctx, { action: 'vehicles.undo_transfer', entityType: 'vehicle', entityId: vehicleId, details })
    return await loadVehicle(tx, ctx, vehicleId)
  })
}

async function assertCanGoBack(
  tx: Tx,
  ctx: Ctx,
  transferId: string,
  { isLast, formerName, formerIsGone }: { isLast: boolean; formerName: string | null; formerIsGone: boolean | null },
): Promise<void> {
  const reasons = [
    ...(isLast ? [] : ['The car has another owner since.']),
    ...(formerIsGone ? [`${formerName ?? 'The former owner'} is removed. Restore them first.`] : []),
    ...(await findWorkSince(tx, ctx.shopId, transferId)),
  ]
  if (reasons.length > 0) throw new AppError('IN_USE', { message: `The transfer stays. ${reasons.join(' ')}` })
}
