import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import type { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { estimatePdf } from '../invoices/estimate-pdf'
import { getInvoice } from '../invoices/get-invoice'
import { invoicePdf } from '../invoices/invoice-pdf'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { takePayment } from '../payments/take-payment'
import { dayRevenue } from '../reports/day-revenue'
import { addJob } from './add-job'
import { addLines } from './add-lines'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { decide } from './decide'
import { findParts } from './find-parts'
import { getOrder } from './get-order'
import { loadBoard } from './load-board'
import type { Car } from '../../testing/as-sent'
import { approved, arrival, completed, line, move, newBay, newCar, newPart, refusalOf } from '../../testing/order-test-kit'
import { removeJob } from './remove-job'
import { removeLine } from './remove-line'
import { removeOrder, restoreOrder } from './remove-order'
import { updateJob } from './update-job'
import { updateLine } from './update-line'
import { updateOrder } from './update-order'

/** Ids of records that exist in shop A, or of none at all. */
interface Ids {
  readonly orderId: string
  readonly draftId: string
  readonly lineId: string
  readonly jobId: string
  readonly invoiceId: string
  readonly bayId: string
  readonly partId: string
  readonly userId: string
  readonly car: Car
}

let t: TestDatabase
let ownA: Ctx
let ownB: Ctx
let theirs: Ids
let nobodys: Ids
let orderOfB: Order
beforeAll(async () => {
  t = await testDatabase()
  ownA = await testContext(t, 'owner')
  ownB = await testContext(t, 'owner', { shop: 'B' })
  const order = await approved(t, ownA, [line()])
  const draft = await checkIn(ownA, arrival(await newCar(t)))
  const billed = await completed(t, ownA, [line()])
  const invoice = await issueInvoice(ownA, { invoiceId: uuid7(), orderId: billed.id, completeWork: false })
  theirs = {
    orderId: order.id,
    draftId: draft.id,
    lineId: order.lines[0]!.id,
    jobId: order.jobs[0]!.id,
    invoiceId: invoice.id,
    bayId: await newBay(t),
    partId: await newPart(t),
    userId: ownA.userId,
    car: await newCar(t),
  }
  const none = uuid7
  nobodys = {
    orderId: none(),
    draftId: none(),
    lineId: none(),
    jobId: none(),
    invoiceId: none(),
    bayId: none(),
    partId: none(),
    userId: none(),
    car: { customerId: none(), vehicleId: none() },
  }
  const carB = await newCar(t, { shopId: t.otherShopId })
  orderOfB = await checkIn(ownB, arrival(carB, { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [line()] }] }))
})
afterAll(() => t.close())

const cash = (invoiceId: string) => ({
  paymentId: uuid7(),
  invoiceId,
  method: 'cash' as const,
  amountCents: cents(1),
  checkNumber: '',
  reference: '',
  note: '',
})

const calls: readonly (readonly [name: string, call: (ctx: Ctx, ids: Ids) => Promise<unknown>])[] = [
  ['orders.get', (ctx, { orderId }) => getOrder(ctx, { orderId })],
  ['orders.checkIn', async (ctx, { car }) => checkIn(ctx, arrival(car))],
  ['orders.update', (ctx, { orderId }) => updateOrder(ctx, { orderId, was: { internalNotes: '' }, now: { internalNotes: 'x' } })],
  [
    'orders.update technician',
    (ctx, { userId }) => updateOrder(ctx, { orderId: orderOfB.id, was: { technicianId: null }, now: { technicianId: userId } }),
  ],
  ['orders.update bay', (ctx, { bayId }) => updateOrder(ctx, { orderId: orderOfB.id, was: { bayId: null }, now: { bayId } })],
  ['orders.addJob', (ctx, { orderId }) => addJob(ctx, { orderId, jobId: uuid7(), name: 'A' })],
  ['orders.updateJob', (ctx, { jobId }) => updateJob(ctx, { jobId, was: { name: 'Brakes' }, now: { name: 'x' } })],
  ['orders.removeJob', (ctx, { jobId }) => removeJob(ctx, { jobId })],
  ['orders.addLines', (ctx, { orderId }) => addLines(ctx, { orderId, lines: [line()] })],
  ['orders.addLines job', (ctx, { jobId }) => addLines(ctx, { orderId: orderOfB.id, lines: [line({ jobId })] })],
  [
    'orders.addLines part',
    (ctx, { partId }) => addLines(ctx, { orderId: orderOfB.id, lines: [line({ type: 'part', inventoryItemId: partId })] }),
  ],
  ['orders.updateLine', (ctx, { lineId }) => updateLine(ctx, { lineId, was: { taxable: false }, now: { taxable: true }, reason: '' })],
  [
    'orders.updateLine part',
    (ctx, { partId }) =>
      updateLine(ctx, {
        lineId: orderOfB.lines[0]!.id,
        was: { type: 'labor', inventoryItemId: null },
        now: { type: 'part', inventoryItemId: partId },
        reason: '',
      }),
  ],
  ['orders.removeLine', (ctx, { lineId }) => removeLine(ctx, { lineId })],
  ['orders.decide', (ctx, { orderId, lineId }) => decide(ctx, { orderId, lineId, decision: 'declined', was: [], reason: '' })],
  ['orders.decide line', (ctx, { lineId }) => decide(ctx, { orderId: orderOfB.id, lineId, decision: 'declined', was: [], reason: '' })],
  ['orders.decide job', (ctx, { jobId }) => decide(ctx, { orderId: orderOfB.id, jobId, decision: 'declined', was: [], reason: '' })],
  [
    'orders.authorize',
    (ctx, { orderId }) =>
      authorize(ctx, {
        authorizationId: uuid7(),
        orderId,
        expectedTotalCents: cents(12_000),
        estimateFingerprint: orderOfB.estimateFingerprint,
        approvedByName: 'x',
        method: 'in_person',
        contact: '',
        note: '',
      }),
  ],
  ['orders.transition', (ctx, { orderId }) => move(ctx, orderId, 'approved', 'in_progress')],
  ['orders.remove', (ctx, { draftId }) => removeOrder(ctx, { orderId: draftId })],
  ['orders.restore', (ctx, { draftId }) => restoreOrder(ctx, { orderId: draftId })],
  ['invoices.get', (ctx, { invoiceId }) => getInvoice(ctx, { invoiceId })],
  ['invoices.issue', (ctx, { orderId }) => issueInvoice(ctx, { invoiceId: uuid7(), orderId, completeWork: true })],
  ['invoices.void', (ctx, { invoiceId }) => voidInvoice(ctx, { invoiceId, reason: 'x' })],
  ['invoices.pdf', (ctx, { invoiceId }) => invoicePdf(ctx, { invoiceId })],
  ['invoices.estimatePdf', (ctx, { orderId }) => estimatePdf(ctx, { orderId })],
  ['payments.take', (ctx, { invoiceId }) => takePayment(ctx, cash(invoiceId))],
]

test.each(calls)('%s: an id of another shop is an id that never existed', async (_, call) => {
  const describe = ({ code, message, data }: AppError) => ({ code, message, data })
  const never = describe(await refusalOf(call(ownB, nobodys)))
  expect(never.code).toBe('NOT_FOUND')
  expect(describe(await refusalOf(call(ownB, theirs)))).toEqual(never)
})

test('nothing of shop A changed and nothing of it is listed in shop B', async () => {
  expect(await getOrder(ownA, { orderId: theirs.orderId })).toMatchObject({ status: 'approved', internalNotes: '', totalCents: 12_000 })
  expect((await loadBoard(ownB, {})).orders.map(({ id }) => id)).toEqual([orderOfB.id])
  expect(await findParts(ownB, { text: 'filter' })).toEqual([])
  expect((await findParts(ownA, { text: 'filter' })).map(({ id }) => id)).toEqual([theirs.partId])
  const invoice = await getInvoice(ownA, { invoiceId: theirs.invoiceId })
  await takePayment(ownA, { ...cash(theirs.invoiceId), amountCents: invoice.dueCents })
  expect((await dayRevenue(ownB, { day: invoice.issueDate })).totalCents).toBe(0)
  expect((await dayRevenue(ownA, { day: invoice.issueDate })).totalCents).toBe(12_000)
})
