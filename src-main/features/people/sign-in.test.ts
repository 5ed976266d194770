import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../src-preload/contract/permissions'
import { SessionStatus } from '../../../src-preload/contract/session'
import { reading, sql } from '../../database/transaction'
import type { Program } from '../../ipc/context'
import { outcomeOf, refused } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { givePassword, testCall, testProgram } from '../../testing/test-station'
import { changeMyPassword } from './change-my-password'
import { lockStation, signOut } from './lock-station'
import { reloadUser } from './reload-user'
import { sessionStatus } from './session-status'
import { signIn } from './sign-in'

const aSentence: unknown = expect.any(String)

const PASSWORD = 'wrench kettle marble'
let t: TestDatabase
let program: Program

beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  program = await testProgram(t)
})

async function person(role: Role = 'service_advisor'): Promise<{ id: string; email: string }> {
  const { userId } = await testContext(t, role)
  return { id: userId, email: await givePassword(t, userId, PASSWORD) }
}

async function row<Row extends object>(columns: string, userId: string): Promise<Row | undefined> {
  return (await reading(t.owner).query<Row>(sql('', `SELECT ${columns} FROM users WHERE id = $1`), [userId]))[0]
}

async function set(assignment: string, userId: string): Promise<void> {
  await reading(t.owner).query(sql('', `UPDATE users SET ${assignment} WHERE id = $1`), [userId])
}

const tryWith = (email: string, password: string) =>
  outcomeOf(signIn(testCall(program), { email, password }).then((status) => status.stage))
const refusal = (email: string, password: string) => refused(signIn(testCall(program), { email, password }))

describe('sign-in', () => {
  it('opens the station with the rights of the role', async () => {
    const { id, email } = await person()
    const call = testCall(program)
    expect(await sessionStatus(call)).toMatchObject({ stage: 'signed_out', user: null, people: [] })
    const status = await signIn(call, { email: email.toUpperCase(), password: PASSWORD })
    expect(status).toMatchObject({ stage: 'open', host: 'web', idleMinutes: 5, user: { id, role: 'service_advisor', hasPin: false } })
    expect(SessionStatus.parse(status)).toEqual(status)
    expect(status.user?.grants).toMatchObject({ 'customers.edit': 'yes', 'customers.remove': 'approval' })
    expect(status.user?.grants).not.toHaveProperty(['users.manage'])
    expect(await row('last_login_at IS NOT NULL AS seen, failed_sign_ins', id)).toEqual({ seen: true, failed_sign_ins: 0 })
  })

  it('tells an unknown address from a wrong password neither by words nor by time', async () => {
    const { email } = await person()
    const timed = async (address: string) => {
      const started = performance.now()
      const error = await refusal(address, 'not this one')
      return { said: { code: error.code, message: error.message, data: error.data }, ms: performance.now() - started }
    }
    const known = [await timed(email), await timed(email), await timed(email)]
    const unknown = [await timed('nobody@test.invalid'), await timed('nobody@test.invalid'), await timed('nobody@test.invalid')]
    const wrong = { code: 'WRONG_CREDENTIALS', message: 'E-mail or password is not right.', data: {} }
    for (const { said } of [...known, ...unknown]) expect(said).toEqual(wrong)
    // The fastest of three stands for the work itself; without the same hash an unknown address would take a tenth of it.
    const fastest = (tries: { ms: number }[]) => Math.min(...tries.map((each) => each.ms))
    expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 3)
  })

  it('locks after the fifth wrong try, even for the right password, and doubles the pause', async () => {
    const { id, email } = await person()
    for (let tries = 1; tries <= 5; tries += 1) expect(await tryWith(email, 'wrong')).toMatchObject({ code: 'WRONG_CREDENTIALS' })
    const locked = await refusal(email, PASSWORD)
    expect(locked).toMatchObject({ code: 'LOCKED_OUT' })
    expect(locked.data.retryAfterSeconds).toBeGreaterThan(25)
    expect(locked.data.retryAfterSeconds).toBeLessThanOrEqual(30)
    await set(`sign_in_locked_until = now() - interval '1 second'`, id)
    expect(await tryWith(email, 'wrong')).toMatchObject({ code: 'WRONG_CREDENTIALS' })
    expect((await refusal(email, PASSWORD)).data.retryAfterSeconds).toBeGreaterThan(55)
    await set(`sign_in_locked_until = now() - interval '1 second'`, id)
    expect(await tryWith(email, PASSWORD)).toBe('open')
    expect(await row('failed_sign_ins, sign_in_locked_until', id)).toEqual({ failed_sign_ins: 0, sign_in_locked_until: null })
  })

  it('locks an address nobody has just the same', async () => {
    for (let tries = 1; tries <= 5; tries += 1)
      expect(await tryWith('ghost@test.invalid', 'x')).toMatchObject({ code: 'WRONG_CREDENTIALS' })
    expect(await tryWith('ghost@test.invalid', 'x')).toMatchObject({ code: 'LOCKED_OUT' })
  })

  it('gives twenty tries at once no more than five guesses', async () => {
    const { id, email } = await person()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusal(email, 'wrong')))
    expect(outcomes.filter((error) => error.code === 'WRONG_CREDENTIALS')).toHaveLength(5)
    expect(outcomes.filter((error) => error.code === 'LOCKED_OUT')).toHaveLength(15)
    expect(await row('failed_sign_ins', id)).toEqual({ failed_sign_ins: 5 })
  })

  it('refuses the deactivated, and hashes of another program with a sentence that helps', async () => {
    const gone = await person()
    await set('is_active = false', gone.id)
    expect(await tryWith(gone.email, PASSWORD)).toMatchObject({ code: 'WRONG_CREDENTIALS', message: 'E-mail or password is not right.' })
    const imported = await person()
    await set(`password_hash = '$2b$12$abcdefghijklmnopqrstuv'`, imported.id)
    expect(await tryWith(imported.email, PASSWORD)).toMatchObject({
      code: 'WRONG_CREDENTIALS',
      message: expect.stringContaining('set anew') as unknown,
    })
  })

  it('replaces a hash of less cost', async () => {
    const { id, email } = await person()
    const { hash } = await import('@node-rs/argon2')
    const cheap = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
    await set(`password_hash = '${cheap}'`, id)
    expect(await tryWith(email, PASSWORD)).toBe('open')
    expect(await row<{ password_hash: string }>('password_hash', id)).toMatchObject({
      password_hash: expect.stringContaining('m=32768,t=3') as unknown,
    })
    expect(await tryWith(email, PASSWORD)).toBe('open')
  })
})

describe('the station', () => {
  it('locks on demand and when idle; signing out ends it', async () => {
    const { id, email } = await person()
    const call = testCall(program)
    await signIn(call, { email, password: PASSWORD })
    expect(await lockStation(call)).toMatchObject({ stage: 'locked', user: { id } })
    await signIn(call, { email, password: PASSWORD })
    call.station.lastActivity = performance.now() - 5 * 60_000 - 1
    expect(await sessionStatus(call)).toMatchObject({ stage: 'locked' })
    expect(await signOut(call)).toMatchObject({ stage: 'signed_out', user: null })
    expect(call.station.passwordDays.size).toBe(0)
  })

  it('follows the person: new rights at once, signed out when deactivated', async () => {
    const { id, email } = await person()
    const call = testCall(program)
    let heard = 0
    call.station.changed = () => (heard += 1)
    await signIn(call, { email, password: PASSWORD })
    await reloadUser(program, id)
    expect(heard).toBe(1)
    await set(`role = 'front_desk'`, id)
    await reloadUser(program, null)
    expect(await sessionStatus(call)).toMatchObject({ stage: 'open', user: { role: 'front_desk' } })
    expect(heard).toBe(2)
    await set('is_active = false', id)
    await reloadUser(program, id)
    expect(await sessionStatus(call)).toMatchObject({ stage: 'signed_out' })
    expect(heard).toBe(3)
  })
})

describe('a new password of one’s own', () => {
  it('keeps this session and ends the others', async () => {
    const { id, email } = await person()
    const [here, there] = [testCall(program), testCall(program)]
    await signIn(here, { email, password: PASSWORD })
    await signIn(there, { email, password: PASSWORD })
    const user = here.station.user
    if (!user) throw new Error('signed in above')
    const ctx = { ...(await testContext(t, 'technician')), user, userId: id }
    await expect(changeMyPassword(ctx, { currentPassword: 'not this', newPassword: 'lantern puddle violin' })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
      data: { fields: { currentPassword: aSentence } },
    })
    await expect(changeMyPassword(ctx, { currentPassword: PASSWORD, newPassword: 'password123' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(changeMyPassword(ctx, { currentPassword: PASSWORD, newPassword: PASSWORD })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await changeMyPassword(ctx, { currentPassword: PASSWORD, newPassword: 'lantern puddle violin' })
    await reloadUser(program, id)
    expect((await sessionStatus(here)).stage).toBe('open')
    expect((await sessionStatus(there)).stage).toBe('signed_out')
    expect(await tryWith(email, PASSWORD)).toMatchObject({ code: 'WRONG_CREDENTIALS' })
    expect(await tryWith(email, 'lantern puddle violin')).toBe('open')
  })
})
