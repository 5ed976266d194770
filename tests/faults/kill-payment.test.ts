// sleeps because the moment of the kill is what the test is about
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounter, signedIn, type Answer, type Counter } from '../e2e/support/counter'
import { embeddedConnection, violationsOf, withOwner } from '../e2e/support/owner-sql'
import type { Car } from '../../src-main/testing/as-sent'
import { cash, newCar, newInvoice, newShop, owner } from '../e2e/support/shop-work'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { killDatabase } from './kill-database'
import { afterCommit, afterMs, beforeCommit, beforeInvoiceLock, insideInsert, type KillPoint } from './kill-points'

const AMOUNT_CENTS = 12_345

/** Twenty moments: sixteen by the clock across the time a payment takes, four by what the database can see. */
const points: readonly KillPoint[] = [
  ...[0, 1, 2, 3, 5, 7, 9, 12, 15, 18, 22, 26, 30, 36, 44, 55].map(afterMs),
  beforeInvoiceLock,
  insideInsert,
  beforeCommit,
  afterCommit,
]

let host: RunningHost
let counter: Counter
let car: Car
const acknowledged: string[] = []

beforeAll(async () => {
  host = await startWebHost()
  counter = await openCounter(host)
  await counter.api.session.setUpShop(newShop)
  car = await newCar(counter.api)
})

afterAll(async () => {
  if (host) await removeHost(host)
})

async function killApplication(): Promise<void> {
  await host.kill()
}

/** After a killed application: the same data folder, as the next morning. */
async function startAgain(): Promise<void> {
  host = await startWebHost({ dataFolder: host.dataFolder })
  counter = await signedIn(host, owner.email, owner.password)
}

/** The same request until the database is there again; what it says meanwhile is said in the contract's words. */
async function repeated(payment: object): Promise<Answer> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const answer = await counter.send('payments.take', payment)
    if (answer.code !== 'DATABASE_UNAVAILABLE' && answer.code !== 'BUSY') return answer
    if (performance.now() > deadline) throw new Error('the database never came back')
    await sleep(50)
  }
}

interface Outcome {
  /** how the killed request ended: its code, or 'lost' when no answer came */
  readonly first: string
  readonly storedBefore: boolean
}

/** Carries one payment to the point, kills, repeats the same request, and looks at what is stored. */
async function payAndKill(point: KillPoint, kill: () => Promise<void>, recover: () => Promise<void>): Promise<Outcome> {
  const { orderId, invoiceId } = await newInvoice(counter.api, car, AMOUNT_CENTS)
  const payment = cash(invoiceId, AMOUNT_CENTS)
  const at = {
    owner: embeddedConnection(host.dataFolder),
    superuser: embeddedConnection(host.dataFolder, 'superuser'),
    orderId,
    invoiceId,
    paymentId: payment.paymentId,
  }
  let first = Promise.resolve('lost')
  const send = (): void => {
    first = counter.send('payments.take', payment).then(
      ({ code }) => code,
      () => 'lost',
    )
  }
  await point.strike(at, send, kill)
  const outcome = await first
  await recover()
  const stored = await storedPayments(payment.paymentId)
  if (outcome === 'OK') acknowledged.push(payment.paymentId)
  expect(['OK', 'lost', 'DATABASE_UNAVAILABLE', 'BUSY']).toContain(outcome)
  expect(storedCounts(point, outcome), `rows after ${outcome}, ${point.name}`).toContain(stored)
  const again = await repeated(payment)
  expect(again.code).toBe('OK')
  acknowledged.push(payment.paymentId)
  expect(await storedPayments(payment.paymentId)).toBe(1)
  const { payments, dueCents, paidCents } = await counter.api.invoices.get({ invoiceId })
  expect({ payments: payments.length, dueCents, paidCents }).toEqual({ payments: 1, dueCents: 0, paidCents: AMOUNT_CENTS })
  expect((await counter.api.orders.get({ orderId })).status).toBe('closed')
  expect(await violationsOf(embeddedConnection(host.dataFolder))).toEqual([])
  return { first: outcome, storedBefore: stored === 1 }
}

/** What may stand in the database after the kill, before the request is repeated. */
function storedCounts({ stored }: KillPoint, outcome: string): readonly number[] {
  if (outcome === 'OK') return [1] // acknowledged is stored
  return stored === null ? [0, 1] : [Number(stored)]
}

async function storedPayments(paymentId: string): Promise<number> {
  return withOwner(embeddedConnection(host.dataFolder), async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM payments WHERE id = $1', [paymentId])
    return rows[0]?.count ?? 0
  })
}

async function databaseIsBack(): Promise<void> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const { code } = await counter.send('shop.bays', {})
    if (code === 'OK') return
    expect(['DATABASE_UNAVAILABLE', 'BUSY']).toContain(code)
    if (performance.now() > deadline) throw new Error('the database never came back')
    await sleep(50)
  }
}

function report(what: string, outcomes: readonly Outcome[]): void {
  const count = (test: (outcome: Outcome) => boolean): number => outcomes.filter(test).length
  const acked = count(({ first }) => first === 'OK')
  const storedUnheard = count(({ first, storedBefore }) => first !== 'OK' && storedBefore)
  const neverStored = count(({ storedBefore }) => !storedBefore)
  console.log(
    `${what} killed at ${outcomes.length} points: ${acked} acknowledged, ${storedUnheard} stored unheard, ${neverStored} not stored; each paid once`,
  )
}

describe('kill -9 between "take payment" and its answer', () => {
  it('of the application: after the restart the payment exists once or not at all, and the same request books it once', async () => {
    const outcomes: Outcome[] = []
    for (const point of points) outcomes.push(await payAndKill(point, killApplication, startAgain))
    report('application', outcomes)
    expect(outcomes.some(({ storedBefore }) => storedBefore)).toBe(true)
    expect(outcomes.some(({ storedBefore }) => !storedBefore)).toBe(true)
  })

  it('of the database: it starts again by itself, the payment exists once or not at all, the same request books it once', async () => {
    const outcomes: Outcome[] = []
    for (const point of points) outcomes.push(await payAndKill(point, () => killDatabase(host.dataFolder), databaseIsBack))
    report('database', outcomes)
    expect(outcomes.some(({ storedBefore }) => storedBefore)).toBe(true)
    expect(outcomes.some(({ storedBefore }) => !storedBefore)).toBe(true)
  })

  it('loses no payment that was acknowledged', async () => {
    await host.kill()
    await startAgain()
    await withOwner(embeddedConnection(host.dataFolder), async (client) => {
      const { rows } = await client.query<{ id: string }>('SELECT id FROM payments WHERE id = ANY($1)', [acknowledged])
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(acknowledged))
    })
    expect(new Set(acknowledged).size).toBe(2 * points.length)
  })
})
