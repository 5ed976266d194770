import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import { uuid7 } from '../../base/uuid7'
import { one, reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getOrder } from '../orders/get-order'
import {
  add,
  approved,
  codeOf,
  completed,
  count,
  discount,
  estimated,
  line,
  move,
  newPart,
  part,
  refusalOf,
  yes,
  decide,
} from '../../testing/order-test-kit'
import { authorize } from '../orders/authorize'
import { removeLine } from '../orders/remove-line'
import { updateOrder } from '../orders/update-order'
import { takePayment } from '../payments/take-payment'
import type { FrozenDocument } from '../orders/build-snapshot'
import { addLogo } from './add-logo'
import { estimatePdf } from './estimate-pdf'
import { getInvoice } from './get-invoice'
import { invoicePdf } from './invoice-pdf'
import { issueInvoice } from './issue-invoice'
import { voidInvoice } from './void-invoice'
import { cents } from '../../../src-preload/contract/money'

let t: TestDatabase
let owner: Ctx
let approval: { approverId: string; pin: string }
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  approval = { approverId: owner.userId, pin: '482913' }
  await givePin(t, owner.userId, approval.pin)
})
afterAll(() => t.close())

const issue = (ctx: Ctx, orderId: string, rest: Partial<Parameters<typeof issueInvoice>[1]> = {}) =>
  issueInvoice(ctx, { invoiceId: uuid7(), orderId, completeWork: false, ...rest })

async function snapshotOf(invoiceId: string): Promise<DocumentSnapshot> {
  const stored = sql('', 'SELECT snapshot FROM invoices WHERE id = $1')
  const rows = await reading(t.owner).query<{ snapshot: FrozenDocument }>(stored, [invoiceId])
  return DocumentSnapshot.parse(await addLogo(reading(t.owner), t.shopId, one(rows, 'invoice').snapshot))
}

describe('issuing', () => {
  test('numbers and freezes the bill: what is printed stands whatever changes later', async () => {
    const order = await approved(t, owner, [line(), part({ partCondition: 'rebuilt' })], { odometer: 100 })
    const no = await add(owner, order, line({ description: 'Wiper blades' }))
    await decide(owner, { orderId: order.id, lineId: no.lines[2]!.id, decision: 'declined', reason: 'Next time' })
    const bill = await issue(owner, order.id, { completeWork: true })
    expect(bill).toMatchObject({ status: 'sent', terms: 'due_on_receipt', totalCents: 20_660, taxCents: 660, paidCents: 0, payments: [] })
    expect(bill.number).toMatch(/^INV-\d{6}$/)
    expect(bill.dueDate).toBe(bill.issueDate)
    expect(bill.nextActions.map(({ action }) => action)).toEqual(['take_payment', 'void_invoice', 'credit_invoice'])
    expect(bill.jobs).toEqual([
      {
        name: 'Brakes',
        lines: [
          {
            type: 'labor',
            description: 'Replace brake pads',
            quantityHundredths: 100,
            unitPriceCents: 12_000,
            totalCents: 12_000,
            lineNo: 0,
            creditedHundredths: 0,
            isStocked: false,
          },
          {
            type: 'part',
            description: 'Brake pads',
            quantityHundredths: 100,
            unitPriceCents: 8_000,
            totalCents: 8_000,
            lineNo: 1,
            creditedHundredths: 0,
            isStocked: false,
          },
        ],
      },
    ])
    const paper = await snapshotOf(bill.id)
    expect(paper).toMatchObject({
      kind: 'invoice',
      number: bill.number,
      orderNumber: order.number,
      date: bill.issueDate,
      estimateVersion: 1,
      customer: { name: 'Carla Tester' },
      vehicle: { label: '2019 Honda Civic', odometerIn: 100 },
      jobs: [{ name: 'Brakes', lines: [{ type: 'labor' }, { partCondition: 'rebuilt', totalCents: 8_000 }] }],
      declined: [{ name: 'Wiper blades', reason: 'Next time', totalCents: 12_000 }],
      totalCents: 20_660,
      authorizations: [{ authorizedCents: 20_660, estimateVersion: 1, approvedByName: 'Carla Tester' }],
    })
    const first = await invoicePdf(owner, { invoiceId: bill.id })
    await reading(t.owner).query(sql('', `UPDATE customers SET last_name = 'Renamed' WHERE id = $1`), [order.customer.id])
    await updateOrder(owner, { orderId: order.id, was: { odometerOut: null }, now: { odometerOut: 900 } })
    expect(await snapshotOf(bill.id)).toEqual(paper)
    expect(await invoicePdf(owner, { invoiceId: bill.id })).toEqual(first)
    expect(first).toMatchObject({ fileName: `Invoice ${bill.number}.pdf` })
    const practised = await invoicePdf({ ...owner, practice: true }, { invoiceId: bill.id })
    expect(practised).toMatchObject({ fileName: `Invoice ${bill.number} (practice).pdf` })
    const hash = `invoices WHERE id = $1 AND snapshot_hash = encode(sha256(convert_to(snapshot::text, 'UTF8')), 'hex')`
    expect(await count(t, hash, [bill.id])).toBe(1)
    const issued = `audit_events WHERE entity_id = $1 AND action = 'invoice.issued' AND actor_user_id = $2`
    expect(await count(t, issued, [bill.id, owner.userId])).toBe(1)
  })

  test('happens once: the same request is the same invoice, another one is told which', async () => {
    const order = await completed(t, owner, [line()])
    const invoiceId = uuid7()
    const answers = await Promise.all([1, 2, 3, 4].map(() => issue(owner, order.id, { invoiceId })))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const refused = await refusalOf(issue(owner, order.id))
    expect(refused).toMatchObject({ code: 'INVOICE_EXISTS', data: { existingId: invoiceId } })
    const other = await completed(t, owner, [line()])
    expect(await codeOf(issue(owner, other.id, { invoiceId }))).toBe('DUPLICATE')
    const longer = await refusalOf(issue(owner, order.id, { invoiceId, terms: 'net_30' }))
    expect(longer).toMatchObject({ code: 'DUPLICATE', message: expect.stringContaining('with other terms of payment') as string })
    expect(await issue(owner, order.id, { invoiceId, terms: 'due_on_receipt' })).toEqual(answers[0])
  })

  test('impatient fingers: the same request many times at once, on fresh orders, never fails', async () => {
    for (let round = 0; round < 12; round += 1) {
      const order = await approved(t, owner, [line()])
      const invoiceId = uuid7()
      const answers = await Promise.all([1, 2, 3].map(() => issue(owner, order.id, { invoiceId, completeWork: true })))
      expect(new Set(answers.map((answer) => answer.number)).size).toBe(1)
    }
  })

  test('two counters with two requests at once make one invoice', async () => {
    const counter = secondCounter(t)
    try {
      const other = await testContext(t, 'service_advisor', { db: counter })
      const order = await approved(t, owner, [line()])
      const both = await Promise.allSettled([
        issue(owner, order.id, { completeWork: true }),
        issue(other, order.id, { completeWork: true }),
      ])
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await count(t, 'invoices WHERE repair_order_id = $1', [order.id])).toBe(1)
    } finally {
      await counter.close()
    }
  })

  test('completes approved or running work only when told to, and parts leave the shelf', async () => {
    const inventoryItemId = await newPart(t, { onHandHundredths: 300 })
    const order = await approved(t, owner, [part({ inventoryItemId })])
    expect((await refusalOf(issue(owner, order.id))).message).toMatch(/Complete the work/)
    await issue(owner, order.id, { completeWork: true })
    expect(await count(t, 'inventory_items WHERE id = $1 AND quantity_on_hand = 2', [inventoryItemId])).toBe(1)
    expect((await getOrder(owner, { orderId: order.id })).history.map(({ to }) => to)).toEqual([
      'estimate',
      'approved',
      'in_progress',
      'completed',
    ])
  })

  test('what was added and approved after completion is finished with the bill', async () => {
    const inventoryItemId = await newPart(t, { onHandHundredths: 300 })
    const order = await completed(t, owner, [line()])
    const more = await add(owner, order, part({ inventoryItemId }))
    expect(await codeOf(issue(owner, order.id))).toBe('AUTHORIZATION_REQUIRED')
    await authorize(owner, yes(more))
    await issue(owner, order.id)
    expect(await count(t, 'inventory_items WHERE id = $1 AND quantity_on_hand = 2', [inventoryItemId])).toBe(1)
    expect((await getOrder(owner, { orderId: order.id })).lines.every(({ status }) => status === 'completed')).toBe(true)
  })

  test('refuses what is not ready', async () => {
    expect(await codeOf(issue(owner, (await estimated(t, owner, [line()])).id, { completeWork: true }))).toBe('WRONG_STATE')
    const open = await approved(t, owner, [line()])
    await add(owner, open, line({ unitPriceCents: 0 }))
    expect(await codeOf(issue(owner, open.id, { completeWork: true }))).toBe('LINES_UNDECIDED')
    const order = await approved(t, owner, [line()])
    const cheap = await add(owner, order, discount(12_000))
    await decide(owner, { orderId: order.id, lineId: cheap.lines[0]!.id, decision: 'declined', reason: 'Too dear' })
    await decide(owner, { orderId: order.id, lineId: cheap.lines[1]!.id, decision: 'approved', reason: '' })
    expect((await refusalOf(issue(owner, order.id, { completeWork: true }))).message).toMatch(/discount is more/)
  })

  test('refuses a discount of more than the work, also where the tax brings the total above zero', async () => {
    const order = await approved(t, owner, [line({ taxable: true }), line({ unitPriceCents: 2_000 })])
    const given = await add(owner, order, discount(12_100))
    expect(given.totalCents).toBeGreaterThan(1_900)
    const rest = await decide(owner, { orderId: order.id, lineId: given.lines[1]!.id, decision: 'declined', reason: 'Too dear' })
    const left = await decide(owner, { orderId: order.id, lineId: rest.lines[2]!.id, decision: 'approved', reason: '' })
    expect(left.totalCents).toBeGreaterThan(0)
    expect((await refusalOf(issue(owner, order.id, { completeWork: true }))).message).toMatch(/discount is more/)
  })

  test('a bill of nothing is paid and the order closed at once', async () => {
    const order = await completed(t, owner, [line({ unitPriceCents: 0 })])
    const bill = await issue(owner, order.id)
    expect(bill).toMatchObject({ status: 'paid', totalCents: 0, dueCents: 0 })
    expect((await getOrder(owner, { orderId: order.id })).status).toBe('closed')
    await voidInvoice(owner, { invoiceId: bill.id, reason: 'Wrong car' })
    expect((await issue(owner, order.id)).status).toBe('paid')
  })

  test('lines of an invoiced order do not change', async () => {
    const order = await completed(t, owner, [line()])
    await issue(owner, order.id)
    expect(await codeOf(add(owner, order, line()))).toBe('ORDER_INVOICED')
    expect(await codeOf(removeLine(owner, { lineId: order.lines[0]!.id }))).toBe('ORDER_INVOICED')
    const no = { orderId: order.id, lineId: order.lines[0]!.id, decision: 'declined' as const, reason: '' }
    expect(await codeOf(decide(owner, no))).toBe('ORDER_INVOICED')
  })

  test('numbers have no gap, also when an invoice fails', async () => {
    const before = await issue(owner, (await completed(t, owner, [line()])).id)
    const taken = await completed(t, owner, [line()])
    expect(await codeOf(issue(owner, taken.id, { invoiceId: before.id }))).toBe('DUPLICATE')
    const after = await issue(owner, taken.id)
    expect(BigInt(after.number.slice(4))).toBe(BigInt(before.number.slice(4)) + 1n)
  })
})

describe('terms', () => {
  test('the owner gives any, an advisor longer ones with an approval, the front desk the usual ones', async () => {
    const order = async () => (await completed(t, owner, [line()])).id
    const bill = await issue(owner, await order(), { terms: 'net_30' })
    expect(Date.parse(bill.dueDate!) - Date.parse(bill.issueDate)).toBe(30 * 86_400_000)
    const advisor = await testContext(t, 'service_advisor')
    const orderId = await order()
    expect(await codeOf(issue(advisor, orderId, { terms: 'net_10' }))).toBe('APPROVAL_REQUIRED')
    expect((await issue(advisor, orderId, { terms: 'net_10', approval })).terms).toBe('net_10')
    const frontDesk = await testContext(t, 'front_desk')
    expect(await codeOf(issue(frontDesk, await order(), { terms: 'net_10' }))).toBe('FORBIDDEN')
    expect((await issue(frontDesk, await order(), { terms: 'due_on_receipt' })).status).toBe('sent')
    expect(await codeOf(issue(frontDesk, (await approved(t, owner, [line()])).id, { completeWork: true }))).toBe('FORBIDDEN')
  })

  test('a bill past its due date reads overdue', async () => {
    const order = await completed(t, owner, [line()])
    const bill = await issue(owner, order.id)
    await reading(t.owner).query(sql('', `UPDATE invoices SET due_date = issue_date - 1 WHERE id = $1`), [bill.id])
    expect((await getInvoice(owner, { invoiceId: bill.id })).status).toBe('overdue')
    expect((await getOrder(owner, { orderId: order.id })).invoices[0]?.status).toBe('overdue')
  })
})

describe('voiding', () => {
  test('keeps the number, says why, and lets the order be invoiced again', async () => {
    const order = await completed(t, owner, [line()])
    const first = await issue(owner, order.id)
    const voided = await voidInvoice(owner, { invoiceId: first.id, reason: 'Wrong customer' })
    expect(voided).toMatchObject({ status: 'void', voidReason: 'Wrong customer', number: first.number, nextActions: [] })
    expect(voided.voidedAt).not.toBeNull()
    expect(await voidInvoice(owner, { invoiceId: first.id, reason: 'Wrong customer' })).toEqual(voided) // a late repetition
    expect(await codeOf(voidInvoice(owner, { invoiceId: first.id, reason: 'Again' }))).toBe('INVOICE_VOID')
    expect(await codeOf(issue(owner, order.id, { invoiceId: first.id }))).toBe('INVOICE_VOID')
    const second = await issue(owner, order.id)
    expect(second.number).not.toBe(first.number)
    expect(await codeOf(issue(owner, order.id, { invoiceId: first.id }))).toBe('INVOICE_VOID')
    expect((await getOrder(owner, { orderId: order.id })).invoices.map(({ status }) => status)).toEqual(['sent', 'void'])
    const audited = `audit_events WHERE entity_id = $1 AND action = 'invoice.voided' AND actor_user_id = $2`
    expect(await count(t, audited, [first.id, owner.userId])).toBe(1)
    const paper = await invoicePdf(owner, { invoiceId: first.id })
    expect(paper.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  test('is refused once something is paid', async () => {
    const bill = await issue(owner, (await completed(t, owner, [line()])).id)
    await takePayment(owner, {
      paymentId: uuid7(),
      invoiceId: bill.id,
      method: 'cash',
      amountCents: cents(1),
      checkNumber: '',
      reference: '',
      note: '',
    })
    expect(await codeOf(voidInvoice(owner, { invoiceId: bill.id, reason: 'Wrong' }))).toBe('INVOICE_HAS_PAYMENTS')
  })

  test('needs an approval from all but the owner', async () => {
    const bill = await issue(owner, (await completed(t, owner, [line()])).id)
    const advisor = await testContext(t, 'service_advisor')
    expect(await codeOf(voidInvoice(advisor, { invoiceId: bill.id, reason: 'Wrong' }))).toBe('APPROVAL_REQUIRED')
    expect((await voidInvoice(advisor, { invoiceId: bill.id, reason: 'Wrong', approval })).status).toBe('void')
  })
})

describe('paper', () => {
  test('the estimate is printed as it stands, under the version it has or would get', async () => {
    const order = await estimated(t, owner, [line(), part()])
    expect((await estimatePdf(owner, { orderId: order.id })).fileName).toBe(`Estimate ${order.number}-1.pdf`)
    const agreed = await authorize(owner, yes(order))
    const same = await estimatePdf(owner, { orderId: order.id })
    expect(same.fileName).toBe(`Estimate ${order.number}-1.pdf`)
    expect(await estimatePdf(owner, { orderId: order.id })).toEqual(same)
    expect(Buffer.from(same.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
    await add(owner, agreed, line())
    expect((await estimatePdf(owner, { orderId: order.id })).fileName).toBe(`Estimate ${order.number}-2.pdf`)
  })

  test('the parts counter sees the bill, not its payments and not its paper', async () => {
    const bill = await issue(owner, (await completed(t, owner, [line()])).id)
    await takePayment(owner, {
      paymentId: uuid7(),
      invoiceId: bill.id,
      method: 'cash',
      amountCents: cents(1),
      checkNumber: '',
      reference: '',
      note: '',
    })
    const partsManager = await testContext(t, 'parts_manager')
    expect(await getInvoice(partsManager, { invoiceId: bill.id })).toMatchObject({
      paidCents: 1,
      jobs: [],
      payments: [],
      nextActions: [],
    })
    expect(await codeOf(invoicePdf(partsManager, { invoiceId: bill.id }))).toBe('FORBIDDEN')
  })

  test('all seven statuses of an order are reached on the way', async () => {
    const order = await completed(t, owner, [line()])
    await move(owner, order.id, 'completed', 'in_progress', { reason: 'Noise' })
    await move(owner, order.id, 'in_progress', 'estimate')
    await move(owner, order.id, 'estimate', 'declined', { reason: 'Sold the car' })
    expect((await move(owner, order.id, 'declined', 'estimate')).lines[0]?.status).toBe('completed')
  })
})
