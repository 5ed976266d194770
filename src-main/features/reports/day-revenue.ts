import type { z } from 'zod'
import type { DayRevenue } from '../../../src-preload/contract/payments'
import { addCents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findDayRevenue } from './report-queries'

/** Money taken and given back on a business day of the shop, by method; account credit apart, for no money moved with it. */
export async function dayRevenue(ctx: Ctx, input: { day: string }): Promise<z.output<typeof DayRevenue>> {
  const all = await findDayRevenue(reading(ctx.db), ctx.shopId, input.day)
  const [rows, credit] = [all.filter(({ isCredit }) => !isCredit), all.filter(({ isCredit }) => isCredit)]
  const totalCents = addCents(...rows.map(({ amountCents }) => amountCents))
  const refundedCents = addCents(...rows.map((row) => row.refundedCents))
  return {
    day: input.day,
    byMethod: rows.map(({ roundingCents: _, isCredit: __, ...row }) => ({
      ...row,
      netCents: addCents(row.amountCents, row.refundedCents),
    })),
    totalCents,
    refundedCents,
    netCents: addCents(totalCents, refundedCents),
    roundingCents: addCents(...rows.map(({ roundingCents }) => roundingCents)),
    creditUsedCents: addCents(...credit.map(({ amountCents }) => amountCents)),
    creditAddedCents: subtractCents(ZERO, addCents(...credit.map((row) => row.refundedCents))),
  }
}
