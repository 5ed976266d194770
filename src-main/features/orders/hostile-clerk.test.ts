import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import { TakePayment } from '../../../src-preload/contract/payments'
import type { LineFields, Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import {
  add,
  approved,
  codeOf,
  completed,
  count,
  decide,
  discount,
  estimated,
  line,
  move,
  newPart,
  part,
  refusalOf,
  yes,
} from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getCustomer } from '../customers/get-customer'
import { removeCustomer, restoreCustomer } from '../customers/remove-customer'
import { updateCustomer } from '../customers/update-customer'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { takePayment } from '../payments/take-payment'
import { authorize } from './authorize'
import { decide as decideSeen } from './decide'
import { getOrder } from './get-order'
import { removeJob } from './remove-job'
import { removeLine } from './remove-line'
import { updateLine } from './update-line'

// A clerk who wants the car repaired, the customer's cash, and a smaller bill than the customer paid, or none.

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
afterAll(() => t.close())

const clerks = () => [advisor, frontDesk]
const hours = (value: number) => value as Hundredths

async function begun(...lines: ReturnType<typeof line>[]): Promise<Order> {
  const order = await approved(t, advisor, lines)
  return move(owner, order.id, 'approved', 'in_progress')
}

async function edit(ctx: Ctx, lineId: string, now: Partial<LineFields>, rest: object = {}): Promise<Order> {
  const [order] = await reading(t.owner).query<{ id: string }>(sql('', 'SELECT repair_order_id AS id FROM line_items WHERE id = $1'), [
    lineId,
  ])
  const {
    id: _i,
    jobId: _j,
    status: _s,
    totalCents: _t,
    declinedReason: _d,
    sortOrder: _o,
    ...was
  } = (await getOrder(owner, { orderId: order!.id })).lines.find(({ id }) => id === lineId)!
  return updateLine(ctx, { lineId, was, now, reason: '', ...rest })
}

describe('a no of the customer to work they agreed to', () => {
  test('before the work was begun needs no approval, but a reason, and stands in the order’s log', async () => {
    for (const ctx of clerks()) {
      const order = await approved(t, owner, [line({ description: 'Front brakes' }), part()])
      const no = { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined' as const, reason: '' }
      expect((await refusalOf(decide(ctx, no))).data.fields).toHaveProperty('reason')
      const after = await decide(ctx, { ...no, reason: 'Too dear' })
      expect(after.takenOff).toMatchObject([
        {
          way: 'declined',
          reason: 'Too dear',
          amountCents: 12_000,
          work: ['Front brakes'],
          byName: `${ctx.user.role} Tester`,
          approvedByName: '',
        },
      ])
      expect(after.totalCents).toBe(8_660)
    }
  })

  test('of work that was only offered is not told there', async () => {
    const order = await estimated(t, advisor, [line()])
    const after = await decide(advisor, { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined', reason: '' })
    expect(after.takenOff).toEqual([])
  })

  test('once the work was begun needs an approval, by line, by job and as a whole', async () => {
    for (const ctx of clerks()) {
      const order = await begun(line({ description: 'Front brakes' }), part())
      const [labor] = order.lines
      const wanted = { code: 'APPROVAL_REQUIRED', data: { approvalFor: 'orders.price_override' } }
      const no = { orderId: order.id, decision: 'declined' as const, reason: 'Too dear' }
      const refused = await refusalOf(decide(ctx, { ...no, lineId: labor!.id }))
      expect(refused).toMatchObject(wanted)
      expect(refused.message).toBe('Take $120.00 of agreed work off the bill although work was begun: “Front brakes”.')
      expect(await refusalOf(decide(ctx, { ...no, jobId: order.jobs[0]!.id }))).toMatchObject(wanted)
      expect(await codeOf(decide(ctx, { ...no, lineId: labor!.id, approval: { ...approval, pin: '000000' } }))).toBe('APPROVAL_REFUSED')
      const after = await decide(ctx, { ...no, lineId: labor!.id, approval })
      expect(after.takenOff).toMatchObject([{ amountCents: 12_000, approvedByName: 'owner Tester', byName: `${ctx.user.role} Tester` }])
    }
    const order = await begun(line())
    const own = { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined' as const, reason: 'Goodwill' }
    expect((await decide(owner, own)).takenOff).toMatchObject([{ byName: 'owner Tester', approvedByName: '' }])
  })

  test('is not got around by taking the order a step back first', async () => {
    for (const ctx of clerks()) {
      const order = await begun(line(), part())
      await move(ctx, order.id, 'in_progress', 'estimate')
      const no = { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined' as const, reason: 'Too dear' }
      expect(await codeOf(decide(ctx, no))).toBe('APPROVAL_REQUIRED')
      await decide(ctx, { ...no, decision: 'quoted' })
      expect(await codeOf(decide(ctx, no))).toBe('APPROVAL_REQUIRED')
      expect(await codeOf(move(ctx, order.id, 'estimate', 'declined', { reason: 'Drove off' }))).toBe('APPROVAL_REQUIRED')
      expect((await getOrder(owner, { orderId: order.id })).totalCents).toBe(order.totalCents)
      const declined = await move(ctx, order.id, 'estimate', 'declined', { reason: 'Drove off', approval })
      expect(declined.takenOff).toMatchObject([
        { way: 'order_declined', reason: 'Drove off', amountCents: 20_000, approvedByName: 'owner Tester' },
      ])
    }
  })

  test('to the whole order counts work that is done, also after a reopening that was approved', async () => {
    const order = await completed(t, owner, [line(), part()])
    await move(advisor, order.id, 'completed', 'in_progress', { reason: 'Noise', approval })
    await move(advisor, order.id, 'in_progress', 'estimate')
    expect(await codeOf(move(advisor, order.id, 'estimate', 'declined', { reason: 'x' }))).toBe('APPROVAL_REQUIRED')
  })

  test('to a whole order that was not begun has a reason and is told', async () => {
    const order = await approved(t, frontDesk, [line()])
    expect(await codeOf(move(frontDesk, order.id, 'approved', 'declined'))).toBe('INVALID_INPUT')
    const declined = await move(frontDesk, order.id, 'approved', 'declined', { reason: 'Sold the car' })
    expect(declined.takenOff).toMatchObject([{ way: 'order_declined', reason: 'Sold the car', byName: 'front_desk Tester' }])
  })
})

describe('removing', () => {
  test('agreed work once it was begun needs the approval that declining it needs', async () => {
    for (const ctx of clerks()) {
      const order = await begun(line(), part())
      const lineId = order.lines[1]!.id
      expect(await refusalOf(removeLine(ctx, { lineId }))).toMatchObject({ data: { approvalFor: 'orders.price_override' } })
      expect(await codeOf(removeJob(ctx, { jobId: order.jobs[0]!.id }))).toBe('APPROVAL_REQUIRED')
      const after = await removeLine(ctx, { lineId, reason: 'Wrong part', approval })
      expect(after.takenOff).toMatchObject([{ way: 'removed', reason: 'Wrong part', amountCents: 8_000, approvedByName: 'owner Tester' }])
      const none = await removeJob(ctx, { jobId: order.jobs[0]!.id, reason: 'Twice', approval })
      expect(none.takenOff).toHaveLength(2)
    }
    const partsManager = await testContext(t, 'parts_manager')
    const order = await begun(line(), part())
    expect(await codeOf(removeLine(partsManager, { lineId: order.lines[1]!.id }))).toBe('APPROVAL_REQUIRED')
  })

  test('agreed work before that, or done work after a reopening, is told', async () => {
    const early = await approved(t, advisor, [line(), part()])
    expect((await removeLine(advisor, { lineId: early.lines[0]!.id })).takenOff).toMatchObject([{ way: 'removed', amountCents: 12_000 }])
    const done = await completed(t, owner, [line(), part()])
    await move(advisor, done.id, 'completed', 'in_progress', { reason: 'Wrong part', approval })
    expect((await removeLine(advisor, { lineId: done.lines[1]!.id })).takenOff).toMatchObject([{ way: 'removed', amountCents: 8_000 }])
  })

  test('a slip that nobody agreed to is nobody’s business', async () => {
    const order = await begun(line())
    const slip = await add(advisor, order, line({ description: 'Slip' }))
    expect((await removeLine(advisor, { lineId: slip.lines[1]!.id })).takenOff).toEqual([])
  })
})

describe('a decision', () => {
  test('of another counter is not overwritten by somebody who looks at an older page', async () => {
    const order = await estimated(t, owner, [line({ description: 'Front brakes' }), part()])
    const [labor, pads] = order.lines
    const was = [{ lineId: labor!.id, status: 'quoted' as const }]
    await decide(advisor, { orderId: order.id, lineId: labor!.id, decision: 'declined', reason: 'Too dear' })
    const late = { orderId: order.id, lineId: labor!.id, decision: 'approved' as const, was, reason: '' }
    const refused = await refusalOf(decideSeen(frontDesk, late))
    expect(refused).toMatchObject({ code: 'EDIT_CONFLICT', data: { current: { lines: [{ lineId: labor!.id, status: 'declined' }] } } })
    expect(refused.message).toBe('“Front brakes” was quoted and is declined now. Nothing was overwritten.')
    expect((await decideSeen(frontDesk, { ...late, decision: 'declined' })).lines[0]!.status).toBe('declined')
    const job = { orderId: order.id, jobId: order.jobs[0]!.id, decision: 'approved' as const, was, reason: '' }
    expect((await refusalOf(decideSeen(frontDesk, job))).message).toMatch(/“Brake pads” was added meanwhile/)
    const both = [...was, { lineId: pads!.id, status: 'quoted' as const }]
    expect(await codeOf(decideSeen(frontDesk, { ...job, was: both }))).toBe('EDIT_CONFLICT')
    expect((await getOrder(owner, { orderId: order.id })).lines.map(({ status }) => status)).toEqual(['declined', 'quoted'])
  })
})

describe('the price of agreed work', () => {
  test('does not sink in small steps', async () => {
    const order = await approved(t, advisor, [line(), part()])
    const [labor, pads] = order.lines
    expect((await edit(advisor, pads!.id, { unitPriceCents: cents(7_200) })).partsCents).toBe(7_200)
    expect(await codeOf(edit(advisor, pads!.id, { unitPriceCents: cents(6_500) }))).toBe('APPROVAL_REQUIRED')
    await edit(advisor, labor!.id, { quantityHundredths: hours(90) })
    const refused = await refusalOf(edit(advisor, labor!.id, { quantityHundredths: hours(81) }))
    expect(refused.message).toBe('$97.20 instead of the agreed $120.00 for "Replace brake pads" is above your limit of 10%.')
  })

  test('does not sink under other words, nor by a yes that the clerk writes down between the steps', async () => {
    const order = await approved(t, advisor, [line(), part()])
    const pads = order.lines[1]!.id
    const renamed = await edit(advisor, pads, { description: 'Brake pads, rear' })
    expect(await codeOf(edit(advisor, pads, { unitPriceCents: cents(100) }))).toBe('APPROVAL_REQUIRED')
    await authorize(advisor, yes(renamed))
    const cheaper = await edit(advisor, pads, { unitPriceCents: cents(7_200) })
    await authorize(advisor, yes(cheaper))
    const again = await edit(advisor, pads, { description: 'Brake pads, front' })
    await authorize(advisor, yes(again))
    expect(await codeOf(edit(advisor, pads, { unitPriceCents: cents(6_500) }))).toBe('APPROVAL_REQUIRED')
    expect((await edit(advisor, pads, { unitPriceCents: cents(6_500) }, { approval })).partsCents).toBe(6_500)
  })

  test('does not become a discount', async () => {
    const order = await approved(t, advisor, [
      line({ quantityHundredths: 1_000 }),
      line({ unitPriceCents: 9_000, type: 'fee', taxable: true }),
    ])
    const fee = order.lines[1]!.id
    const gift = edit(advisor, fee, { type: 'discount' }, { reason: 'Returning customer' })
    expect(await refusalOf(gift)).toMatchObject({ data: { approvalFor: 'orders.price_override' } })
  })

  test('of work agreed before this was kept is what the yes covers', async () => {
    const order = await approved(t, advisor, [part()])
    await reading(t.owner).query(sql('', 'UPDATE line_items SET agreed_total = NULL WHERE id = $1'), [order.lines[0]!.id])
    expect(await codeOf(edit(advisor, order.lines[0]!.id, { unitPriceCents: cents(100) }))).toBe('APPROVAL_REQUIRED')
  })

  test('is not paid by a dearer part from the shelf', async () => {
    const [cheap, dear] = [await newPart(t, { priceCents: 8_000 }), await newPart(t, { priceCents: 40_000, costCents: 20_000 })]
    const order = await approved(t, advisor, [part({ inventoryItemId: cheap })])
    expect(await codeOf(edit(advisor, order.lines[0]!.id, { inventoryItemId: dear }))).toBe('APPROVAL_REQUIRED')
  })
})

describe('a bill', () => {
  const bill = (order: Order) => ({ invoiceId: uuid7(), orderId: order.id, completeWork: true })

  test('over nothing because of a discount is issued, not skipped by closing the order', async () => {
    const order = await estimated(t, advisor, [line({ quantityHundredths: 1_000 }), line({ quantityHundredths: 75 }), discount(9_000)])
    const left = await removeLine(advisor, { lineId: order.lines[0]!.id })
    expect(left.totalCents).toBe(0)
    await authorize(advisor, yes(left))
    await move(advisor, order.id, 'approved', 'in_progress')
    await move(advisor, order.id, 'in_progress', 'completed')
    for (const ctx of [...clerks(), owner]) {
      expect((await refusalOf(move(ctx, order.id, 'completed', 'closed'))).message).toMatch(/discount/)
    }
    expect(await refusalOf(issueInvoice(advisor, bill(order)))).toMatchObject({ data: { approvalFor: 'orders.discount' } })
    expect((await issueInvoice(advisor, { ...bill(order), approval })).totalCents).toBe(0)
    expect((await getOrder(owner, { orderId: order.id })).status).toBe('closed')
  })

  test('is not made smaller by voiding and issuing it again: each round needs approvals, and its number stays', async () => {
    const order = await completed(t, owner, [line(), part()])
    const first = await issueInvoice(advisor, bill(order))
    for (const ctx of clerks()) expect(await codeOf(voidInvoice(ctx, { invoiceId: first.id, reason: 'x' }))).toBe('APPROVAL_REQUIRED')
    await voidInvoice(advisor, { invoiceId: first.id, reason: 'Wrong terms', approval })
    for (const ctx of clerks()) {
      expect(await codeOf(removeLine(ctx, { lineId: order.lines[0]!.id }))).toBe('WRONG_STATE')
      expect(await codeOf(edit(ctx, order.lines[0]!.id, { quantityHundredths: hours(95) }, { approval }))).toBe('WRONG_STATE')
    }
    const second = await issueInvoice(advisor, bill(order))
    expect(second).toMatchObject({ totalCents: first.totalCents })
    expect(second.number).not.toBe(first.number)
    expect((await getInvoice(owner, { invoiceId: first.id })).status).toBe('void')
  })

  test('is not split into discounts that each pass alone', async () => {
    const order = await estimated(t, advisor, [line({ quantityHundredths: 1_000 })])
    await add(advisor, order, discount(6_000))
    expect(await codeOf(add(advisor, order, discount(6_000)))).toBe('APPROVAL_REQUIRED')
    expect(await codeOf(add(advisor, order, discount(2_500), discount(2_500)))).toBe('APPROVAL_REQUIRED')
  })

  test('keeps its tax when the customer becomes exempt after the yes, which needs an approval anyway', async () => {
    const order = await approved(t, advisor, [part()])
    const was = { taxExempt: false, taxExemptNumber: '' }
    const exempt = { customerId: order.customer.id, was, now: { taxExempt: true, taxExemptNumber: 'EX-9' } }
    for (const ctx of clerks()) expect(await codeOf(updateCustomer(ctx, exempt))).toBe('APPROVAL_REQUIRED')
    await updateCustomer(advisor, { ...exempt, approval })
    expect((await getOrder(owner, { orderId: order.id })).taxCents).toBe(order.taxCents)
    for (const ctx of clerks()) expect(await codeOf(edit(ctx, order.lines[0]!.id, { taxable: false }))).toBe('APPROVAL_REQUIRED')
  })

  test('does not vanish with its customer', async () => {
    const order = await approved(t, owner, [line()])
    const invoice = await issueInvoice(owner, bill(order))
    const customerId = order.customer.id
    expect(await codeOf(removeCustomer(advisor, { customerId, approval }))).toBe('IN_USE')
    await takePayment(owner, cash(invoice.id, 12_000))
    await removeCustomer(advisor, { customerId, approval })
    await restoreCustomer(advisor, { customerId, approval })
    expect((await getCustomer(owner, { customerId })).balanceCents).toBe(0)
    expect(await count(t, 'payments WHERE invoice_id = $1', [invoice.id])).toBe(1)
  })
})

const cash = (invoiceId: string, amountCents: number, rest: object = {}) =>
  TakePayment.parse({ paymentId: uuid7(), invoiceId, method: 'cash', amountCents, tenderedCents: amountCents, ...rest })

describe('a payment', () => {
  test('says neither when it was taken nor how much change it gives, and is never negative', () => {
    const id = uuid7()
    for (const asked of [
      { processedAt: '2020-01-01T00:00:00Z' },
      { businessDate: '2020-01-01' },
      { changeCents: 50_000 },
      { status: 'refunded' },
      { amountCents: -1 },
      { amountCents: 0 },
      { tenderedCents: -5_000 },
    ]) {
      expect(TakePayment.safeParse({ paymentId: id, invoiceId: id, method: 'cash', amountCents: 100, ...asked }).success).toBe(false)
    }
  })

  test('gives the change that the database computes', async () => {
    const order = await approved(t, owner, [line()])
    const invoice = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
    const { payment } = await takePayment(frontDesk, cash(invoice.id, 12_000, { tenderedCents: 20_000 }))
    expect(payment.changeCents).toBe(8_000)
    expect(await codeOf(takePayment(frontDesk, cash(invoice.id, 1)))).toBe('ALREADY_PAID')
    expect(await codeOf(voidInvoice(frontDesk, { invoiceId: invoice.id, reason: 'x', approval }))).toBe('INVOICE_HAS_PAYMENTS')
  })
})
