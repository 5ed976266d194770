import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noTerms } from '../../../src-preload/contract/line-terms'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import type { Line, Order } from '../../../src-preload/contract/orders'
import { NewPriceRule } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import {
  add,
  arrival,
  asNewLine,
  codeOf,
  count,
  decide,
  editNow,
  estimated,
  line,
  newCar,
  newPart,
  part,
  refusalOf,
  yes,
} from '../../testing/order-test-kit'
import { cannedLineAsSent } from '../../testing/as-sent'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { addPriceRule, updatePriceRule } from '../pricing/save-price-rule'
import { addCannedJob } from './add-canned-job'
import { addJob } from './add-job'
import { addLines } from './add-lines'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { declinedWork } from './declined-work'
import { getOrder } from './get-order'
import { removeJob } from './remove-job'
import { removeLine } from './remove-line'
import { revive } from './revive'
import { updateLine } from './update-line'

// Money that leaves a bill as a fee or as hours is the money that leaves it as a discount.

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let desk: Ctx
let approval: { approverId: string; pin: string }
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  desk = await testContext(t, 'front_desk')
  approval = { approverId: owner.userId, pin: '482913' }
  await givePin(t, owner.userId, approval.pin)
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

async function addRule(kind: NewPriceRule['kind'], fields: object): Promise<string> {
  const id = uuid7()
  await addPriceRule(owner, NewPriceRule.parse({ kind, id, fields: { isActive: true, ...fields } }))
  return id
}

const price = (unitPriceCents: number) => ({ unitPriceCents: cents(unitPriceCents) })
const quantity = (hundredths: number) => ({ quantityHundredths: hundredths as Hundredths })
const override = { code: 'APPROVAL_REQUIRED', data: { approvalFor: 'orders.price_override' } }

describe('a fee by rule', () => {
  const percent = { percentMillionths: 100_000, amountCents: null, capCents: null, taxable: true }
  const supplies = { name: 'Supplies', kind: 'shop_supplies', printedName: 'Brake cleaner and rags', base: 'both', ...percent }
  let rule: string
  const feeOf = (order: Order): Line => order.lines.find(({ description }) => description === supplies.printedName)!
  const feesOf = ({ lines }: Order) => lines.filter(({ type, status }) => type === 'fee' && status !== 'declined')

  test('typed below what its rule asks is a price override, by price, by quantity or by another name', async () => {
    rule = await addRule('fee_rule', supplies)
    const order = await estimated(t, advisor, [line({ unitPriceCents: 12_000 })])
    const fee = feeOf(order)
    expect(fee.totalCents).toBe(1_200)
    for (const now of [price(0), price(1_079), quantity(1), quantity(89), { type: 'labor' as const }, { type: 'part' as const }]) {
      expect(await refusalOf(editNow(advisor, order, fee.id, now))).toMatchObject(override)
      expect(await refusalOf(editNow(desk, order, fee.id, now))).toMatchObject({ code: 'APPROVAL_REQUIRED' })
    }
    const { message } = await refusalOf(editNow(advisor, order, fee.id, price(0)))
    expect(message).toBe('$0.00 instead of the shop’s $12.00 for "Brake cleaner and rags" is above your limit of 10%.')
    // Within the limit of who types; many small steps come to no more.
    await editNow(advisor, order, fee.id, price(1_080))
    expect(await codeOf(editNow(advisor, order, fee.id, price(1_000)))).toBe('APPROVAL_REQUIRED')
    expect(await codeOf(editNow(desk, order, fee.id, price(1_079)))).toBe('APPROVAL_REQUIRED')
    await editNow(advisor, order, fee.id, price(1_500))
    const less = await editNow(advisor, order, fee.id, price(0), { approval })
    expect(feeOf(less).totalCents).toBe(0)
    // What was approved stays, however much work comes.
    expect(feeOf(await add(owner, order, line())).totalCents).toBe(0)
  })

  test('typed within the limit while there is little work follows again when there is more', async () => {
    for (const typed of [90, 150]) {
      const order = await estimated(t, advisor, [part({ description: 'Clip', unitPriceCents: 1_000 })])
      await editNow(advisor, order, feeOf(order).id, price(typed))
      expect(feeOf(await add(owner, order, part({ unitPriceCents: 50 }))).totalCents).toBe(typed === 90 ? 105 : 150)
      const after = await add(owner, order, line())
      expect(feeOf(after)).toMatchObject({ totalCents: 1_305, priceSource: { rule: 'fee', priceCents: 1_305 } })
    }
  })

  test('removed or declined by itself is one too; it stays off', async () => {
    for (const ctx of [advisor, desk]) {
      const order = await estimated(t, owner, [line()])
      const lineId = feeOf(order).id
      const no = { orderId: order.id, lineId, decision: 'declined' as const, reason: '' }
      const refused = await refusalOf(removeLine(ctx, { lineId }))
      expect(refused).toMatchObject(override)
      expect(refused.message).toBe('Take $12.00 of fees off the order, however much work it gets: “Brake cleaner and rags”.')
      expect(await refusalOf(decide(ctx, no))).toMatchObject(override)
      expect(feesOf(await getOrder(owner, { orderId: order.id }))).toHaveLength(1)
      const after = ctx === desk ? await decide(ctx, { ...no, approval }) : await removeLine(ctx, { lineId, approval })
      expect(await count(t, `audit_events WHERE action = 'approval.given' AND entity_id = $1`, [order.id])).toBe(1)
      expect(feesOf(after)).toEqual([])
      expect(feesOf(await add(owner, order, line()))).toEqual([])
    }
    const order = await estimated(t, owner, [line()])
    expect(feesOf(await removeLine(owner, { lineId: feeOf(order).id }))).toEqual([])
  })

  test('is agreed to like work, and asked for as long as there is work to ask it for', async () => {
    const order = await estimated(t, owner, [line(), part()])
    await authorize(owner, yes(order))
    const lineId = feeOf(order).id
    expect(await refusalOf(removeLine(advisor, { lineId }))).toMatchObject(override)
    const no = { orderId: order.id, decision: 'declined' as const, reason: 'Sold the car' }
    await decide(advisor, { ...no, jobId: order.jobs[0]!.id })
    expect(feesOf(await removeLine(advisor, { lineId }))).toEqual([])
    // A fee that the clerk thought of is nobody's rule.
    const own = await estimated(t, advisor, [line({ type: 'fee', description: 'Tire disposal', unitPriceCents: 500, taxable: true })])
    await editNow(advisor, own, own.lines[0]!.id, price(100))
    await removeLine(advisor, { lineId: own.lines[0]!.id })
  })

  test('is none where the state forbids its form', async () => {
    const order = await estimated(t, owner, [line()])
    await reading(t.owner).query(sql('', "UPDATE shops SET state = 'MI' WHERE id = $1"), [t.shopId])
    const there = await testContext(t, 'service_advisor')
    expect(feesOf(await removeLine(there, { lineId: feeOf(order).id }))).toEqual([])
    await reading(t.owner).query(sql('', "UPDATE shops SET state = 'CA' WHERE id = $1"), [t.shopId])
    await updatePriceRule(owner, { kind: 'fee_rule', id: rule, was: { isActive: true }, now: { isActive: false } })
  })
})

describe('hours and pieces of a canned job', () => {
  let brakes: { cannedJobId: string; cannedLineIds: string[] }
  let filters: string[]
  beforeAll(async () => {
    filters = [await newPart(t, { priceCents: 2_000 }), await newPart(t, { priceCents: 2_000 })]
    const lines = [
      cannedLineAsSent({ description: 'Brakes', quantityHundredths: 200 }),
      cannedLineAsSent({ type: 'part', description: 'Pads', inventoryItemId: filters[0], quantityHundredths: 400 }),
      cannedLineAsSent({ type: 'fee', description: 'Pad disposal', unitPriceCents: 350, quantityHundredths: 100 }),
      cannedLineAsSent({ description: 'Bleeding', unitPriceCents: 5_000, quantityHundredths: 100, included: 'usually' }),
    ]
    const cannedJobId = await addRule('canned_job', { name: 'Brake service', code: '', category: '', lines })
    brakes = { cannedJobId, cannedLineIds: lines.map(({ lineId }) => lineId) }
  })

  async function withBrakes(ctx: Ctx): Promise<{ order: Order; hours: Line; pads: Line; fee: Line; bleeding: Line }> {
    const { id } = await checkIn(ctx, arrival(await newCar(t), { orderId: uuid7() }))
    const lines = brakes.cannedLineIds.map((cannedLineId) => ({ lineId: uuid7(), cannedLineId }))
    const order = await addCannedJob(ctx, { orderId: id, jobId: uuid7(), cannedJobId: brakes.cannedJobId, lines })
    const [hours, pads, fee, bleeding] = order.lines
    return { order, hours: hours!, pads: pads!, fee: fee!, bleeding: bleeding! }
  }

  test('are held like a price: fewer of them is an override, more is not', async () => {
    const { order, hours, pads, fee } = await withBrakes(desk)
    for (const [id, hundredths] of [
      [hours.id, 10],
      [hours.id, 179],
      [pads.id, 359],
    ] as const) {
      expect(await refusalOf(editNow(advisor, order, id, quantity(hundredths)))).toMatchObject(override)
      expect(await refusalOf(editNow(desk, order, id, quantity(hundredths)))).toMatchObject(override)
    }
    const { message } = await refusalOf(editNow(advisor, order, hours.id, quantity(10)))
    expect(message).toBe('$12.00 instead of the shop’s $240.00 for "Brakes" is above your limit of 10%.')
    expect(await refusalOf(editNow(advisor, order, fee.id, price(0)))).toMatchObject(override)
    // A tenth of the price and a tenth of the hours are more than a tenth.
    await editNow(advisor, order, hours.id, price(10_800))
    expect(await refusalOf(editNow(advisor, order, hours.id, quantity(190)))).toMatchObject(override)
    await editNow(advisor, order, hours.id, { ...price(12_000), ...quantity(180) })
    await editNow(desk, order, hours.id, quantity(300))
    await editNow(desk, order, hours.id, quantity(200))
    const less = await editNow(advisor, order, hours.id, quantity(10), { approval })
    expect(less.lines[0]).toMatchObject({ totalCents: 1_200, priceSource: { rule: 'labor_rate', quantityHundredths: 200 } })
    expect(await count(t, `audit_events WHERE action = 'approval.given' AND entity_id = $1`, [order.id])).toBe(1)
  })

  test('keep that mark on another part, at another price, and after a no', async () => {
    const { order, pads, hours } = await withBrakes(owner)
    await editNow(advisor, order, pads.id, { inventoryItemId: filters[1]! })
    expect(await refusalOf(editNow(advisor, order, pads.id, quantity(100)))).toMatchObject(override)
    await editNow(advisor, order, pads.id, price(1_900))
    expect(await refusalOf(editNow(advisor, order, pads.id, quantity(100)))).toMatchObject(override)
    await decide(advisor, { orderId: order.id, jobId: hours.jobId!, decision: 'declined', reason: 'Later' })
    const later = await checkIn(owner, arrival({ customerId: order.customer.id, vehicleId: order.vehicle.id }, { orderId: uuid7() }))
    const [work] = await declinedWork(advisor, { vehicleId: order.vehicle.id, exceptOrderId: later.id })
    const jobId = uuid7()
    const back = await revive(advisor, {
      orderId: later.id,
      kind: 'job',
      id: work!.id,
      jobId,
      expectedCents: work!.nowCents,
    })
    const again = back.lines.find(({ description }) => description === 'Brakes')!
    expect(await refusalOf(editNow(advisor, later, again.id, quantity(10)))).toMatchObject(override)
  })

  /** Sends a removed line as the screen sends it to bring it back. */
  function bringBack(ctx: Ctx, { id: orderId }: Order, removed: Line, fields: object = {}): Promise<Order> {
    return addLines(ctx, { orderId, lines: [{ ...asNewLine(removed), ...fields }], broughtBack: true })
  }

  test('come back with that mark when they were removed by mistake', async () => {
    const { order, hours, pads } = await withBrakes(desk)
    const terms = { ...noTerms, warrantyMonths: 12 }
    await updateLine(advisor, { lineId: pads.id, was: { terms: null }, now: { terms }, reason: '' })
    for (const { id, description } of [hours, pads]) {
      const removed = (await getOrder(desk, { orderId: order.id })).lines.find((each) => each.id === id)!
      await removeLine(desk, { lineId: id })
      const back = (await bringBack(desk, order, removed)).lines.find((each) => each.id === id)!
      expect(back).toEqual({ ...removed, sortOrder: back.sortOrder })
      const less = await refusalOf(editNow(advisor, order, id, quantity(100)))
      expect(less).toMatchObject({ ...override, message: expect.stringContaining(description) as string })
      // The same twice is one line.
      expect((await bringBack(desk, order, removed)).lines).toHaveLength(4)
    }
    // With its job as well; a price that was approved needs no approval to be there again.
    await editNow(advisor, order, hours.id, quantity(10), { approval })
    const { lines } = await getOrder(advisor, { orderId: order.id })
    await removeJob(advisor, { jobId: hours.jobId! })
    await addJob(advisor, { orderId: order.id, jobId: hours.jobId!, name: 'Brake service' })
    for (const removed of lines) await bringBack(advisor, order, removed)
    const again = (await getOrder(advisor, { orderId: order.id })).lines
    expect(again.map(({ priceSource, totalCents }) => [priceSource, totalCents])).toEqual(
      lines.map(({ priceSource, totalCents }) => [priceSource, totalCents]),
    )
  })

  test('are a line like any other when something else comes back, or somebody else brings it', async () => {
    const { order, hours } = await withBrakes(owner)
    await editNow(owner, order, hours.id, price(1_000))
    const removed = (await getOrder(owner, { orderId: order.id })).lines.find(({ id }) => id === hours.id)!
    await removeLine(owner, { lineId: hours.id })
    expect(await refusalOf(bringBack(advisor, order, removed))).toMatchObject(override)
    await bringBack(owner, order, removed)
    await removeLine(advisor, { lineId: hours.id })
    for (const fields of [price(900), { description: 'Something else' }])
      expect(await refusalOf(bringBack(advisor, order, removed, fields))).toMatchObject(override)
    expect((await bringBack(advisor, order, removed)).lines.at(-1)).toMatchObject({ id: hours.id, unitPriceCents: 1_000 })
  })

  test('may be left out as a whole: what is not done is not given away; a fee that is left out alone is', async () => {
    const { order, hours, bleeding, fee } = await withBrakes(desk)
    await removeLine(desk, { lineId: bleeding.id })
    await removeLine(desk, { lineId: hours.id })
    expect(await refusalOf(removeLine(desk, { lineId: fee.id }))).toMatchObject(override)
    expect(await refusalOf(decide(desk, { orderId: order.id, lineId: fee.id, decision: 'declined', reason: '' }))).toMatchObject(override)
    expect((await removeJob(desk, { jobId: hours.jobId! })).lines).toEqual([])
    // Hours that the clerk thought of have no floor.
    const own = await add(advisor, order, line({ quantityHundredths: 200 }))
    await editNow(advisor, own, own.lines[0]!.id, quantity(10))
  })
})
