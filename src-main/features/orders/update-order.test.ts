import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { approved, arrival, codeOf, completed, estimated, line, move, newBay, newCar, refusalOf } from '../../testing/order-test-kit'
import { updateOrder } from './update-order'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

describe('the head of an order', () => {
  test('every field is stored and read back', async () => {
    const technician = await testContext(t, 'technician')
    const order = await estimated(t, owner, [line()])
    const was = {
      complaint: 'Squeals when braking',
      technicianNotes: '',
      internalNotes: '',
      odometer: null,
      odometerOut: null,
      odometerReason: '',
      promisedAt: null,
      technicianId: null,
      bayId: null,
      priority: 'normal' as const,
    }
    const now = {
      complaint: 'Squeals, and pulls to the left',
      technicianNotes: 'Rotor scored',
      internalNotes: 'Keys in box 4',
      odometer: 61_000,
      odometerOut: 61_004,
      odometerReason: 'Read twice',
      promisedAt: '2026-03-09T16:30:00.000Z',
      technicianId: technician.userId,
      bayId: await newBay(t),
      priority: 'urgent' as const,
    }
    expect(await updateOrder(owner, { orderId: order.id, was, now })).toMatchObject(now)
    expect(await updateOrder(owner, { orderId: order.id, was: now, now: was })).toMatchObject(was)
  })

  test('two counters that edit one field: the second is told what stands there', async () => {
    const order = await estimated(t, owner, [line()])
    const counter = secondCounter(t)
    try {
      const other = await testContext(t, 'service_advisor', { db: counter })
      const edit = (ctx: Ctx, complaint: string) =>
        updateOrder(ctx, { orderId: order.id, was: { complaint: 'Squeals when braking' }, now: { complaint } })
      const both = await Promise.allSettled([edit(owner, 'A'), edit(other, 'B')])
      const won = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value.complaint] : []))
      const lost = both.flatMap((each) => (each.status === 'rejected' ? [each.reason as { code: string; data: { current: unknown } }] : []))
      expect(won).toHaveLength(1)
      expect(lost).toMatchObject([{ code: 'EDIT_CONFLICT', data: { current: { complaint: won[0] } } }])
      expect((await getOrder(owner, { orderId: order.id })).complaint).toBe(won[0])
    } finally {
      await counter.close()
    }
  })

  test('two counters that edit different fields: both are stored', async () => {
    const order = await estimated(t, owner, [line()])
    await Promise.all([
      updateOrder(owner, { orderId: order.id, was: { internalNotes: '' }, now: { internalNotes: 'Keys in box 4' } }),
      updateOrder(owner, { orderId: order.id, was: { priority: 'normal' }, now: { priority: 'high' } }),
    ])
    expect(await getOrder(owner, { orderId: order.id })).toMatchObject({ internalNotes: 'Keys in box 4', priority: 'high' })
  })

  test('a conflict in one field stores none of them', async () => {
    const order = await estimated(t, owner, [line()])
    const edit = {
      orderId: order.id,
      was: { complaint: 'something else', priority: 'normal' as const },
      now: { complaint: 'A', priority: 'low' as const },
    }
    const conflict = await refusalOf(updateOrder(owner, edit))
    expect(conflict.data.current).toEqual({ complaint: 'Squeals when braking', priority: 'normal' })
    expect((await getOrder(owner, { orderId: order.id })).priority).toBe('normal')
  })

  test('unknown people, bays and orders are not found', async () => {
    const order = await estimated(t, owner, [line()])
    const edit = (orderId: string, now: object) => updateOrder(owner, { orderId, was: { technicianId: null, bayId: null }, now })
    expect(await codeOf(edit(order.id, { technicianId: uuid7() }))).toBe('NOT_FOUND')
    expect(await codeOf(edit(order.id, { bayId: uuid7() }))).toBe('NOT_FOUND')
    expect(await codeOf(edit(uuid7(), { bayId: null }))).toBe('NOT_FOUND')
  })

  test('who worked on it and where stays with a finished order', async () => {
    const order = await completed(t, owner, [line({ unitPriceCents: 0 })])
    await move(owner, order.id, 'completed', 'closed')
    const edit = { orderId: order.id, was: { technicianId: null }, now: { technicianId: owner.userId } }
    expect(await codeOf(updateOrder(owner, edit))).toBe('WRONG_STATE')
  })
})

describe('the odometer', () => {
  test('does not run backwards against an earlier visit without a reason', async () => {
    const car = await newCar(t)
    await checkIn(owner, arrival(car, { odometer: 70_000 }))
    const order = await checkIn(owner, arrival(car, { odometer: 72_000 }))
    const lower = await refusalOf(updateOrder(owner, { orderId: order.id, was: { odometer: 72_000 }, now: { odometer: 69_999 } }))
    expect(lower).toMatchObject({ code: 'ODOMETER_LOWER', data: { lastOdometer: 70_000 } })
    const typo = await updateOrder(owner, { orderId: order.id, was: { odometer: 72_000 }, now: { odometer: 70_200 } })
    expect(typo).toMatchObject({ odometer: 70_200, vehicle: { currentOdometer: 70_200 } })
    const why = { odometer: 100, odometerReason: 'New instrument cluster' }
    expect(await updateOrder(owner, { orderId: order.id, was: { odometer: 70_200, odometerReason: '' }, now: why })).toMatchObject(why)
  })

  test('goes out no lower than it came in', async () => {
    const order = await approved(t, owner, [line()], { odometer: 500 })
    const out = (odometerOut: number) => updateOrder(owner, { orderId: order.id, was: { odometerOut: null }, now: { odometerOut } })
    expect((await refusalOf(out(499))).data.fields).toHaveProperty(['now.odometerOut'])
    expect((await out(501)).vehicle.currentOdometer).toBe(501)
  })
})
