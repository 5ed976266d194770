import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiClient } from '../../src-preload/contract/api'
import { blankCustomer } from '../../src-preload/contract/customers'
import { createLog } from '../base/log'
import { uuid7 } from '../base/uuid7'
import { reading, sql } from '../database/transaction'
import { estimated, line, newCar } from '../testing/order-test-kit'
import { TEST_FOLDER } from '../testing/sweep-dead-runs'
import { testContext } from '../testing/test-context'
import { type TestDatabase, testDatabase } from '../testing/test-database'
import { givePassword, testProgram } from '../testing/test-station'
import { gate } from './gate'
import { router } from './router'
import { newStation, type Station } from './station'

const folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER}${process.pid}-log-`))
const PASSWORD = 'heron lantern 77'
const CANARIES = [
  'Zebulon',
  'Quartzhammer',
  '555-010-7788',
  '5550107788',
  'zebulon@canary.invalid',
  'Elm Canary Street',
  'CNRY123',
  PASSWORD,
]

let t: TestDatabase
let program: Awaited<ReturnType<typeof testProgram>>
let station: Station
let client: ApiClient
beforeAll(async () => {
  t = await testDatabase()
  program = { ...(await testProgram(t)), log: createLog(folder, 'debug') }
  station = newStation(uuid7())
  program.stations.add(station)
  const context = { program, station, host: 'web' as const }
  client = createRouterClient(router, { context, interceptors: [gate as never] } as never)
  const email = await givePassword(t, t.ownerUserId, PASSWORD)
  await client.session.signIn({ email, password: PASSWORD })
})
afterAll(async () => {
  await program.close()
  await t.close()
  rmSync(folder, { recursive: true, force: true })
})

const logged = () => readFileSync(join(folder, 'logs', 'counterbay.log'), 'utf8')

interface Answer {
  readonly code: string
  readonly text: string
}

/** The whole of what a refused call answers, as it goes to the screen. */
async function refusalOf(work: Promise<unknown>): Promise<Answer> {
  try {
    await work
  } catch (error) {
    const { code, message, data } = error as { code: string; message: string; data: unknown }
    return { code, text: JSON.stringify({ code, message, data }) }
  }
  throw new Error('this should have been refused')
}

const LEAKS = /\bat .*\.(?:ts|js|mjs):|\/work\/|node_modules|SELECT |INSERT |UPDATE |constraint|relation|syntax error|pg_|stack/i

const customer = {
  ...blankCustomer,
  firstName: 'Zebulon',
  lastName: 'Quartzhammer',
  phone: '555-010-7788',
  email: 'zebulon@canary.invalid',
  address: '1 Elm Canary Street',
  state: 'CA',
}

describe('what the gate tells', () => {
  test('a fault of the program is a reference number to the screen and facts to the log', async () => {
    const owner = await testContext(t, 'owner')
    const order = await estimated(t, owner, [line({ description: 'Zebulon Quartzhammer 555-010-7788' })])
    await reading(t.owner).query(
      sql('', `UPDATE repair_orders SET promised_date = '12026-01-01', customer_complaint = 'Zebulon' WHERE id = $1`),
      [order.id],
    )
    const broken = await refusalOf(client.orders.get({ orderId: order.id }))
    expect(broken.code).toBe('INTERNAL_SERVER_ERROR')
    expect(broken.text).not.toMatch(LEAKS)
    const { data } = JSON.parse(broken.text) as { data: { reference: string } }
    expect(logged()).toContain(data.reference)
    await reading(t.owner).query(sql('', 'UPDATE repair_orders SET promised_date = NULL WHERE id = $1'), [order.id])
  })

  test('people, secrets and what was typed never reach the log, whatever fails', async () => {
    const customerId = uuid7()
    await client.customers.create({ customerId, fields: customer })
    const { vehicleId } = await newCar(t)
    const refusals = [
      () => client.customers.create({ customerId, fields: { ...customer, firstName: 'Zebulon2' } }),
      () => client.customers.create({ customerId: uuid7(), fields: { ...customer, notes: 'Zebulon 4242 4242 4242 4242' } }),
      () => client.customers.create({ customerId: uuid7(), fields: { ...customer, Zebulon: 1 } as never }),
      () => client.customers.update({ customerId, was: { city: 'Quartzhammer' }, now: { city: 'Zebulon' } }),
      () => client.vehicles.update({ vehicleId, was: { licensePlate: 'x' }, now: { licensePlate: 'CNRY123' } }),
      () => client.session.signIn({ email: 'zebulon@canary.invalid', password: PASSWORD }),
      () => client.session.signIn({ email: 'zebulon@canary.invalid\0', password: `${PASSWORD}x` }),
      () => client.session.changeMyPassword({ currentPassword: `${PASSWORD}!`, newPassword: 'Zebulon Quartzhammer' }),
      () => client.session.setMyPin({ password: `${PASSWORD}!`, pin: '730215' }),
      () => client.customers.search({ text: 'Zebulon'.repeat(90) }),
      () => client.customers.list({ after: 'Zebulon\0', removed: false }),
      () => client.orders.findParts({ text: 'Zebulon\0' }),
      () => client.reports.dayRevenue({ day: '0000-01-01' }),
      () => client.customers.history({ customerId, before: '9999-12-31T23:59:59-10:00' }),
    ]
    for (const refusal of refusals) {
      const { code, text } = await refusalOf(refusal())
      expect([code, code === 'INTERNAL_SERVER_ERROR']).toEqual([code, false])
      expect(text).not.toMatch(LEAKS)
      expect(text).not.toContain(PASSWORD)
    }
    await client.customers.search({ text: 'Zebulon', limit: 5 })
    await client.customers.search({ text: '5550107788' })
    const log = logged()
    for (const canary of CANARIES) expect(log).not.toContain(canary)
    expect(log).not.toMatch(/4242|730215/)
  })

  test('keys of prototypes are refused as unknown ones and change nothing', async () => {
    for (const text of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"toString":1}']) {
      const hostile = JSON.parse(text) as object
      const inputs = [
        () => client.shop.get(hostile as never),
        () => client.orders.get(Object.assign(hostile, { orderId: uuid7() })),
        () => client.customers.update({ customerId: uuid7(), was: hostile, now: JSON.parse(text) as object }),
      ]
      for (const input of inputs) expect((await refusalOf(input())).code).toBe('INVALID_INPUT')
    }
    expect('polluted' in {}).toBe(false)
  })
})

describe('who is let in', () => {
  test('a locked or empty station does nothing, and a first password opens nothing but its change', async () => {
    const { user } = station
    if (!user) throw new Error('nobody is signed in')
    station.locked = true
    expect((await refusalOf(client.orders.board({}))).code).toBe('SCREEN_LOCKED')
    expect((await refusalOf(client.users.approvers({}))).code).toBe('SCREEN_LOCKED')
    station.locked = false
    station.lastActivity = performance.now() - 16 * 60_000
    expect((await refusalOf(client.orders.board({}))).code).toBe('SCREEN_LOCKED')
    station.locked = false
    station.lastActivity = performance.now()
    station.user = { ...user, mustChangePassword: true }
    expect((await refusalOf(client.orders.board({}))).code).toBe('FORBIDDEN')
    station.user = null
    expect((await refusalOf(client.orders.board({}))).code).toBe('SIGNED_OUT')
    station.user = user
    expect((await client.orders.board({})).orders).toBeInstanceOf(Array)
  })
})

describe('a page that runs wild', () => {
  test.each(['web', 'electron'] as const)('is refused in declared words in the %s host, and nobody else is', async (host) => {
    const [wild, calm] = [newStation(uuid7()), newStation(uuid7())]
    const asking = (at: Station): ApiClient =>
      createRouterClient(router, { context: { program, station: at, host }, interceptors: [gate as never] } as never)
    const before = logged().split('\n').length
    const answers = await Promise.allSettled(Array.from({ length: 400 }, () => asking(wild).session.status({})))
    const refused = answers.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(150)
    for (const each of refused) {
      expect((each as PromiseRejectedResult).reason).toMatchObject({
        code: 'TOO_MANY_CALLS',
        status: 429,
        defined: true,
        data: { retryAfterSeconds: 1, reference: expect.stringMatching(/^[0-9a-f]{8}$/) as string },
      })
    }
    expect(logged().split('\n').length - before).toBeLessThanOrEqual(252)
    expect((await asking(calm).session.status({})).stage).toBe('signed_out')
    expect((await asking(wild).session.status({})).stage).toBe('signed_out')
  })
})
