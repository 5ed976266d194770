import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cents, Hundredths } from '../../../src-preload/contract/money'
import type { Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import {
  add,
  approved,
  arrival,
  codeOf,
  completed,
  count,
  discount,
  estimated,
  line,
  move,
  newBay,
  newCar,
  newPart,
  part,
  refusalOf,
  yes,
  decide,
} from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { addLines } from './add-lines'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { removeJob } from './remove-job'
import { removeLine } from './remove-line'
import { removeOrder } from './remove-order'
import { updateLine } from './update-line'
import { updateOrder } from './update-order'

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

const issue = (order: Order, rest: object = {}) => ({ invoiceId: uuid7(), orderId: order.id, completeWork: false, ...rest })
const hours = (value: number) => value as Hundredths

describe('work that is done', () => {
  test('leaves the bill only by reopening the order, which wants an approval', async () => {
    const order = await completed(t, owner, [line(), part()])
    const [labor, pads] = order.lines
    for (const ctx of [advisor, frontDesk]) {
      expect(await codeOf(removeLine(ctx, { lineId: labor!.id }))).toBe('WRONG_STATE')
      expect(await codeOf(removeJob(ctx, { jobId: order.jobs[0]!.id }))).toBe('WRONG_STATE')
      const fewer = {
        lineId: labor!.id,
        was: { quantityHundredths: hours(100) },
        now: { quantityHundredths: hours(1) },
        reason: '',
        approval,
      }
      expect(await codeOf(updateLine(ctx, fewer))).toBe('WRONG_STATE')
      const gift = { lineId: labor!.id, was: { type: 'labor' as const }, now: { type: 'discount' as const }, reason: 'x', approval }
      expect(await codeOf(updateLine(ctx, gift))).toBe('WRONG_STATE')
      const untaxed = { lineId: pads!.id, was: { taxable: true }, now: { taxable: false }, reason: '', approval }
      expect(await codeOf(updateLine(ctx, untaxed))).toBe('WRONG_STATE')
    }
    expect((await getOrder(owner, { orderId: order.id })).totalCents).toBe(order.totalCents)
    const numbered = { lineId: pads!.id, was: { partNumber: 'BP-1' }, now: { partNumber: 'BP-2' }, reason: '' }
    expect((await updateLine(advisor, numbered)).lines[1]?.partNumber).toBe('BP-2')
    await move(advisor, order.id, 'completed', 'in_progress', { reason: 'Wrong part', approval })
    expect((await removeLine(advisor, { lineId: pads!.id })).lines).toHaveLength(1)
  })

  test('may be taken off by the owner', async () => {
    const order = await completed(t, owner, [line(), part()])
    expect((await removeLine(owner, { lineId: order.lines[0]!.id })).lines).toHaveLength(1)
  })
})

describe('a discount', () => {
  test('and a price that is typed down are told together before one PIN serves both', async () => {
    const order = await estimated(t, advisor, [line()])
    const cheap = line({ description: 'Check it', unitPriceCents: 1 })
    const { code, message } = await refusalOf(add(frontDesk, order, cheap, discount(5_000)))
    expect(code).toBe('APPROVAL_REQUIRED')
    expect(message).toMatch(/\$0\.01 .*"Check it".*discount of \$50\.00/i)
  })

  test('within the limit when it was given is held against the limit again when it is billed', async () => {
    const order = await estimated(t, advisor, [line({ quantityHundredths: 1000 }), discount(10_000)])
    const shrink = {
      lineId: order.lines[0]!.id,
      was: { quantityHundredths: hours(1000) },
      now: { quantityHundredths: hours(100) },
      reason: '',
    }
    const small = await updateLine(advisor, shrink)
    expect(small).toMatchObject({ subtotalCents: 12_000, discountCents: 10_000 })
    await finish(small)
    const refused = await refusalOf(issueInvoice(advisor, issue(small)))
    expect(refused).toMatchObject({ code: 'APPROVAL_REQUIRED', data: { approvalFor: 'orders.discount' } })
    const later = await refusalOf(issueInvoice(advisor, issue(small, { terms: 'net_30' })))
    expect(later).toMatchObject({ code: 'APPROVAL_REQUIRED', data: { approvalFor: 'invoices.terms' } })
    expect(later.message).toMatch(
      /^Give more time to pay than usual: net 30 instead of due on receipt, for \$20\.00\. A discount of \$100\.00 on the order/,
    )
    expect((await issueInvoice(advisor, issue(small, { approval }))).totalCents).toBe(2_000)
  })

  test('given by an advisor within the limit is billed by the front desk as it stands', async () => {
    const order = await estimated(t, advisor, [line({ quantityHundredths: 200 }), discount(2_400)])
    await finish(order)
    expect((await issueInvoice(frontDesk, issue(order))).totalCents).toBe(21_600)
  })

  test('that the owner gave or approved is billed by anybody', async () => {
    const given = await estimated(t, owner, [line(), discount(6_000)])
    await finish(given)
    expect((await issueInvoice(frontDesk, issue(given))).totalCents).toBe(6_000)
    const asked = await addLines(advisor, { orderId: (await estimated(t, advisor, [line()])).id, lines: [discount(6_000)], approval })
    await finish(asked)
    expect((await issueInvoice(frontDesk, issue(asked))).totalCents).toBe(6_000)
  })

  test('that was declined and comes back beside another one counts when it is billed', async () => {
    const order = await estimated(t, frontDesk, [line(), discount(600)])
    const first = order.lines[1]!.id
    await decide(frontDesk, { orderId: order.id, lineId: first, decision: 'declined', reason: '' })
    await add(frontDesk, order, discount(600))
    const both = await decide(frontDesk, { orderId: order.id, lineId: first, decision: 'approved', reason: '' })
    expect(both.discountCents).toBe(1_200)
    await finish(both)
    expect(await codeOf(issueInvoice(frontDesk, issue(both)))).toBe('APPROVAL_REQUIRED')
    expect((await issueInvoice(advisor, issue(both))).totalCents).toBe(10_800)
  })

  test('is approved up to what the approver was told', async () => {
    const order = await estimated(t, advisor, [line({ quantityHundredths: 200 })])
    const both = await Promise.allSettled([
      addLines(advisor, { orderId: order.id, lines: [discount(5_000)], approval }),
      addLines(advisor, { orderId: order.id, lines: [discount(5_000)], approval }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await getOrder(owner, { orderId: order.id })).discountCents).toBe(5_000)
  })

  async function finish(order: Order): Promise<void> {
    await authorize(owner, yes(order))
    await move(owner, order.id, 'approved', 'in_progress')
    await move(owner, order.id, 'in_progress', 'completed')
  }
})

describe('a line that the customer agreed to', () => {
  test('gets cheaper within the limit of the price only, by price or by hours', async () => {
    const order = await approved(t, owner, [line(), part()])
    const [labor, pads] = order.lines
    const partsManager = await testContext(t, 'parts_manager')
    const price = (cents: number) => ({
      lineId: pads!.id,
      was: { unitPriceCents: pads!.unitPriceCents },
      now: { unitPriceCents: cents as Cents },
      reason: '',
    })
    const time = (value: number) => ({
      lineId: labor!.id,
      was: { quantityHundredths: hours(100) },
      now: { quantityHundredths: hours(value) },
      reason: '',
    })
    for (const ctx of [advisor, partsManager]) {
      expect(await refusalOf(updateLine(ctx, price(7_199)))).toMatchObject({ data: { approvalFor: 'orders.price_override' } })
    }
    expect(await codeOf(updateLine(advisor, time(89)))).toBe('APPROVAL_REQUIRED')
    expect(await codeOf(updateLine(frontDesk, time(99)))).toBe('APPROVAL_REQUIRED')
    expect((await updateLine(advisor, time(90))).laborCents).toBe(10_800)
    expect((await updateLine(advisor, { ...price(1), approval })).partsCents).toBe(1)
  })

  test('keeps its tax, whatever kind it is called afterwards', async () => {
    const order = await approved(t, owner, [line(), part()])
    const pads = order.lines[1]!
    const retyped = {
      lineId: pads.id,
      was: { type: 'part' as const, taxable: true },
      now: { type: 'labor' as const, taxable: false },
      reason: '',
    }
    const later = { ...retyped, was: { taxable: true }, now: { taxable: false } }
    expect(order.taxCents).toBeGreaterThan(0)
    for (const ctx of [advisor, frontDesk]) {
      expect(await refusalOf(updateLine(ctx, retyped))).toMatchObject({ code: 'APPROVAL_REQUIRED' })
    }
    // In two steps it is the same.
    const named = { ...retyped, was: { type: 'part' as const }, now: { type: 'labor' as const }, approval }
    expect((await updateLine(advisor, named)).taxCents).toBe(order.taxCents)
    expect(await refusalOf(updateLine(advisor, later))).toMatchObject({ data: { approvalFor: 'customers.tax_exempt' } })
    expect((await updateLine(advisor, { ...later, approval })).taxCents).toBe(0)
  })

  test('may become another kind, without its tax, while it is an estimate', async () => {
    const order = await estimated(t, advisor, [line(), part({ unitPriceCents: 12_000 })])
    const { id } = order.lines[1]!
    const retyped = {
      lineId: id,
      was: { type: 'part' as const, taxable: true },
      now: { type: 'labor' as const, taxable: false },
      reason: '',
    }
    expect((await updateLine(advisor, retyped)).taxCents).toBe(0)
  })

  test('is still an estimate before that', async () => {
    const order = await estimated(t, advisor, [line(), part()])
    const pads = order.lines[1]!
    const cheaper = { lineId: pads.id, was: { unitPriceCents: pads.unitPriceCents }, now: { unitPriceCents: 5 as Cents }, reason: '' }
    expect((await updateLine(advisor, cheaper)).partsCents).toBe(5)
  })
})

describe('an order below nothing', () => {
  test('is not completed', async () => {
    const order = await approved(t, owner, [line(), line(), discount(20_000)])
    await move(owner, order.id, 'approved', 'in_progress')
    expect((await removeLine(owner, { lineId: order.lines[0]!.id })).totalCents).toBe(-8_000)
    expect(await codeOf(move(owner, order.id, 'in_progress', 'completed'))).toBe('WRONG_STATE')
  })
})

describe('a price', () => {
  test('below cost needs an approval whatever cost was typed', async () => {
    const partId = await newPart(t, { priceCents: 1_000, costCents: 950 })
    const order = await estimated(t, advisor, [line()])
    const cheap = part({ inventoryItemId: partId, unitPriceCents: 940, costCents: 1 })
    expect(await codeOf(add(advisor, order, cheap))).toBe('APPROVAL_REQUIRED')
  })

  test('tells the front desk nothing of the cost', async () => {
    const partId = await newPart(t, { priceCents: 1_000, costCents: 950 })
    const order = await estimated(t, frontDesk, [line()])
    const above = await refusalOf(add(frontDesk, order, part({ inventoryItemId: partId, unitPriceCents: 960 })))
    const below = await refusalOf(add(frontDesk, order, part({ inventoryItemId: partId, unitPriceCents: 940 })))
    expect(below.message.replace('$9.40', '')).toBe(above.message.replace('$9.60', ''))
  })

  test('without the tax that its kind carries needs an approval', async () => {
    const order = await estimated(t, frontDesk, [line()])
    const partId = await newPart(t, { priceCents: 2_500 })
    const untaxed = part({ inventoryItemId: partId, unitPriceCents: 2_500, taxable: false })
    expect(await refusalOf(add(advisor, order, untaxed))).toMatchObject({ data: { approvalFor: 'customers.tax_exempt' } })
    expect(await refusalOf(add(frontDesk, order, untaxed))).toMatchObject({ data: { approvalFor: 'customers.tax_exempt' } })
    const sold = await add(frontDesk, order, { ...untaxed, taxable: true })
    const later = { lineId: sold.lines[1]!.id, was: { taxable: true }, now: { taxable: false }, reason: '' }
    expect(await codeOf(updateLine(frontDesk, later))).toBe('APPROVAL_REQUIRED')
    expect((await updateLine(frontDesk, { ...later, approval })).taxCents).toBe(0)
    expect((await add(owner, order, { ...untaxed, lineId: uuid7() })).taxCents).toBe(0)
  })
})

describe('an order that was more than an estimate', () => {
  const backToDraft = async (order: Order) => {
    await move(owner, order.id, order.status, 'estimate')
    await move(owner, order.id, 'estimate', 'draft')
  }

  test('with a yes of the customer stays', async () => {
    const order = await approved(t, owner, [line()])
    await backToDraft(order)
    expect(await codeOf(removeOrder(owner, { orderId: order.id }))).toBe('IN_USE')
    expect((await getOrder(owner, { orderId: order.id })).nextActions.some(({ action }) => action === 'remove')).toBe(false)
  })

  test('with a void invoice or parts taken from the shelf stays', async () => {
    const partId = await newPart(t)
    const order = await completed(t, owner, [part({ inventoryItemId: partId, unitPriceCents: 2_500 })])
    const invoice = await issueInvoice(owner, issue(order))
    await voidInvoice(owner, { invoiceId: invoice.id, reason: 'Wrong customer' })
    await move(owner, order.id, 'completed', 'in_progress', { reason: 'Redo' })
    await move(owner, order.id, 'in_progress', 'estimate')
    await move(owner, order.id, 'estimate', 'draft')
    expect(await codeOf(removeOrder(owner, { orderId: order.id }))).toBe('IN_USE')
  })

  test('that stood in a bay stays, so that no bay is held by a car nobody sees', async () => {
    const bayId = await newBay(t)
    const car = await newCar(t)
    const free = await checkIn(
      owner,
      arrival(car, { bayId, jobs: [{ jobId: uuid7(), name: 'Look', lines: [line({ unitPriceCents: 0 })] }] }),
    )
    await move(owner, free.id, 'estimate', 'approved')
    await decide(owner, { orderId: free.id, lineId: free.lines[0]!.id, decision: 'approved', reason: '' })
    const running = await move(owner, free.id, 'approved', 'in_progress')
    await backToDraft(running)
    expect(await codeOf(removeOrder(owner, { orderId: free.id }))).toBe('IN_USE')
    expect(
      await count(t, 'bays b JOIN repair_orders o ON o.id = b.current_ro_id WHERE b.id = $1 AND o.deleted_at IS NOT NULL', [bayId]),
    ).toBe(0)
  })
})

describe('the odometer', () => {
  test('of an old visit does not turn the vehicle back', async () => {
    const car = await newCar(t)
    const old = await checkIn(owner, arrival(car, { odometer: 50_000 }))
    await checkIn(owner, arrival(car, { odometer: 60_000 }))
    await updateOrder(owner, { orderId: old.id, was: { odometerOut: null }, now: { odometerOut: 50_010 } })
    expect((await getOrder(owner, { orderId: old.id })).vehicle.currentOdometer).toBe(60_000)
  })
})
