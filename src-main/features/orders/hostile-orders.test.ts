import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cents, type Hundredths, MAX_CENTS } from '../../../src-preload/contract/money'
import { Order } from '../../../src-preload/contract/orders'
import { blankVehicle } from '../../../src-preload/contract/vehicles'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import {
  add,
  approved,
  arrival,
  codeOf,
  count,
  discount,
  estimated,
  line,
  newCar,
  part,
  refusalOf,
  yes,
} from '../../testing/order-test-kit'
import { secondCounter, testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { removeCustomer } from '../customers/remove-customer'
import { createVehicle } from '../vehicles/create-vehicle'
import { removeVehicle } from '../vehicles/remove-vehicle'
import { issueInvoice } from '../invoices/issue-invoice'
import { findInvoiceSnapshot } from '../invoices/invoice-queries'
import { authorize } from './authorize'
import { checkIn } from './check-in'
import { getOrder } from './get-order'
import { removeOrder, restoreOrder } from './remove-order'
import { updateLine } from './update-line'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let other: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  other = await testContext(t, 'owner', { shop: 'B' })
})
afterAll(() => t.close())

describe('ids that mean something else', () => {
  test('of lines and jobs are refused at check-in, within one request and across orders and shops', async () => {
    const order = await estimated(t, owner, [line()])
    const car = await newCar(t)
    const jobs = (jobId: string, ...lines: ReturnType<typeof line>[]) => [{ jobId, name: 'Brakes', lines }]
    const twice = line()
    expect(await codeOf(checkIn(owner, arrival(car, { jobs: jobs(uuid7(), line({ lineId: order.lines[0]!.id })) })))).toBe('DUPLICATE')
    expect(await codeOf(checkIn(owner, arrival(car, { jobs: jobs(order.jobs[0]!.id) })))).toBe('DUPLICATE')
    expect(await codeOf(checkIn(owner, arrival(car, { jobs: jobs(uuid7(), twice, twice) })))).toBe('DUPLICATE')
    const elsewhere = await newCar(t, { shopId: t.otherShopId })
    const stolen = arrival(elsewhere, { jobs: jobs(uuid7(), line({ lineId: order.lines[0]!.id })) })
    expect(await codeOf(checkIn(other, stolen))).toBe('DUPLICATE')
    expect(await count(t, 'repair_orders WHERE vehicle_id = ANY ($1)', [[car.vehicleId, elsewhere.vehicleId]])).toBe(0)
    expect(await codeOf(checkIn(other, arrival(elsewhere, { orderId: order.id })))).toBe('DUPLICATE')
  })
})

describe('amounts beyond what can be held', () => {
  const most = { quantityHundredths: 9_999_999 as Hundredths, unitPriceCents: cents(MAX_CENTS) }

  test('are refused in words, whoever types them and however many at once', async () => {
    for (const ctx of [owner, advisor]) {
      const order = await estimated(t, ctx, [line()])
      const many = (fields: object) => Array.from({ length: 20 }, () => line({ type: 'fee', taxable: true, ...fields }))
      expect(await codeOf(add(ctx, order, ...many(most)))).toBe('TOO_LARGE')
      expect(await codeOf(add(ctx, order, ...many({ unitPriceCents: MAX_CENTS })))).toBe('TOO_LARGE')
      const discounts = Array.from({ length: 20 }, () => ({ ...discount(1), ...most }))
      expect(await codeOf(add(ctx, order, ...discounts))).toBe('TOO_LARGE')
      expect(await codeOf(checkIn(ctx, arrival(await newCar(t), { jobs: [{ jobId: uuid7(), name: 'A', lines: discounts }] })))).toBe(
        'TOO_LARGE',
      )
      const fee = (await add(ctx, order, line({ type: 'fee', taxable: true, unitPriceCents: 100 }))).lines[1]!
      const was = { quantityHundredths: fee.quantityHundredths, unitPriceCents: fee.unitPriceCents }
      expect(await codeOf(updateLine(ctx, { lineId: fee.id, was, now: most, reason: '' }))).toBe('TOO_LARGE')
      expect((await getOrder(ctx, { orderId: order.id })).totalCents).toBe(12_108)
    }
  })

  test('of cost, which no column holds the sum of, leave an order that can be read and put right', async () => {
    const order = await estimated(t, owner, [line()])
    const slips = Array.from({ length: 10 }, () => part({ ...most, unitPriceCents: 0, costCents: cents(MAX_CENTS) }))
    const after = await add(owner, order, ...slips)
    expect(after.costCents).toBeGreaterThan(MAX_CENTS)
    expect(after.marginMillionths).toBeLessThan(0)
    const { id: lineId, quantityHundredths } = after.lines[1]!
    const one = 100 as Hundredths
    expect(
      Order.parse(await updateLine(owner, { lineId, was: { quantityHundredths }, now: { quantityHundredths: one }, reason: '' })),
    ).toMatchObject({
      totalCents: order.totalCents,
    })
  })

  test('hours that no line holds are refused beside their field, and say what to do', async () => {
    const message = 'One line has at most 999.99 hours. Split the work into more lines.'
    const hours = 100_000 as Hundredths
    for (const ctx of [owner, advisor]) {
      const order = await estimated(t, ctx, [line({ quantityHundredths: 99_999 })])
      expect(await refusalOf(add(ctx, order, line(), line({ quantityHundredths: hours })))).toMatchObject({
        code: 'TOO_LARGE',
        message,
        data: { fields: { 'lines.1.quantityHundredths': message } },
      })
      const { id: lineId, quantityHundredths } = order.lines[0]!
      const edit = { lineId, was: { quantityHundredths }, now: { quantityHundredths: hours }, reason: '' }
      expect(await refusalOf(updateLine(ctx, edit))).toMatchObject({ message, data: { fields: { quantityHundredths: message } } })
      expect((await add(ctx, order, part({ quantityHundredths: hours, unitPriceCents: 1 }))).lines).toHaveLength(2)
    }
  })
})

describe('a customer or vehicle that is removed at this moment', () => {
  test('takes no order with it, at two counters', async () => {
    const counter = secondCounter(t)
    try {
      const second = { ...owner, db: counter }
      for (let round = 0; round < 15; round += 1) {
        const [a, b] = [await newCar(t), await newCar(t)]
        await Promise.allSettled([
          removeCustomer(second, { customerId: a.customerId }),
          checkIn(owner, arrival(a)),
          removeVehicle(second, { vehicleId: b.vehicleId }),
          checkIn(owner, arrival(b)),
        ])
      }
    } finally {
      await counter.close()
    }
    expect(await orphans()).toBe(0)
  })

  test('is not given a vehicle either, whichever waits for the other', async () => {
    const { customerId, vehicleId } = await newCar(t)
    const counter = secondCounter(t)
    const client = await counter.knex.transaction()
    try {
      await client.raw('SELECT 1 FROM customers WHERE id = ? FOR UPDATE', [customerId])
      await client.raw('UPDATE customers SET deleted_at = now() WHERE id = ?', [customerId])
      await client.raw('UPDATE vehicles SET deleted_at = now() WHERE id = ?', [vehicleId])
      const car = createVehicle(owner, { vehicleId: uuid7(), customerId, fields: plain })
      const order = checkIn(owner, arrival({ customerId, vehicleId }))
      const outcomes = [codeOf(car), codeOf(order)]
      await vi.waitFor(async () => {
        expect(await waiting()).toBe(2)
      })
      await client.commit()
      expect(await Promise.all(outcomes)).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    } finally {
      if (!client.isCompleted()) await client.rollback()
      await counter.close()
    }
    expect(await orphans()).toBe(0)
  })

  test('keeps its removed drafts removed', async () => {
    const car = await newCar(t)
    const draft = await checkIn(owner, arrival(car))
    await removeOrder(owner, { orderId: draft.id })
    await removeCustomer(owner, { customerId: car.customerId })
    expect(await codeOf(restoreOrder(owner, { orderId: draft.id }))).toBe('IN_USE')
    expect(await orphans()).toBe(0)
  })

  const waiting = () =>
    count(t, 'pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())', [])
  const orphans = () =>
    count(
      t,
      `repair_orders o JOIN customers c ON c.id = o.customer_id JOIN vehicles v ON v.id = o.vehicle_id
       WHERE o.deleted_at IS NULL AND o.status <> 'closed' AND (c.deleted_at IS NOT NULL OR v.deleted_at IS NOT NULL)`,
      [],
    )
})

const plain = { ...blankVehicle, year: 2020, make: 'Honda', model: 'Fit' }

describe('tax', () => {
  test('on the invoice of somebody who became exempt meanwhile is not printed as an exemption', async () => {
    const order = await approved(t, owner, [line({ taxable: true })])
    await reading(t.owner).query(sql('', `UPDATE customers SET tax_exempt = true, tax_exempt_number = 'EX-9' WHERE id = $1`), [
      order.customer.id,
    ])
    const invoice = await issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: true })
    expect(invoice.taxCents).toBe(990)
    const paper = await findInvoiceSnapshot(reading(owner.db), t.shopId, invoice.id)
    expect(paper?.snapshot).toMatchObject({ taxCents: 990, customer: { taxExempt: false, taxExemptNumber: '' } })
  })
})

/** They are random or of the clock, so that they may hold any digits. */
const idsAndTimes = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z/g

describe('how a customer is reached', () => {
  test('is not told to a technician or the parts counter by the authorizations', async () => {
    const technician = await testContext(t, 'technician')
    const parts = await testContext(t, 'parts_manager')
    const order = await estimated(t, owner, [line()], { technicianId: technician.userId })
    await authorize(owner, yes(order, { method: 'phone', contact: '(555) 010-0142', note: 'Or at (555) 010-0199' }))
    for (const ctx of [technician, parts]) {
      const seen = await getOrder(ctx, { orderId: order.id })
      expect(seen.authorizations).toHaveLength(1)
      expect(JSON.stringify(seen).replaceAll(idsAndTimes, '')).not.toMatch(/555/)
    }
    expect((await getOrder(advisor, { orderId: order.id })).authorizations[0]?.contact).toBe('(555) 010-0142')
  })
})
