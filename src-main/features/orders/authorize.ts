import type { z } from 'zod'
import type { Cents } from '../../../src-preload/contract/money'
import type { AuthorizationMethod, Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { inTransaction, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { insertAuthorization, isRecorded } from './authorize-queries'
import { buildSnapshot, estimateFingerprint } from './build-snapshot'
import { loadOrder, lockOrder } from './load-order'
import type { LockedOrder } from './order-queries'
import { enforce, whyNotAuthorize } from './order-rules'
import { findSnapshotRow } from './snapshot-queries'

interface Input {
  authorizationId: string
  orderId: string
  expectedTotalCents: Cents
  approvedByName: string
  method: z.output<typeof AuthorizationMethod>
  contact: string
  note: string
}

/** Whoever was not at the counter was reached somewhere, and that place is part of the record (16 CCR 3354, 3356). */
const REACHED_BY: readonly Input['method'][] = ['phone', 'text', 'email']

/**
 * The customer's yes to the estimate as it stands: freezes a version of it (or finds it frozen), approves its quoted lines, records who
 * said yes and how, and moves an order that waited for it on. The same authorizationId twice is one record.
 * @throws NOT_FOUND, EDIT_CONFLICT when the total is not the one the customer heard, NOTHING_TO_AUTHORIZE, ORDER_INVOICED, WRONG_STATE,
 * DUPLICATE, INVALID_INPUT (no number or address for a yes from afar)
 */
export async function authorize(ctx: Ctx, input: Input): Promise<Order> {
  if (REACHED_BY.includes(input.method) && input.contact === '') throw invalidField('contact', 'Enter the number or address used.')
  return inTransaction('orders.authorize', ctx, async (tx) => {
    const order = await lockOrder(tx, ctx, { by: 'order', id: input.orderId })
    const refused = order.totalCents !== input.expectedTotalCents || whyNotAuthorize(order) !== null
    if (!refused || !(await isRecorded(tx, ctx.shopId, order.id, input.authorizationId))) await record(tx, ctx, order, input)
    return loadOrder(tx, ctx, order.id)
  })
}

async function record(tx: Tx, ctx: Ctx, order: LockedOrder, input: Input): Promise<void> {
  enforce(whyNotAuthorize(order))
  if (order.totalCents !== input.expectedTotalCents) {
    throw new AppError('EDIT_CONFLICT', {
      message: 'The total changed meanwhile. Tell the customer the new one.',
      current: { totalCents: order.totalCents },
    })
  }
  const row = await findSnapshotRow(tx, ctx.shopId, order.id)
  invariant(row, 'a locked order has its rows')
  const version = (row.frozen?.version ?? 0) + 1
  // No logo in the frozen estimate: it is never printed from here, and the picture would weigh more than all the rest.
  const snapshot = buildSnapshot(ctx.shop, row, {
    kind: 'estimate',
    number: `${row.orderNumber}-${version}`,
    estimateVersion: version,
    dueDate: null,
    terms: null,
    logoUrl: null,
  })
  const hash = estimateFingerprint(snapshot)
  const same = row.frozen?.hash === hash
  const recorded = await insertAuthorization(tx, ctx.shopId, ctx.userId, {
    ...input,
    totalCents: order.totalCents,
    version: same ? version - 1 : version,
    snapshot: same ? null : snapshot,
    hash,
  })
  if (!recorded && !(await isRecorded(tx, ctx.shopId, order.id, input.authorizationId))) throw new AppError('DUPLICATE')
}
