import type { z } from 'zod'
import type { JobFields as JobFieldsSchema, Order } from '../../../src-preload/contract/orders'
import type { Ctx } from '../../ipc/context'
import { type Edit, guardedEdit, plainColumn, textColumn } from '../../database/guarded-edit'
import { assertMayTouch } from './line-rules'
import { changeOrder } from './load-order'
import { enforce, whyNotChangeLines } from './order-rules'

type JobFields = z.output<typeof JobFieldsSchema>

const columns = {
  name: plainColumn('name', 'text'),
  complaint: textColumn('complaint'),
  cause: textColumn('cause'),
  correction: textColumn('correction'),
} as const

/** @throws NOT_FOUND, EDIT_CONFLICT, ORDER_INVOICED, WRONG_STATE, FORBIDDEN for a role that may touch part lines only */
export async function updateJob(ctx: Ctx, input: { jobId: string; was: Edit<JobFields>; now: Edit<JobFields> }): Promise<Order> {
  assertMayTouch(ctx.user.role, 'labor')
  return changeOrder('orders.updateJob', ctx, { by: 'job', id: input.jobId }, async (tx, order) => {
    enforce(whyNotChangeLines(order))
    await guardedEdit(tx, { table: 'ro_jobs', columns, shopId: ctx.shopId, id: input.jobId, was: input.was, now: input.now })
  })
}
