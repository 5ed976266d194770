import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankCustomer } from '../../../src-preload/contract/customers'
import { uuid7 } from '../../base/uuid7'
import type { ConnectionSettings } from '../../database/connection-settings'
import { reading, sql } from '../../database/transaction'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { codeOf } from '../../testing/refused'
import { givePin, testCall, testProgram } from '../../testing/test-station'
import { testContext } from '../../testing/test-context'
import type { Program, StationCall } from '../../ipc/context'
import { createCustomer } from '../customers/create-customer'
import { listCustomers } from '../customers/list-customers'
import { fillDemoShop } from '../demo/fill-demo-shop'
import { practiceName } from './practice-database'
import { requireApproval } from '../people/require-approval'
import { leavePractice, startPractice } from './start-practice'

let t: TestDatabase
let program: Program & { close(): Promise<void> }
let name: string

beforeAll(async () => {
  t = await testDatabase()
  program = await testProgram(t)
  name = practiceName(t.ownerConnection, null)
})
afterAll(async () => {
  await program.close()
  await t.close()
})

async function ask<Row extends object>(connection: ConnectionSettings, text: string): Promise<Row[]> {
  const client = new Client(connection)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const practiceNow = (): ConnectionSettings => ({ ...t.ownerConnection, database: name })
const exists = async (): Promise<boolean> =>
  (await ask(t.ownerConnection, `SELECT FROM pg_database WHERE datname = '${name}'`)).length === 1

async function someone(): Promise<StationCall> {
  const ctx = await testContext(t, 'owner')
  const call = testCall(program)
  call.station.user = ctx.user
  return call
}

const rules = `
  SELECT conname AS name, pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_class c WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT tgname, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT relname, relrowsecurity || ' ' || relforcerowsecurity || ' ' || coalesce(relacl::text, '')
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  ORDER BY 1, 2`

describe('practice', () => {
  it('works on a copy with every rule of the books and the rows of this shop alone, and leaves nothing behind', async () => {
    const call = await someone()
    await createCustomer(await testContext(t, 'owner', { shop: 'B' }), customer('Otto', 'Other'))
    await createCustomer(await testContext(t, 'owner'), customer('Ana', 'Ours'))
    expect(await startPractice(call)).toMatchObject({ practice: true, stage: 'open' })
    const shop = program.practice.shopOf(call.station)!
    expect(await ask(practiceNow(), rules)).toEqual(await ask(t.ownerConnection, rules))
    expect(await ask(practiceNow(), 'SELECT DISTINCT shop_id FROM customers')).toEqual([{ shop_id: t.shopId }])
    const count = `SELECT count(*)::int AS n FROM audit_events WHERE shop_id = '${t.shopId}'`
    expect(await ask(practiceNow(), count)).toEqual(await ask(t.ownerConnection, count))

    const owner = await testContext(t, 'owner')
    const before = await listCustomers(owner, { removed: false, after: '' })
    const inside = { ...owner, userId: t.ownerUserId, db: shop.db, shop: shop.profile, practice: true }
    await createCustomer(inside, customer('Pia', 'Practice'))
    expect((await listCustomers(inside, { removed: false, after: '' })).map(({ displayName }) => displayName)).toContain('Pia Practice')
    expect(await listCustomers(owner, { removed: false, after: '' })).toEqual(before)

    expect(await leavePractice(call)).toMatchObject({ practice: false })
    expect(await exists()).toBe(false)
  })

  it('ends for a station when another person takes it, and for the last one by taking the copy away', async () => {
    const [first, second] = [await someone(), await someone()]
    await Promise.all([startPractice(first), startPractice(second)])
    expect(program.practice.shopOf(first.station)).toBe(program.practice.shopOf(second.station))
    second.station.user = (await testContext(t, 'front_desk')).user
    expect(program.practice.shopOf(second.station)).toBeNull()
    expect(await exists()).toBe(true)
    await leavePractice(first)
    expect(await exists()).toBe(false)
  })

  it('is no place to guess a PIN: what is tried there counts in the books, lock-out included', async () => {
    const call = await someone()
    const approver = await testContext(t, 'owner')
    await givePin(t, approver.userId, '246813')
    await startPractice(call)
    const shop = program.practice.shopOf(call.station)!
    const advisor = { ...(await testContext(t, 'service_advisor')), db: shop.db, books: t.db, practice: true }
    const ask = (pin: string) => codeOf(requireApproval(advisor, 'invoices.void', { approverId: approver.userId, pin }, 'Void it.'))
    for (const pin of ['111111', '222222', '333333', '444444', '555555']) expect(await ask(pin)).toBe('APPROVAL_REFUSED')
    await leavePractice(call)
    await startPractice(call)
    const again = { ...advisor, db: program.practice.shopOf(call.station)!.db }
    expect(await codeOf(requireApproval(again, 'invoices.void', { approverId: approver.userId, pin: '246813' }, 'Void it.'))).toBe(
      'LOCKED_OUT',
    )
    await leavePractice(call)
    expect(
      await codeOf(
        requireApproval(
          { ...advisor, db: t.db, practice: false },
          'invoices.void',
          { approverId: approver.userId, pin: '246813' },
          'Void it.',
        ),
      ),
    ).toBe('LOCKED_OUT')
  })

  it('is swept away by the next start after a crash', async () => {
    await ask(t.ownerConnection, `CREATE DATABASE ${name}`)
    await program.practice.removeLeftover()
    expect(await exists()).toBe(false)
  })

  it('copies a shop of two years within seconds', async () => {
    const big = await testDatabase({ empty: true })
    await fillDemoShop(big.ownerConnection)
    const [shop] = await reading(big.owner).query<{ id: string }>(sql('', 'SELECT id FROM known_shops()'))
    const other = await testProgram(big, { empty: true })
    try {
      await other.openShop(shop!.id)
      const call = testCall(other)
      const [person] = await reading(big.owner).query<{ id: string }>(sql('', 'SELECT id FROM users LIMIT 1'))
      call.station.user = { ...(await someone()).station.user!, id: person!.id }
      const started = performance.now()
      await startPractice(call)
      const ms = Math.round(performance.now() - started)
      const copy = { ...big.ownerConnection, database: practiceName(big.ownerConnection, null) }
      for (const table of ['repair_orders', 'line_items', 'payments', 'vin_schemas', 'estimate_versions'])
        expect(await ask(copy, `SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM ${table} t`), table).toEqual(
          await ask(big.ownerConnection, `SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM ${table} t`),
        )
      expect(ms).toBeLessThan(60_000)
    } finally {
      await other.close()
      await big.close()
    }
  })
})

function customer(firstName: string, lastName: string) {
  return { customerId: uuid7(), fields: { ...blankCustomer, firstName, lastName, phone: '(555) 010-0142' } }
}
