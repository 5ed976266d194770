import type { EstimateVersion } from '../../../src-preload/contract/invoices'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findSnapshotRow } from '../orders/snapshot-queries'
import { currentEstimate } from './current-estimate'
import { findEstimateVersions } from './estimate-queries'

/** Every version of an order's estimate, the one that stands now first; empty while there is nothing on it. @throws NOT_FOUND */
export async function listEstimates(ctx: Ctx, { orderId }: { orderId: string }): Promise<EstimateVersion[]> {
  const q = reading(ctx.db)
  const row = await findSnapshotRow(q, ctx.shopId, orderId)
  if (!row) throw new AppError('NOT_FOUND')
  const { version, unfrozen } = currentEstimate(ctx.shop, row)
  const versions = await findEstimateVersions(q, ctx.shopId, orderId)
  // What was frozen between the two readings is told by the next one.
  const kept = versions.filter((one) => !unfrozen || one.version < version).map((one) => ({ ...one, isCurrent: one.version === version }))
  if (!unfrozen || row.lines.length === 0) return kept
  const { number, date } = unfrozen
  return [{ version, number, date, totalCents: row.totalCents, isCurrent: true, authorizations: [] }, ...kept]
}
