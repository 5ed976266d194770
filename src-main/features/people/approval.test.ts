import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { completed, line } from '../../testing/order-test-kit'
import { codeOf } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePassword, givePin } from '../../testing/test-station'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { transitionOrder } from '../orders/transition-order'
import { takePayment } from '../payments/take-payment'
import { setMyPin } from './set-my-pin'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let frontDesk: Ctx
const pin = '482913'
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  frontDesk = await testContext(t, 'front_desk')
  for (const ctx of [owner, advisor, frontDesk]) await givePin(t, ctx.userId, pin)
})
afterAll(() => t.close())

const billed = async () =>
  issueInvoice(owner, { invoiceId: uuid7(), orderId: (await completed(t, owner, [line()])).id, completeWork: false })
const card = (invoiceId: string, approverId: string, given = pin) => ({
  paymentId: uuid7(),
  invoiceId,
  method: 'credit_card' as const,
  amountCents: cents(12_000),
  checkNumber: '',
  reference: 'T-1',
  note: '',
  approval: { approverId, pin: given },
})
const approvals = (entityId: string) =>
  reading(t.owner).query<{ actor: string; approver: string; sentence: string }>(
    sql(
      '',
      `SELECT actor_user_id AS actor, approver_user_id AS approver, details ->> 'sentence' AS sentence FROM audit_events
       WHERE action = 'approval.given' AND entity_id = $1 ORDER BY seq`,
    ),
    [entityId],
  )

describe('an approval', () => {
  test('is kept with what it was for: record, amount, who asked and who said yes', async () => {
    const invoice = await billed()
    await takePayment(frontDesk, card(invoice.id, owner.userId))
    expect(await approvals(invoice.id)).toEqual([
      { actor: frontDesk.userId, approver: owner.userId, sentence: 'Record $120.00 by credit card, taken elsewhere.' },
    ])
    const second = await billed()
    await voidInvoice(advisor, { invoiceId: second.id, reason: 'Wrong car', approval: { approverId: owner.userId, pin } })
    expect((await approvals(second.id))[0]?.sentence).toBe(`Void invoice ${second.number} of $120.00: Wrong car`)
    const reopen = {
      orderId: second.orderId,
      from: 'completed',
      to: 'in_progress',
      reason: 'Noise',
      approval: { approverId: owner.userId, pin },
    } as const
    await transitionOrder(advisor, reopen)
    expect((await approvals(second.orderId))[0]?.sentence).toBe('Reopen a finished order: Noise')
  })

  test('is not given by the one who asks, by somebody without the right, by another shop or by a first password', async () => {
    const invoice = await billed()
    const other = await testContext(t, 'owner', { shop: 'B' })
    await givePin(t, other.userId, pin)
    const fresh = await testContext(t, 'owner')
    await givePin(t, fresh.userId, pin)
    await reading(t.owner).query(sql('', 'UPDATE users SET must_change_password = true WHERE id = $1'), [fresh.userId])
    for (const approverId of [advisor.userId, frontDesk.userId, other.userId, fresh.userId, uuid7()]) {
      expect(await codeOf(takePayment(advisor, card(invoice.id, approverId)))).toBe('APPROVAL_REFUSED')
    }
    await reading(t.owner).query(sql('', 'UPDATE users SET is_active = false WHERE id = $1'), [fresh.userId])
    expect(await codeOf(takePayment(advisor, card(invoice.id, fresh.userId)))).toBe('APPROVAL_REFUSED')
    expect(await codeOf(takePayment(advisor, card(invoice.id, owner.userId)))).toBe('ok')
  })

  test('cannot be guessed: five wrong PINs at two counters lock the approver for everybody', async () => {
    const approver = await testContext(t, 'owner')
    await givePin(t, approver.userId, pin)
    const invoice = await billed()
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        codeOf(takePayment(at % 2 === 0 ? advisor : frontDesk, card(invoice.id, approver.userId, `99000${at % 10}`))),
      ),
    )
    expect(tries.filter((code) => code === 'APPROVAL_REFUSED')).toHaveLength(5)
    expect(tries.filter((code) => code === 'LOCKED_OUT')).toHaveLength(7)
    expect(await codeOf(takePayment(advisor, card(invoice.id, approver.userId)))).toBe('LOCKED_OUT')
  })
})

describe('a first password', () => {
  test('does not make a PIN: whoever gave it would have one too', async () => {
    const fresh = await testContext(t, 'owner')
    await givePassword(t, fresh.userId, 'heron lantern 77')
    fresh.user.mustChangePassword = true
    expect(await codeOf(setMyPin(fresh, { password: 'heron lantern 77', pin: '730215' }))).toBe('FORBIDDEN')
    fresh.user.mustChangePassword = false
    expect(await codeOf(setMyPin(fresh, { password: 'heron lantern 77', pin: '730215' }))).toBe('ok')
  })
})
