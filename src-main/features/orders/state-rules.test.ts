import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Millionths } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { CannedJobFields } from '../../../src-preload/contract/pricing'
import type { ShopSettings } from '../../../src-preload/contract/shop'
import { uuid7 } from '../../base/uuid7'
import { one, reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { inState as moveTo, repriced } from '../../testing/in-state'
import {
  add,
  approved,
  arrival,
  codeOf,
  completed,
  decide,
  estimated,
  line,
  move,
  part,
  refusalOf,
  yes,
} from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { estimatePdf } from '../invoices/estimate-pdf'
import { invoicePdf } from '../invoices/invoice-pdf'
import { issueInvoice } from '../invoices/issue-invoice'
import { addPriceRule, updatePriceRule } from '../pricing/save-price-rule'
import { listRules } from '../shop/list-rules'
import { addCannedJob } from './add-canned-job'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { declinedWork } from './declined-work'
import { getOrder } from './get-order'
import { listMissing } from './list-missing'
import { revive } from './revive'
import { updateLine } from './update-line'
import { updateOrder } from './update-order'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

const inState = (state: string, settings: Partial<ShopSettings> = {}): Promise<Ctx> => moveTo(t, state, settings)

const labor = (unitPriceCents: number) => line({ unitPriceCents })

const wordsOf = async ({ base64 }: { base64: string }) =>
  (await readPdf(new Uint8Array(Buffer.from(base64, 'base64')))).text.replaceAll(/\s+/g, ' ')

function cannedJob(name: string, line: object): CannedJobFields {
  const blank = { partNumber: '', inventoryItemId: null, quantityHundredths: 100, costCents: null, taxable: null, partCondition: null }
  return CannedJobFields.parse({
    name,
    code: '',
    category: '',
    isActive: true,
    lines: [{ lineId: uuid7(), ...blank, included: 'always', ...line }],
  })
}

const issue = (ctx: Ctx, order: Order) => issueInvoice(ctx, { invoiceId: uuid7(), orderId: order.id, completeWork: true })

/** Work of $200 that was authorized and has become dearer since. */
async function raised(ctx: Ctx, to: number, from = 20_000): Promise<Order> {
  const order = await approved(t, ctx, [labor(from)])
  return repriced(ctx, order, to)
}

describe('what start, complete and invoice allow follows the state', () => {
  test.each([
    ['CA', 20_000, 20_000],
    ['NY', 20_000, 20_000],
    ['CT', 20_000, 20_000],
    ['TX', 20_000, 20_000],
    ['CO', 20_000, 22_000],
    ['CO', 40_000, 42_500],
    ['CO', 8_000, 10_000],
    ['FL', 5_000, 6_000],
    ['FL', 60_000, 65_000],
    ['MI', 20_000, 21_000],
    ['WA', 100_000, 110_000],
  ])('%s: of %d cents authorized %d may be billed, and not one cent more', async (state, authorizedCents, allowedCents) => {
    const ctx = await inState(state, { laborBasis: 'hourly', guaranteeTerms: 'None.' })
    const order = await raised(ctx, allowedCents + 1, authorizedCents)
    expect(order.headRoom.toleranceCents).toBe(allowedCents - authorizedCents)
    expect(await codeOf(move(ctx, order.id, 'approved', 'in_progress'))).toBe('AUTHORIZATION_REQUIRED')
    expect(await codeOf(issue(ctx, order))).toBe('AUTHORIZATION_REQUIRED')
  })

  test.each([
    ['CO', 20_000, 22_000],
    ['FL', 60_000, 65_000],
    ['MI', 20_000, 21_000],
    ['WA', 100_000, 110_000],
  ])('%s: work of %d cents starts and completes at %d', async (state, authorizedCents, allowedCents) => {
    const ctx = await inState(state, { laborBasis: 'hourly', guaranteeTerms: 'None.' })
    const order = await raised(ctx, allowedCents, authorizedCents)
    const begun = await move(ctx, order.id, 'approved', 'in_progress')
    const over = await repriced(ctx, begun, allowedCents + 1)
    expect(await codeOf(move(ctx, over.id, 'in_progress', 'completed'))).toBe('AUTHORIZATION_REQUIRED')
    await repriced(ctx, over, allowedCents)
    expect((await move(ctx, over.id, 'in_progress', 'completed')).status).toBe('completed')
  })

  test('the database agrees, whoever writes', async () => {
    const ctx = await inState('CO')
    const order = await raised(ctx, 22_001)
    const set = (status: string) =>
      reading(t.db).query(sql('', 'UPDATE repair_orders SET status = $2::ro_status WHERE id = $1'), [order.id, status])
    await expect(set('in_progress')).rejects.toMatchObject({ constraint: 'ro_unauthorized' })
    await repriced(ctx, order, 22_000)
    await set('in_progress')
    const widen = reading(t.db).query(sql('', 'UPDATE repair_orders SET authorized_tolerance = 1000 WHERE id = $1'), [order.id])
    await expect(widen).rejects.toMatchObject({ constraint: 'ro_authorized_derived' })
  })

  test('other work is covered as far as its price fits into the tolerance', async () => {
    const ctx = await inState('CO')
    const withExtra = async (extraCents: number) => {
      const order = await approved(t, ctx, [labor(20_000), labor(5_000)])
      const more = await add(
        ctx,
        order,
        part({ description: 'Hose clamp', unitPriceCents: extraCents, taxable: false, partCondition: 'new' }),
      )
      const added = more.lines.at(-1)
      return decide(ctx, { orderId: more.id, lineId: added?.id, decision: 'approved', reason: '' })
    }
    const small = await withExtra(2_500)
    expect((await move(ctx, small.id, 'approved', 'in_progress')).status).toBe('in_progress')
    // The same total with other work of the price of what was dropped is not what the customer heard of.
    const swapped = await withExtra(5_000)
    const dropped = await decide(ctx, { orderId: swapped.id, lineId: swapped.lines[1]?.id, decision: 'declined', reason: 'Later' })
    expect(dropped.totalCents).toBe(25_000)
    expect(await codeOf(move(ctx, dropped.id, 'approved', 'in_progress'))).toBe('AUTHORIZATION_REQUIRED')
  })

  test('an order keeps the tolerance of the day it was authorized when the shop moves; the next yes has the new one', async () => {
    const order = await raised(await inState('CO'), 22_000)
    const ctx = await inState('CA')
    expect((await getOrder(ctx, { orderId: order.id })).headRoom).toMatchObject({
      toleranceCents: 2_000,
      rule: { stateName: 'Colorado', cite: expect.stringContaining('42-9-105') as string },
    })
    expect((await move(ctx, order.id, 'approved', 'in_progress')).status).toBe('in_progress')
    const again = await authorize(ctx, yes(await getOrder(ctx, { orderId: order.id })))
    expect(again.headRoom).toMatchObject({ toleranceCents: 0, rule: { stateName: 'California', isVerified: true } })
    await repriced(ctx, again, 22_001)
    expect(await codeOf(move(ctx, order.id, 'in_progress', 'completed'))).toBe('AUTHORIZATION_REQUIRED')
  })

  test('the share is taken before tax', async () => {
    const ctx = await inState('FL')
    const order = await approved(t, ctx, [part({ unitPriceCents: 40_000 })])
    expect(order.taxCents).toBe(3_300)
    expect(order.headRoom.toleranceCents).toBe(4_000)
  })
})

describe('forbidden fees', () => {
  const supplies = (description = 'Shop supplies') => line({ type: 'fee', description, unitPriceCents: 1_200, taxable: true })

  test('California refuses a name that says nothing, in any kind of line, with the reason beside the field', async () => {
    const ctx = await inState('CA')
    const order = await approved(t, ctx, [labor(20_000)])
    const refused = await refusalOf(add(ctx, order, supplies()))
    expect(refused.code).toBe('INVALID_INPUT')
    expect(refused.data?.fields?.['lines.0.description']).toMatch(/"Shop supplies" may not be charged.*16 CCR 3356/)
    expect(await codeOf(add(ctx, order, part({ description: 'Misc. materials' })))).toBe('INVALID_INPUT')
    expect(await codeOf(estimated(t, ctx, [supplies()]))).toBe('INVALID_INPUT')
    const named = await add(ctx, order, supplies('Brake cleaner, 1 can'))
    const renamed = updateLine(ctx, {
      lineId: named.lines.at(-1)?.id ?? '',
      was: { description: 'Brake cleaner, 1 can' },
      now: { description: 'Supplies' },
      reason: '',
    })
    expect((await refusalOf(renamed)).data?.fields).toHaveProperty('description')
  })

  test('Michigan refuses percent and takes dollars; Colorado takes both', async () => {
    const michigan = await inState('MI')
    const order = await approved(t, michigan, [labor(20_000)])
    expect(await codeOf(add(michigan, order, supplies('Shop supplies 8 %')))).toBe('INVALID_INPUT')
    expect((await add(michigan, order, supplies())).lines).toHaveLength(2)
    const colorado = await inState('CO')
    expect((await add(colorado, order, supplies('Shop supplies 8 %'))).lines).toHaveLength(3)
  })

  test('a canned job cannot be saved in use with such a fee, nor bring it onto an order when it was saved elsewhere', async () => {
    const colorado = await inState('CO')
    const fields = (name: string) => cannedJob(name, { type: 'fee', description: 'Shop supplies', unitPriceCents: 1_200 })
    const [id, order] = [uuid7(), await estimated(t, colorado, [labor(20_000)])]
    const stored = (await addPriceRule(colorado, { kind: 'canned_job', id, fields: fields('Cleaning') })).cannedJobs.find(
      (job) => job.id === id,
    )
    const lines = stored!.lines.map(({ lineId }) => ({ lineId: uuid7(), cannedLineId: lineId }))
    const ctx = await inState('CA')
    const refused = await refusalOf(addCannedJob(ctx, { orderId: order.id, jobId: uuid7(), cannedJobId: id, lines }))
    expect(refused).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/"Shop supplies" may not be .*16 CCR 3356/) as string,
    })
    expect((await getOrder(ctx, { orderId: order.id })).lines).toHaveLength(1)
    const saved = addPriceRule(ctx, { kind: 'canned_job', id: uuid7(), fields: fields('Washing') })
    expect((await refusalOf(saved)).data?.fields?.['fields.lines.0.description']).toMatch(/16 CCR 3356/)
    const edit = (now: Partial<CannedJobFields>, was: Partial<CannedJobFields>) =>
      updatePriceRule(ctx, { kind: 'canned_job', id, was, now })
    expect(await codeOf(edit({ code: 'CLEAN' }, { code: '' }))).toBe('INVALID_INPUT')
    await edit({ isActive: false }, { isActive: true })
  })

  test('a percentage by rule stops the bill of a state that wants dollars; an amount typed over it does not', async () => {
    const colorado = await inState('CO')
    const rule = {
      name: 'Share',
      kind: 'other',
      printedName: 'Brake cleaner and rags',
      base: 'labor',
      capCents: null,
      taxable: true,
    } as const
    const share = { percentMillionths: 50_000 as Millionths, amountCents: null, isActive: true }
    const id = uuid7()
    await addPriceRule(colorado, { kind: 'fee_rule', id, fields: { ...rule, ...share } })
    const order = await completed(t, colorado, [labor(20_000)])
    await updatePriceRule(colorado, { kind: 'fee_rule', id, was: { isActive: true }, now: { isActive: false } })
    const fee = order.lines.find(({ type }) => type === 'fee')
    expect(fee).toMatchObject({ unitPriceCents: 1_000, description: 'Brake cleaner and rags' })
    const ctx = await inState('MI')
    expect(await refusalOf(issue(ctx, order))).toMatchObject({
      code: 'CONTENT_MISSING',
      message: expect.stringContaining('"Brake cleaner and rags" may not be charged like this') as string,
    })
    await repriced(ctx, order, 900, order.lines.indexOf(fee!))
    expect((await listMissing(ctx, { orderId: order.id, paper: 'invoice' })).filter(({ place }) => place === 'lines')).toEqual([])
  })

  test('declined work with such a fee does not come back, and the screen is told why', async () => {
    const first = await estimated(t, await inState('CO'), [labor(20_000), supplies()])
    const ctx = await inState('CA')
    const no = await decide(ctx, { orderId: first.id, jobId: first.jobs[0]?.id, decision: 'declined', reason: 'Later' })
    const car = { customerId: no.customer.id, vehicleId: no.vehicle.id }
    const second = await checkIn(ctx, arrival(car, { orderId: uuid7() }))
    const [work] = await declinedWork(ctx, { vehicleId: car.vehicleId, exceptOrderId: second.id })
    const again = revive(ctx, { orderId: second.id, kind: 'job', id: work!.id, jobId: uuid7(), expectedCents: work!.nowCents })
    expect((await refusalOf(again)).message).toContain('"Shop supplies" may not be charged like this')
  })

  test('a line that stood before the shop moved stops the bill, with a sentence', async () => {
    const order = await approved(t, await inState('CO'), [labor(20_000), supplies()])
    const ctx = await inState('CA')
    const refused = await refusalOf(issue(ctx, order))
    expect(refused.code).toBe('CONTENT_MISSING')
    expect(refused.message).toContain('"Shop supplies" may not be charged like this')
    expect(await listMissing(ctx, { orderId: order.id, paper: 'invoice' })).toMatchObject([{ place: 'lines', isRequired: true }])
  })
})

describe('what a paper has to say', () => {
  test('a Californian bill wants the registration number and is issued with it', async () => {
    const without = await inState('CA', { registrationNumber: '' })
    const order = await completed(t, without, [labor(20_000)])
    expect(await refusalOf(issue(without, order))).toMatchObject({
      code: 'CONTENT_MISSING',
      message: "The shop's registration number is missing. (16 CCR 3356) It is filled in under Settings, Shop.",
    })
    expect(await listMissing(without, { orderId: order.id, paper: 'invoice' })).toMatchObject([
      { sentence: "The shop's registration number is missing.", place: 'shop', isRequired: true, rule: { stateName: 'California' } },
    ])
    const ctx = await inState('CA', { registrationNumber: 'ARD00000' })
    expect(await listMissing(ctx, { orderId: order.id, paper: 'invoice' })).toEqual([])
    expect((await issue(ctx, order)).status).toBe('sent')
  })

  test('what is only told does not stop the bill', async () => {
    const ctx = await inState('CA')
    const order = await completed(t, ctx, [part()])
    expect(await listMissing(ctx, { orderId: order.id, paper: 'invoice' })).toMatchObject([{ place: 'lines', isRequired: false }])
    expect((await issue(ctx, order)).status).toBe('sent')
  })

  test('Connecticut wants the odometer at pick-up and the promise', async () => {
    const ctx = await inState('CT', { guaranteeTerms: '12 months, parts and labor.' })
    const order = await completed(t, ctx, [labor(20_000)], { odometer: 1_000 })
    const refused = await refusalOf(issue(ctx, order))
    expect(refused.message).toContain('The odometer at pick-up is missing.')
    expect(refused.message).toContain('The promised date is missing.')
    await updateOrder(ctx, {
      orderId: order.id,
      was: { odometerOut: null, promisedAt: null },
      now: { odometerOut: 1_003, promisedAt: '2026-11-30T20:00:00Z' },
    })
    expect((await issue(ctx, order)).status).toBe('sent')
  })

  test('Michigan wants the number of the mechanic and prints the certification; the paper keeps its words when the shop moves', async () => {
    const ctx = await inState('MI')
    const tech = await testContext(t, 'technician')
    const order = await completed(t, ctx, [labor(20_000)], { technicianId: tech.userId })
    expect((await refusalOf(issue(ctx, order))).message).toContain('The certification number is missing of "technician Tester"')
    await reading(t.owner).query(sql('', `UPDATE users SET certification_number = 'M-1234' WHERE id = $1`), [tech.userId])
    const invoice = await issue(ctx, order)
    const printed = await invoicePdf(ctx, { invoiceId: invoice.id })
    expect(await wordsOf(printed)).toContain('numbers: technician Tester (M-1234). Signature for the shop')
    const moved = await inState('CA', { guaranteeTerms: 'Another text.' })
    await reading(t.owner).query(sql('', `UPDATE users SET certification_number = 'M-9999' WHERE id = $1`), [tech.userId])
    expect((await invoicePdf(moved, { invoiceId: invoice.id })).sha256).toBe(printed.sha256)
  })

  test('an estimate says how far the bill may go, and where it may not', async () => {
    const words = async (state: string) => {
      const ctx = await inState(state, { laborBasis: 'flat_rate', laborManual: 'the Example Labor Guide' })
      const order = await estimated(t, ctx, [labor(20_000)])
      const pdf = await estimatePdf(ctx, { orderId: order.id })
      return wordsOf(pdf)
    }
    expect(await words('CO')).toContain('the lesser of 10% of the amount before tax and $25.00')
    expect(await words('CA')).toContain('The shop will not go beyond this amount')
    expect(await words('NY')).toContain('Labor is charged at a flat rate after the Example Labor Guide.')
  })
})

test('the rules of the state are told in plain words', async () => {
  const rules = await listRules(await inState('MI'))
  expect(rules).toMatchObject({ stateName: 'Michigan', isDefault: false })
  expect(rules.rules.find(({ topic }) => topic === 'tolerance')).toMatchObject({
    sentence: 'The bill may go beyond what the customer authorized by the lesser of 10% of the amount before tax and $10.00.',
    isVerified: false,
    note: expect.stringContaining('disagree') as string,
  })
  expect((await listRules(await inState('TX'))).isDefault).toBe(true)
})

test('the books hold', async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  const { count } = one(await reading(t.owner).query<{ count: number }>(sql('', 'SELECT count(*)::int AS count FROM invoices')), 'count')
  expect(count).toBeGreaterThan(3)
})
