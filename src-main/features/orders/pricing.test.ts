import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents, type Millionths } from '../../../src-preload/contract/money'
import { NewPriceRule, type PriceSource } from '../../../src-preload/contract/pricing'
import type { Order } from '../../../src-preload/contract/orders'
import type { Role } from '../../../src-preload/contract/permissions'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import {
  add,
  arrival,
  approved,
  codeOf,
  count,
  discount,
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
import { chooseRate } from '../pricing/choose-rate'
import { listOffers } from '../pricing/list-offers'
import { previewCannedJob, previewMatrix } from '../pricing/preview-prices'
import { addPriceRule, listPriceRules, updatePriceRule } from '../pricing/save-price-rule'
import { addCannedJob } from './add-canned-job'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { findParts } from './find-parts'
import { getOrder } from './get-order'
import { outTheDoor } from './out-the-door'
import { removeLine } from './remove-line'
import { updateLine } from './update-line'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let desk: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  desk = await testContext(t, 'front_desk')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

const all = { isActive: true }

async function addRule(kind: NewPriceRule['kind'], fields: object): Promise<string> {
  const id = uuid7()
  await addPriceRule(owner, NewPriceRule.parse({ kind, id, fields: { ...all, ...fields } }))
  return id
}

async function retire(kind: NewPriceRule['kind'], id: string): Promise<void> {
  await updatePriceRule(owner, { kind, id, was: { isActive: true }, now: { isActive: false } })
}

const rate = (name: string, rateCents: number) => addRule('labor_rate', { name, rateCents })
const doubled = { costFromCents: 0, way: 'multiplier', factorMillionths: 2_000_000, minCents: null, maxCents: null }
const supplies = {
  name: 'Supplies',
  kind: 'shop_supplies',
  printedName: 'Brake cleaner and rags',
  base: 'both',
  percentMillionths: 50_000,
  amountCents: null,
  capCents: 2_000,
  taxable: true,
}
const canned = (fields: object = {}) => cannedLineAsSent({ quantityHundredths: 50, ...fields })
const sourceOf = (order: Order, description: string): PriceSource | null | undefined =>
  order.lines.find((each) => each.description === description)?.priceSource
const empty = async (): Promise<Order> => checkIn(owner, arrival(await newCar(t), { orderId: uuid7() }))
const lineIds = (rules: { cannedJobs: readonly { id: string; lines: readonly { id: string }[] }[] }, id: string) =>
  rules.cannedJobs.find((job) => job.id === id)!.lines.map((each) => ({ lineId: uuid7(), cannedLineId: each.id }))

test('labor is charged at the rate of the vehicle, else the customer, else the order, else the shop, and each line says whose it was', async () => {
  const [fleet, family, quick] = [await rate('Fleet', 9_000), await rate('Family', 10_000), await rate('Quick lane', 11_000)]
  const order = await empty()
  expect(order.laborRate).toMatchObject({ level: 'shop', chosen: { vehicle: null, customer: null, order: null } })
  const choose = (target: 'order' | 'customer' | 'vehicle', id: string, now: string) => chooseRate(owner, { target, id, was: null, now })
  const found: unknown[] = []
  for (const [target, id, now] of [
    ['order', order.id, quick],
    ['customer', order.customer.id, family],
    ['vehicle', order.vehicle.id, fleet],
  ] as const) {
    await choose(target, id, now)
    const { laborRate } = await getOrder(owner, { orderId: order.id })
    const after = await add(owner, order, line({ description: target, unitPriceCents: laborRate!.rateCents }))
    found.push(sourceOf(after, target))
  }
  expect(found).toEqual([
    { rule: 'labor_rate', level: 'order', name: 'Quick lane', priceCents: 11_000 },
    { rule: 'labor_rate', level: 'customer', name: 'Family', priceCents: 10_000 },
    { rule: 'labor_rate', level: 'vehicle', name: 'Fleet', priceCents: 9_000 },
  ])
  // The front desk sells at the shop's own price, which is the vehicle's here.
  await add(desk, order, line({ unitPriceCents: 9_000 }))
  expect(await codeOf(add(desk, order, line({ unitPriceCents: 12_000 })))).toBe('APPROVAL_REQUIRED')
  // Another rate later changes no line; a rate out of use gives way to the next.
  await retire('labor_rate', fleet)
  const later = await getOrder(owner, { orderId: order.id })
  expect(sourceOf(later, 'vehicle')).toMatchObject({ priceCents: 9_000 })
  expect(later.laborRate).toMatchObject({ level: 'customer', rateCents: 10_000 })
})

test('another rate needs an approval of whoever may not set prices, and is refused when somebody chose one meanwhile', async () => {
  const order = await empty()
  const [one, two] = [await rate('Rate one', 9_100), await rate('Rate two', 9_200)]
  const choice = { target: 'order' as const, id: order.id, was: null, now: one }
  for (const ctx of [advisor, desk])
    expect(await refusalOf(chooseRate(ctx, choice))).toMatchObject({
      code: 'APPROVAL_REQUIRED',
      message: 'Another labor rate for this order: “Rate one”, $91.00 an hour instead of the usual rate.',
    })
  expect((await refusalOf(chooseRate(desk, { ...choice, was: one, now: null }))).message).toMatch(
    /: the usual rate instead of “Rate one”, \$91\.00 an hour\.$/,
  )
  expect(await codeOf(chooseRate(await testContext(t, 'technician'), choice))).toBe('FORBIDDEN')
  await chooseRate(owner, choice)
  await chooseRate(owner, choice)
  const logged = `audit_events WHERE action = 'labor_rate.chosen' AND entity_id = $1 AND actor_user_id = $2 AND details ->> 'now' = $3`
  expect(await count(t, logged, [order.id, owner.userId, one])).toBe(1)
  expect(await refusalOf(chooseRate(owner, { ...choice, now: two }))).toMatchObject({
    code: 'EDIT_CONFLICT',
    data: { current: { laborRateId: one } },
  })
  expect(await codeOf(chooseRate(owner, { ...choice, was: one, now: uuid7() }))).toBe('NOT_FOUND')
  expect(await codeOf(chooseRate(owner, { ...choice, id: uuid7() }))).toBe('NOT_FOUND')
})

test('a matrix prices parts by what they cost; the price is told to all, cost and factor only to those who see costs', async () => {
  const matrix = await addRule('matrix', { name: 'All parts', category: '', bands: [doubled] })
  const inventoryItemId = await newPart(t, { costCents: 1_234, priceCents: 9_999, description: 'Matrix filter' })
  expect(await findParts(desk, { text: 'Matrix filter' })).toMatchObject([{ priceCents: 2_468, costCents: null }])
  const order = await empty()
  const stocked = part({ description: 'stocked', inventoryItemId, unitPriceCents: 2_468 })
  await add(desk, order, stocked)
  await add(owner, order, part({ description: 'ordered', unitPriceCents: 2_000, costCents: 1_000 }))
  const after = await add(owner, order, part({ description: 'typed', unitPriceCents: 2_100, costCents: 1_000 }))
  expect(sourceOf(after, 'stocked')).toMatchObject({ rule: 'matrix', name: 'All parts', costCents: 1_234, factorMillionths: 2_000_000 })
  expect(sourceOf(after, 'ordered')).toMatchObject({ rule: 'matrix', priceCents: 2_000 })
  expect(sourceOf(after, 'typed')).toMatchObject({ rule: 'typed', priceCents: 2_100, instead: { rule: 'matrix', priceCents: 2_000 } })
  for (const ctx of [advisor, desk]) {
    const seen = await getOrder(ctx, { orderId: order.id })
    expect(JSON.stringify(seen.lines.map(({ priceSource }) => priceSource))).not.toMatch(/cost|factor|way/)
    expect(sourceOf(seen, 'stocked')).toMatchObject({ rule: 'matrix', priceCents: 2_468 })
  }
  // A matrix that changes touches no line; typing over keeps the rule beside it, and its price brings it back.
  await updatePriceRule(owner, {
    kind: 'matrix',
    id: matrix,
    was: { bands: [doubled] },
    now: { bands: [{ ...doubled, factorMillionths: 3_000_000 }] },
  } as unknown as Parameters<typeof updatePriceRule>[1])
  const price = (was: number, now: number) =>
    updateLine(owner, {
      lineId: stocked.lineId,
      was: { unitPriceCents: cents(was) },
      now: { unitPriceCents: cents(now) },
      reason: '',
    })
  expect(sourceOf(await price(2_468, 2_500), 'stocked')).toMatchObject({
    rule: 'typed',
    priceCents: 2_500,
    instead: { rule: 'matrix', priceCents: 2_468 },
  })
  const back = await updateLine(advisor, {
    lineId: stocked.lineId,
    was: { unitPriceCents: cents(2_500) },
    now: { unitPriceCents: cents(2_468) },
    reason: '',
  })
  expect(sourceOf(back, 'stocked')).toMatchObject({ rule: 'matrix', priceCents: 2_468 })
  await retire('matrix', matrix)
})

test('what a matrix would have made of the parts sold lately', async () => {
  await approved(t, owner, [
    part({ unitPriceCents: 5_000, costCents: 3_000, quantityHundredths: 150 }),
    part({ unitPriceCents: 100, costCents: null }),
  ])
  const preview = await previewMatrix(owner, { category: '', bands: [doubled] } as unknown as Parameters<typeof previewMatrix>[1])
  const before = await previewMatrix(owner, { category: '', bands: [{ ...doubled, factorMillionths: 1_000_000 }] } as unknown as Parameters<
    typeof previewMatrix
  >[1])
  expect(preview).toMatchObject({ lineCount: before.lineCount, soldCents: before.soldCents, wouldBeCents: before.wouldBeCents * 2 })
  expect(preview.lineCount).toBeGreaterThan(0)
  expect((await previewMatrix(owner, { category: 'Nothing', bands: [] })).lineCount).toBe(0)
})

test('a canned job: its lines at the shop’s prices, also by the front desk; the same request twice is one job', async () => {
  const inventoryItemId = await newPart(t, { costCents: 500, priceCents: 1_250, description: 'Canned filter' })
  const lines = [
    canned(),
    canned({ type: 'part', description: 'Oil filter', inventoryItemId, quantityHundredths: 100 }),
    canned({ type: 'fee', description: 'Oil disposal', unitPriceCents: 350, quantityHundredths: 100 }),
    canned({ type: 'part', description: 'Wiper blades', unitPriceCents: 2_995, included: 'on_request', quantityHundredths: 100 }),
  ]
  const id = await addRule('canned_job', { name: 'Oil service', code: 'OIL', category: '', lines })
  const preview = await previewCannedJob(owner, { lines } as unknown as Parameters<typeof previewCannedJob>[1])
  expect(preview).toEqual({ unitPricesCents: [12_000, 1_250, 350, 2_995], totalCents: 7_600 })
  const offers = await listOffers(desk, {})
  expect(offers.cannedJobs.find((job) => job.id === id)?.lines.map(({ included }) => included)).toEqual([
    'always',
    'always',
    'always',
    'on_request',
  ])
  const order = await empty()
  const request = { orderId: order.id, jobId: uuid7(), cannedJobId: id, lines: lineIds(offers, id).slice(0, 3) }
  const after = await addCannedJob(desk, request)
  expect(after).toMatchObject({ status: 'estimate', subtotalCents: 7_600, jobs: [{ name: 'Oil service', totalCents: 7_600 }] })
  expect(after.lines.map(({ priceSource }) => priceSource?.rule)).toEqual(['labor_rate', 'inventory', 'canned_job'])
  expect(after.lines.map(({ taxable }) => taxable)).toEqual([false, true, true])
  expect((await addCannedJob(desk, request)).lines).toHaveLength(3)
  expect(await codeOf(addCannedJob(desk, { ...request, jobId: uuid7() }))).toBe('DUPLICATE')
  expect(await codeOf(addCannedJob(desk, { ...request, jobId: uuid7(), lines: lineIds(offers, id).slice(1) }))).toBe('INVALID_INPUT')
  expect(await codeOf(addCannedJob(await testContext(t, 'parts_manager'), request))).toBe('FORBIDDEN')
  const dear = [canned({ type: 'part', description: 'Rare seal', costCents: 1_000, quantityHundredths: 100 })]
  const priceless = await addRule('canned_job', { name: 'Seal', code: 'SEAL', category: '', lines: dear })
  const unpriced = { ...request, jobId: uuid7(), cannedJobId: priceless, lines: lineIds(await listOffers(desk, {}), priceless) }
  expect(await refusalOf(addCannedJob(desk, unpriced))).toMatchObject({
    code: 'INVALID_INPUT',
    message: 'No rule has a price for "Rare seal". Give it one in the settings.',
  })
  await retire('canned_job', id)
  expect(await codeOf(addCannedJob(desk, { ...request, jobId: uuid7(), lines: lineIds(offers, id) }))).toBe('NOT_FOUND')
})

test('fees by rule follow labor and parts while they are quoted, and are frozen by the customer’s yes', async () => {
  const earlier = await empty()
  const rule = await addRule('fee_rule', supplies)
  const fee = (order: Order) => order.lines.filter(({ description }) => description === supplies.printedName)
  expect(fee(await add(owner, earlier, line()))).toEqual([])
  let order = await estimated(t, owner, [line({ unitPriceCents: 10_000 })])
  expect(fee(order)).toMatchObject([
    {
      type: 'fee',
      unitPriceCents: 500,
      taxable: true,
      jobId: null,
      priceSource: { rule: 'fee', name: 'Supplies', factorMillionths: 50_000 },
    },
  ])
  // The rule changes; an order that stands keeps the one it was made with.
  await updatePriceRule(owner, {
    kind: 'fee_rule',
    id: rule,
    was: { percentMillionths: 50_000 as Millionths },
    now: { percentMillionths: 90_000 as Millionths },
  })
  const second = part({ unitPriceCents: 10_010 })
  order = await add(owner, order, second)
  expect(fee(order)).toMatchObject([{ unitPriceCents: 1_001 }])
  order = await add(owner, order, part({ unitPriceCents: 90_000 }), discount(1_000))
  expect(fee(order)).toMatchObject([{ unitPriceCents: 2_000 }])
  order = await removeLine(owner, { lineId: second.lineId })
  order = await authorize(owner, yes(order))
  expect(fee(await add(owner, order, line({ unitPriceCents: 500_000 })))).toMatchObject([{ unitPriceCents: 2_000, status: 'approved' }])
  // Taken off by hand it stays off; typed over it stays as typed.
  let other = await estimated(t, desk, [line()])
  expect(fee(other)).toMatchObject([{ unitPriceCents: 1_080 }])
  const [typed] = fee(other)
  other = await updateLine(owner, {
    lineId: typed!.id,
    was: { unitPriceCents: typed!.unitPriceCents },
    now: { unitPriceCents: cents(77) },
    reason: '',
  })
  expect(fee(await add(owner, other, line()))).toMatchObject([
    { unitPriceCents: 77, priceSource: { rule: 'typed', instead: { rule: 'fee' } } },
  ])
  await removeLine(owner, { lineId: typed!.id })
  expect(fee(await add(owner, other, line()))).toEqual([])
  // The last work that it was reckoned on goes, and the fee with it.
  const [only] = (other = await estimated(t, owner, [line()])).lines
  expect(fee(await removeLine(owner, { lineId: only!.id }))).toEqual([])
  await retire('fee_rule', rule)
})

test('out the door: a discount makes the total what is wanted, within the limits of a discount', async () => {
  const order = await estimated(t, owner, [line({ unitPriceCents: 10_000 }), part({ unitPriceCents: 20_000 })])
  const ask = { orderId: order.id, lineId: uuid7(), seenTotalCents: order.totalCents, reason: 'Agreed at the counter' }
  expect(await codeOf(outTheDoor(owner, { ...ask, wantedCents: order.totalCents }))).toBe('INVALID_INPUT')
  expect(await codeOf(outTheDoor(owner, { ...ask, seenTotalCents: cents(1), wantedCents: cents(20_000) }))).toBe('EDIT_CONFLICT')
  expect(await codeOf(outTheDoor(desk, { ...ask, wantedCents: cents(20_000) }))).toBe('APPROVAL_REQUIRED')
  const after = await outTheDoor(desk, { ...ask, wantedCents: cents(order.totalCents - 999) })
  expect(after).toMatchObject({ totalCents: order.totalCents - 999, discountCents: 999 })
  expect((await outTheDoor(desk, { ...ask, wantedCents: cents(order.totalCents - 999) })).discountCents).toBe(999)
  expect((await removeLine(owner, { lineId: ask.lineId })).totalCents).toBe(order.totalCents)
  // Where everything is taxed the discount lowers the tax too.
  const settings = { ...owner.shop.settings, taxable: { labor: true, part: true, fee: true } }
  const taxing: Ctx = { ...owner, shop: { ...owner.shop, settings } }
  const taxed = await estimated(t, taxing, [line({ unitPriceCents: 30_000, taxable: true })])
  for (const wantedCents of [30_000, 29_999, 29_998, 29_997]) {
    const now = await getOrder(taxing, { orderId: taxed.id })
    const lowered = await outTheDoor(taxing, {
      ...ask,
      lineId: uuid7(),
      orderId: taxed.id,
      seenTotalCents: now.totalCents,
      wantedCents: cents(wantedCents),
    }).catch(() => now)
    expect(wantedCents - lowered.totalCents).toBeGreaterThanOrEqual(0)
    expect(wantedCents - lowered.totalCents).toBeLessThanOrEqual(1)
  }
})

test('rules are added once, edited as they were seen, and make sense', async () => {
  const id = uuid7()
  const preset = {
    kind: 'discount_preset' as const,
    id,
    fields: { name: 'Veteran', percentMillionths: 100_000, amountCents: null, isActive: true },
  }
  await addPriceRule(owner, NewPriceRule.parse(preset))
  const again = await addPriceRule(owner, NewPriceRule.parse(preset))
  expect(again.discountPresets.filter(({ name }) => name === 'Veteran')).toHaveLength(1)
  expect(await codeOf(addPriceRule(owner, NewPriceRule.parse({ ...preset, id: uuid7() })))).toBe('DUPLICATE')
  const edit = { kind: 'discount_preset' as const, id, was: { name: 'Student' }, now: { name: 'Senior' } }
  expect(await refusalOf(updatePriceRule(owner, edit))).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { name: 'Veteran' } } })
  expect(await codeOf(updatePriceRule(owner, { ...edit, id: uuid7() }))).toBe('NOT_FOUND')
  const wrong: [NewPriceRule['kind'], object][] = [
    ['discount_preset', { ...preset.fields, name: 'Both', amountCents: 100 }],
    ['fee_rule', { ...supplies, name: 'Forbidden here', printedName: 'Shop supplies', isActive: true }],
    ['fee_rule', { ...supplies, name: 'Neither', percentMillionths: null, isActive: true }],
    ['matrix', { name: 'Twice', category: 'X', isActive: true, bands: [doubled, doubled] }],
    ['matrix', { name: 'Below cost', category: 'X', isActive: true, bands: [{ ...doubled, factorMillionths: 999_999 }] }],
    ['matrix', { name: 'All of it', category: 'X', isActive: true, bands: [{ ...doubled, way: 'margin', factorMillionths: 1_000_000 }] }],
    ['canned_job', { name: 'Priceless', code: '', category: '', isActive: true, lines: [canned({ type: 'part' })] }],
    ['canned_job', { name: 'Free fee', code: '', category: '', isActive: true, lines: [canned({ type: 'fee' })] }],
  ]
  for (const [kind, fields] of wrong)
    expect([fields, await codeOf(addPriceRule(owner, NewPriceRule.parse({ kind, id: uuid7(), fields })))]).toEqual([
      fields,
      'INVALID_INPUT',
    ])
  const rules = await listPriceRules(owner, {})
  expect(rules.cannedJobs.map(({ name }) => name)).not.toContain('Priceless')
  const { count } = (
    await reading(t.owner).query<{ count: number }>(
      sql('', `SELECT count(*)::int AS count FROM audit_events WHERE action = 'pricing.added' AND entity_id = $1`),
      [id],
    )
  )[0]!
  expect(count).toBe(1)
})

test.each<Role>(['owner', 'service_advisor', 'front_desk'])('the offers of %s hold what is in use', async (role) => {
  const { discountPresets } = await listOffers(await testContext(t, role), {})
  expect(discountPresets.map(({ name }) => name)).toContain('Veteran')
})
