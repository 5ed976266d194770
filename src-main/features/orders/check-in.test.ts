import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { add, arrival, codeOf, count, estimated, line, newBay, newCar, part, refusalOf } from '../../testing/order-test-kit'
import { removeOrder, restoreOrder } from './remove-order'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

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
    // An answer that got lost, and a complaint that was written on meanwhile: it must not read as stored.
    expect(await codeOf(checkIn(owner, { ...request, complaint: `${request.complaint} and smokes` }))).toBe('DUPLICATE')
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
