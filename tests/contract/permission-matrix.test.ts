import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import type { Access } from '../../src-preload/contract/call'
import { grantOf, Role } from '../../src-preload/contract/permissions'
import { openCounter, signedIn, type Answer, type Counter } from '../e2e/support/counter'
import { watchContents } from '../e2e/support/owner-sql'
import { openSocket } from '../e2e/support/socket-counter'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { contractCalls } from './contract-calls'
import { addStaff, emailOf, PASSWORD } from './staff'
import { vinDataLoaded } from './vin-data'

let database: TestDatabase
let host: RunningHost

beforeAll(async () => {
  database = await testDatabase()
  await addStaff(database)
  host = await startWebHost({ databaseUrl: database.url })
  await vinDataLoaded(await signedIn(host, emailOf('owner'), PASSWORD))
})

afterAll(async () => {
  if (host) await removeHost(host)
  await database?.close()
})

type Who = Role | 'signed out' | 'locked'

/** What the gate owes to this person for this access; 'in' = the call itself is reached. */
function expected(who: Who, access: Access): string {
  if (access === 'public') return 'in'
  if (who === 'signed out') return 'SIGNED_OUT'
  if (access === 'locked') return 'in'
  if (who === 'locked') return 'SCREEN_LOCKED'
  if (access === 'signed_in') return 'in'
  return grantOf(who, access) === 'no' ? 'FORBIDDEN' : 'in'
}

/** An input that no call takes: whoever is let in hears INVALID_INPUT, and nothing happens. A stream takes none and begins. */
const NO_INPUT = { 'no call has such a field': true }

const outcomeOf = ({ code }: Answer): string => (code === 'INVALID_INPUT' || code === 'OK' ? 'in' : code)

async function counterOf(who: Who): Promise<Counter> {
  if (who === 'signed out') return openCounter(host)
  const counter = await signedIn(host, emailOf(who === 'locked' ? 'owner' : who), PASSWORD)
  if (who === 'locked') await counter.api.session.lock({})
  return counter
}

describe('every call of the contract', () => {
  it.each<Who>([...Role.options, 'signed out', 'locked'])('lets in %s exactly where the permission matrix does', async (who) => {
    const counter = await counterOf(who)
    const found: Record<string, string> = {}
    for (const { name } of contractCalls) found[name] = outcomeOf(await counter.send(name, NO_INPUT))
    expect(found).toEqual(Object.fromEntries(contractCalls.map(({ name, access }) => [name, expected(who, access)])))
  })

  it('is judged the same over the WebSocket', async () => {
    const counter = await counterOf('technician')
    const { api, close } = await openSocket(counter)
    const loose = api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
    for (const { name, access, input } of contractCalls) {
      if (input === null) continue
      const [area = '', call = ''] = name.split('.')
      const code = await loose[area]![call]!(NO_INPUT).then(
        () => 'OK',
        (error: { code: string }) => error.code,
      )
      expect([name, code === 'INVALID_INPUT' ? 'in' : code]).toEqual([name, expected('technician', access)])
    }
    close()
  })

  it('does nothing for those who are refused', async () => {
    const refused = await counterOf('signed out')
    const expectNothingStored = watchContents(database.ownerConnection)
    await expectNothingStored()
    for (const { name, access } of contractCalls) if (access !== 'public') await refused.send(name, {})
    await expectNothingStored()
  })

  it('is named with all its rights in the session', async () => {
    for (const role of Role.options) {
      const { user } = await (await counterOf(role)).api.session.status({})
      for (const { access } of contractCalls) {
        if (access === 'public' || access === 'locked' || access === 'signed_in') continue
        expect([role, access, user?.grants[access] ?? 'no']).toEqual([role, access, grantOf(role, access)])
      }
    }
  })

  it('takes a right away at once: a role that changes while somebody works', async () => {
    const advisor = await counterOf('service_advisor')
    const owner = await counterOf('owner')
    expect(outcomeOf(await advisor.send('payments.take', NO_INPUT))).toBe('in')
    const row = (await owner.api.users.list({})).find(({ email }) => email === emailOf('service_advisor'))!
    await owner.api.users.update({ userId: row.id, was: { role: row.role }, now: { role: 'technician' } })
    await expect.poll(async () => outcomeOf(await advisor.send('payments.take', NO_INPUT)), { timeout: 5_000 }).toBe('FORBIDDEN')
  })
})
