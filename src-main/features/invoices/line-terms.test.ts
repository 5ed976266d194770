import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { type LineTerms, noTerms, termsWords, tidyTerms } from '../../../src-preload/contract/line-terms'
import type { Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { arrival, codeOf, decide, estimated, line, move, newCar, newPart, part, refusalOf, yes } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { authorize } from '../orders/authorize'
import { checkIn } from '../orders/check-in'
import { declinedWork } from '../orders/declined-work'
import { getOrder } from '../orders/get-order'
import { revive } from '../orders/revive'
import { updateLine } from '../orders/update-line'
import { updateOrder } from '../orders/update-order'
import { estimatePdf } from './estimate-pdf'
import { getInvoice } from './get-invoice'
import { invoicePdf } from './invoice-pdf'
import { issueInvoice } from './issue-invoice'
import { workOrderPdf } from './work-order-pdf'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

const pads: LineTerms = {
  oldPart: 'exchange',
  coreChargeCents: cents(4_500),
  specialOrder: true,
  warrantyMonths: 24,
  warrantyMiles: 24_000,
}
const labor: LineTerms = { ...noTerms, warrantyMonths: 12 }

const textOf = async ({ base64 }: { base64: string }): Promise<string> =>
  (await readPdf(new Uint8Array(Buffer.from(base64, 'base64')))).text.replaceAll(/\s+/g, ' ')

const say = (ctx: Ctx, lineId: string, now: LineTerms | null, was: LineTerms | null = null): Promise<Order> =>
  updateLine(ctx, { lineId, was: { terms: was }, now: { terms: now }, reason: '' })

const termsIn = (order: Order) => order.lines.map(({ terms }) => terms)

test('what is said of a line stands on estimate, work order and invoice, without prices for the technician, and at pickup', async () => {
  const lines = [line({ description: 'Fit pads' }), part({ description: 'Pads' }), part({ description: 'Clips' })]
  const drafted = await estimated(t, owner, lines)
  const plain = drafted.estimateFingerprint
  await say(owner, lines[0]!.lineId, { ...labor, specialOrder: true, oldPart: 'exchange' })
  const order = await say(owner, lines[1]!.lineId, pads)
  expect(termsIn(order)).toEqual([labor, pads, null])
  expect(order.estimateFingerprint).not.toBe(plain)
  await updateOrder(owner, { orderId: order.id, was: { oldPartsWanted: false }, now: { oldPartsWanted: true } })
  await authorize(owner, yes(order))
  const told = 'Exchange: the old part goes back to its maker and is not returned.'
  const core = 'Core charge $45.00 if the old part is kept.'
  const estimate = await textOf(await estimatePdf(owner, { orderId: order.id }))
  for (const words of [told, core, 'Special order: cannot be returned.', 'Warranty: 24 months or 24,000 miles, whichever comes first.'])
    expect(estimate).toContain(words)
  const sheet = await textOf(await workOrderPdf(owner, { orderId: order.id }))
  expect(sheet).toContain(told)
  expect(sheet).not.toContain('$')
  expect(sheet).toContain('KEEP THEM, the customer wants them back. Only to be shown, because they go back to their maker: Pads.')
  await move(owner, order.id, 'approved', 'in_progress')
  await move(owner, order.id, 'in_progress', 'completed')
  const { id: invoiceId } = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
  expect(await textOf(await invoicePdf(owner, { invoiceId }))).toContain(`${told} ${core}`)
  expect((await getInvoice(owner, { invoiceId })).reminders).toEqual([
    'The customer wants the replaced parts back. Only to be shown, because they go back to their maker: Pads.',
    'Warranty of 12 months: Fit pads.',
    'Warranty of 24 months or 24,000 miles, whichever comes first: Pads.',
  ])
  expect((await getInvoice(await testContext(t, 'parts_manager'), { invoiceId })).reminders).toEqual([])
  expect(await codeOf(say(owner, lines[2]!.lineId, pads))).toBe('ORDER_INVOICED')
})

test('is changed only as it was seen, by who may change the line, and goes when the line becomes something else', async () => {
  const lines = [line(), part()]
  await estimated(t, owner, lines)
  const [laborId, partId] = lines.map(({ lineId }) => lineId) as [string, string]
  await say(owner, partId, pads)
  expect(await refusalOf(say(owner, partId, null, { ...pads, warrantyMonths: 12 }))).toMatchObject({
    code: 'EDIT_CONFLICT',
    data: { current: { terms: pads } },
  })
  const parts = await testContext(t, 'parts_manager')
  expect(await codeOf(say(parts, laborId, labor))).toBe('FORBIDDEN')
  expect(termsIn(await say(parts, partId, { ...pads, oldPart: 'customer' }, pads))).toEqual([
    null,
    { ...pads, oldPart: 'customer', coreChargeCents: null },
  ])
  const fee = await updateLine(owner, { lineId: partId, was: { type: 'part' }, now: { type: 'fee' }, reason: '' })
  expect(termsIn(fee)).toEqual([null, null])
  expect(termsIn(await say(owner, partId, pads))).toEqual([null, null])
  expect(termsIn(await say(owner, laborId, noTerms))).toEqual([null, null])
})

test('a part with a core charge is sold in exchange; declined work comes back with what was said of it', async () => {
  const inventoryItemId = await newPart(t, { description: 'Alternator' })
  await reading(t.owner).query(sql('', 'UPDATE inventory_items SET core_charge = 60 WHERE id = $1'), [inventoryItemId])
  const car = await newCar(t)
  const lines = [line(), part({ inventoryItemId, unitPriceCents: 2_500 })]
  const first = await checkIn(owner, arrival(car, { jobs: [{ jobId: uuid7(), name: 'Alternator', lines }] }))
  expect(termsIn(first)).toEqual([null, { ...noTerms, oldPart: 'exchange', coreChargeCents: 6_000 }])
  await say(owner, lines[0]!.lineId, labor)
  await decide(owner, { orderId: first.id, jobId: first.jobs[0]!.id, decision: 'declined', reason: '' })
  const second = await checkIn(owner, arrival(car))
  const [work] = await declinedWork(owner, { vehicleId: car.vehicleId, exceptOrderId: second.id })
  await revive(owner, { orderId: second.id, kind: 'job', id: work!.id, jobId: uuid7(), expectedCents: work!.nowCents })
  expect(termsIn(await getOrder(owner, { orderId: second.id }))).toEqual([labor, termsIn(first)[1]])
})

test.each([
  [{ warrantyMonths: 1 }, ['Warranty: 1 month.']],
  [{ warrantyMiles: 100_000 }, ['Warranty: 100,000 miles.']],
  [{ oldPart: 'warranty' }, ['The old part goes back to its maker under warranty and is not returned.']],
  [{ oldPart: 'exchange' }, ['Exchange: the old part goes back to its maker and is not returned.']],
  [{}, []],
] as const)('%j is said as %j', (terms, words) => {
  expect(termsWords({ ...noTerms, ...terms })).toEqual(words)
  expect(tidyTerms('part', { ...noTerms, ...terms }) === null).toBe(words.length === 0)
})
