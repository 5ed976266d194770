// sleeps because the moment of the kill is what the test is about
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import type { Car } from '../../src-main/testing/as-sent'
import { openCounter, signedIn, type Counter } from '../e2e/support/counter'
import { embeddedConnection, violationsOf, withOwner } from '../e2e/support/owner-sql'
import { cash, newCar, newInvoice, newShop, owner } from '../e2e/support/shop-work'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { killDatabase } from './kill-database'
import { afterCommit, afterMs, beforeCommit, beforeInvoiceLock, insideRefund, type KillPoint } from './kill-points'

const PAID_CENTS = 12_345
const CREDIT_CENTS = 4_321

/** Moments across the time it takes, and what the database can see: before the lock, with everything written before COMMIT, after it. */
const byClock = [0, 2, 4, 6, 9, 12, 16, 21, 28, 40].map(afterMs)

interface Kind {
  readonly name: string
  readonly call: string
  readonly points: readonly KillPoint[]
  request(invoiceId: string, paymentId: string): object
  /** rows that stand together or not at all: refunds, credit notes, void invoices */
  readonly whole: readonly [refunds: number, credits: number, voids: number]
}

const kinds: readonly Kind[] = [
  {
    name: 'credit and refund',
    call: 'invoices.credit',
    points: [...byClock, beforeInvoiceLock, insideRefund, afterCommit],
    request: (invoiceId, paymentId) => ({
      creditNoteId: uuid7(),
      invoiceId,
      credit: { kind: 'amount', amountCents: CREDIT_CENTS },
      totalCents: CREDIT_CENTS,
      refunds: [{ refundId: uuid7(), paymentId, amountCents: CREDIT_CENTS }],
      reason: 'Did not fit',
    }),
    whole: [1, 1, 0],
  },
  {
    name: 'refund and void',
    call: 'invoices.void',
    points: [...byClock, beforeInvoiceLock, insideRefund, beforeCommit, afterCommit],
    request: (invoiceId, paymentId) => ({
      invoiceId,
      reason: 'Wrong car',
      refunds: [{ refundId: uuid7(), paymentId, amountCents: PAID_CENTS }],
    }),
    whole: [1, 0, 1],
  },
]

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

async function startAgain(): Promise<void> {
  host = await startWebHost({ dataFolder: host.dataFolder })
  counter = await signedIn(host, owner.email, owner.password)
}

async function answered(call: string, request: object): Promise<string> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const { code } = await counter.send(call, request)
    if ((code !== 'DATABASE_UNAVAILABLE' && code !== 'BUSY') || performance.now() > deadline) return code
    await sleep(50)
  }
}

async function storedOf(invoiceId: string): Promise<number[]> {
  return withOwner(embeddedConnection(host.dataFolder), async (client) => {
    const { rows } = await client.query<{ counts: number[] }>(
      `SELECT ARRAY[(SELECT count(*) FROM payment_refunds WHERE invoice_id = $1), (SELECT count(*) FROM credit_notes WHERE invoice_id = $1),
                    (SELECT count(*) FROM invoices WHERE id = $1 AND status = 'void')]::int[] AS counts`,
      [invoiceId],
    )
    return rows[0]?.counts ?? []
  })
}

const NOTHING = [0, 0, 0]

/** @returns whether it was stored although the program was killed */
async function killAt(point: KillPoint, kind: Kind, kill: () => Promise<void>, recover: () => Promise<void>): Promise<boolean> {
  const { orderId, invoiceId } = await newInvoice(counter.api, car, PAID_CENTS)
  const { payment } = await counter.api.payments.take(cash(invoiceId, PAID_CENTS))
  const request = kind.request(invoiceId, payment.id)
  const at = {
    owner: embeddedConnection(host.dataFolder),
    superuser: embeddedConnection(host.dataFolder, 'superuser'),
    orderId,
    invoiceId,
    paymentId: payment.id,
  }
  let first = Promise.resolve('lost')
  const send = (): void => {
    first = counter.send(kind.call, request).then(
      ({ code }) => code,
      () => 'lost',
    )
  }
  await point.strike(at, send, kill)
  const outcome = await first
  await recover()
  const stored = await storedOf(invoiceId)
  const isStored = stored.join() !== NOTHING.join()
  expect([outcome, point.name, stored]).toEqual([outcome, point.name, isStored ? kind.whole : NOTHING])
  // Acknowledged is stored; else what must stand is what the moment says.
  const must = outcome === 'OK' ? true : point.stored
  expect([point.name, isStored]).toEqual([point.name, must ?? isStored])
  expect(await answered(kind.call, request)).toBe('OK')
  expect(await storedOf(invoiceId)).toEqual(kind.whole)
  expect(await violationsOf(embeddedConnection(host.dataFolder))).toEqual([])
  return isStored
}

async function databaseIsBack(): Promise<void> {
  expect(await answered('shop.bays', {})).toBe('OK')
}

describe.each(kinds)('kill -9 in the middle of $name', (kind) => {
  it('of the database, or of the application: whole or not at all, and the same request does it once', async () => {
    const outcomes: boolean[] = []
    for (const point of kind.points) outcomes.push(await killAt(point, kind, () => killDatabase(host.dataFolder), databaseIsBack))
    for (const point of kind.points.slice(-3)) outcomes.push(await killAt(point, kind, () => host.kill(), startAgain))
    console.log(`${kind.name}: killed at ${outcomes.length} points, ${outcomes.filter(Boolean).length} stored before the repetition`)
    expect(new Set(outcomes)).toEqual(new Set([true, false]))
  })
})
