import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import type { Order } from '../../../src-preload/contract/orders'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { arrival, asNewLine, codeOf, decide, discount, line, move, newCar, newPart, part, refusalOf } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { addJob } from './add-job'
import { addLines } from './add-lines'
import { checkIn } from './check-in'
import { declinedWork } from './declined-work'
import { getOrder } from './get-order'
import { removeJob } from './remove-job'
import { revive } from './revive'
import { stopOffering } from './stop-offering'

let t: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  t = await testDatabase()
  ctx = await testContext(t, 'owner')
})
afterAll(() => t.close())

type Car = Awaited<ReturnType<typeof newCar>>

async function visit(car: Car, lines: Parameters<typeof arrival>[1] = {}): Promise<Order> {
  return checkIn(ctx, arrival(car, lines))
}

/** A car whose customer said no to a job at its first visit, and the order of its second one. */
async function returned(lines = [line({ description: 'Rear brakes' })]): Promise<{ car: Car; first: Order; second: Order }> {
  const car = await newCar(t)
  const order = await visit(car, { jobs: [{ jobId: uuid7(), name: 'Rear brakes', lines }] })
  const first = await decide(ctx, { orderId: order.id, jobId: order.jobs[0]!.id, decision: 'declined', reason: 'Next month' })
  return { car, first, second: await visit(car) }
}

const offered = async (car: Car, except?: Order): Promise<DeclinedWork[]> =>
  declinedWork(ctx, { vehicleId: car.vehicleId, ...(except ? { exceptOrderId: except.id } : {}) })

function again(order: Order, work: DeclinedWork): Parameters<typeof revive>[1] {
  return { orderId: order.id, kind: work.kind, id: work.id, jobId: uuid7(), expectedCents: work.nowCents }
}

const rate = (dollars: number) => reading(t.owner).query(sql('', `UPDATE shops SET labor_rate = $1 WHERE id = $2`), [dollars, t.shopId])

describe('declined work at the next visit', () => {
  test('is offered with its reason, the price of then and of today and why; one call brings it back with a link both ways', async () => {
    const laborRate = (
      await reading(t.owner).query<{ rate: string }>(sql('', 'SELECT labor_rate AS rate FROM shops WHERE id = $1'), [t.shopId])
    )[0]!.rate
    const then = cents(Math.round(Number(laborRate) * 100))
    const partId = await newPart(t, { priceCents: 2_500 })
    const { car, first, second } = await returned([
      line({ unitPriceCents: then }),
      part({ inventoryItemId: partId, unitPriceCents: 2_500 }),
    ])
    await rate(Number(laborRate) + 10)
    const [work, ...more] = await offered(car, second)
    expect(more).toEqual([])
    expect(work).toMatchObject({
      kind: 'job',
      id: first.jobs[0]!.id,
      orderNumber: first.number,
      name: 'Rear brakes',
      reason: 'Next month',
      thenCents: then + 2_500,
      nowCents: then + 1_000 + 2_500,
    })
    expect(work!.changes).toEqual([expect.stringMatching(/^Labor rate \$\S+ became \$\S+$/)])
    const request = again(second, work!)
    const order = await revive(ctx, request)
    expect(order).toMatchObject({ status: 'estimate', subtotalCents: then + 3_500 })
    expect(order.jobs).toMatchObject([{ id: request.jobId, name: 'Rear brakes' }])
    expect(order.revivals).toEqual(
      order.lines
        .map(({ id }) => ({ lineId: id, way: 'from', orderId: first.id, orderNumber: first.number }))
        .toSorted((a, b) => a.lineId.localeCompare(b.lineId)),
    )
    const original = await getOrder(ctx, { orderId: first.id })
    expect(original.revivals.map(({ way, orderId }) => [way, orderId])).toEqual([
      ['in', second.id],
      ['in', second.id],
    ])
    expect(await offered(car, second)).toEqual([])
    expect((await revive(ctx, request)).lines).toHaveLength(2)
    expect(await codeOf(revive(ctx, { ...request, jobId: uuid7() }))).toBe('EDIT_CONFLICT')
    await rate(Number(laborRate))
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  test('a special price and a discount belong to their visit: one stays, the other does not', async () => {
    const { car, second } = await returned([line({ unitPriceCents: 4_500 }), discount(500)])
    const [work] = await offered(car, second)
    expect(work).toMatchObject({ thenCents: 4_000, nowCents: 4_500, changes: ['The discount of $5.00 is not given again'] })
    expect((await revive(ctx, again(second, work!))).lines.map(({ type }) => type)).toEqual(['labor'])
  })

  test('a line out of a job that was done otherwise is offered by itself; an order declined as a whole is offered job by job', async () => {
    const car = await newCar(t)
    const both = [line({ description: 'Pads' }), line({ description: 'Rotors' })]
    const first = await visit(car, { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: both }] })
    await decide(ctx, { orderId: first.id, lineId: both[1]!.lineId, decision: 'declined', reason: 'Still good' })
    const other = await visit(car, { jobs: [{ jobId: uuid7(), name: 'Wipers', lines: [line()] }] })
    await move(ctx, other.id, 'estimate', 'declined', { reason: 'Sells the car' })
    const found = await offered(car)
    expect(found.map(({ kind, name, reason }) => [kind, name, reason])).toEqual([
      ['job', 'Wipers', 'Sells the car'],
      ['line', 'Rotors', 'Still good'],
    ])
    expect((await revive(ctx, again(await visit(car), found[1]!))).jobs.map(({ name }) => name)).toEqual(['Rotors'])
  })

  test('comes back when its copy is removed, and is not offered again once somebody said so, until that is undone', async () => {
    const { car, second } = await returned()
    const [work] = await offered(car, second)
    const request = again(second, work!)
    await revive(ctx, request)
    await removeJob(ctx, { jobId: request.jobId, reason: '' })
    expect(await offered(car, second)).toHaveLength(1)
    const stop = { kind: work!.kind, id: work!.id }
    await stopOffering(ctx, { ...stop, stopped: true })
    expect(await offered(car, second)).toEqual([])
    await stopOffering(ctx, { ...stop, stopped: false })
    expect(await offered(car, second)).toHaveLength(1)
  })

  test('that came back elsewhere does not come back on its own order as well, nor with it, however far it went', async () => {
    const { car, first, second } = await returned()
    const here = { orderId: first.id, jobId: first.jobs[0]!.id, decision: 'quoted' as const, reason: '' }
    await revive(ctx, again(second, (await offered(car, second))[0]!))
    const elsewhere = { code: 'WRONG_STATE', message: `“Rear brakes” is on ${second.number} by now. Take it off there first.` }
    expect(await refusalOf(decide(ctx, here))).toMatchObject(elsewhere)
    const third = await visit(car)
    await move(ctx, second.id, 'estimate', 'declined')
    await revive(ctx, again(third, (await offered(car, third))[0]!))
    const further = { ...elsewhere, message: elsewhere.message.replace(second.number, third.number) }
    expect(await refusalOf(decide(ctx, here))).toMatchObject(further)
    expect(await refusalOf(move(ctx, second.id, 'declined', 'estimate'))).toMatchObject(further)
    await move(ctx, third.id, 'estimate', 'declined')
    await decide(ctx, here)
    expect(await refusalOf(move(ctx, third.id, 'declined', 'estimate'))).toMatchObject({
      message: expect.stringContaining(first.number) as string,
    })
  })

  test('comes back with its own order or on another one, whichever of two counters is first, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { car, first, second } = await returned()
      await decide(ctx, { orderId: first.id, jobId: first.jobs[0]!.id, decision: 'quoted', reason: '' })
      await move(ctx, first.id, 'estimate', 'declined')
      const request = again(second, (await offered(car, second))[0]!)
      const answers = await Promise.allSettled([revive(ctx, request), move(ctx, first.id, 'declined', 'estimate')])
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })

  test('that is removed by mistake and brought back is still the same work, unless another order has it by now', async () => {
    const { car, second } = await returned()
    const work = again(second, (await offered(car, second))[0]!)
    const { lines } = await revive(ctx, work)
    const broughtBack = async (): Promise<Order> => {
      await addJob(ctx, { orderId: second.id, jobId: work.jobId, name: 'Rear brakes' })
      return addLines(ctx, { orderId: second.id, lines: [asNewLine(lines[0]!)], broughtBack: true })
    }
    await removeJob(ctx, { jobId: work.jobId })
    expect(await offered(car)).toHaveLength(1)
    expect((await broughtBack()).revivals).toMatchObject([{ lineId: lines[0]!.id, way: 'from' }])
    expect(await offered(car)).toEqual([])
    await removeJob(ctx, { jobId: work.jobId })
    const third = await visit(car)
    await revive(ctx, again(third, (await offered(car, third))[0]!))
    expect(await refusalOf(broughtBack())).toMatchObject({ code: 'WRONG_STATE', message: expect.stringContaining(third.number) as string })
    expect((await getOrder(ctx, { orderId: second.id })).lines).toEqual([])
  })

  test('two counters that revive the same work at once make one job', async () => {
    const { car, second } = await returned()
    const third = await visit(car)
    const [work] = await offered(car)
    const answers = await Promise.allSettled([second, third, second, third].map((order) => revive(ctx, again(order, work!))))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const revived = await Promise.all([second, third].map(({ id }) => getOrder(ctx, { orderId: id })))
    expect(revived.flatMap(({ lines }) => lines)).toHaveLength(1)
  })

  test('a price that rose since it was read aloud is said, not taken; work of another car is not there', async () => {
    const { car, second } = await returned()
    const [work] = await offered(car, second)
    const refusal = await refusalOf(revive(ctx, { ...again(second, work!), expectedCents: cents(work!.nowCents - 100) }))
    expect(refusal).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { nowCents: work!.nowCents } } })
    const stranger = await visit(await newCar(t))
    expect(await codeOf(revive(ctx, again(stranger, work!)))).toBe('NOT_FOUND')
    expect((await getOrder(ctx, { orderId: second.id })).lines).toEqual([])
  })
})
