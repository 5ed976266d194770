// sleeps because the moment of the kill is what the test is about
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import type { Car } from '../../src-main/testing/as-sent'
import type { Order } from '../../src-preload/contract/orders'
import { openCounter, signedIn, type Answer, type Counter } from '../e2e/support/counter'
import { embeddedConnection, violationsOf } from '../e2e/support/owner-sql'
import { arrival, laborLine, newCar, newShop, owner, yesTo } from '../e2e/support/shop-work'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { killDatabase } from './kill-database'
import { afterCommit, afterMs, beforeCommit, type KillPoint } from './kill-points'

/** By the clock across the time an answer takes, before the order's lock is had, and with the commit on the disk. */
const points: readonly KillPoint[] = [...[0, 3, 7, 12, 20, 35].map(afterMs), beforeCommit, afterCommit]

let host: RunningHost
let counter: Counter
let car: Car

beforeAll(async () => {
  host = await startWebHost()
  counter = await openCounter(host)
  await counter.api.session.setUpShop(newShop)
  car = await newCar(counter.api)
})

afterAll(async () => {
  if (host) await removeHost(host)
})

/** A call that is on its way when the power goes, and what tells that it is stored whole. */
interface Step {
  readonly call: string
  readonly input: object
  readonly orderId: string
  /** of the order: everything the call writes, or nothing of it */
  readonly isWhole: (order: Order) => boolean
  readonly isNothing: (order: Order) => boolean
}

const seenOf = ({ lines }: Order) => lines.map(({ id, status }) => ({ lineId: id, status }))

async function estimate(): Promise<Order> {
  return counter.api.orders.checkIn(arrival(car, laborLine(12_000), laborLine(5_000)))
}

/** A yes with a no to the second job: line states, record, frozen version, totals and status in one commit. */
async function authorizing(): Promise<Step> {
  const order = await counter.api.orders.addJob({ orderId: (await estimate()).id, jobId: uuid7(), name: 'Wipers' })
  const jobId = order.jobs[1]!.id
  const more = await counter.api.orders.addLines({ orderId: order.id, lines: [{ ...laborLine(3_000), lineId: uuid7(), jobId }] })
  const input = { ...yesTo(more), expectedTotalCents: 17_000, declined: [{ jobId, reason: 'Not now' }] }
  return {
    call: 'orders.authorize',
    input,
    orderId: order.id,
    isWhole: ({ status, authorizations, authorizedCents, totalCents, lines }) =>
      status === 'approved' &&
      authorizations.length === 1 &&
      authorizedCents === 17_000 &&
      totalCents === 17_000 &&
      lines.map((line) => line.status).join() === 'approved,approved,declined',
    isNothing: ({ status, authorizations, totalCents, lines }) =>
      status === 'estimate' && authorizations.length === 0 && totalCents === 20_000 && lines.every((line) => line.status === 'quoted'),
  }
}

async function declining(): Promise<Step> {
  const order = await estimate()
  const jobId = order.jobs[0]!.id
  return {
    call: 'orders.decide',
    input: { orderId: order.id, jobId, decision: 'declined', was: seenOf(order), reason: 'Too dear' },
    orderId: order.id,
    isWhole: ({ lines, jobs, totalCents }) =>
      totalCents === 0 && jobs[0]?.declinedReason === 'Too dear' && lines.every(({ status }) => status === 'declined'),
    isNothing: ({ lines, jobs, totalCents }) =>
      totalCents === 17_000 && jobs[0]?.declinedReason === '' && lines.every(({ status }) => status === 'quoted'),
  }
}

async function reviving(): Promise<Step> {
  const first = await estimate()
  const jobId = first.jobs[0]!.id
  await counter.api.orders.decide({ orderId: first.id, jobId, decision: 'declined', was: seenOf(first), reason: '' })
  const { id: orderId } = await counter.api.orders.checkIn(arrival(car))
  const found = await counter.api.orders.declinedWork({ vehicleId: car.vehicleId, exceptOrderId: orderId })
  const work = found.find(({ id }) => id === jobId)!
  return {
    call: 'orders.revive',
    input: { orderId, kind: 'job', id: jobId, jobId: uuid7(), expectedCents: work.nowCents },
    orderId,
    isWhole: ({ status, jobs, lines, revivals }) =>
      status === 'estimate' && jobs.length === 1 && lines.length === 2 && revivals.length === 2,
    isNothing: ({ status, jobs, lines }) => status === 'draft' && jobs.length + lines.length === 0,
  }
}

async function untilThere(call: string, input: object): Promise<Answer> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const answer = await counter.send(call, input)
    if (answer.code !== 'DATABASE_UNAVAILABLE' && answer.code !== 'BUSY') return answer
    if (performance.now() > deadline) throw new Error('the database never came back')
    await sleep(50)
  }
}

async function killAndLook(point: KillPoint, step: Step, kill: () => Promise<void>, recover: () => Promise<void>): Promise<string> {
  const { call, input, orderId } = step
  const connections = { owner: embeddedConnection(host.dataFolder), superuser: embeddedConnection(host.dataFolder, 'superuser') }
  let first = Promise.resolve('lost')
  const send = (): void => {
    first = counter.send(call, input).then(
      ({ code }) => code,
      () => 'lost',
    )
  }
  await point.strike({ ...connections, orderId, invoiceId: uuid7(), paymentId: uuid7() }, send, kill)
  const outcome = await first
  await recover()
  expect((await untilThere('shop.bays', {})).code).toBe('OK')
  const order = await counter.api.orders.get({ orderId })
  const [whole, nothing] = [step.isWhole(order), step.isNothing(order)]
  expect({ call, point: point.name, outcome, either: whole !== nothing }).toEqual({ call, point: point.name, outcome, either: true })
  expect({ acknowledged: outcome === 'OK' && !whole, wrong: point.stored !== null && outcome !== 'OK' && point.stored !== whole }).toEqual({
    acknowledged: false,
    wrong: false,
  })
  // What was lost with its answer is sent again: it is done now, and once.
  const again = await untilThere(call, input)
  expect(['OK', 'EDIT_CONFLICT']).toContain(again.code)
  expect(step.isWhole(await counter.api.orders.get({ orderId }))).toBe(true)
  return whole ? 'whole' : 'nothing'
}

const steps = [
  ['a yes to some jobs', authorizing],
  ['a no', declining],
  ['work brought back', reviving],
] as const

describe('kill -9 while an answer of the customer is stored', () => {
  it.each(steps)('%s: of the application and of the database, whole or not at all', async (name, prepare) => {
    const ends: string[] = []
    for (const point of points) {
      const startAgain = async (): Promise<void> => {
        host = await startWebHost({ dataFolder: host.dataFolder })
        counter = await signedIn(host, owner.email, owner.password)
      }
      ends.push(await killAndLook(point, await prepare(), () => host.kill(), startAgain))
      ends.push(
        await killAndLook(
          point,
          await prepare(),
          () => killDatabase(host.dataFolder),
          () => Promise.resolve(),
        ),
      )
    }
    console.log(`${name}: ${ends.length} points, ${ends.filter((end) => end === 'whole').length} stored whole, the rest not at all`)
    expect(new Set(ends)).toEqual(new Set(['whole', 'nothing']))
    expect(await violationsOf(embeddedConnection(host.dataFolder))).toEqual([])
  })
})
