import { AppError } from '../../base/app-error'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findLiveKin } from './declined-queries'

/**
 * Declined work that is on another order again, or was there before, does not come back here as well: the customer would pay for it twice.
 * Asked when it has come back, so that two counters cannot pass each other. @throws WRONG_STATE
 */
export async function assertOnce(tx: Tx, ctx: Ctx, orderId: string, lineIds: readonly string[]): Promise<void> {
  if (lineIds.length === 0) return
  const kin = await findLiveKin(tx, ctx.shopId, orderId, lineIds)
  if (!kin) return
  throw new AppError('WRONG_STATE', { message: `“${kin.description}” is on ${kin.orderNumber} by now. Take it off there first.` })
}
