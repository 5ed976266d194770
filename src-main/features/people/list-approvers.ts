import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectApprovers, type PersonRow } from './people-queries'

/** Everybody else who may approve something and has a PIN to do it with. Owners first. */
export async function listApprovers(ctx: Ctx): Promise<PersonRow[]> {
  return await selectApprovers(reading(ctx.db), ctx.shopId, ctx.userId)
}
