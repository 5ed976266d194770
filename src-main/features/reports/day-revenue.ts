import type { z } from 'zod'
import type { DayRevenue } from '../../../src-preload/contract/invoices'
import { addCents } from '../../../src-preload/contract/money'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findDayRevenue } from './report-queries'

/** Money taken on a business day of the shop, by method. */
export async function dayRevenue(ctx: Ctx, input: { day: string }): Promise<z.output<typeof DayRevenue>> {
  const rows = await findDayRevenue(reading(ctx.db), ctx.shopId, input.day)
  return {
    day: input.day,
    byMethod: rows.map(({ roundingCents: _, ...row }) => row),
    totalCents: addCents(...rows.map(({ amountCents }) => amountCents)),
    roundingCents: addCents(...rows.map(({ roundingCents }) => roundingCents)),
  }
}
