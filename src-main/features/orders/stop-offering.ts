import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { stopOffer } from './declined-queries'

/** Declined work is not offered again, or (`stopped: false`) it is; either is in the log. @throws NOT_FOUND */
export function stopOffering(ctx: Ctx, input: { kind: 'job' | 'line'; id: string; stopped: boolean }): Promise<Record<string, never>> {
  return inTransaction('orders.stopOffering', ctx, async (tx) => {
    if (!(await stopOffer(tx, ctx.shopId, input.kind, input.id, input.stopped))) throw new AppError('NOT_FOUND')
    return {}
  })
}
