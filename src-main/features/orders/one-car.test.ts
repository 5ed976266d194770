import { afterAll, beforeAll, expect, test } from 'vitest'
import { Invoice } from '../../../src-preload/contract/invoices'
import { cents } from '../../../src-preload/contract/money'
import { Board } from '../../../src-preload/contract/board'
import { Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import { onStatement } from '../../database/pool'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { issueInvoice } from '../invoices/issue-invoice'
import { takePayment } from '../payments/take-payment'
import { dayRevenue } from '../reports/day-revenue'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { loadBoard } from './load-board'
import { arrival, line, newCar, newPart, part, yes } from '../../testing/order-test-kit'

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

async function counted<T>(action: () => Promise<T>): Promise<{ result: T; statements: number; commits: number }> {
  const seen = { statement: 0, commit: 0 }
  const stop = onStatement(({ kind }) => (seen[kind] += 1))
  try {
    return { result: await action(), statements: seen.statement + seen.commit, commits: seen.commit }
  } finally {
    stop()
  }
}

/** One statement. Asked again when there were more: behind a payment's answer its printer is looked for, which is not this read's. */
async function inOneStatement<T>(read: () => Promise<T>): Promise<T> {
  await expect.poll(async () => (await counted(read)).statements).toBe(1)
  return read()
}

test('one car from the door to a paid invoice: amounts, shapes, at most 40 statements and exactly 4 commits', async () => {
  const car = await newCar(t, { odometer: 50_000 })
  const filter = await newPart(t)
  const lines = [
    line({ quantityHundredths: 150 }),
    part({ inventoryItemId: filter, description: 'Oil filter', unitPriceCents: 2500, quantityHundredths: 200 }),
    part(),
    line({ type: 'fee', description: 'Disposal', unitPriceCents: 350, taxable: true }),
    line({ quantityHundredths: 33, unitPriceCents: 9_999 }),
  ]
  const orderId = uuid7()
  const invoiceId = uuid7()
  const sale = await counted(async () => {
    const made = await checkIn(owner, arrival(car, { orderId, odometer: 51_000, jobs: [{ jobId: uuid7(), name: 'Brakes', lines }] }))
    const agreed = await authorize(owner, yes(made))
    const bill = await issueInvoice(owner, { invoiceId, orderId, completeWork: true })
    const paid = await takePayment(owner, {
      paymentId: uuid7(),
      invoiceId,
      method: 'cash',
      amountCents: bill.dueCents,
      tenderedCents: cents(50_000),
      checkNumber: '',
      reference: '',
      note: '',
    })
    return { made, agreed, bill, paid }
  })
  expect(sale.commits).toBe(4)
  expect(sale.statements).toBeLessThanOrEqual(40)

  const { made, agreed, bill, paid } = sale.result
  expect(made.status).toBe('estimate')
  // 180.00 + 33.00 labor (0.33 h x 99.99 = 32.9967), 50.00 + 80.00 parts, 3.50 fee; 8.25 % of 133.50 = 11.01
  expect(made).toMatchObject({
    laborCents: 21_300,
    partsCents: 13_000,
    feesCents: 350,
    subtotalCents: 34_650,
    taxCents: 1_101,
    totalCents: 35_751,
  })
  expect(made.vehicle.currentOdometer).toBe(51_000)
  expect(agreed).toMatchObject({ status: 'approved', authorizedCents: 35_751 })
  expect(bill).toMatchObject({ status: 'sent', totalCents: 35_751, dueCents: 35_751, paidCents: 0 })
  expect(paid.payment).toMatchObject({ amountCents: 35_751, tenderedCents: 50_000, changeCents: 14_249 })
  expect(paid.invoice).toMatchObject({ status: 'paid', dueCents: 0 })
  expect(paid.invoice.nextActions.map(({ action }) => action)).toEqual(['void_invoice', 'credit_invoice'])

  const order = await inOneStatement(() => getOrder(owner, { orderId }))
  expect(order.status).toBe('closed')
  expect(order.history.map(({ to }) => to)).toEqual(['estimate', 'approved', 'in_progress', 'completed', 'closed'])
  expect(order.lines.every(({ status }) => status === 'completed')).toBe(true)
  for (const each of [made, agreed, order]) expect(Order.parse(each)).toEqual(each)
  for (const each of [bill, paid.invoice]) expect(Invoice.parse(each)).toEqual(each)

  const revenue = await inOneStatement(() => dayRevenue(owner, { day: paid.payment.businessDate }))
  expect(revenue).toEqual({
    day: paid.payment.businessDate,
    byMethod: [{ method: 'cash', count: 1, amountCents: 35_751, refundedCents: 0, netCents: 35_751 }],
    totalCents: 35_751,
    refundedCents: 0,
    netCents: 35_751,
    roundingCents: 0,
    creditUsedCents: 0,
    creditAddedCents: 0,
  })
  const board = await inOneStatement(() => loadBoard(owner, {}))
  expect(Board.parse(board).orders).toEqual([])
})
