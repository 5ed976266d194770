import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Order } from '../../../src-preload/contract/orders'
import { cents, orderTotals } from '../../../src-preload/contract/money'
import { FeeRuleFields } from '../../../src-preload/contract/pricing'
import { uuid7 } from '../../base/uuid7'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { add, arrival, codeOf, line, newCar, part, yes } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { changeOrder, changeOrderPdf } from '../invoices/change-order'
import { addPriceRule, updatePriceRule } from '../pricing/save-price-rule'
import { addJob } from './add-job'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { updateLine } from './update-line'

let t: TestDatabase
let ctx: Ctx
beforeAll(async () => {
  t = await testDatabase()
  ctx = await testContext(t, 'owner')
})
afterAll(() => t.close())

const NAMES = ['Brakes', 'Oil', 'Wipers'] as const

async function threeJobs(): Promise<Order> {
  const jobs = NAMES.map((name, at) => ({
    jobId: uuid7(),
    name,
    lines: [
      line({ description: `${name} labor`, unitPriceCents: 10_000 * (at + 1) }),
      part({ description: `${name} part`, unitPriceCents: 1_111 }),
    ],
  }))
  return checkIn(ctx, arrival(await newCar(t), { jobs }))
}

/** The customer says no to these jobs: what remains is what they are told. */
function without(order: Order, ...names: string[]) {
  const refused = order.jobs.filter(({ name }) => names.includes(name))
  const left = order.lines.filter(({ jobId }) => !refused.some(({ id }) => id === jobId))
  return {
    expectedTotalCents: orderTotals(left, order.taxRateMillionths).totalCents,
    declined: refused.map(({ id }) => ({ jobId: id, reason: 'Not today' })),
  }
}

describe('a yes to some jobs and a no to others', () => {
  test('charges fees by rule on the work that is left', async () => {
    const fields = FeeRuleFields.parse({
      name: 'Rags',
      kind: 'other',
      printedName: 'Brake cleaner and rags',
      base: 'labor',
      percentMillionths: 50_000,
      amountCents: null,
      capCents: null,
      taxable: false,
      isActive: true,
    })
    const id = uuid7()
    await addPriceRule(ctx, { kind: 'fee_rule', id, fields })
    const order = await threeJobs()
    await updatePriceRule(ctx, { kind: 'fee_rule', id, was: { isActive: true }, now: { isActive: false } })
    expect(order.feesCents).toBe(3_000)
    const { declined } = without(order, 'Wipers')
    // 5 % of the labor of 300.00 that is left; tax of two parts.
    const expectedTotalCents = cents(30_000 + 2_222 + 1_500 + 183)
    expect(await codeOf(authorize(ctx, yes(order, without(order, 'Wipers'))))).toBe('EDIT_CONFLICT')
    const after = await authorize(ctx, yes(order, { declined, expectedTotalCents }))
    expect(after).toMatchObject({ feesCents: 1_500, totalCents: expectedTotalCents, authorizedCents: expectedTotalCents })
  })

  test('is one record that lists the jobs with their amounts; what was declined leaves the total', async () => {
    const order = await threeJobs()
    const request = yes(order, { ...without(order, 'Wipers'), oldPartsWanted: true })
    const after = await authorize(ctx, request)
    expect(after).toMatchObject({ status: 'approved', totalCents: request.expectedTotalCents, authorizedCents: request.expectedTotalCents })
    expect(after.lines.map(({ status }) => status)).toEqual(['approved', 'approved', 'approved', 'approved', 'declined', 'declined'])
    expect(after.jobs[2]).toMatchObject({ declinedReason: 'Not today' })
    expect(after.authorizations).toMatchObject([
      {
        oldPartsWanted: true,
        added: null,
        jobs: [
          { name: 'Brakes', totalCents: 11_111, answer: 'yes' },
          { name: 'Oil', totalCents: 21_111, answer: 'yes' },
          { name: 'Wipers', totalCents: 31_111, answer: 'no' },
        ],
      },
    ])
    expect((await authorize(ctx, request)).authorizations).toHaveLength(1)
    expect(await codeOf(authorize(ctx, { ...request, note: 'another' }))).toBe('DUPLICATE')
    expect(await codeOf(authorize(ctx, { ...request, oldPartsWanted: false }))).toBe('DUPLICATE')
    for (const declined of [[], without(order, 'Oil').declined, without(order, 'Oil', 'Wipers').declined])
      expect(await codeOf(authorize(ctx, { ...request, declined }))).toBe('DUPLICATE')
  })

  test('is refused whole when the total told is not what remains, when nothing remains, or when a job has nothing to answer', async () => {
    const order = await threeJobs()
    const some = without(order, 'Wipers')
    expect(await codeOf(authorize(ctx, yes(order, { ...some, expectedTotalCents: cents(some.expectedTotalCents - 1) })))).toBe(
      'EDIT_CONFLICT',
    )
    expect(await codeOf(authorize(ctx, yes(order, without(order, ...NAMES))))).toBe('NOTHING_TO_AUTHORIZE')
    expect(await codeOf(authorize(ctx, yes(order, { ...some, declined: [{ jobId: uuid7(), reason: '' }] })))).toBe('NOT_FOUND')
    const empty = await addJob(ctx, { orderId: order.id, jobId: uuid7(), name: 'Empty' })
    const nothing = { ...some, declined: [{ jobId: empty.jobs[3]!.id, reason: '' }] }
    expect(await codeOf(authorize(ctx, yes(empty, nothing)))).toBe('INVALID_INPUT')
    expect(await getOrder(ctx, { orderId: order.id })).toEqual(empty)
  })

  test('leaves what was agreed to before, and says what a later yes added', async () => {
    const first = await authorize(ctx, yes(await threeJobs()))
    const [brakes, oil] = first.jobs
    const more = await add(
      ctx,
      first,
      line({ jobId: brakes!.id, description: 'Rotors', unitPriceCents: 24_000 }),
      line({ jobId: oil!.id, description: 'Flush' }),
    )
    const said = without(more)
    const flush = more.lines.find(({ description }) => description === 'Flush')!
    const left = orderTotals(
      more.lines.filter(({ id }) => id !== flush.id),
      more.taxRateMillionths,
    ).totalCents
    const after = await authorize(ctx, yes(more, { ...said, expectedTotalCents: left, declined: [{ jobId: oil!.id, reason: '' }] }))
    expect(after.lines.filter(({ status }) => status === 'declined').map(({ description }) => description)).toEqual(['Flush'])
    expect(after.authorizations[1]).toMatchObject({ added: [{ description: 'Rotors', totalCents: 24_000 }], authorizedCents: left })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })
})

describe('a change order', () => {
  test('says line by line what is different between two versions, and the revised total', async () => {
    const first = await authorize(ctx, yes(await threeJobs()))
    const [labor, pads] = first.lines
    await updateLine(ctx, {
      lineId: labor!.id,
      was: { unitPriceCents: labor!.unitPriceCents },
      now: { unitPriceCents: cents(12_500) },
      reason: 'x',
    })
    await updateLine(ctx, { lineId: pads!.id, was: { description: pads!.description }, now: { description: 'Ceramic pads' }, reason: '' })
    const now = await add(ctx, first, line({ jobId: null, description: 'Tow', unitPriceCents: 5_000 }))
    const found = await changeOrder(ctx, { orderId: first.id, from: 1 })
    expect(found.lines.map(({ kind, description, wasCents, nowCents }) => [kind, description, wasCents, nowCents])).toEqual([
      ['added', 'Ceramic pads', null, 1_111],
      ['added', 'Tow', null, 5_000],
      ['dearer', 'Brakes labor', 10_000, 12_500],
      ['removed', 'Brakes part', 1_111, null],
    ])
    expect(found).toMatchObject({ differenceCents: now.totalCents - first.totalCents, to: { version: 2, totalCents: now.totalCents } })
    const file = await changeOrderPdf(ctx, { orderId: first.id, from: 1 })
    expect(file.fileName).toBe(`Change order ${first.number}-1 to ${first.number}-2.pdf`)
    expect(await changeOrderPdf(ctx, { orderId: first.id, from: 1 })).toEqual(file)
    await authorize(ctx, yes(now))
    expect(await changeOrder(ctx, { orderId: first.id, from: 1, to: 2 })).toEqual(found)
    expect(await codeOf(changeOrder(ctx, { orderId: first.id, from: 3 }))).toBe('NOT_FOUND')
  })
})
