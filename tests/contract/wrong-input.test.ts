import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import { errorCodes } from '../../src-preload/contract/errors'
import type { Role } from '../../src-preload/contract/permissions'
import { signedIn, type Answer, type Counter } from '../e2e/support/counter'
import { violationsOf, watchContents } from '../e2e/support/owner-sql'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { anyJson, fitting, nearlyFitting } from './arbitrary-input'
import { callsWithInput, shapeOf } from './contract-calls'
import { addStaff, emailOf, PASSWORD } from './staff'
import { vinDataLoaded } from './vin-data'

/** Fixed, so that a failure can be seen again; another one is given by COUNTERBAY_SEED. */
const SEED = Number(process.env['COUNTERBAY_SEED'] ?? 20_261_122)
const WRONG_INPUTS = 60
const FITTING_INPUTS = 25

let database: TestDatabase
let host: RunningHost
let counter: Counter
let expectNothingStored: () => Promise<void>

beforeAll(async () => {
  database = await testDatabase()
  await addStaff(database)
  host = await startWebHost({ databaseUrl: database.url })
  counter = await signedIn(host, emailOf('owner'), PASSWORD)
  await vinDataLoaded(counter)
  expectNothingStored = watchContents(database.ownerConnection)
  await expectNothingStored()
})

afterAll(async () => {
  if (host) await removeHost(host)
  await database?.close()
})

function inDeclaredWords({ status, code, body }: Answer): boolean {
  if (code === 'OK') return status === 200
  const { message, data, defined } = body as { message?: unknown; data?: { reference?: unknown }; defined?: unknown }
  if (!(errorCodes as readonly string[]).includes(code) || defined !== true) return false
  return typeof message === 'string' && message !== '' && /^[0-9a-f]{8}$/.test(String(data?.reference))
}

describe('wrong input', () => {
  it.each(callsWithInput)('to $name is refused as INVALID_INPUT, and nothing is stored', async ({ name, input }) => {
    const values = fc.oneof(nearlyFitting(shapeOf(input)), anyJson).filter((value) => !input.safeParse(asSent(value)).success)
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const answer = await counter.send(name, value)
        expect(answer).toMatchObject({ status: 400, code: 'INVALID_INPUT', body: { defined: true } })
      }),
      { seed: SEED, numRuns: WRONG_INPUTS, interruptAfterTimeLimit: 20_000 },
    )
    await expectNothingStored()
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '17',
    '"text"',
    '{"json":',
    '{"json":17,"meta":[[31,"__proto__","x"]]}',
    '{"json":[],"meta":"x"}',
    '\0',
    '[[[[',
  ])('that is no message at all (%j) is refused by every call, and nothing is stored', async (text) => {
    for (const { name } of callsWithInput) {
      const { status } = await counter.sendText(name, text)
      expect([name, status]).toEqual([name, 400])
    }
    await expectNothingStored()
  })

  it('of three megabytes is refused', async () => {
    const { status } = await counter.send('customers.search', { text: 'x'.repeat(3 << 20) })
    expect(status).toBe(413)
    expect((await counter.send('session.status', {})).code).toBe('OK')
  })
})

/** Who sends what fits. Wrong passwords lock a person out, so these calls have one each. */
const senders: Readonly<Record<string, readonly Role[]>> = {
  'session.changeMyPassword': ['technician'],
  'session.setMyPin': ['parts_manager'],
}

const sessions = new Map<Role, Counter>()

async function sessionOf(role: Role): Promise<Counter> {
  const session = sessions.get(role) ?? (await signedIn(host, emailOf(role), PASSWORD))
  // Else all the calls from here on would be refused in declared words.
  const { stage } = (await session.send('session.status', {})).body as { stage?: string }
  if (stage !== 'open') throw new Error(`the session of the ${role} is ${stage}`)
  sessions.set(role, session)
  return session
}

describe('input that fits and means nothing', () => {
  it.each(callsWithInput)('to $name is answered in the words of the contract', async ({ name, input }) => {
    for (const role of senders[name] ?? ['owner', 'front_desk']) {
      const own = await sessionOf(role)
      await fc.assert(
        fc.asyncProperty(fitting(shapeOf(input)), async (value) => {
          const answer = await own.send(name, value)
          if (!inDeclaredWords(answer)) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
        }),
        { seed: SEED, numRuns: FITTING_INPUTS, interruptAfterTimeLimit: 20_000 },
      )
      if (name.startsWith('session.')) sessions.delete(role) // it may be over, or in practice
    }
  })

  it('leaves every invariant whole, the program alive and its log without a fault', async () => {
    expect(await violationsOf(database.ownerConnection)).toEqual([])
    expect((await counter.send('session.status', {})).code).toBe('OK')
    const log = readFileSync(join(host.dataFolder, 'logs/counterbay.log'), 'utf8').trim().split('\n')
    const faults = log.map((line) => JSON.parse(line) as { level: string; call?: string }).filter(({ level }) => level === 'error')
    expect(faults).toEqual([])
  })
})

/** What arrives of a value: JSON knows no -0 and no undefined. */
function asSent(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined ? undefined : (JSON.parse(text) as unknown)
}
