import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Ctx } from '../../ipc/context'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { addJob } from './add-job'
import { add, arrival, codeOf, count, discount, estimated, line, newBay, newCar, newPart, part, refusalOf } from './order-test-kit'
import { removeJob } from './remove-job'
import { removeLine } from './remove-line'
import { removeOrder, restoreOrder } from './remove-order'
import { updateJob } from './update-job'
import { updateLine } from './update-line'
import { cents, type Hundredths } from '../../../src-preload/contract/money'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

const half = 50 as Hundredths

describe('check-in', () => {
  test('without lines it is a draft, with lines an estimate, in the order they were given', async () => {
    const car = await newCar(t)
    const draft = await checkIn(owner, arrival(car))
    expect(draft).toMatchObject({ status: 'draft', totalCents: 0, complaint: 'Squeals when braking' })
    expect(draft.number).toMatch(/^RO-\d{6}$/)
    const [brakes, oil] = [uuid7(), uuid7()]
    const lines = [line({ description: 'Pads' }), part({ description: 'Rotor' })]
    const estimate = await checkIn(
      owner,
      arrival(car, {
        jobs: [
          { jobId: brakes, name: 'Brakes', lines },
          { jobId: oil, name: 'Oil change', lines: [line({ description: 'Oil' })] },
        ],
      }),
    )
    expect(estimate.status).toBe('estimate')
    expect(estimate.jobs.map(({ id, name }) => [id, name])).toEqual([
      [brakes, 'Brakes'],
      [oil, 'Oil change'],
    ])
    expect(estimate.lines.map(({ description, jobId }) => [description, jobId])).toEqual([
      ['Pads', brakes],
      ['Rotor', brakes],
      ['Oil', oil],
    ])
    expect(estimate.jobs.map(({ totalCents }) => totalCents)).toEqual([20_000, 12_000])
    expect(estimate.vehicle.openOrders).toBe(2)
  })

  test('the same request twice is one order; the same id for another car is refused', async () => {
    const request = arrival(await newCar(t), { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [line(), part()] }] })
    const first = await checkIn(owner, request)
    expect(await checkIn(owner, request)).toEqual(first)
    expect(await count(t, 'line_items WHERE repair_order_id = $1', [request.orderId])).toBe(2)
    expect(await codeOf(checkIn(owner, arrival(await newCar(t), { orderId: request.orderId })))).toBe('DUPLICATE')
  })

  test('two counters with the same request at once make one order', async () => {
    const request = arrival(await newCar(t), { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [line()] }] })
    const both = await Promise.all([checkIn(owner, request), checkIn(owner, request)])
    expect(both[0].number).toBe(both[1].number)
    expect(await count(t, 'line_items WHERE repair_order_id = $1', [request.orderId])).toBe(1)
  })

  test('an odometer lower than last time asks why, and the answer lets it pass', async () => {
    const car = await newCar(t, { odometer: 80_000 })
    const lower = await refusalOf(checkIn(owner, arrival(car, { odometer: 79_999 })))
    expect(lower.code).toBe('ODOMETER_LOWER')
    expect(lower.data.lastOdometer).toBe(80_000)
    const order = await checkIn(owner, arrival(car, { odometer: 12, odometerReason: 'New instrument cluster' }))
    expect(order).toMatchObject({ odometer: 12, odometerReason: 'New instrument cluster', vehicle: { currentOdometer: 12 } })
    expect((await checkIn(owner, arrival(car, { odometer: 12 }))).odometer).toBe(12)
  })

  test('nothing of a refused check-in is stored, not even a number', async () => {
    const car = await newCar(t)
    const lineId = uuid7()
    await checkIn(owner, arrival(car, { jobs: [{ jobId: uuid7(), name: 'A', lines: [line({ lineId })] }] }))
    const before = await checkIn(owner, arrival(car))
    const jobs = [{ jobId: uuid7(), name: 'B', lines: [line({ inventoryItemId: uuid7(), type: 'part' })] }]
    expect(await codeOf(checkIn(owner, arrival(car, { jobs })))).toBe('NOT_FOUND')
    const after = await checkIn(owner, arrival(car))
    const number = (text: string) => BigInt(text.slice(3))
    expect(number(after.number)).toBe(number(before.number) + 1n)
  })

  test.each(['customerId', 'vehicleId', 'technicianId', 'bayId'] as const)('an unknown %s is not found', async (field) => {
    expect(await codeOf(checkIn(owner, arrival(await newCar(t), { [field]: uuid7() })))).toBe('NOT_FOUND')
  })

  test('a tax-exempt customer pays no tax, and the rate stays frozen on the order', async () => {
    const car = await newCar(t, { taxExempt: true })
    const order = await checkIn(owner, arrival(car, { jobs: [{ jobId: uuid7(), name: 'A', lines: [part()] }] }))
    expect(order).toMatchObject({ taxRateMillionths: 0, taxCents: 0, totalCents: 8_000, customer: { taxExempt: true } })
    const taxed = await estimated(t, owner, [part()])
    await reading(t.owner).query(sql('', 'UPDATE shops SET tax_rate = 0.09 WHERE id = $1'), [t.shopId])
    try {
      expect(await add(owner, taxed, part())).toMatchObject({ taxRateMillionths: 82_500, taxCents: 1_320 })
    } finally {
      await reading(t.owner).query(sql('', 'UPDATE shops SET tax_rate = 0.0825 WHERE id = $1'), [t.shopId])
    }
  })

  test('technician and bay are shown by name', async () => {
    const technician = await testContext(t, 'technician')
    const bayId = await newBay(t)
    const order = await checkIn(owner, arrival(await newCar(t), { technicianId: technician.userId, bayId }))
    expect(order).toMatchObject({ technicianName: 'technician Tester', bayId })
    expect(order.bayName).toMatch(/^Bay /)
  })
})

describe('lines', () => {
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

  test('fields change one by one; labor hours follow the quantity', async () => {
    const order = await estimated(t, owner, [line()])
    const lineId = order.lines[0]!.id
    const changed = await updateLine(owner, { lineId, was: { quantityHundredths: 100 as Hundredths }, now: { quantityHundredths: half }, reason: '' })
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
    expect((await getOrder(owner, { orderId: order.id })).lines[0]).toMatchObject({ unitPriceCents: 13_000, description: 'Replace brake pads' })
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
})

describe('removing', () => {
  test('a draft goes and comes back; anything further stays', async () => {
    const draft = await checkIn(owner, arrival(await newCar(t)))
    await removeOrder(owner, { orderId: draft.id })
    expect(await removeOrder(owner, { orderId: draft.id })).toEqual({})
    const removed = await getOrder(owner, { orderId: draft.id })
    expect(removed.deletedAt).not.toBeNull()
    expect(removed.nextActions).toEqual([])
    expect(await codeOf(add(owner, draft, line()))).toBe('NOT_FOUND')
    expect((await restoreOrder(owner, { orderId: draft.id })).deletedAt).toBeNull()
    const estimate = await add(owner, draft, line())
    expect(await codeOf(removeOrder(owner, { orderId: estimate.id }))).toBe('WRONG_STATE')
    expect(await codeOf(removeOrder(owner, { orderId: uuid7() }))).toBe('NOT_FOUND')
    expect(await codeOf(restoreOrder(owner, { orderId: uuid7() }))).toBe('NOT_FOUND')
  })
})
