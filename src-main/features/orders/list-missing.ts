import type { MissingContent, Paper } from '../../../src-preload/contract/rules'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { missingContent } from './missing-content'
import { findSnapshotRow } from './snapshot-queries'

/** What the estimate or invoice of an order would lack if it were printed now. @throws NOT_FOUND */
export async function listMissing(ctx: Ctx, input: { orderId: string; paper: Paper }): Promise<MissingContent[]> {
  const row = await findSnapshotRow(reading(ctx.db), ctx.shopId, input.orderId)
  if (!row) throw new AppError('NOT_FOUND')
  return missingContent(ctx.shop, row, input.paper)
}
