import { uuid7 } from '../../src-main/base/uuid7'
import type { Car } from '../../src-main/testing/as-sent'
import type { ApiClient } from '../../src-preload/contract/api'
import type { Order } from '../../src-preload/contract/orders'
import { arrival, laborLine, newCar, yesTo } from '../e2e/support/shop-work'
import type { Deed } from './kill-trial'

const seenOf = ({ lines }: Order) => lines.map(({ id, status }) => ({ lineId: id, status }))

/** Judged by the order as it reads then. */
function whole(orderId: string, isWhole: (order: Order) => boolean): Deed['isWhole'] {
  return async ({ orders }) => isWhole(await orders.get({ orderId }))
}

async function estimate(api: ApiClient, car?: Car): Promise<Order> {
  return api.orders.checkIn(arrival(car ?? (await newCar(api)), laborLine(12_000), laborLine(5_000)))
}

/** A yes with a no to the second job: line states, record, frozen version, totals and status in one commit. */
export async function authorizing(api: ApiClient): Promise<Deed> {
  const order = await api.orders.addJob({ orderId: (await estimate(api)).id, jobId: uuid7(), name: 'Wipers' })
  const jobId = order.jobs[1]!.id
  const more = await api.orders.addLines({ orderId: order.id, lines: [{ ...laborLine(3_000), lineId: uuid7(), jobId }] })
  const input = { ...yesTo(more), expectedTotalCents: 17_000, declined: [{ jobId, reason: 'Not now' }] }
  return {
    call: 'orders.authorize',
    input,
    isWhole: whole(
      order.id,
      ({ status, authorizations, authorizedCents, totalCents, lines }) =>
        status === 'approved' &&
        authorizations.length === 1 &&
        authorizedCents === 17_000 &&
        totalCents === 17_000 &&
        lines.map((line) => line.status).join() === 'approved,approved,declined',
    ),
  }
}

export async function declining(api: ApiClient): Promise<Deed> {
  const order = await estimate(api)
  const jobId = order.jobs[0]!.id
  return {
    call: 'orders.decide',
    input: { orderId: order.id, jobId, decision: 'declined', was: seenOf(order), reason: 'Too dear' },
    retouches: ['line_items', 'ro_jobs'],
    isWhole: whole(
      order.id,
      ({ lines, jobs, totalCents }) =>
        totalCents === 0 && jobs[0]?.declinedReason === 'Too dear' && lines.every(({ status }) => status === 'declined'),
    ),
  }
}

export async function reviving(api: ApiClient): Promise<Deed> {
  const car = await newCar(api)
  const first = await estimate(api, car)
  const jobId = first.jobs[0]!.id
  await api.orders.decide({ orderId: first.id, jobId, decision: 'declined', was: seenOf(first), reason: '' })
  const { id: orderId } = await api.orders.checkIn(arrival(car))
  const found = await api.orders.declinedWork({ vehicleId: car.vehicleId, exceptOrderId: orderId })
  const work = found.find(({ id }) => id === jobId)!
  return {
    call: 'orders.revive',
    input: { orderId, kind: 'job', id: jobId, jobId: uuid7(), expectedCents: work.nowCents },
    isWhole: whole(
      orderId,
      ({ status, jobs, lines, revivals }) => status === 'estimate' && jobs.length === 1 && lines.length === 2 && revivals.length === 2,
    ),
  }
}
