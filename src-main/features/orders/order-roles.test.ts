import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import { cents } from '../../../src-preload/contract/money'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { addJob } from './add-job'
import { addLines } from './add-lines'
import { checkIn } from './check-in'
import { findParts } from './find-parts'
import { getOrder } from './get-order'
import { listChoices } from './list-choices'
import { loadBoard } from './load-board'
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
} from '../../testing/order-test-kit'
import { removeLine } from './remove-line'
import { removeOrder } from './remove-order'
import { updateLine } from './update-line'
import { updateOrder } from './update-order'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let frontDesk: Ctx
let technician: Ctx
let partsManager: Ctx
let approval: { approverId: string; pin: string }
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  frontDesk = await testContext(t, 'front_desk')
  technician = await testContext(t, 'technician')
  partsManager = await testContext(t, 'parts_manager')
  approval = { approverId: owner.userId, pin: '482913' }
  await givePin(t, owner.userId, approval.pin)
})
afterAll(() => t.close())

const given = (entityId: string) =>
  count(t, `audit_events WHERE entity_id = $1 AND action = 'order.discounted' AND approver_user_id = $2`, [entityId, owner.userId])

describe('prices', () => {
  test("the front desk sells labor at the shop's rate and parts at list price; the rest needs an approval", async () => {
    const partId = await newPart(t)
    const atList = [line(), part({ inventoryItemId: partId, unitPriceCents: 2_500 })]
    const order = await checkIn(frontDesk, arrival(await newCar(t), { jobs: [{ jobId: uuid7(), name: 'Oil', lines: atList }] }))
    expect(order.totalCents).toBe(14_706)
    const fee = { orderId: order.id, lines: [line({ type: 'fee', unitPriceCents: 500 })] }
    const refused = await refusalOf(addLines(frontDesk, fee))
    expect(refused).toMatchObject({ code: 'APPROVAL_REQUIRED', data: { approvalFor: 'orders.lines' } })
    expect(await codeOf(addLines(frontDesk, { ...fee, approval: { ...approval, pin: '111222' } }))).toBe('APPROVAL_REFUSED')
    expect((await addLines(frontDesk, { ...fee, approval })).feesCents).toBe(500)
    expect(await codeOf(add(frontDesk, order, line({ unitPriceCents: 11_000 })))).toBe('APPROVAL_REQUIRED')
    expect(
      await codeOf(
        checkIn(frontDesk, arrival(await newCar(t), { jobs: [{ jobId: uuid7(), name: 'A', lines: [line({ unitPriceCents: 1 })] }] })),
      ),
    ).toBe('APPROVAL_REQUIRED')
  })

  test('an advisor stays within ten percent of the list price and above cost', async () => {
    const partId = await newPart(t, { priceCents: 1_000, costCents: 950 })
    const order = await estimated(t, advisor, [line()])
    const sell = (unitPriceCents: number) => add(advisor, order, part({ inventoryItemId: partId, unitPriceCents }))
    expect((await sell(1_100)).partsCents).toBe(1_100)
    expect(await codeOf(sell(1_101))).toBe('APPROVAL_REQUIRED')
    expect((await refusalOf(sell(940))).message).toMatch(/below cost/)
    const raise = { lineId: order.lines[0]!.id, was: { unitPriceCents: cents(12_000) }, now: { unitPriceCents: cents(20_000) }, reason: '' }
    expect(await codeOf(updateLine(advisor, raise))).toBe('APPROVAL_REQUIRED')
    expect((await updateLine(advisor, { ...raise, approval })).lines[0]?.unitPriceCents).toBe(20_000)
  })

  test('an advisor gives ten percent or 100 dollars, the front desk five or 25; above that an approval that is kept', async () => {
    const order = await estimated(t, advisor, [line({ quantityHundredths: 200 })])
    expect((await add(advisor, order, discount(2_400))).discountCents).toBe(2_400)
    expect(await codeOf(add(advisor, order, discount(1)))).toBe('APPROVAL_REQUIRED')
    expect((await addLines(advisor, { orderId: order.id, lines: [discount(1)], approval })).discountCents).toBe(2_401)
    expect(await given(order.id)).toBe(1)
    const small = await estimated(t, frontDesk, [line()])
    expect(await codeOf(add(frontDesk, small, discount(601)))).toBe('APPROVAL_REQUIRED')
    const some = await add(frontDesk, small, discount(600))
    const more = { lineId: some.lines[1]!.id, was: { unitPriceCents: cents(600) }, now: { unitPriceCents: cents(601) }, reason: 'Waited' }
    expect(await codeOf(updateLine(frontDesk, more))).toBe('APPROVAL_REQUIRED')
    expect((await updateLine(frontDesk, { ...more, now: { unitPriceCents: cents(500) } })).discountCents).toBe(500)
  })

  test('two discounts at two counters do not add up to more than the limit', async () => {
    const order = await estimated(t, advisor, [line()])
    const both = await Promise.allSettled([add(advisor, order, discount(1_000)), add(advisor, order, discount(1_000))])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await getOrder(owner, { orderId: order.id })).discountCents).toBe(1_000)
  })
})

describe('the parts counter', () => {
  test('touches part lines only', async () => {
    const order = await estimated(t, owner, [line(), part()])
    const [labor, pads] = order.lines
    expect((await add(partsManager, order, part({ costCents: 4_000 }))).lines).toHaveLength(3)
    expect(await codeOf(add(partsManager, order, line()))).toBe('FORBIDDEN')
    expect(await codeOf(removeLine(partsManager, { lineId: labor!.id }))).toBe('FORBIDDEN')
    expect(
      await codeOf(updateLine(partsManager, { lineId: labor!.id, was: { description: 'x' }, now: { description: 'y' }, reason: '' })),
    ).toBe('FORBIDDEN')
    expect(await codeOf(addJob(partsManager, { orderId: order.id, jobId: uuid7(), name: 'A' }))).toBe('FORBIDDEN')
    expect((await removeLine(partsManager, { lineId: pads!.id })).lines).toHaveLength(2)
  })

  test('writes internal notes and nothing else in the head', async () => {
    const order = await estimated(t, owner, [line()])
    const edit = { orderId: order.id, was: { internalNotes: '', complaint: 'Squeals when braking' } }
    expect((await updateOrder(partsManager, { ...edit, now: { internalNotes: 'Ordered' } })).internalNotes).toBe('Ordered')
    expect(await codeOf(updateOrder(partsManager, { ...edit, now: { complaint: 'x' } }))).toBe('FORBIDDEN')
  })
})

describe('a technician', () => {
  test('sees the orders assigned to him, without contact, cost or margin', async () => {
    const mine = await approved(t, owner, [part({ costCents: 100 })], { technicianId: technician.userId })
    const other = await approved(t, owner, [line()])
    const seen = await getOrder(technician, { orderId: mine.id })
    expect(seen).toMatchObject({
      customer: { displayName: 'Carla Tester', phone: null, email: null },
      costCents: null,
      marginMillionths: null,
    })
    expect(seen.lines[0]?.costCents).toBeNull()
    expect(await codeOf(getOrder(technician, { orderId: other.id }))).toBe('NOT_FOUND')
    expect((await loadBoard(technician, {})).orders.map(({ id }) => id)).toEqual([mine.id])
    expect(await codeOf(move(technician, other.id, 'approved', 'in_progress'))).toBe('NOT_FOUND')
    expect(await codeOf(updateOrder(technician, { orderId: other.id, was: { technicianNotes: '' }, now: { technicianNotes: 'x' } }))).toBe(
      'NOT_FOUND',
    )
  })

  test('starts and completes them and writes what he found', async () => {
    const order = await approved(t, owner, [line()], { technicianId: technician.userId, odometer: 5 })
    await move(technician, order.id, 'approved', 'in_progress')
    const edit = { orderId: order.id, was: { technicianNotes: '', odometer: 5 } }
    expect(await updateOrder(technician, { ...edit, now: { technicianNotes: 'Rotor scored', odometer: 6 } })).toMatchObject({ odometer: 6 })
    expect(await codeOf(updateOrder(technician, { orderId: order.id, was: { bayId: null }, now: { bayId: await newBay(t) } }))).toBe(
      'FORBIDDEN',
    )
    expect((await move(technician, order.id, 'in_progress', 'completed')).status).toBe('completed')
    expect(await count(t, 'line_items WHERE repair_order_id = $1 AND completed_by_user_id = $2', [order.id, technician.userId])).toBe(1)
    expect(await codeOf(move(technician, order.id, 'completed', 'in_progress', { reason: 'x' }))).toBe('FORBIDDEN')
  })
})

describe('costs', () => {
  test('an advisor sees the margin if the shop wishes, the front desk neither', async () => {
    const order = await estimated(t, owner, [part({ costCents: 4_000 })])
    const read = (ctx: Ctx) => getOrder(ctx, { orderId: order.id })
    expect(await read(owner)).toMatchObject({ costCents: 4_000, marginMillionths: 500_000, lines: [{ costCents: 4_000 }] })
    expect(await read(partsManager)).toMatchObject({ costCents: 4_000 })
    expect(await read(advisor)).toMatchObject({ costCents: null, marginMillionths: 500_000, lines: [{ costCents: null }] })
    const discreet = { ...advisor, shop: { ...advisor.shop, settings: { ...advisor.shop.settings, showMarginToAdvisors: false } } }
    expect(await read(discreet)).toMatchObject({ marginMillionths: null })
    expect(await read(frontDesk)).toMatchObject({ costCents: null, marginMillionths: null, lines: [{ costCents: null }] })
  })

  test('are written by those who see them', async () => {
    const order = await estimated(t, owner, [part({ costCents: 4_000 })])
    expect(await codeOf(add(frontDesk, order, part({ costCents: 1 })))).toBe('FORBIDDEN')
    const edit = { lineId: order.lines[0]!.id, was: { costCents: cents(4_000) }, now: { costCents: cents(1) }, reason: '' }
    expect(await codeOf(updateLine(advisor, edit))).toBe('FORBIDDEN')
    expect((await updateLine(partsManager, edit)).lines[0]?.costCents).toBe(1)
  })

  test('of parts on the shelf are hidden the same way; words in any order, accents and wildcards as typed', async () => {
    const id = await newPart(t, { description: 'Bremsbelag Citroën 100%' })
    const hit = async (ctx: Ctx, text: string) => (await findParts(ctx, { text })).find((each) => each.id === id)
    expect(await hit(owner, 'citroen brems')).toMatchObject({ costCents: 1_000, priceCents: 2_500, onHandHundredths: 1_000 })
    expect(await hit(advisor, 'ACME 100%')).toMatchObject({ costCents: null })
    expect(await hit(owner, 'b%g')).toBeUndefined()
    expect(await findParts(owner, { text: '  ' })).toEqual([])
  })

  test('of parts are found by their number with other signs and blanks, or none, as bar codes have it', async () => {
    const id = await newPart(t)
    const digits = id.slice(-8)
    for (const text of [`P${digits}`, `p ${digits}`, `P/${digits.slice(0, 4)}.${digits.slice(4)}`])
      expect((await findParts(owner, { text })).map((hit) => hit.id)).toEqual([id])
    expect(await findParts(owner, { text: '---' })).toEqual([])
  })
})

describe('steps', () => {
  test('the front desk neither starts work nor reopens; an advisor reopens with an approval', async () => {
    const order = await approved(t, owner, [line({ unitPriceCents: 0 })])
    expect(await codeOf(move(frontDesk, order.id, 'approved', 'in_progress'))).toBe('FORBIDDEN')
    const done = await completed(t, owner, [line({ unitPriceCents: 0 })])
    expect(await codeOf(move(frontDesk, done.id, 'completed', 'in_progress', { reason: 'x' }))).toBe('FORBIDDEN')
    expect(await codeOf(move(advisor, done.id, 'completed', 'in_progress', { reason: 'x' }))).toBe('APPROVAL_REQUIRED')
    expect((await move(advisor, done.id, 'completed', 'in_progress', { reason: 'Noise', approval })).status).toBe('in_progress')
  })

  test('the front desk assigns while a car is checked in, not later', async () => {
    const order = await estimated(t, owner, [line()])
    const assign = (orderId: string) =>
      updateOrder(frontDesk, { orderId, was: { technicianId: null }, now: { technicianId: technician.userId } })
    expect((await assign(order.id)).technicianId).toBe(technician.userId)
    expect(await codeOf(assign((await approved(t, owner, [line()])).id))).toBe('FORBIDDEN')
  })

  test('the front desk removes its own drafts only', async () => {
    const own = await checkIn(frontDesk, arrival(await newCar(t)))
    const foreign = await checkIn(owner, arrival(await newCar(t)))
    expect(await codeOf(removeOrder(frontDesk, { orderId: foreign.id }))).toBe('FORBIDDEN')
    expect(await removeOrder(frontDesk, { orderId: own.id })).toEqual({})
  })
})

test('the pick lists name technicians first, bays with who is in them, and the labor rate', async () => {
  const bayId = await newBay(t)
  const order = await approved(t, owner, [line()], { bayId })
  await move(owner, order.id, 'approved', 'in_progress')
  const choices = await listChoices(owner, {})
  expect(choices.laborRateCents).toBe(12_000)
  expect(choices.taxable).toEqual({ labor: false, part: true, fee: true })
  expect(choices.technicians[0]).toEqual({ id: technician.userId, name: 'technician Tester' })
  expect(choices.technicians.some(({ id }) => id === advisor.userId)).toBe(false)
  expect(choices.bays.find(({ id }) => id === bayId)).toMatchObject({ occupiedBy: order.number })
})
