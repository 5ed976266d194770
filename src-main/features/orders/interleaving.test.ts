import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import { uuid7 } from '../../base/uuid7'
import type { Database } from '../../database/pool'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { fromDatabaseError } from '../../ipc/database-errors'
import { add, approved, completed, count, discount, estimated, line, move, newPart, part, yes } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { takePayment } from '../payments/take-payment'
import { authorize } from './authorize'
import { decide } from './decide'
import { getOrder } from './get-order'
import { removeLine } from './remove-line'
import { updateLine } from './update-line'

let t: TestDatabase
let counter: Database
let first: Ctx
let second: Ctx
let partId: string
beforeAll(async () => {
  t = await testDatabase()
  counter = secondCounter(t)
  first = await testContext(t, 'owner')
  second = await testContext(t, 'owner', { db: counter })
  partId = await newPart(t, { onHandHundredths: 100_000 })
})
afterAll(async () => {
  await counter.close()
  await t.close()
})

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A declared refusal is an answer; anything else fails the test. */
async function answered<T>(work: Promise<T>): Promise<T | string> {
  try {
    return await work
  } catch (error) {
    const known = error instanceof AppError ? error : fromDatabaseError(error)
    if (!known) throw error
    return known.code
  }
}

async function act(ctx: Ctx, seen: Order, roll: () => number): Promise<unknown> {
  const target = seen.lines[Math.floor(roll() * seen.lines.length)]
  const invoice = seen.invoices.find(({ status }) => status !== 'void')
  const steps: readonly (() => Promise<unknown>)[] = [
    () => add(ctx, seen, roll() < 0.5 ? line() : part({ inventoryItemId: partId, unitPriceCents: 2_500 })),
    () => add(ctx, seen, discount(100 + Math.floor(roll() * 900))),
    () => (target ? removeLine(ctx, { lineId: target.id }) : Promise.resolve()),
    () =>
      target
        ? updateLine(ctx, {
            lineId: target.id,
            was: { unitPriceCents: target.unitPriceCents },
            now: { unitPriceCents: cents(Math.floor(roll() * 20_000)) },
            reason: 'x',
          })
        : Promise.resolve(),
    () =>
      target
        ? updateLine(ctx, {
            lineId: target.id,
            was: { description: target.description },
            now: { description: `Work ${roll()}` },
            reason: 'x',
          })
        : Promise.resolve(),
    () =>
      target
        ? decide(ctx, {
            orderId: seen.id,
            lineId: target.id,
            decision: roll() < 0.6 ? 'approved' : 'declined',
            was: [{ lineId: target.id, status: target.status }],
            reason: 'Too dear',
          })
        : Promise.resolve(),
    () => authorize(ctx, yes(seen)),
    () => move(ctx, seen.id, 'approved', 'in_progress'),
    () => move(ctx, seen.id, 'in_progress', 'completed'),
    () => move(ctx, seen.id, 'completed', 'in_progress', { reason: 'Again' }),
    () => issueInvoice(ctx, { invoiceId: uuid7(), orderId: seen.id, completeWork: roll() < 0.7 }),
    () => issueInvoice(ctx, { invoiceId: uuid7(), orderId: seen.id, completeWork: roll() < 0.7 }),
    () => (invoice ? voidInvoice(ctx, { invoiceId: invoice.id, reason: 'Wrong' }) : Promise.resolve()),
    () => (invoice ? pay(ctx, invoice.id, Math.max(1, Math.floor(invoice.dueCents * roll()))) : Promise.resolve()),
    () => move(ctx, seen.id, 'completed', 'closed'),
    () => move(ctx, seen.id, 'closed', 'completed', { reason: 'Again' }),
  ]
  return answered((steps[Math.floor(roll() * steps.length)] ?? (() => Promise.resolve()))())
}

const pay = (ctx: Ctx, invoiceId: string, amountCents: number) =>
  takePayment(ctx, {
    paymentId: uuid7(),
    invoiceId,
    method: 'cash',
    amountCents: cents(amountCents),
    checkNumber: '',
    reference: '',
    note: '',
  })

describe('two counters on one order', () => {
  test.each([1, 2, 3, 4])('whatever they do at once, every rule about money holds (seed %i)', async (seed) => {
    const roll = dice(seed)
    const starts = [
      () => estimated(t, first, [line(), part()]),
      () => approved(t, first, [line(), line()]),
      () => completed(t, first, [line(), part()]),
    ]
    for (let round = 0; round < 8; round += 1) {
      let seen = await (starts[round % 3] ?? starts[0]!)()
      for (let step = 0; step < 12; step += 1) {
        await Promise.all([act(first, seen, roll), act(second, seen, roll), act(second, seen, roll)])
        seen = await getOrder(first, { orderId: seen.id })
      }
    }
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  test('an invoice bills what was authorized, not what is put in its place at that moment', async () => {
    for (let round = 0; round < 25; round += 1) {
      const order = await approved(t, first, [line(), line({ description: 'Rotors' })])
      const rename = { lineId: order.lines[1]!.id, was: { description: 'Rotors' }, now: { description: 'Detailing' }, reason: '' }
      await Promise.all([
        answered(issueInvoice(first, { invoiceId: uuid7(), orderId: order.id, completeWork: true })),
        answered(updateLine(second, rename)),
      ])
      const after = await getOrder(first, { orderId: order.id })
      const billed = after.invoices.length === 1
      expect([billed, after.lines[1]!.description]).toEqual([billed, billed ? 'Rotors' : 'Detailing'])
    }
  })

  test('an invoice over nothing, void again, was not paid', async () => {
    const free = await completed(t, first, [line({ unitPriceCents: 0 })])
    const invoice = await issueInvoice(first, { invoiceId: uuid7(), orderId: free.id, completeWork: false })
    expect(invoice).toMatchObject({ status: 'paid', dueCents: 0 })
    expect(await voidInvoice(second, { invoiceId: invoice.id, reason: 'Wrong car' })).toMatchObject({ status: 'void' })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  test('the same request many times at one moment is one record, and all have the same answer', async () => {
    const order = await estimated(t, first, [line(), part()])
    const request = yes(order)
    const both = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T[]> => Promise.all([first, second, first, second, first, second].map(run))
    for (const answer of await both((ctx) => authorize(ctx, request))) expect(answer.authorizations).toHaveLength(1)
    const more = line()
    await both((ctx) => add(ctx, order, more))
    await removeLine(first, { lineId: more.lineId })
    const issue = { invoiceId: uuid7(), orderId: order.id, completeWork: true }
    const numbers = (await both((ctx) => issueInvoice(ctx, issue))).map(({ number }) => number)
    expect(new Set(numbers).size).toBe(1)
    const payment = {
      paymentId: uuid7(),
      invoiceId: issue.invoiceId,
      method: 'cash',
      amountCents: order.totalCents,
      checkNumber: '',
      reference: '',
      note: '',
    } as const
    const paid = await both((ctx) => takePayment(ctx, payment))
    expect(new Set(paid.map(({ payment: { id, amountCents } }) => `${id} ${amountCents}`)).size).toBe(1)
    expect(await count(t, 'payments WHERE invoice_id = $1', [issue.invoiceId])).toBe(1)
    expect((await getOrder(first, { orderId: order.id })).status).toBe('closed')
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })
})
