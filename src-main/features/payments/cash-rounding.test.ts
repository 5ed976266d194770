import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TakePayment } from '../../../src-preload/contract/payments'
import type { ShopSettings } from '../../../src-preload/contract/shop'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { codeOf, completed, line, refusalOf } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { getOrder } from '../orders/get-order'
import { dayRevenue } from '../reports/day-revenue'
import { takePayment } from './take-payment'

let t: TestDatabase
beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())

async function rounding(cashRounding: ShopSettings['cashRounding']): Promise<Ctx> {
  await reading(t.owner).query(sql('', 'UPDATE shops SET settings = settings || $2::jsonb WHERE id = $1'), [
    t.shopId,
    JSON.stringify({ cashRounding }),
  ])
  return testContext(t, 'owner')
}

async function bill(ctx: Ctx, totalCents: number) {
  const order = await completed(t, ctx, [line({ unitPriceCents: totalCents })])
  return issueInvoice(ctx, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
}

const pay = (invoiceId: string, amountCents: number, more: object = {}) =>
  TakePayment.parse({ paymentId: uuid7(), invoiceId, method: 'cash', amountCents, ...more })

describe('cash rounded to five cents', () => {
  test.each([
    ['symmetric', 10_001, 1],
    ['symmetric', 10_002, 2],
    ['symmetric', 10_003, -2],
    ['symmetric', 10_004, -1],
    ['symmetric', 10_005, 0],
    ['symmetric', 2, 2],
    ['down', 10_004, 4],
    ['down', 10_009, 4],
    ['down', 10_010, 0],
    ['none', 10_004, 0],
  ] as const)('%s: %d cents due are rounded by %d', async (how, due, wanted) => {
    const ctx = await rounding(how)
    const invoice = await bill(ctx, due)
    expect(invoice.cashRoundingCents).toBe(wanted)
    const cashDue = due - wanted
    const input = pay(invoice.id, due, { roundingCents: wanted, tenderedCents: cashDue + 500 })
    const { payment, invoice: paid } = await takePayment(ctx, input)
    expect(payment).toMatchObject({ amountCents: due, roundingCents: wanted, tenderedCents: cashDue + 500, changeCents: 500 })
    expect(paid).toMatchObject({ status: 'paid', dueCents: 0, paidCents: due, cashRoundingCents: 0 })
    expect((await getOrder(ctx, { orderId: invoice.orderId })).status).toBe('closed')
    // The answer was lost and the same request comes again.
    expect((await takePayment(ctx, input)).payment.id).toBe(payment.id)
    const other = takePayment(ctx, pay(invoice.id, due, { paymentId: input.paymentId, tenderedCents: cashDue + 505 }))
    expect(await codeOf(other)).toBe('PAYMENT_ID_REUSED')
  })

  test('is what the shop says: another amount, another rule or a part is refused', async () => {
    const ctx = await rounding('symmetric')
    const { id } = await bill(ctx, 10_002)
    const refused = await refusalOf(takePayment(ctx, pay(id, 10_002, { roundingCents: 1 })))
    expect(refused).toMatchObject({ code: 'EDIT_CONFLICT', message: expect.stringContaining('cash changed') as string })
    expect(await codeOf(takePayment(ctx, pay(id, 5_002, { roundingCents: 2 })))).toBe('EDIT_CONFLICT')
    expect(await codeOf(takePayment(ctx, pay(id, 10_002, { roundingCents: 2, tenderedCents: 9_999 })))).toBe('TENDERED_TOO_LITTLE')
    const off = await rounding('none')
    expect(await codeOf(takePayment(off, pay(id, 10_002, { roundingCents: 2 })))).toBe('EDIT_CONFLICT')
  })

  test('whoever has the pennies pays to the cent', async () => {
    const ctx = await rounding('symmetric')
    const { id } = await bill(ctx, 10_003)
    const { payment, invoice } = await takePayment(ctx, pay(id, 10_003, { tenderedCents: 10_003 }))
    expect(payment).toMatchObject({ roundingCents: 0, changeCents: 0 })
    expect(invoice.status).toBe('paid')
  })

  test('never touches a check, nor what a check left over', async () => {
    const ctx = await rounding('symmetric')
    const { id } = await bill(ctx, 10_002)
    const check = pay(id, 10_002, { method: 'check', checkNumber: '1001', roundingCents: 2 })
    expect((await refusalOf(takePayment(ctx, check))).data?.fields).toHaveProperty('roundingCents')
    const { invoice } = await takePayment(ctx, pay(id, 5_000, { method: 'check', checkNumber: '1001' }))
    expect(invoice).toMatchObject({ dueCents: 5_002, cashRoundingCents: 0 })
    expect(await codeOf(takePayment(ctx, pay(id, 5_002, { roundingCents: 2 })))).toBe('EDIT_CONFLICT')
    expect((await takePayment(ctx, pay(id, 5_002))).invoice.status).toBe('paid')
  })

  test('after a part in cash the rest is rounded once', async () => {
    const ctx = await rounding('down')
    const { id } = await bill(ctx, 10_004)
    await takePayment(ctx, pay(id, 3_001))
    expect((await getInvoice(ctx, { invoiceId: id })).cashRoundingCents).toBe(3)
    expect((await takePayment(ctx, pay(id, 7_003, { roundingCents: 3, tenderedCents: 7_000 }))).payment.changeCents).toBe(0)
  })

  test('the day counts the money in the drawer, and the rounding apart', async () => {
    const ctx = await rounding('symmetric')
    const { id } = await bill(ctx, 10_002)
    const day = (await takePayment(ctx, pay(id, 10_002, { roundingCents: 2, tenderedCents: 12_000 }))).payment.businessDate
    const { byMethod, totalCents, roundingCents } = await dayRevenue(ctx, { day })
    const [drawer] = await reading(t.owner).query<{ cash: number; booked: number }>(
      sql(
        '',
        `SELECT cents(sum(coalesce(tendered_amount - change_given, amount - rounding))) AS cash, cents(sum(amount)) AS booked
         FROM payments WHERE shop_id = $1 AND method = 'cash' AND business_date = $2`,
      ),
      [t.shopId, day],
    )
    expect(byMethod.find(({ method }) => method === 'cash')?.amountCents).toBe(drawer?.cash)
    expect((drawer?.cash ?? 0) + roundingCents).toBe(drawer?.booked)
    expect(totalCents).toBe(byMethod.reduce((sum, { amountCents }) => sum + amountCents, 0))
    expect(roundingCents).not.toBe(0)
  })

  test('the database holds the same rules, and rounding stays as it was booked', async () => {
    const ctx = await rounding('symmetric')
    const { id } = await bill(ctx, 10_002)
    const insert = (method: string, rounded: string) =>
      reading(t.db).query(
        sql('', `INSERT INTO payments (shop_id, invoice_id, method, amount, rounding) VALUES ($1, $2, $3::payment_method, 100.02, $4)`),
        [t.shopId, id, method, rounded],
      )
    await expect(insert('check', '0.02')).rejects.toMatchObject({ constraint: 'payment_rounding' })
    await expect(insert('cash', '0.01')).rejects.toMatchObject({ constraint: 'payment_rounding' })
    await expect(insert('cash', '0.07')).rejects.toMatchObject({ constraint: 'payment_rounding' })
    const { payment } = await takePayment(ctx, pay(id, 10_002, { roundingCents: 2 }))
    await expect(reading(t.owner).query(sql('', 'UPDATE payments SET rounding = 0 WHERE id = $1'), [payment.id])).rejects.toMatchObject({
      constraint: 'payment_immutable',
    })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })
})
