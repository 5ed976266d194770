import type { UserRow } from '../../../src-preload/contract/users'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectUserRows } from './people-queries'

/** Everybody of the shop, those who work here first. */
export async function listUsers(ctx: Ctx): Promise<UserRow[]> {
  return await selectUserRows(reading(ctx.db), ctx.shopId, null)
}
