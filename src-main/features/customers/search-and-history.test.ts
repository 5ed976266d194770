import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SearchHit, Visit } from '../../../src-preload/contract/customers'
import { uuid7 } from '../../base/uuid7'
import { onStatement } from '../../database/pool'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { plantOrder } from '../../testing/plant-order'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { getCustomer } from './get-customer'
import { searchCounter } from './search-counter'
import { visitHistory } from './visit-history'

let t: TestDatabase
let advisor: Ctx
let technician: Ctx
let foreign: Ctx
const customerId = uuid7()
const vehicleId = uuid7()
let open: { orderId: string; orderNumber: string }

beforeAll(async () => {
  t = await testDatabase()
  advisor = await testContext(t, 'service_advisor')
  technician = await testContext(t, 'technician')
  foreign = await testContext(t, 'owner', { shop: 'B' })
  const db = reading(t.owner)
  await db.query(
    sql('', `INSERT INTO customers (id, shop_id, first_name, last_name, phone) VALUES ($1, $2, 'José', 'Żółty', '(555) 010-4711')`),
    [customerId, t.shopId],
  )
  await db.query(
    sql(
      '',
      `INSERT INTO vehicles (id, shop_id, customer_id, year, make, model, vin, license_plate, plate_state)
       VALUES ($1, $2, $3, 2019, 'Honda', 'Civic', '1HGCM82633A004352', '7ABC123', 'CA')`,
    ),
    [vehicleId, t.shopId, customerId],
  )
  for (let month = 1; month <= 9; month += 1) {
    for (const day of ['03', '17', '28']) {
      await plantOrder(t, {
        customerId,
        vehicleId,
        status: 'closed',
        checkedInAt: `2025-0${month}-${day}T17:00:00Z`,
        jobs: ['Oil', 'Brakes'],
      })
    }
  }
  open = await plantOrder(t, {
    customerId,
    vehicleId,
    status: 'completed',
    dueCents: 10_050,
    checkedInAt: '2026-01-05T17:00:00.123456Z',
    jobs: ['Clutch'],
  })
})
afterAll(() => t.close())

describe('the search box', () => {
  it.each(['jose', 'zolt', '4711', '(555) 010-4711', '7abc', '4352', 'jose civic'])(
    'finds by %s, with what is open and owed',
    async (text) => {
      const hits = await searchCounter(advisor, { text, limit: 12 })
      expect(hits).toMatchObject([
        {
          customerId,
          vehicleId,
          phone: '(555) 010-4711',
          plate: '7ABC123',
          vehicleLabel: '2019 Honda Civic',
          openOrders: 1,
          openOrderId: open.orderId,
          openOrderNumber: open.orderNumber,
          openOrderStatus: 'completed',
          balanceCents: 10_050,
        },
      ])
      expect(hits.map((hit) => SearchHit.parse(hit))).toEqual(hits)
    },
  )

  it('finds an order by its number', async () => {
    expect(await searchCounter(advisor, { text: open.orderNumber, limit: 12 })).toMatchObject([{ kind: 'order', orderId: open.orderId }])
  })

  it('shows technicians no phone and no balance, other shops nothing, and takes any text', async () => {
    expect(await searchCounter(technician, { text: 'jose', limit: 12 })).toMatchObject([{ customerId, phone: null, balanceCents: 0 }])
    expect(await searchCounter(foreign, { text: 'jose', limit: 12 })).toEqual([])
    for (const text of ['', '   ', '%%%%', '____', `'; --`, '\0\0\0\0', '\\', '刹车片', 'x'.repeat(200)]) {
      expect(await searchCounter(advisor, { text, limit: 12 })).toEqual([])
    }
  })
})

describe('the history', () => {
  it('is newest first, twenty a page, with jobs and what is due', async () => {
    const first = await visitHistory(advisor, { vehicleId })
    expect(first).toHaveLength(20)
    expect(first[0]).toMatchObject({
      orderId: open.orderId,
      status: 'completed',
      vehicleLabel: '2019 Honda Civic',
      jobs: ['Clutch'],
      totalCents: 10_050,
      dueCents: 10_050,
      invoiceNumber: expect.stringMatching(/^INV-/) as unknown,
    })
    expect(first[1]).toMatchObject({ jobs: ['Oil', 'Brakes'], invoiceId: null, dueCents: 0 })
    expect(first.map((visit) => Visit.parse(visit))).toEqual(first)
    const before = first.at(-1)?.checkedInAt ?? ''
    const second = await visitHistory(advisor, { vehicleId, before })
    expect(second).toHaveLength(8)
    expect(new Set([...first, ...second].map((visit) => visit.orderId)).size).toBe(28)
    expect(await visitHistory(advisor, { vehicleId, before: first[0]?.checkedInAt })).toHaveLength(20)
    expect(await visitHistory(advisor, { customerId })).toEqual(first)
  })

  it('of a vehicle is open to technicians, without amounts; that of a customer is not', async () => {
    const [newest] = await visitHistory(technician, { vehicleId })
    expect(newest).toMatchObject({
      orderId: open.orderId,
      jobs: ['Clutch'],
      totalCents: 0,
      dueCents: 0,
      invoiceId: null,
      invoiceNumber: null,
    })
    await expect(visitHistory(technician, { customerId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('needs one record that exists in this shop', async () => {
    await expect(visitHistory(advisor, {})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(visitHistory(advisor, { vehicleId, customerId })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(visitHistory(foreign, { vehicleId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(visitHistory(advisor, { customerId: uuid7() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('what is read while a customer waits', () => {
  it('takes one statement each', async () => {
    const count = async (work: () => Promise<unknown>) => {
      let statements = 0
      const stop = onStatement(() => (statements += 1))
      await work()
      stop()
      return statements
    }
    expect(await count(() => searchCounter(advisor, { text: '5550104711', limit: 12 }))).toBe(1)
    expect(await count(() => searchCounter(advisor, { text: 'jose', limit: 12 }))).toBe(1)
    expect(await count(() => getCustomer(advisor, { customerId }))).toBe(1)
    expect(await count(() => visitHistory(advisor, { vehicleId }))).toBe(1)
  })
})
