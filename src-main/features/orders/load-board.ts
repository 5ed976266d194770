import type { Board } from '../../../src-preload/contract/board'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findBoard } from './board-queries'
import { onlyAssignedTo } from './load-order'

/** What is open today in the shop; a technician sees the cars assigned to him. */
export function loadBoard(ctx: Ctx, _input: object): Promise<Board> {
  return findBoard(reading(ctx.db), ctx.shopId, onlyAssignedTo(ctx))
}
