import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { authorize } from './authorize'
import { getOrder } from './get-order'
import { add, approved, codeOf, completed, count, estimated, line, move, part, refusalOf, yes, decide } from '../../testing/order-test-kit'
import { updateLine } from './update-line'
import { updateOrder } from './update-order'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

const versions = (orderId: string) => count(t, 'estimate_versions WHERE repair_order_id = $1', [orderId])

describe('the yes of a customer', () => {
  test('freezes a version, approves the quoted lines, sets the authorized total and moves the order on', async () => {
    const order = await estimated(t, owner, [line(), part()])
    const after = await authorize(owner, yes(order, { method: 'phone', contact: '(555) 010-0142', note: 'Called back' }))
    expect(after).toMatchObject({ status: 'approved', authorizedCents: order.totalCents })
    expect(after.lines.map(({ status }) => status)).toEqual(['approved', 'approved'])
    expect(after.authorizations).toMatchObject([
      {
        estimateVersion: 1,
        authorizedCents: 20_660,
        approvedByName: 'Carla Tester',
        method: 'phone',
        contact: '(555) 010-0142',
        note: 'Called back',
        recordedByName: 'owner Tester',
      },
    ])
    const [frozen] = await reading(t.owner).query<{ snapshot: { number: string; totalCents: number; jobs: { lines: unknown[] }[] } }>(
      sql('', 'SELECT snapshot FROM estimate_versions WHERE repair_order_id = $1'),
      [order.id],
    )
    expect(frozen?.snapshot).toMatchObject({ kind: 'estimate', number: `${order.number}-1`, totalCents: 20_660 })
    expect(frozen?.snapshot.jobs[0]?.lines).toHaveLength(2)
    expect(
      await count(t, `audit_events WHERE entity_id = $1 AND action = 'order.authorized' AND actor_user_id = $2`, [order.id, owner.userId]),
    ).toBe(1)
  })

  test('is to what is on the estimate: declined lines stay declined', async () => {
    const order = await estimated(t, owner, [line(), part()])
    const some = await decide(owner, { orderId: order.id, lineId: order.lines[1]!.id, decision: 'declined', reason: 'Too dear' })
    const after = await authorize(owner, yes(some))
    expect(after.lines.map(({ status, declinedReason }) => [status, declinedReason])).toEqual([
      ['approved', ''],
      ['declined', 'Too dear'],
    ])
    expect(after.authorizedCents).toBe(12_000)
  })

  test('twice with the same id is one record, at once or after the order went on', async () => {
    const order = await estimated(t, owner, [line()])
    const request = yes(order)
    const answers = await Promise.all([1, 2, 3, 4].map(() => authorize(owner, request)))
    for (const answer of answers) expect(answer.authorizations).toHaveLength(1)
    const more = await add(owner, order, line())
    expect(more.totalCents).toBe(24_000)
    expect((await authorize(owner, request)).authorizations).toHaveLength(1)
    const other = await estimated(t, owner, [line()])
    expect(await codeOf(authorize(owner, { ...yes(other), authorizationId: request.authorizationId }))).toBe('DUPLICATE')
    expect((await getOrder(owner, { orderId: other.id })).status).toBe('estimate')
  })

  test('is to the total the customer heard, or to none', async () => {
    const order = await estimated(t, owner, [line()])
    await add(owner, order, line())
    const conflict = await refusalOf(authorize(owner, yes(order)))
    expect(conflict.code).toBe('EDIT_CONFLICT')
    expect(conflict.data.current).toEqual({ totalCents: 24_000 })
    expect(await versions(order.id)).toBe(0)
  })

  test('is to the work the customer heard, also when another counter swaps it for other work of the same price', async () => {
    const counter = secondCounter(t)
    try {
      const other = await testContext(t, 'service_advisor', { db: counter })
      const order = await estimated(t, owner, [line({ description: 'Front brakes' }), line({ description: 'Wheel bearing' })])
      const heard = yes(order, { method: 'phone', contact: '(555) 010-0142' })
      const bearing = order.lines[1]!.id
      const swap = { lineId: bearing, was: { description: 'Wheel bearing' }, now: { description: 'Air freshener' }, reason: '' }
      expect((await updateLine(other, swap)).totalCents).toBe(order.totalCents)
      const conflict = await refusalOf(authorize(owner, heard))
      expect(conflict).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { totalCents: 24_000 } } })
      expect(conflict.message).toBe('The estimate changed while you were on the phone. Tell the customer what it is now.')
      expect(await versions(order.id)).toBe(0)
      await updateLine(other, { ...swap, was: swap.now, now: swap.was })
      expect((await authorize(owner, heard)).authorizations).toHaveLength(1)
    } finally {
      await counter.close()
    }
  })

  test('is not changed by what the customer did not hear, and is the same seen by every role', async () => {
    const order = await estimated(t, owner, [line(), part()])
    await updateOrder(owner, { orderId: order.id, was: { technicianNotes: '' }, now: { technicianNotes: 'Rusty' } })
    const frontDesk = await testContext(t, 'front_desk')
    expect((await getOrder(frontDesk, { orderId: order.id })).estimateFingerprint).toBe(order.estimateFingerprint)
    expect((await authorize(frontDesk, yes(order))).authorizations).toHaveLength(1)
  })

  test('with the id of a yes to another estimate is refused, although the total is the same', async () => {
    const order = await estimated(t, owner, [line({ description: 'Front brakes' })])
    const first = yes(order)
    const agreed = await authorize(owner, first)
    const swapped = await updateLine(owner, {
      lineId: agreed.lines[0]!.id,
      was: { description: 'Front brakes' },
      now: { description: 'Rear brakes' },
      reason: '',
    })
    const again = { ...first, estimateFingerprint: swapped.estimateFingerprint }
    expect(await codeOf(authorize(owner, again))).toBe('DUPLICATE')
    expect((await authorize(owner, first)).authorizations).toHaveLength(1)
  })

  test('an unchanged estimate keeps its version, a changed one gets the next', async () => {
    const order = await approved(t, owner, [line(), part()])
    const again = await authorize(owner, yes(order))
    expect(again.authorizations.map(({ estimateVersion }) => estimateVersion)).toEqual([1, 1])
    await updateOrder(owner, { orderId: order.id, was: { internalNotes: '' }, now: { internalNotes: 'Keys in box 4' } })
    expect((await authorize(owner, yes(order))).authorizations.at(-1)?.estimateVersion).toBe(1)
    const more = await add(owner, order, line({ description: 'Wiper' }))
    expect((await authorize(owner, yes(more))).authorizations.at(-1)?.estimateVersion).toBe(2)
    expect(await versions(order.id)).toBe(2)
  })

  test('needs something to say yes to, and a number when it came from afar', async () => {
    const order = await estimated(t, owner, [line()])
    expect((await refusalOf(authorize(owner, yes(order, { method: 'text' })))).data.fields).toHaveProperty('contact')
    const nothing = await decide(owner, { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined', reason: 'Too dear' })
    expect(nothing.totalCents).toBe(0)
    expect(await codeOf(authorize(owner, yes(nothing)))).toBe('NOTHING_TO_AUTHORIZE')
    expect(await codeOf(authorize(owner, { ...yes(order), orderId: uuid7() }))).toBe('NOT_FOUND')
  })

  test('is not recorded on an invoiced or declined order', async () => {
    const done = await completed(t, owner, [line()])
    await issueInvoice(owner, { invoiceId: uuid7(), orderId: done.id, completeWork: false })
    expect(await codeOf(authorize(owner, yes(done)))).toBe('ORDER_INVOICED')
    const order = await estimated(t, owner, [line()])
    await move(owner, order.id, 'estimate', 'declined')
    expect(await codeOf(authorize(owner, yes(order)))).toBe('WRONG_STATE')
  })
})

describe('one cent above the authorized total', () => {
  test('refuses start, complete and invoice until there is a new yes', async () => {
    const order = await approved(t, owner, [line()])
    const lineId = order.lines[0]!.id
    const raise = (was: number, now: number) =>
      updateLine(owner, { lineId, was: { unitPriceCents: cents(was) }, now: { unitPriceCents: cents(now) }, reason: '' })
    const issue = { invoiceId: uuid7(), orderId: order.id, completeWork: true }

    const first = await raise(12_000, 12_001)
    const refused = await refusalOf(move(owner, order.id, 'approved', 'in_progress'))
    expect(refused.code).toBe('AUTHORIZATION_REQUIRED')
    expect(refused.data).toMatchObject({ authorizedCents: 12_000, totalCents: 12_001 })
    expect(await codeOf(issueInvoice(owner, issue))).toBe('AUTHORIZATION_REQUIRED')
    await authorize(owner, yes(first))
    await move(owner, order.id, 'approved', 'in_progress')

    const second = await raise(12_001, 12_002)
    expect(await codeOf(move(owner, order.id, 'in_progress', 'completed'))).toBe('AUTHORIZATION_REQUIRED')
    expect(await codeOf(issueInvoice(owner, issue))).toBe('AUTHORIZATION_REQUIRED')
    await authorize(owner, yes(second))
    await move(owner, order.id, 'in_progress', 'completed')

    const third = await raise(12_002, 12_003)
    expect(await codeOf(issueInvoice(owner, { ...issue, completeWork: false }))).toBe('AUTHORIZATION_REQUIRED')
    await authorize(owner, yes(third))
    expect((await issueInvoice(owner, issue)).totalCents).toBe(12_003)
  })
})

describe('decisions', () => {
  test('a declined job leaves the total at once and keeps its reason; a line of it revives it', async () => {
    const order = await estimated(t, owner, [line(), part()])
    const jobId = order.jobs[0]!.id
    const no = await decide(owner, { orderId: order.id, jobId, decision: 'declined', reason: 'Next month' })
    expect(no).toMatchObject({ totalCents: 0, jobs: [{ declinedReason: 'Next month', totalCents: 0 }] })
    expect(no.lines.map(({ status, declinedReason }) => [status, declinedReason])).toEqual([
      ['declined', 'Next month'],
      ['declined', 'Next month'],
    ])
    const yesToOne = await decide(owner, { orderId: order.id, lineId: order.lines[0]!.id, decision: 'approved', reason: '' })
    expect(yesToOne).toMatchObject({ totalCents: 12_000, jobs: [{ declinedReason: '' }] })
    expect(yesToOne.lines.map(({ status }) => status)).toEqual(['approved', 'declined'])
    const back = await decide(owner, { orderId: order.id, jobId, decision: 'quoted', reason: '' })
    expect(back.lines.every(({ status }) => status === 'quoted')).toBe(true)
    expect(back.totalCents).toBe(order.totalCents)
  })

  test('a no that is said again keeps the day of the first one, and its reason unless another is given', async () => {
    const order = await estimated(t, owner, [line(), part()])
    const jobId = order.jobs[0]!.id
    const no = (reason: string) => decide(owner, { orderId: order.id, jobId, decision: 'declined', reason })
    await no('Next month')
    for (const table of ['line_items', 'ro_jobs'])
      await reading(t.owner).query(sql('', `UPDATE ${table} SET declined_at = '2026-01-05T17:00:00Z' WHERE repair_order_id = $1`), [
        order.id,
      ])
    const days = () =>
      count(
        t,
        `(SELECT declined_at FROM line_items WHERE repair_order_id = $1 UNION ALL SELECT declined_at FROM ro_jobs WHERE repair_order_id = $1) d
        WHERE declined_at = '2026-01-05T17:00:00Z'`,
        [order.id],
      )
    expect((await no('')).jobs[0]).toMatchObject({ declinedReason: 'Next month' })
    expect((await no('Too dear')).lines.map(({ declinedReason }) => declinedReason)).toEqual(['Too dear', 'Too dear'])
    expect(await days()).toBe(3)
    await decide(owner, { orderId: order.id, jobId, decision: 'quoted', reason: '' })
    expect((await no('')).jobs[0]).toMatchObject({ declinedReason: '' })
    expect(await days()).toBe(0)
  })

  test('an approval names who recorded it', async () => {
    const order = await estimated(t, owner, [line()])
    await decide(owner, { orderId: order.id, lineId: order.lines[0]!.id, decision: 'approved', reason: '' })
    expect(
      await count(t, 'line_items WHERE id = $1 AND approved_by_user_id = $2 AND approved_at IS NOT NULL', [
        order.lines[0]!.id,
        owner.userId,
      ]),
    ).toBe(1)
  })

  test('want one target that exists and is not finished', async () => {
    const order = await completed(t, owner, [line()])
    const decision = { orderId: order.id, decision: 'declined' as const, reason: '' }
    expect(await codeOf(decide(owner, decision))).toBe('INVALID_INPUT')
    expect(await codeOf(decide(owner, { ...decision, lineId: order.lines[0]!.id }))).toBe('WRONG_STATE')
    expect(await codeOf(decide(owner, { ...decision, lineId: uuid7() }))).toBe('NOT_FOUND')
    expect(await codeOf(decide(owner, { ...decision, jobId: uuid7() }))).toBe('NOT_FOUND')
    const other = await estimated(t, owner, [line()])
    expect(await codeOf(decide(owner, { ...decision, lineId: other.lines[0]!.id }))).toBe('NOT_FOUND')
  })
})
