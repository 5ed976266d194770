import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PayOutCredit } from '../../../src-preload/contract/account-credit'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import type { Car } from '../../testing/as-sent'
import { codeOf, completed, count, line, newCar, refusalOf } from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getCustomer } from '../customers/get-customer'
import { listAccount } from '../customers/list-account'
import { mergeCustomers } from '../customers/merge-customers'
import { undoMerge } from '../customers/undo-merge'
import { creditInvoice } from '../invoices/credit-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { dayRevenue } from '../reports/day-revenue'
import { payOutCredit } from './pay-out-credit'
import { takePayment } from './take-payment'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let frontDesk: Ctx
let approval: { approverId: string; pin: string }
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  frontDesk = await testContext(t, 'front_desk')
  approval = { approverId: owner.userId, pin: '482913' }
  await givePin(t, owner.userId, approval.pin)
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

/** A customer who paid a bill of 100.00 by a check over so much more. */
async function customerWith(value: number): Promise<Car> {
  const car = await newCar(t)
  const order = await completed(t, owner, [line({ unitPriceCents: 10_000 })], car)
  const { id: invoiceId, dueCents } = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
  const facts = { paymentId: uuid7(), invoiceId, amountCents: dueCents, reference: '', note: '' }
  await takePayment(owner, { ...facts, method: 'check', checkNumber: '4711', keptAsCreditCents: cents(value) })
  return car
}

const payOut = ({ customerId }: Car, value: number, fields: object = {}): PayOutCredit =>
  PayOutCredit.parse({ payoutId: uuid7(), customerId, method: 'cash', amountCents: value, reason: 'Wants it back', ...fields })

const onAccount = async ({ customerId }: Car): Promise<number> => (await getCustomer(owner, { customerId })).accountCreditCents

async function today(): Promise<string> {
  const [row] = await reading(t.owner).query<{ day: string }>(sql('', 'SELECT shop_local_date($1, now()) AS day'), [t.shopId])
  return row!.day
}

describe('account credit that is paid out', () => {
  test('leaves the account, once, and is money given back that day', async () => {
    const car = await customerWith(2_000)
    const day = await today()
    const before = await dayRevenue(owner, { day })
    const request = payOut(car, 1_500)
    const paid = await payOutCredit(owner, request)
    expect(paid).toMatchObject({ payout: { id: request.payoutId, amountCents: 1_500, roundingCents: 0 }, accountCreditCents: 500 })
    expect(await payOutCredit(owner, request)).toEqual(paid)
    expect(await codeOf(payOutCredit(owner, { ...request, amountCents: cents(100) }))).toBe('DUPLICATE')
    expect(await codeOf(payOutCredit(owner, { ...request, customerId: (await customerWith(2_000)).customerId }))).toBe('DUPLICATE')
    expect(await onAccount(car)).toBe(500)
    const after = await dayRevenue(owner, { day })
    expect(after.refundedCents).toBe(before.refundedCents - 1_500)
    const cash = (report: typeof after) => report.byMethod.find(({ method }) => method === 'cash')?.refundedCents ?? 0
    expect(cash(after)).toBe(cash(before) - 1_500)
    expect(after.creditUsedCents).toBe(before.creditUsedCents)
    expect(after.creditAddedCents).toBe(before.creditAddedCents + 2_000) // of the other customer
    expect(await listAccount(advisor, car)).toMatchObject([
      {
        kind: 'paid_out',
        amountCents: -1_500,
        balanceCents: 500,
        invoiceId: null,
        payout: { id: request.payoutId, method: 'cash' },
        reason: 'Wants it back',
        recordedByName: 'owner Tester',
      },
      { kind: 'overpaid', amountCents: 2_000, payout: null },
    ])
    expect(await count(t, `audit_events WHERE action = 'credit.paid_out' AND entity_id = $1`, [request.payoutId])).toBe(1)
  })

  test('is never more than there is, whichever counters pay', async () => {
    const car = await customerWith(2_000)
    expect(await codeOf(payOutCredit(owner, payOut(car, 2_001)))).toBe('CREDIT_SHORT')
    expect(await codeOf(payOutCredit(owner, payOut(await newCar(t), 1)))).toBe('CREDIT_SHORT')
    expect(await codeOf(payOutCredit(owner, payOut({ ...car, customerId: uuid7() }, 1)))).toBe('NOT_FOUND')
    const other: Ctx = { ...owner, db: secondCounter(t) }
    const tries = Array.from({ length: 8 }, async (_, at) => {
      const paying = payOutCredit(at % 2 === 0 ? owner : other, payOut(car, 600))
      const [end] = await Promise.allSettled([paying])
      return end.status === 'fulfilled' ? 'paid' : codeOf(paying)
    })
    const ends = await Promise.all(tries)
    expect(ends.toSorted()).toEqual([...Array<string>(5).fill('CREDIT_SHORT'), 'paid', 'paid', 'paid'])
    await other.db.close()
    expect(await onAccount(car)).toBe(200)
  })

  test('wants the rights of a refund: cash an approver, elsewhere up to a limit of the day, much of it two people', async () => {
    const car = await customerWith(100_000)
    const cash = payOut(car, 2_000)
    for (const ctx of [advisor, frontDesk]) {
      const refused = await refusalOf(payOutCredit(ctx, { ...cash, payoutId: uuid7() }))
      expect(refused).toMatchObject({ code: 'APPROVAL_REQUIRED', data: { approvalFor: 'payments.refund_cash' } })
      expect(refused.message).toBe('Pay out $20.00 of the account credit of Carla Tester: Wants it back')
    }
    expect(await codeOf(payOutCredit(await testContext(t, 'technician'), cash))).toBe('FORBIDDEN')
    await payOutCredit(frontDesk, { ...cash, approval })
    await payOutCredit(frontDesk, cash) // the answer was lost: it asks for nothing
    const check = (value: number) => payOut(car, value, { method: 'check', checkNumber: '902' })
    await payOutCredit(advisor, check(9_000))
    const refused = await refusalOf(payOutCredit(advisor, check(1_001)))
    expect(refused).toMatchObject({ code: 'APPROVAL_REQUIRED', data: { approvalFor: 'payments.refund_elsewhere' } })
    expect(refused.message).toContain('(above your limit of $100.00 a day)')
    await payOutCredit(advisor, check(1_000))
    expect(await codeOf(payOutCredit(frontDesk, check(1)))).toBe('APPROVAL_REQUIRED')
    await payOutCredit(owner, check(60_000)) // the only owner has nobody to ask
    expect(await codeOf(payOutCredit(frontDesk, { ...check(1_000), approval: { ...approval, pin: '000000' } }))).toBe('APPROVAL_REFUSED')
  })

  test('wants to be found again where it does not come out of the drawer', async () => {
    const car = await customerWith(2_000)
    expect((await refusalOf(payOutCredit(owner, payOut(car, 100, { method: 'check' })))).data.fields).toHaveProperty('checkNumber')
    expect(await codeOf(payOutCredit(owner, payOut(car, 100, { method: 'ach' })))).toBe('REFERENCE_REQUIRED')
    const byBank = payOut(car, 100, { method: 'ach', reference: 'bank 7' })
    await payOutCredit(owner, byBank)
    expect(await codeOf(payOutCredit(owner, { ...byBank, reference: 'bank 8' }))).toBe('DUPLICATE')
    expect(PayOutCredit.safeParse({ ...payOut(car, 100), method: 'other' }).success).toBe(false)
  })

  test('in cash is rounded as refunds are', async () => {
    const car = await customerWith(2_000)
    const rounds: Ctx = { ...owner, shop: { ...owner.shop, settings: { ...owner.shop.settings, cashRounding: 'symmetric' } } }
    const paid = await payOutCredit(rounds, payOut(car, 1_003))
    expect(paid).toMatchObject({ payout: { amountCents: 1_003, roundingCents: -2 }, accountCreditCents: 997 })
    const check = await payOutCredit(rounds, payOut(car, 502, { method: 'check', checkNumber: '9' }))
    expect(check.payout.roundingCents).toBe(0)
  })

  test('follows a merge, and what was paid out since is not undone', async () => {
    const [kept, merged] = [await customerWith(1_000), await customerWith(3_000)]
    await payOutCredit(owner, payOut(merged, 500))
    const mergeId = uuid7()
    await mergeCustomers(owner, { mergeId, keptId: kept.customerId, mergedId: merged.customerId, take: [] })
    expect(await onAccount(kept)).toBe(3_500)
    await payOutCredit(owner, payOut(kept, 3_000))
    expect(await codeOf(undoMerge(owner, { mergeId }))).toBe('IN_USE')
  })

  test('is written by the database and stays as it is', async () => {
    const car = await customerWith(1_000)
    const { payoutId } = payOut(car, 500)
    await payOutCredit(owner, { ...payOut(car, 500), payoutId })
    const run = (text: string) => inTransaction('forged', owner, (tx) => tx.query(sql('', text), [t.shopId, payoutId]))
    await expect(run('UPDATE credit_payouts SET amount = 1 WHERE shop_id = $1 AND id = $2')).rejects.toThrow('permission denied')
    await expect(run('DELETE FROM credit_payouts WHERE shop_id = $1 AND id = $2')).rejects.toThrow('permission denied')
    await expect(
      run(`INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payout_id, reason, business_date)
           SELECT $1, customer_id, 5, 'paid_out', $2, 'x', business_date FROM credit_payouts WHERE id = $2`),
    ).rejects.toThrow('permission denied')
    expect(await onAccount(car)).toBe(500)
  })

  test('takes what a credit note left on the account as well', async () => {
    const car = await newCar(t)
    const order = await completed(t, owner, [line({ unitPriceCents: 10_000 })], car)
    const { id: invoiceId, dueCents: amountCents } = await issueInvoice(owner, {
      invoiceId: uuid7(),
      orderId: order.id,
      completeWork: false,
    })
    const paymentId = uuid7()
    await takePayment(owner, { paymentId, invoiceId, method: 'cash', amountCents, checkNumber: '', reference: '', note: '' })
    const some = cents(2_000)
    await creditInvoice(owner, {
      creditNoteId: uuid7(),
      invoiceId,
      credit: { kind: 'amount', amountCents: some },
      totalCents: some,
      refunds: [{ refundId: uuid7(), paymentId, amountCents: some, toCredit: true, checkNumber: '', reference: '' }],
      reason: 'Squeaks',
    })
    expect(await payOutCredit(owner, payOut(car, 2_000))).toMatchObject({ accountCreditCents: 0 })
  })

  test('piece by piece is no more than at once: two owners are two people', async () => {
    const second = await testContext(t, 'owner')
    await givePin(t, second.userId, '193847')
    const car = await customerWith(100_000)
    await payOutCredit(owner, payOut(car, 40_000))
    const rest = payOut(car, 10_001)
    expect((await refusalOf(payOutCredit(owner, rest))).message).toContain('(above $500.00 it takes two people)')
    await payOutCredit(owner, payOut(car, 10_000))
    await payOutCredit(owner, { ...rest, approval: { approverId: second.userId, pin: '193847' } })
    expect(await onAccount(car)).toBe(39_999)
  })
})
