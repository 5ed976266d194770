import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { statePacks } from '../../rules/rules-in-force'
import { inState, repriced } from '../../testing/in-state'
import { approved, codeOf, line, move, yes } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { authorize } from '../orders/authorize'
import { getInvoice } from './get-invoice'
import { issueInvoice } from './issue-invoice'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
  await reading(t.owner).query(sql('', `UPDATE shops SET phone = '(555) 010-0100' WHERE id = $1`), [t.shopId])
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

/** Every case of every pack whose law lets the bill go beyond what was authorized. */
const tolerated = statePacks.flatMap(({ state, tolerance }) =>
  tolerance.flatMap(({ validTo, cases }) =>
    state === null || validTo !== null
      ? []
      : cases.flatMap((each) => (each.allowedCents > each.authorizedCents ? [{ state, ...each }] : [])),
  ),
)

test('are the states that have a tolerance', () => {
  expect([...new Set(tolerated.map(({ state }) => state))]).toEqual(['CO', 'FL', 'MI', 'WA'])
})

/** Work with all that any of these states wants on a bill. */
async function workOf(ctx: Ctx, cents: number): Promise<Order> {
  const tech = await testContext(t, 'technician')
  await reading(t.owner).query(sql('', `UPDATE users SET certification_number = 'M-1234' WHERE id = $1`), [tech.userId])
  const facts = { technicianId: tech.userId, odometer: 40_000, promisedAt: '2026-11-30T20:00:00Z' }
  return approved(t, ctx, [line({ unitPriceCents: cents })], facts)
}

const issue = (ctx: Ctx, { id: orderId }: Order, invoiceId = uuid7()) => issueInvoice(ctx, { invoiceId, orderId, completeWork: true })

test.each(tolerated)(
  '$state: of $authorizedCents cents authorized a bill of $allowedCents is issued, one of a cent more only after another yes',
  async ({ state, authorizedCents, allowedCents }) => {
    const ctx = await inState(t, state, { laborBasis: 'hourly', guaranteeTerms: '12 months.', registrationNumber: 'MV-1' })
    const order = await workOf(ctx, authorizedCents)
    const [over, invoiceId] = [await repriced(ctx, order, allowedCents + 1), uuid7()]
    expect(await codeOf(issue(ctx, over, invoiceId))).toBe('AUTHORIZATION_REQUIRED')
    expect(await codeOf(getInvoice(ctx, { invoiceId }))).toBe('NOT_FOUND')
    const within = await repriced(ctx, over, allowedCents)
    expect(await issue(ctx, within, invoiceId)).toMatchObject({ status: 'sent', totalCents: allowedCents, dueCents: allowedCents })

    // Done while it was within; made dearer by a cent after that, it needs the yes.
    const done = await repriced(ctx, await workOf(ctx, authorizedCents), allowedCents)
    const begun = await move(ctx, done.id, 'approved', 'in_progress')
    const dearer = await repriced(ctx, begun, allowedCents + 1)
    expect(await codeOf(issue(ctx, dearer))).toBe('AUTHORIZATION_REQUIRED')
    const agreed = await authorize(ctx, yes(dearer))
    expect(await issue(ctx, agreed)).toMatchObject({ status: 'sent', totalCents: allowedCents + 1 })
  },
)
