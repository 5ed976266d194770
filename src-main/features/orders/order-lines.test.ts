import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { addJob } from './add-job'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { add, arrival, codeOf, count, discount, estimated, line, newCar, newPart, part, refusalOf } from '../../testing/order-test-kit'
import { removeJob } from './remove-job'
import { removeLine } from './remove-line'
import { updateJob } from './update-job'
import { updateLine } from './update-line'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

const half = 50 as Hundredths

test('the first line of a draft makes it an estimate', async () => {
  const draft = await checkIn(owner, arrival(await newCar(t)))
  const order = await add(owner, draft, line())
  expect(order).toMatchObject({ status: 'estimate', totalCents: 12_000 })
  expect(order.history.map(({ from, to }) => [from, to])).toEqual([
    [null, 'draft'],
    ['draft', 'estimate'],
  ])
})

test('the same lines twice are stored once, an id with other facts is refused', async () => {
  const order = await estimated(t, owner, [line()])
  const more = [line(), part()]
  await add(owner, order, ...more)
  expect((await add(owner, order, ...more)).lines).toHaveLength(3)
  const [first] = more
  expect(await codeOf(add(owner, order, line({ ...first, unitPriceCents: 1 })))).toBe('DUPLICATE')
})

test('a line goes and comes back with the same id, and so does a whole job', async () => {
  const jobId = uuid7()
  const lines = [line(), part()]
  const [first] = lines
  const made = await checkIn(owner, arrival(await newCar(t), { jobs: [{ jobId, name: 'Brakes', lines }] }))
  expect((await removeLine(owner, { lineId: first!.lineId })).totalCents).toBe(8_660)
  expect(await codeOf(removeLine(owner, { lineId: first!.lineId }))).toBe('NOT_FOUND')
  expect((await add(owner, made, line({ ...first, jobId }))).totalCents).toBe(made.totalCents)
  const without = await removeJob(owner, { jobId })
  expect(without).toMatchObject({ jobs: [], lines: [], totalCents: 0 })
  await addJob(owner, { orderId: made.id, jobId, name: 'Brakes' })
  const back = await add(owner, made, ...lines.map((each) => line({ ...each, jobId })))
  expect(back.lines.map(({ id }) => id)).toEqual(lines.map(({ lineId }) => lineId))
  expect(back.totalCents).toBe(made.totalCents)
})

test('a line of a job of another order is not found', async () => {
  const [here, there] = [await estimated(t, owner, [line()]), await estimated(t, owner, [line()])]
  expect(await codeOf(add(owner, here, line({ jobId: there.jobs[0]!.id })))).toBe('NOT_FOUND')
})

test('a part takes its cost from the shelf, and cost and margin follow', async () => {
  const order = await estimated(t, owner, [part({ inventoryItemId: await newPart(t, { costCents: 4_000, priceCents: 8_000 }) })])
  expect(order.lines[0]).toMatchObject({ costCents: 4_000, totalCents: 8_000 })
  expect(order).toMatchObject({ costCents: 4_000, marginMillionths: 500_000 })
})

test('the margin is unknown while no line says what it costs', async () => {
  const order = await estimated(t, owner, [line(), part()])
  expect(order.marginMillionths).toBeNull()
  const known = await add(owner, order, part({ costCents: 2_000 }))
  expect(known.marginMillionths).not.toBeNull()
})

test('fields change one by one; labor hours follow the quantity', async () => {
  const order = await estimated(t, owner, [line()])
  const lineId = order.lines[0]!.id
  const changed = await updateLine(owner, {
    lineId,
    was: { quantityHundredths: 100 as Hundredths },
    now: { quantityHundredths: half },
    reason: '',
  })
  expect(changed).toMatchObject({ totalCents: 6_000, lines: [{ quantityHundredths: 50, totalCents: 6_000 }] })
  expect(await count(t, 'line_items WHERE id = $1 AND labor_hours = 0.5', [lineId])).toBe(1)
  const fee = await updateLine(owner, { lineId, was: { type: 'labor', taxable: false }, now: { type: 'fee', taxable: true }, reason: '' })
  expect(fee).toMatchObject({ laborCents: 0, feesCents: 6_000, taxCents: 495 })
  expect(await count(t, 'line_items WHERE id = $1 AND labor_hours IS NULL', [lineId])).toBe(1)
})

test('what is no part any more loses what only a part has', async () => {
  const order = await estimated(t, owner, [part({ inventoryItemId: await newPart(t), partCondition: 'used' })])
  const lineId = order.lines[0]!.id
  const changed = await updateLine(owner, { lineId, was: { type: 'part' }, now: { type: 'fee' }, reason: '' })
  expect(changed.lines[0]).toMatchObject({ type: 'fee', partNumber: '', partCondition: null, inventoryItemId: null })
})

test('a conflicting edit changes nothing and tells what stands there', async () => {
  const order = await estimated(t, owner, [line()])
  const lineId = order.lines[0]!.id
  const was = { unitPriceCents: cents(12_000), description: 'Replace brake pads' }
  await updateLine(owner, { lineId, was, now: { unitPriceCents: cents(13_000) }, reason: '' })
  const conflict = await refusalOf(
    updateLine(owner, { lineId, was, now: { unitPriceCents: cents(14_000), description: 'Other' }, reason: '' }),
  )
  expect(conflict.code).toBe('EDIT_CONFLICT')
  expect(conflict.data.current).toEqual({ unitPriceCents: 13_000, description: 'Replace brake pads' })
  expect((await getOrder(owner, { orderId: order.id })).lines[0]).toMatchObject({
    unitPriceCents: 13_000,
    description: 'Replace brake pads',
  })
})

test('an edit that finds its own value is fine, one without the former value is not', async () => {
  const order = await estimated(t, owner, [line()])
  const edit = { lineId: order.lines[0]!.id, was: { unitPriceCents: cents(12_000) }, now: { unitPriceCents: cents(13_000) }, reason: '' }
  await updateLine(owner, edit)
  expect((await updateLine(owner, edit)).totalCents).toBe(13_000)
  expect(await codeOf(updateLine(owner, { ...edit, was: {} }))).toBe('INVALID_INPUT')
})

test('jobs change field by field', async () => {
  const order = await estimated(t, owner, [line()])
  const jobId = order.jobs[0]!.id
  const changed = await updateJob(owner, { jobId, was: { cause: '', name: 'Brakes' }, now: { cause: 'Worn pads', name: 'Front brakes' } })
  expect(changed.jobs[0]).toMatchObject({ name: 'Front brakes', cause: 'Worn pads' })
  const conflict = await refusalOf(updateJob(owner, { jobId, was: { name: 'Brakes' }, now: { name: 'Rear brakes' } }))
  expect(conflict.data.current).toEqual({ name: 'Front brakes' })
  expect(await codeOf(updateJob(owner, { jobId: uuid7(), was: { name: 'a' }, now: { name: 'b' } }))).toBe('NOT_FOUND')
})

test('the same job twice is one, its id with another name is refused', async () => {
  const order = await estimated(t, owner, [line()])
  const job = { orderId: order.id, jobId: uuid7(), name: 'Wipers' }
  await addJob(owner, job)
  expect((await addJob(owner, job)).jobs).toHaveLength(2)
  expect(await codeOf(addJob(owner, { ...job, name: 'Lights' }))).toBe('DUPLICATE')
})

test('a discount needs a reason, which is kept, and is never more than the work', async () => {
  const order = await estimated(t, owner, [line()])
  expect((await refusalOf(add(owner, order, discount(1_000, '')))).data.fields).toHaveProperty('lines.0.reason')
  const given = await add(owner, order, discount(1_000, 'Waited too long'))
  expect(given).toMatchObject({ discountCents: 1_000, totalCents: 11_000 })
  const kept = `audit_events WHERE entity_id = $1 AND action = 'order.discounted' AND actor_user_id = $2
      AND details->'discounts'->0->>'reason' = 'Waited too long'`
  expect(await count(t, kept, [order.id, owner.userId])).toBe(1)
  expect(await codeOf(add(owner, order, discount(11_001)))).toBe('INVALID_INPUT')
  expect((await getOrder(owner, { orderId: order.id })).discountCents).toBe(1_000)
  const edit = { lineId: given.lines[1]!.id, was: { unitPriceCents: cents(1_000) }, now: { unitPriceCents: cents(2_000) } }
  expect(await codeOf(updateLine(owner, { ...edit, reason: '' }))).toBe('INVALID_INPUT')
  expect((await updateLine(owner, { ...edit, reason: 'Goodwill' })).discountCents).toBe(2_000)
})

test('a part from the shelf is not put on a line that another counter made labor meanwhile', async () => {
  const partId = await newPart(t)
  const order = await estimated(t, owner, [part({ partNumber: '' })])
  const { id: lineId } = order.lines[0]!
  const answers = await Promise.allSettled([
    updateLine(owner, { lineId, was: { type: 'part' }, now: { type: 'labor' }, reason: '' }),
    updateLine(owner, { lineId, was: { inventoryItemId: null }, now: { inventoryItemId: partId }, reason: '' }),
  ])
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
  expect(await count(t, `line_items WHERE id = $1 AND type <> 'part' AND inventory_item_id IS NOT NULL`, [lineId])).toBe(0)
})
