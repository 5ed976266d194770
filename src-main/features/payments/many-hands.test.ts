import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, cents, smallerCents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { AppError } from '../../base/app-error'
import { uuid7 } from '../../base/uuid7'
import type { Database } from '../../database/pool'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { fromDatabaseError } from '../../ipc/database-errors'
import { completed, line, newCar } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { mergeCustomers } from '../customers/merge-customers'
import { removeCustomer, restoreCustomer } from '../customers/remove-customer'
import { undoMerge } from '../customers/undo-merge'
import { creditInvoice } from '../invoices/credit-invoice'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { payOutCredit } from './pay-out-credit'
import { returnCheck, undoReturn } from './return-check'
import { takePayment } from './take-payment'

const WORLDS = 8
const ROUNDS = 20
const HANDS = 3

let t: TestDatabase
let elsewhere: Database
let counters: readonly Ctx[]
beforeAll(async () => {
  t = await testDatabase()
  elsewhere = secondCounter(t)
  const owner = await testContext(t, 'owner')
  counters = [owner, { ...owner, db: elsewhere }]
})
afterAll(async () => {
  await elsewhere.close()
  await t.close()
})

/** Two customers that may be one, with two bills each that all hands reach for. */
interface World {
  readonly customers: readonly string[]
  readonly invoices: string[]
  readonly merges: string[]
}

interface Hand {
  readonly ctx: Ctx
  readonly world: World
  /** as this hand saw it a moment ago */
  readonly seen: Invoice
  readonly value: Cents
  readonly toCredit: boolean
}

const pay = { checkNumber: '7', reference: '', note: '' }

async function pays({ ctx, seen, value, toCredit }: Hand, method: 'cash' | 'check' | 'other'): Promise<void> {
  const { id: invoiceId, dueCents, accountCreditCents } = seen
  const amountCents = method === 'check' ? dueCents : smallerCents(dueCents, method === 'cash' ? value : accountCreditCents)
  if (amountCents <= 0) return
  const more = method === 'check' && toCredit ? { keptAsCreditCents: value } : {}
  await takePayment(ctx, { ...pay, ...more, paymentId: uuid7(), invoiceId, method, amountCents, fromCredit: method === 'other' })
}

function refundsOf({ payments }: Invoice, owed: Cents, toCredit: boolean): RefundRequest[] {
  let left = owed
  return payments.flatMap(({ id: paymentId, refundableCents }) => {
    const amountCents = smallerCents(left, refundableCents)
    if (amountCents <= 0) return []
    left = subtractCents(left, amountCents)
    return [{ refundId: uuid7(), paymentId, amountCents, toCredit, checkNumber: '9', reference: '' }]
  })
}

async function credits({ ctx, seen, value, toCredit }: Hand): Promise<void> {
  const amountCents = smallerCents(value, subtractCents(seen.totalCents, seen.creditedCents))
  if (amountCents <= 0) return
  const refunds = refundsOf(seen, subtractCents(amountCents, smallerCents(amountCents, seen.dueCents)), toCredit)
  const facts = { credit: { kind: 'amount' as const, amountCents }, totalCents: amountCents, refunds, reason: 'Goodwill' }
  await creditInvoice(ctx, { ...facts, creditNoteId: uuid7(), invoiceId: seen.id })
}

async function voids({ ctx, seen, toCredit, world }: Hand): Promise<void> {
  const paid = addCents(ZERO, ...seen.payments.map(({ refundableCents }) => refundableCents))
  if (seen.status !== 'void') await voidInvoice(ctx, { invoiceId: seen.id, reason: 'Wrong car', refunds: refundsOf(seen, paid, toCredit) })
  world.invoices.push((await issueInvoice(ctx, { invoiceId: uuid7(), orderId: seen.orderId, completeWork: false })).id)
}

async function bounces({ ctx, seen, toCredit: undoes }: Hand): Promise<void> {
  const check = seen.payments.find(({ method }) => method === 'check')
  const last = check?.returns.findLast(({ undoesId }) => undoesId === null)
  if (undoes && last) await undoReturn(ctx, { undoId: uuid7(), returnId: last.id, reason: 'Paid after all' })
  else if (check) await returnCheck(ctx, { returnId: uuid7(), paymentId: check.id, returnedOn: check.businessDate, reason: 'No funds' })
}

async function merges({ ctx, world, toCredit: undoes, value }: Hand): Promise<void> {
  const [one = '', other = ''] = value % 2 === 0 ? world.customers : world.customers.toReversed()
  const mergeId = uuid7()
  const last = world.merges.at(-1)
  if (undoes && last !== undefined) return void (await undoMerge(ctx, { mergeId: last }))
  await mergeCustomers(ctx, { mergeId, keptId: one, mergedId: other, take: [] })
  world.merges.push(mergeId)
}

async function removes({ ctx, seen: { customerId } }: Hand): Promise<void> {
  await removeCustomer(ctx, { customerId })
  await restoreCustomer(ctx, { customerId })
}

async function paysOut({ ctx, seen: { customerId, accountCreditCents }, value }: Hand): Promise<void> {
  const amountCents = smallerCents(value, accountCreditCents)
  if (amountCents <= 0) return
  await payOutCredit(ctx, {
    payoutId: uuid7(),
    customerId,
    method: 'cash',
    amountCents,
    reason: 'Wants it',
    checkNumber: '',
    reference: '',
  })
}

const does = {
  cash: (hand: Hand) => pays(hand, 'cash'),
  check: (hand: Hand) => pays(hand, 'check'),
  use: (hand: Hand) => pays(hand, 'other'),
  credit: credits,
  void: voids,
  bounce: bounces,
  payOut: paysOut,
  merge: merges,
  remove: removes,
} as const

const move = fc.record({
  what: fc.constantFrom(...(Object.keys(does) as (keyof typeof does)[])),
  bill: fc.nat(),
  value: fc.integer({ min: 1, max: 9_000 }),
  toCredit: fc.boolean(),
})

async function newWorld(ctx: Ctx): Promise<World> {
  const cars = [await newCar(t), await newCar(t)]
  const invoices: string[] = []
  for (const car of [...cars, ...cars]) {
    const order = await completed(t, ctx, [line({ unitPriceCents: 10_000 })], car)
    invoices.push((await issueInvoice(ctx, { invoiceId: uuid7(), orderId: order.id, completeWork: false })).id)
  }
  return { customers: cars.map(({ customerId }) => customerId), invoices, merges: [] }
}

/** A declared refusal is an answer; anything else fails the test. */
async function answered(work: Promise<void>): Promise<string> {
  try {
    await work
    return 'done'
  } catch (error) {
    const known = error instanceof AppError ? error : fromDatabaseError(error)
    if (!known) throw error
    return known.code
  }
}

test(
  'however many hands reach for the same bills, checks, accounts and customers: the books stay sound',
  { timeout: 120_000 },
  async () => {
    const answers: string[] = []
    for (let seed = 0; seed < WORLDS; seed += 1) {
      const world = await newWorld(counters[0]!)
      const moves = fc.sample(move, { seed, numRuns: ROUNDS * HANDS })
      for (let round = 0; round < ROUNDS; round += 1) {
        const hands = moves.slice(round * HANDS, (round + 1) * HANDS).map(async ({ what, bill, value, toCredit }, at) => {
          const ctx = counters[at % 2]!
          const seen = await getInvoice(ctx, { invoiceId: world.invoices[bill % world.invoices.length]! })
          return `${what} ${await answered(does[what]({ ctx, world, seen, value: cents(value), toCredit }))}`
        })
        answers.push(...(await Promise.all(hands)))
      }
      expect(await verifyDatabase(reading(t.owner))).toEqual([])
    }
    // A removal is refused most of the time: somebody owes something.
    const { remove: _, ...often } = does
    expect(answers).toEqual(expect.arrayContaining(Object.keys(often).map((what) => `${what} done`)))
  },
)
