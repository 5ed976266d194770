import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram } from '../testing/build-program'
import { testDatabase, type TestDatabase } from '../testing/test-database'

let t: TestDatabase
let program: Awaited<ReturnType<typeof buildProgram>>

beforeAll(async () => {
  t = await testDatabase()
  program = await buildProgram(join(import.meta.dirname, 'command.ts'))
})
afterAll(async () => {
  program.remove()
  await t.close()
})

async function db(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program.file, ...words], { env: { PATH: process.env['PATH'] } })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => (out += String(text)))
  child.stderr.on('data', (text) => (err += String(text)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err }
}

test.each([
  [],
  ['destroy', '--url', 'postgresql://u@h/d'],
  ['toString', '--url', 'postgresql://u@h/d'],
  ['verify'],
  ['verify', '--uri', 'x'],
  ['migrate', '--url', 'nowhere'],
])('wrong words end with 2 and the usage: %j', async (...words) => {
  const { code, out, err } = await db(...words)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('Usage: npm run db -- <command> --url URL')
})

test('migrate says what it applied, and that there is nothing left to do', async () => {
  expect(await db('migrate', '--url', t.url)).toEqual({ code: 0, out: 'The database is up to date.\n', err: '' })
})

test('a database that cannot be reached is an error, not a success', async () => {
  const { code, out, err } = await db('migrate', '--url', 'postgresql://nobody:secret@127.0.0.1:1/none')
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('ECONNREFUSED')
  expect(err).not.toContain('secret')
})

test('verify is content with good data and names what is wrong with bad data', async () => {
  expect(await db('verify', '--url', t.url)).toEqual({ code: 0, out: 'Every invariant holds.\n', err: '' })
  const vandal = new Client(t.superuserConnection)
  await vandal.connect()
  await vandal.query(`SET session_replication_role = replica;
    INSERT INTO inventory_items (shop_id, part_number, description, quantity_on_hand, cost, price) VALUES ('${t.shopId}', 'P-1', 'From nowhere', 3, 1, 2)`)
  await vandal.end()
  const { code, out } = await db('verify', '--url', t.url)
  expect(code).toBe(1)
  expect(out).toBe(
    `INV-18 is broken: stock on hand is the sum of its ledger
  Part P-1 says 3.00 on hand; what came in and went out makes 0.
  What to do: Count the part on the shelf and correct the stock.
`,
  )
})
