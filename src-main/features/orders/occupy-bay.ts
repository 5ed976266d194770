import { AppError } from '../../base/app-error'
import type { Tx } from '../../database/transaction'
import { enterBay, leaveOtherBays } from './bay-queries'

/**
 * An order's bay is where its car is meant to be; a car that is being worked on stands in it. Completing, closing and declining free the
 * bay by rule of the database.
 * @throws BAY_TAKEN
 */
export async function occupyBay(tx: Tx, shopId: string, orderId: string, bayId: string | null): Promise<void> {
  await leaveOtherBays(tx, shopId, orderId, bayId)
  if (bayId !== null && !(await enterBay(tx, shopId, orderId, bayId))) throw new AppError('BAY_TAKEN')
}
