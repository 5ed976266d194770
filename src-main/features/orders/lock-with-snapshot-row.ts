import { invariant } from '../../base/invariant'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { lockOnly } from './load-order'
import { findSnapshotRow, type SnapshotRow } from './snapshot-queries'

/**
 * Locks the order and reads all that a document of it needs. Two statements on one way to the server: the second one begins when the first
 * has the lock, so it sees what was committed meanwhile. @throws NOT_FOUND
 */
export async function lockWithSnapshotRow(tx: Tx, ctx: Ctx, orderId: string): Promise<SnapshotRow> {
  const [, row] = await Promise.all([lockOnly(tx, ctx, { by: 'order', id: orderId }), findSnapshotRow(tx, ctx.shopId, orderId)])
  invariant(row, 'a locked order has its rows')
  return row
}
