import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents, type Hundredths, orderTotals } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'
import type { Database } from '../../database/pool'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { fromDatabaseError } from '../../ipc/database-errors'
import { add, estimated, line, part } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { decide } from './decide'
import { getOrder } from './get-order'
import { removeLine } from './remove-line'
import { updateJob } from './update-job'
import { updateLine } from './update-line'
import { updateOrder } from './update-order'

let t: TestDatabase
let counter: Database
let clerks: readonly [Ctx, Ctx]
beforeAll(async () => {
  t = await testDatabase()
  counter = secondCounter(t)
  clerks = [await testContext(t, 'owner'), await testContext(t, 'owner', { db: counter })]
})
afterAll(async () => {
  await counter.close()
  await t.close()
})

const ORDERS = 20
const ROUNDS = 25

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

/** A field was one value on the screen and is another one now: the program said yes to that. */
interface Stored {
  readonly field: string
  readonly was: unknown
  readonly now: unknown
}

interface Story {
  readonly stored: Stored[]
  readonly added: Set<string>
  readonly removed: Set<string>
  refused: number
}

let unique = 0
/** No two edits ever write the same: an edit is known by its value. */
const next = (): number => (unique += 1)

/** Runs an edit; a declared refusal is told to the clerk, anything else fails the test. @returns whether it was stored */
async function isStored(story: Story, work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    const known = error instanceof AppError ? error : fromDatabaseError(error)
    if (!known || !['EDIT_CONFLICT', 'NOT_FOUND', 'WRONG_STATE', 'INVALID_INPUT'].includes(known.code)) throw error
    story.refused += 1
    return false
  }
}

/** One edit of somebody who looks at `seen`, which may be old. */
async function edit(ctx: Ctx, seen: Order, roll: () => number, story: Story): Promise<void> {
  const target = seen.lines[Math.floor(roll() * seen.lines.length)]
  const job = seen.jobs[0]
  const note = async (field: string, was: unknown, now: unknown, work: Promise<unknown>): Promise<void> => {
    if (await isStored(story, work)) story.stored.push({ field, was, now })
  }
  const what = roll()
  if (what < 0.12 || !target || !job) {
    const more = roll() < 0.5 ? line({ jobId: job?.id ?? null }) : part()
    if (await isStored(story, add(ctx, seen, more))) story.added.add(more.lineId)
  } else if (what < 0.2) {
    if (await isStored(story, removeLine(ctx, { lineId: target.id, reason: '' }))) story.removed.add(target.id)
  } else if (what < 0.3) {
    const decision = (['approved', 'declined', 'quoted'] as const)[Math.floor(roll() * 3)] ?? 'quoted'
    const was = [{ lineId: target.id, status: target.status }]
    await isStored(story, decide(ctx, { orderId: seen.id, lineId: target.id, decision, was, reason: 'x' }))
  } else if (what < 0.45) {
    const now = cents(10_000 + next())
    const was = { unitPriceCents: target.unitPriceCents }
    const work = updateLine(ctx, { lineId: target.id, was, now: { unitPriceCents: now }, reason: 'x' })
    await note(`${target.id} unitPriceCents`, was.unitPriceCents, now, work)
  } else if (what < 0.6) {
    const now = (100 + next()) as Hundredths
    const was = { quantityHundredths: target.quantityHundredths }
    const work = updateLine(ctx, { lineId: target.id, was, now: { quantityHundredths: now }, reason: 'x' })
    await note(`${target.id} quantityHundredths`, was.quantityHundredths, now, work)
  } else if (what < 0.75) {
    const now = `Work ${next()}`
    const was = { description: target.description }
    await note(
      `${target.id} description`,
      was.description,
      now,
      updateLine(ctx, { lineId: target.id, was, now: { description: now }, reason: 'x' }),
    )
  } else if (what < 0.88) {
    const now = `Cause ${next()}`
    await note(`${job.id} cause`, job.cause, now, updateJob(ctx, { jobId: job.id, was: { cause: job.cause }, now: { cause: now } }))
  } else {
    const now = `Noise ${next()}`
    const work = updateOrder(ctx, { orderId: seen.id, was: { complaint: seen.complaint }, now: { complaint: now } })
    await note(`${seen.id} complaint`, seen.complaint, now, work)
  }
}

/** Where the stored edits of one field lead to, each on top of one that its clerk had seen; an edit that another one fell on breaks the chain. */
function endOf(edits: readonly Stored[]): unknown {
  const byWas = new Map(edits.map((each) => [each.was, each]))
  const written = new Set(edits.map(({ now }) => now))
  const [start, ...more] = edits.filter(({ was }) => !written.has(was))
  expect({ field: edits[0]?.field, starts: more.length + (start ? 1 : 0), twice: edits.length - byWas.size }).toEqual({
    field: edits[0]?.field,
    starts: 1,
    twice: 0,
  })
  let at = start
  let length = 1
  while (at && byWas.has(at.now)) {
    at = byWas.get(at.now)
    length += 1
  }
  expect(length).toBe(edits.length)
  return at?.now
}

function valueOf(order: Order, field: string): unknown {
  const [id = '', name = ''] = field.split(' ')
  const record = id === order.id ? order : (order.jobs.find((job) => job.id === id) ?? order.lines.find((each) => each.id === id))
  return (record as Record<string, unknown> | undefined)?.[name]
}

function assertNothingLost(order: Order, { stored, added, removed }: Story): void {
  for (const field of new Set(stored.map((each) => each.field))) {
    const end = endOf(stored.filter((each) => each.field === field))
    const isGone = removed.has(field.split(' ')[0] ?? '')
    expect({ field, value: isGone ? end : valueOf(order, field) }).toEqual({ field, value: end })
  }
  const ids = new Set(order.lines.map(({ id }) => id))
  expect([...added].filter((id) => !ids.has(id) && !removed.has(id))).toEqual([])
  expect([...removed].filter((id) => ids.has(id))).toEqual([])
}

function assertTotals(order: Order): void {
  const { laborCents, partsCents, feesCents, subtotalCents, discountCents, taxCents, totalCents } = order
  expect({ laborCents, partsCents, feesCents, subtotalCents, discountCents, taxCents, totalCents }).toEqual(
    orderTotals(order.lines, order.taxRateMillionths),
  )
}

test('two clerks who edit one order at once, 500 times: nothing is overwritten unseen, and the totals are right', async () => {
  const roll = dice(20_260)
  let [edits, refused, rounds] = [0, 0, 0]
  for (let each = 0; each < ORDERS; each += 1) {
    const start = await estimated(t, clerks[0], [line(), part(), line({ description: 'Inspection' })])
    const story: Story = { stored: [], added: new Set(), removed: new Set(), refused: 0 }
    const seen: [Order, Order] = [start, start]
    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(clerks.flatMap((ctx, at) => [edit(ctx, seen[at as 0 | 1], roll, story), edit(ctx, seen[at as 0 | 1], roll, story)]))
      rounds += 1
      const now = await getOrder(clerks[0], { orderId: start.id })
      assertTotals(now)
      // Mostly a counter has seen what the other did; now and then its view is older.
      for (const at of [0, 1] as const) if (roll() < 0.7) seen[at] = now
    }
    const end = await getOrder(clerks[1], { orderId: start.id })
    assertNothingLost(end, story)
    edits += story.stored.length + story.added.size + story.removed.size
    refused += story.refused
  }
  expect(rounds).toBe(500)
  expect(edits).toBeGreaterThan(500)
  expect(refused).toBeGreaterThan(100)
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
})
