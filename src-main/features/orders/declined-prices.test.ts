import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import type { NewLine, Order } from '../../../src-preload/contract/orders'
import { NewPriceRule } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { add, arrival, decide, discount, line, move, newCar, newPart, part, refusalOf } from '../../testing/order-test-kit'
import { cannedLineAsSent } from '../../testing/as-sent'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { chooseRate } from '../pricing/choose-rate'
import { addPriceRule, updatePriceRule } from '../pricing/save-price-rule'
import { addCannedJob } from './add-canned-job'
import { checkIn } from './check-in'
import { declinedWork } from './declined-work'
import { getOrder } from './get-order'
import { revive } from './revive'

let t: TestDatabase
let owner: Ctx
let desk: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = endingIn95(await testContext(t, 'owner'))
  desk = endingIn95(await testContext(t, 'front_desk'))
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

const endingIn95 = (ctx: Ctx): Ctx => ({
  ...ctx,
  shop: { ...ctx.shop, settings: { ...ctx.shop.settings, priceEnding: '95' } },
})

type Car = Awaited<ReturnType<typeof newCar>>
type Kind = NewPriceRule['kind']

async function addRule(kind: Kind, fields: object): Promise<string> {
  const id = uuid7()
  await addPriceRule(owner, NewPriceRule.parse({ kind, id, fields: { ...fields, isActive: true } }))
  return id
}

const edit = (kind: Kind, id: string, was: object, now: object) => updatePriceRule(owner, { kind, id, was, now })
const retire = (kind: Kind, id: string) => edit(kind, id, { isActive: true }, { isActive: false })
const rate = (name: string, rateCents: number) => addRule('labor_rate', { name, rateCents })
const times = (factorMillionths: number) => [{ costFromCents: 0, way: 'multiplier', factorMillionths, minCents: null, maxCents: null }]

const visit = (car: Car, lines: readonly NewLine[] = []): Promise<Order> =>
  checkIn(owner, arrival(car, lines.length > 0 ? { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [...lines] }] } : {}))

async function sayNo(order: Order): Promise<void> {
  for (const { id } of order.jobs) await decide(owner, { orderId: order.id, jobId: id, decision: 'declined', reason: 'Next month' })
}

const again = (order: Order, { kind, id, nowCents }: DeclinedWork) => ({
  orderId: order.id,
  kind,
  id,
  jobId: uuid7(),
  expectedCents: nowCents,
})

/** What is offered while the car arrives, on its new order, and what the front desk gets by reviving it: the same to the cent. */
async function offeredAndRevived(car: Car): Promise<{ works: DeclinedWork[]; order: Order }> {
  const works = await declinedWork(owner, car)
  let order = await visit(car)
  expect(await declinedWork(owner, { vehicleId: car.vehicleId, exceptOrderId: order.id })).toEqual(works)
  for (const work of works) {
    order = await revive(desk, again(order, work))
    const own = order.lines.filter(({ jobId }) => jobId === order.jobs.at(-1)!.id)
    expect(own.reduce((sum, { totalCents }) => sum + totalCents, 0)).toBe(work.nowCents)
  }
  return { works, order }
}

const prices = (order: Order) =>
  order.lines.map(({ description, unitPriceCents, priceSource }) => [description, unitPriceCents, priceSource?.rule, priceSource?.level])

test('labor is offered at today’s rate of the vehicle, else the customer, and a part at what today’s matrix and ending make of it', async () => {
  const car = await newCar(t)
  const matrix = await addRule('matrix', { name: 'Parts', category: '', bands: times(2_000_000) })
  const inventoryItemId = await newPart(t, { costCents: 1_000, priceCents: 9_999, description: 'Pads' })
  const lines = [
    line({ description: 'Labor', unitPriceCents: 12_000 }),
    part({ description: 'Pads', inventoryItemId, unitPriceCents: 2_095 }),
    part({ description: 'Ordered', unitPriceCents: 4_095, costCents: 2_000 }),
    part({ description: 'Favor', unitPriceCents: 3_000, costCents: 2_000 }),
  ]
  await sayNo(await visit(car, lines))
  const customerRate = await rate('Family', 10_000)
  await chooseRate(owner, { target: 'customer', id: car.customerId, was: null, now: customerRate })
  await edit('matrix', matrix, { bands: times(2_000_000) }, { bands: times(3_000_000) })
  const [family] = await declinedWork(owner, car)
  expect(family!.nowCents).toBe(10_000 + 3_095 + 6_095 + 3_000)
  expect(family!.changes).toEqual([
    'Labor rate Family $120.00 became $100.00',
    '“Pads”: list price $20.95 became $30.95',
    '“Ordered”: list price $40.95 became $60.95',
    '“Favor”: special price of then',
  ])
  await chooseRate(owner, { target: 'vehicle', id: car.vehicleId, was: null, now: await rate('Fleet', 9_000) })
  const second = await visit(car)
  const [work] = await declinedWork(owner, { vehicleId: car.vehicleId, exceptOrderId: second.id })
  // The special price is nobody's but an approver's to give again; everything else is the shop's own.
  const refusal = await refusalOf(revive(desk, again(second, work!)))
  expect(refusal).toMatchObject({ code: 'APPROVAL_REQUIRED', message: '$30.00 for "Favor" is not a price of the shop.' })
  const order = await revive(owner, again(second, work!))
  expect(order.subtotalCents).toBe(work!.nowCents)
  expect(prices(order)).toEqual([
    ['Labor', 9_000, 'labor_rate', 'vehicle'],
    ['Pads', 3_095, 'matrix', undefined],
    ['Ordered', 6_095, 'matrix', undefined],
    ['Favor', 3_000, 'typed', undefined],
  ])
  await retire('matrix', matrix)
})

test('on an order with a rate of its own, labor is offered and revived at that', async () => {
  const car = await newCar(t)
  await sayNo(await visit(car, [line({ description: 'Labor', unitPriceCents: 12_000 })]))
  const second = await visit(car)
  await chooseRate(owner, { target: 'order', id: second.id, was: null, now: await rate('Quick lane', 11_000) })
  expect((await declinedWork(owner, car)).map(({ nowCents }) => nowCents)).toEqual([12_000])
  const [work] = await declinedWork(owner, { vehicleId: car.vehicleId, exceptOrderId: second.id })
  expect(work).toMatchObject({ thenCents: 12_000, nowCents: 11_000, changes: ['Labor rate Quick lane $120.00 became $110.00'] })
  expect(prices(await revive(desk, again(second, work!)))).toEqual([['Labor', 11_000, 'labor_rate', 'order']])
})

test('a canned job comes back at what the canned job costs today, also by the front desk; out of use, at the price of then', async () => {
  const inventoryItemId = await newPart(t, { costCents: 500, priceCents: 1_250, description: 'Oil filter' })
  const lines = [
    cannedLineAsSent({ unitPriceCents: 3_000 }),
    cannedLineAsSent({ type: 'part', description: 'Filter', inventoryItemId }),
    cannedLineAsSent({ type: 'fee', description: 'Oil disposal', unitPriceCents: 350 }),
    cannedLineAsSent({ description: 'Check fluids' }),
  ]
  const id = await addRule('canned_job', { name: 'Oil service', code: 'OIL', category: '', lines })
  const car = await newCar(t)
  const chosen = lines.map(({ lineId }) => ({ lineId: uuid7(), cannedLineId: lineId }))
  const order = await addCannedJob(desk, { orderId: (await visit(car)).id, jobId: uuid7(), cannedJobId: id, lines: chosen })
  await sayNo(order)
  const dearer = lines.map((each, at) => ({ ...each, unitPriceCents: [3_333, null, 400, 2_000][at] }))
  await edit('canned_job', id, { lines }, { lines: dearer })
  const [work] = await declinedWork(owner, car)
  // A line that the rules priced then is priced by the rules now; one that the canned job priced, by the canned job.
  expect(work).toMatchObject({ thenCents: 3_000 + 1_250 + 350 + 12_000, nowCents: 3_333 + 1_250 + 400 + 12_000 })
  expect(work!.changes[0]).toBe('“Change oil and filter”: price of the canned job $30.00 became $33.33')
  const { order: second } = await offeredAndRevived(car)
  expect(second.lines.map(({ priceSource }) => priceSource)).toMatchObject([
    { rule: 'canned_job', name: 'Oil service', ruleId: lines[0]!.lineId, priceCents: 3_333 },
    { rule: 'inventory' },
    { rule: 'canned_job', priceCents: 400 },
    { rule: 'labor_rate' },
  ])
  await sayNo(second)
  await retire('canned_job', id)
  const [gone] = await declinedWork(owner, car)
  expect(gone).toMatchObject({ nowCents: work!.nowCents })
  expect(gone!.changes).toContain('“Change oil and filter”: the shop has no price for it any more: price as quoted then')
})

test('fees that a rule made are not offered: the rules of the new order make their own, once', async () => {
  const supplies = { name: 'Supplies', kind: 'shop_supplies', printedName: 'Rags', base: 'both', percentMillionths: 100_000 }
  const rule = await addRule('fee_rule', { ...supplies, amountCents: null, capCents: null, taxable: true })
  const car = await newCar(t)
  const first = await visit(car, [line({ unitPriceCents: 12_000 }), line({ type: 'fee', description: 'Key copy', unitPriceCents: 500 })])
  expect(first.feesCents).toBe(1_200 + 500)
  await move(owner, first.id, 'estimate', 'declined', { reason: 'Sells the car' })
  const works = await declinedWork(owner, car)
  expect(works).toMatchObject([{ kind: 'job', name: 'Brakes', nowCents: 12_500 }])
  const second = await visit(car, [line({ unitPriceCents: 10_000 })])
  const order = await revive(owner, again(second, works[0]!))
  expect(order.lines.filter(({ type }) => type === 'fee').map(({ description, unitPriceCents }) => [description, unitPriceCents])).toEqual(
    expect.arrayContaining([
      ['Rags', 2_200],
      ['Key copy', 500],
    ]),
  )
  expect(order).toMatchObject({ feesCents: 2_200 + 500, subtotalCents: 12_000 + 10_000 + 2_700 })
  await retire('fee_rule', rule)
})

test('discounts of that visit are said, not given again: one on the job, and one on the whole order', async () => {
  const car = await newCar(t)
  const first = await visit(car, [line({ unitPriceCents: 12_000 }), discount(700)])
  await add(owner, first, { ...discount(1_500), jobId: null })
  await move(owner, first.id, 'estimate', 'declined', { reason: 'Too dear' })
  const { works, order } = await offeredAndRevived(car)
  expect(works).toMatchObject([
    {
      thenCents: 11_300,
      nowCents: 12_000,
      changes: ['The discount of $7.00 is not given again', 'The discount of $15.00 on that whole order is not given again'],
    },
  ])
  expect(order).toMatchObject({ discountCents: 0, subtotalCents: 12_000 })
})

test('a rate that changed since the work was offered is said, and nothing is added', async () => {
  const car = await newCar(t)
  const fleet = await rate('Fleet two', 9_500)
  await chooseRate(owner, { target: 'vehicle', id: car.vehicleId, was: null, now: fleet })
  await sayNo(await visit(car, [line({ unitPriceCents: 9_500 })]))
  const second = await visit(car)
  const [work] = await declinedWork(owner, { vehicleId: car.vehicleId, exceptOrderId: second.id })
  await edit('labor_rate', fleet, { rateCents: 9_500 }, { rateCents: 9_700 })
  const refusal = await refusalOf(revive(owner, again(second, work!)))
  expect(refusal).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { nowCents: 9_700 } } })
  expect((await getOrder(owner, { orderId: second.id })).lines).toEqual([])
})
