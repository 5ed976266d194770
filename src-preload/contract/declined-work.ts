import { z } from 'zod'
import { Approval, call, Done, Id, Moment } from './call'
import { Cents } from './money'

/** Where declined work of this order came back (`in`), or where work of it was declined first (`from`). */
export const Revival = z.object({ lineId: Id, way: z.enum(['in', 'from']), orderId: Id, orderNumber: z.string() })
export type Revival = z.output<typeof Revival>

/** Work that the customer said no to at another visit of the car: a whole job, or a line out of one that was done otherwise. */
export const DeclinedWork = z.object({
  kind: z.enum(['job', 'line']),
  /** of the job or line */
  id: Id,
  orderId: Id,
  orderNumber: z.string(),
  name: z.string(),
  declinedAt: Moment,
  reason: z.string(),
  /** before tax, as it was quoted then */
  thenCents: Cents,
  /** before tax, by today's prices */
  nowCents: Cents,
  /** why it costs something else today, a sentence each */
  changes: z.array(z.string()),
})
export type DeclinedWork = z.output<typeof DeclinedWork>

export const Revive = z.strictObject({
  orderId: Id,
  kind: DeclinedWork.shape.kind,
  id: Id,
  /** of the new job */
  jobId: Id,
  expectedCents: Cents,
  approval: Approval.optional(),
})

/** Spread into the calls of orders. */
export const declinedWorkCalls = {
  /**
   * Who else has this order open: told again every 20 seconds for as long as the screen shows it (`viewId` = this screen), and once with
   * `here: false` when it closes. Each coming and going is a change of area 'presence'.
   */
  presence: call('orders.see', z.strictObject({ orderId: Id, viewId: Id, here: z.boolean() }), z.array(z.string())),
  /**
   * What the customer said no to at other visits of this car and may be asked again, the last no first; at the prices for this order
   * (`exceptOrderId`), or for this customer where a car is just arriving.
   */
  declinedWork: call(
    'orders.authorize',
    z.strictObject({ vehicleId: Id, customerId: Id.optional(), exceptOrderId: Id.optional() }),
    z.array(DeclinedWork),
  ),
  /** The customer does not want to hear of it again; `stopped: false` takes that back. */
  stopOffering: call('orders.authorize', z.strictObject({ kind: DeclinedWork.shape.kind, id: Id, stopped: z.boolean() }), Done),
}
