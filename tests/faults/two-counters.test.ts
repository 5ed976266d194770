import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import { openCounter, signedIn, type Counter } from '../e2e/support/counter'
import type { Car } from '../../src-main/testing/as-sent'
import { arrival, cash, laborLine, newCar, newInvoice, newShop, owner, yesTo } from '../e2e/support/shop-work'
import { violationsOf, withOwner } from '../e2e/support/owner-sql'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'

let database: TestDatabase
let hosts: RunningHost[] = []
let counters: Counter[] = []
let car: Car

beforeAll(async () => {
  database = await testDatabase({ empty: true })
  const first = await startWebHost({ databaseUrl: database.url })
  hosts = [first]
  const counter = await openCounter(first)
  await counter.api.session.setUpShop(newShop)
  hosts.push(await startWebHost({ databaseUrl: database.url }))
  counters = [counter]
  for (let at = 1; at < 8; at += 1) counters.push(await signedIn(hosts[at % 2]!, owner.email, owner.password))
  car = await newCar(counter.api)
})

afterAll(async () => {
  for (const host of hosts) await removeHost(host)
  await database?.close()
})

/** The number a document carries, without what stands before it. */
const serialOf = (number: string): number => Number(/\d+$/.exec(number)?.[0])

describe('two programs on one database', () => {
  it('pay one invoice at the same moment, 200 times: once, and never more than is due', async () => {
    const [here, there] = [counters[0]!, counters[1]!]
    const refusals: Record<string, number> = {}
    let tries = 0
    while (tries < 200) {
      const { invoiceId } = await newInvoice(here.api, car, 10_000)
      // Each share fits once at most: what is left after a round is never enough for both.
      for (const share of [6_000, 3_000, 2_500, 1_000, 500]) {
        const [one, two] = await Promise.all([here, there].map((counter) => counter.send('payments.take', cash(invoiceId, share))))
        for (const { code } of [one!, two!]) refusals[code] = (refusals[code] ?? 0) + 1
        tries += 2
      }
      const invoice = await there.api.invoices.get({ invoiceId })
      const sum = invoice.payments.reduce((total, { amountCents }) => total + amountCents, 0)
      expect(invoice.paidCents).toBe(sum)
      expect(invoice.dueCents).toBe(10_000 - sum)
      expect(invoice.dueCents).toBeGreaterThanOrEqual(0)
    }
    console.log(`payments at two counters: ${tries} tries, ${JSON.stringify(refusals)}`)
    expect(Object.keys(refusals).every((code) => ['OK', 'AMOUNT_ABOVE_DUE', 'ALREADY_PAID', 'BUSY'].includes(code))).toBe(true)
    expect(refusals['AMOUNT_ABOVE_DUE']).toBeGreaterThan(0)
    expect(await violationsOf(database.ownerConnection)).toEqual([])
  })

  it('pay one invoice in full: one is booked, the other hears that it is paid', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { invoiceId } = await newInvoice(counters[0]!.api, car, 7_777)
      const answers = await Promise.all(counters.map((counter) => counter.send('payments.take', cash(invoiceId, 7_777))))
      expect(answers.map(({ code }) => code).sort()).toEqual([...Array<string>(7).fill('ALREADY_PAID'), 'OK'])
    }
  })

  it('issue one invoice for an order: one is made, the other is told which', async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = await counters[0]!.api.orders.checkIn(arrival(car, laborLine(5_000)))
      await counters[0]!.api.orders.authorize(yesTo(order))
      const answers = await Promise.all(
        counters.slice(0, 2).map(({ send }) => send('invoices.issue', { invoiceId: uuid7(), orderId: order.id, completeWork: true })),
      )
      expect(answers.map(({ code }) => code).sort()).toEqual(['INVOICE_EXISTS', 'OK'])
    }
  })

  it('take 1,000 order and invoice numbers from eight counters: no gap, no duplicate', async () => {
    const before = await numbers()
    const shares = await Promise.all(counters.map((counter) => takeNumbers(counter, 125)))
    const after = await numbers()
    const taken = shares.flatMap((share) => share.numbers)
    expect(taken).toHaveLength(1_000)
    expect(new Set(shares.flatMap((share) => share.refusals))).toEqual(new Set(['NOT_FOUND', 'INVOICE_EXISTS']))
    for (const kind of ['orders', 'invoices'] as const) {
      const expected = Array.from({ length: after[kind].length }, (_, at) => after[kind][0]! + at)
      expect(after[kind]).toEqual(expected)
    }
    expect(after.orders.length + after.invoices.length - before.orders.length - before.invoices.length).toBe(1_000)
    expect(new Set(taken).size).toBe(1_000)
    expect(await violationsOf(database.ownerConnection)).toEqual([])
  })
})

/** Orders and their invoices in turn; every tenth time something is refused while a number may be in its hand. */
async function takeNumbers({ api, send }: Counter, count: number): Promise<{ numbers: string[]; refusals: string[] }> {
  const numbers: string[] = []
  const refusals: string[] = []
  for (let at = 0; numbers.length < count; at += 1) {
    const isTenth = at % 10 === 9
    if (isTenth) refusals.push((await send('orders.checkIn', { ...arrival(car), vehicleId: uuid7() })).code)
    const order = await api.orders.checkIn(arrival(car, laborLine(1_000 + at)))
    numbers.push(order.number)
    if (numbers.length === count) break
    await api.orders.authorize(yesTo(order))
    const bill = { orderId: order.id, completeWork: true }
    numbers.push((await api.invoices.issue({ invoiceId: uuid7(), ...bill })).number)
    if (isTenth) refusals.push((await send('invoices.issue', { invoiceId: uuid7(), ...bill })).code)
  }
  return { numbers, refusals }
}

async function numbers(): Promise<{ orders: number[]; invoices: number[] }> {
  return withOwner(database.ownerConnection, async (client) => {
    const read = async (text: string): Promise<number[]> =>
      (await client.query<{ number: string }>(text)).rows.map(({ number }) => serialOf(number)).sort((a, b) => a - b)
    return {
      orders: await read('SELECT ro_number AS number FROM repair_orders'),
      invoices: await read('SELECT invoice_number AS number FROM invoices'),
    }
  })
}
