import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import { add, approved, codeOf, completed, count, discount, line, move, part, refusalOf, yes, decide } from '../../testing/order-test-kit'
import { codeOf as outcomeCode } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { authorize } from './authorize'
import { getOrder } from './get-order'
import { removeLine } from './remove-line'
import { updateLine } from './update-line'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
})
afterAll(() => t.close())

/** What refuses the start of an approved order; 'ok' when it starts. */
const startRefusal = (orderId: string) => outcomeCode(move(advisor, orderId, 'approved', 'in_progress'))

describe('what the customer said yes to', () => {
  test('is this work: other work of the same price wants its own yes', async () => {
    const order = await approved(t, advisor, [line(), line({ description: 'Replace the rotors' })])
    await removeLine(advisor, { lineId: order.lines[1]!.id })
    const swapped = await add(advisor, order, line({ description: 'Polish the paint' }))
    const polish = swapped.lines.find(({ description }) => description === 'Polish the paint')!
    const ticked = await decide(advisor, { orderId: order.id, lineId: polish.id, decision: 'approved', reason: '' })
    expect(ticked.totalCents).toBe(order.authorizedCents)
    expect(ticked.nextActions.find(({ action }) => action === 'authorize')?.blockedBy).toBeNull()
    expect(ticked.nextActions.find(({ action }) => action === 'start')?.blockedBy).toMatch(/authoriz/)
    expect(await startRefusal(order.id)).toBe('AUTHORIZATION_REQUIRED')
    expect(await codeOf(issueInvoice(advisor, { invoiceId: uuid7(), orderId: order.id, completeWork: true }))).toBe(
      'AUTHORIZATION_REQUIRED',
    )
    await authorize(advisor, yes(ticked))
    expect(await startRefusal(order.id)).toBe('ok')
  })

  test('is not work that a declined line leaves room for', async () => {
    const order = await approved(t, advisor, [line(), line()])
    await decide(advisor, { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined', reason: 'Too dear' })
    const more = await add(advisor, order, line({ description: 'Wiper blades', unitPriceCents: 12_000 }))
    await decide(advisor, { orderId: order.id, lineId: more.lines[2]!.id, decision: 'approved', reason: '' })
    expect(await startRefusal(order.id)).toBe('AUTHORIZATION_REQUIRED')
  })

  test.each([
    ['another description', { description: 'x' }, { description: 'Wash the car' }],
    ['a used part instead of a new one', { partCondition: 'new' as const }, { partCondition: 'used' as const }],
    ['tax that was not there', { taxable: true }, { taxable: false }],
  ])('a line with %s is another line', async (_, first, second) => {
    const order = await approved(t, owner, [line(), part({ partCondition: 'new', ...first })])
    await decide(owner, { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined', reason: 'Makes room' })
    const target = order.lines[1]!
    const was = Object.fromEntries(Object.keys(second).map((key) => [key, target[key as keyof typeof target]]))
    await updateLine(owner, { lineId: target.id, was, now: second, reason: '' })
    expect(await startRefusal(order.id)).toBe('AUTHORIZATION_REQUIRED')
    await authorize(owner, yes(await getOrder(owner, { orderId: order.id })))
    expect(await startRefusal(order.id)).toBe('ok')
  })

  test('a dearer line is not covered, whatever another line leaves', async () => {
    const order = await approved(t, owner, [line(), line()])
    const [first, second] = order.lines
    const price = (lineId: string, was: number, now: number) =>
      updateLine(owner, { lineId, was: { unitPriceCents: cents(was) }, now: { unitPriceCents: cents(now) }, reason: '' })
    await price(first!.id, 12_000, 11_000)
    expect(await startRefusal(order.id)).toBe('ok')
    await price(second!.id, 12_000, 13_000)
    expect(await codeOf(move(owner, order.id, 'in_progress', 'completed'))).toBe('AUTHORIZATION_REQUIRED')
  })

  test('stays a yes when the bill gets smaller, a part number is filled in, or a no is taken back', async () => {
    const order = await approved(t, owner, [line(), part()])
    const [labor, pads] = order.lines
    await updateLine(owner, { lineId: pads!.id, was: { partNumber: 'BP-1' }, now: { partNumber: 'BP-2' }, reason: '' })
    await add(owner, order, discount(500))
    await decide(owner, { orderId: order.id, lineId: labor!.id, decision: 'declined', reason: 'A slip' })
    await decide(owner, { orderId: order.id, lineId: labor!.id, decision: 'approved', reason: '' })
    await decide(owner, {
      orderId: order.id,
      lineId: (await getOrder(owner, { orderId: order.id })).lines[2]!.id,
      decision: 'approved',
      reason: '',
    })
    expect(await startRefusal(order.id)).toBe('ok')
    await move(owner, order.id, 'in_progress', 'completed')
    expect((await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })).totalCents).toBe(20_160)
  })

  test('work that was added after completion wants a yes before the bill', async () => {
    const order = await completed(t, advisor, [line(), line()])
    const raised = await add(advisor, order, line({ description: 'Extra', unitPriceCents: 12_000 }))
    await decide(advisor, { orderId: order.id, lineId: raised.lines[2]!.id, decision: 'approved', reason: '' })
    const issue = { invoiceId: uuid7(), orderId: order.id, completeWork: false }
    expect(await codeOf(issueInvoice(advisor, issue))).toBe('AUTHORIZATION_REQUIRED')
    await authorize(advisor, yes(await getOrder(advisor, { orderId: order.id })))
    expect((await issueInvoice(advisor, issue)).totalCents).toBe(36_000)
  })
})

describe('the id of an authorization', () => {
  test('used again for other facts is refused, and leaves no version behind', async () => {
    const order = await approved(t, owner, [line()])
    const first = yes(order)
    await authorize(owner, first)
    const versions = await count(t, 'estimate_versions WHERE repair_order_id = $1', [order.id])
    const raised = await add(owner, order, line())
    expect((await refusalOf(authorize(owner, { ...first, expectedTotalCents: raised.totalCents }))).code).toBe('DUPLICATE')
    expect(await codeOf(authorize(owner, { ...first, approvedByName: 'Somebody Else' }))).toBe('DUPLICATE')
    expect((await authorize(owner, first)).authorizedCents).toBe(12_000)
    expect(await count(t, 'estimate_versions WHERE repair_order_id = $1', [order.id])).toBe(versions)
  })
})
