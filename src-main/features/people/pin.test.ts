import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../src-preload/contract/permissions'
import { reading, sql } from '../../database/transaction'
import type { Ctx, Program, StationCall } from '../../ipc/context'
import { codeOf, outcomeOf, refused } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { givePassword, givePin, testCall, testProgram } from '../../testing/test-station'
import { enterPin } from './enter-pin'
import { listApprovers } from './list-approvers'
import { lockStation } from './lock-station'
import { requireApproval } from './require-approval'
import { setMyPin } from './set-my-pin'
import { signIn } from './sign-in'

const aSentence: unknown = expect.any(String)

const PASSWORD = 'wrench kettle marble'
let t: TestDatabase
let now: Date
let program: Program
let call: StationCall

beforeAll(async () => {
  t = await testDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  now = new Date('2026-05-04T15:00:00Z')
  program = await testProgram(t, { clock: { now: () => now } })
  call = testCall(program)
})

async function signedIn(role: Role, pin: string): Promise<Ctx> {
  const ctx = await testContext(t, role)
  await givePin(t, ctx.userId, pin)
  await signIn(call, { email: await givePassword(t, ctx.userId, PASSWORD), password: PASSWORD })
  return ctx
}

async function set(assignment: string, userId: string): Promise<void> {
  await reading(t.owner).query(sql('', `UPDATE users SET ${assignment} WHERE id = $1`), [userId])
}

const enter = (userId: string, pin: string) => outcomeOf(enterPin(call, { userId, pin }).then((status) => status.user?.id))

describe('a PIN', () => {
  it('opens the locked screen and switches person, for those who gave their password here today', async () => {
    const ana = await signedIn('service_advisor', '246813')
    const ben = await signedIn('technician', '908172')
    const status = await lockStation(call)
    expect(status).toMatchObject({ stage: 'locked', user: { id: ben.userId } })
    expect(status.people.map((each) => each.id).sort()).toEqual([ana.userId, ben.userId].sort())
    expect(await enter(ana.userId, '246813')).toBe(ana.userId)
    expect(call.station).toMatchObject({ locked: false, user: { id: ana.userId, role: 'service_advisor' } })
    expect(await enter(ben.userId, '908172')).toBe(ben.userId)
    expect(await enter(ben.userId, '246813')).toMatchObject({ code: 'WRONG_PIN' })
  })

  it('is not ready before the password was given here, nor on the next day of the shop', async () => {
    const ana = await signedIn('service_advisor', '246813')
    const stranger = await testContext(t, 'owner')
    await givePin(t, stranger.userId, '246813')
    expect(await enter(stranger.userId, '246813')).toMatchObject({ code: 'PIN_NOT_READY' })
    now = new Date('2026-05-05T06:59:00Z') // one minute before midnight in Los Angeles
    expect(await enter(ana.userId, '246813')).toBe(ana.userId)
    now = new Date('2026-05-05T07:00:00Z')
    expect(await enter(ana.userId, '246813')).toMatchObject({ code: 'PIN_NOT_READY' })
    expect((await lockStation(call)).people).toEqual([])
  })

  it('is locked after five wrong tries, off after ten, and back after the password', async () => {
    const ana = await signedIn('service_advisor', '246813')
    for (let tries = 1; tries <= 5; tries += 1) expect(await enter(ana.userId, '135790')).toMatchObject({ code: 'WRONG_PIN' })
    const locked = await refused(enterPin(call, { userId: ana.userId, pin: '246813' }))
    expect(locked).toMatchObject({ code: 'LOCKED_OUT' })
    expect(locked.data.retryAfterSeconds).toBeLessThanOrEqual(30)
    await set(`pin_locked_until = NULL, failed_pins = 9`, ana.userId)
    expect(await enter(ana.userId, '135790')).toMatchObject({ code: 'WRONG_PIN' })
    await set('pin_locked_until = NULL', ana.userId)
    expect(await enter(ana.userId, '246813')).toMatchObject({ code: 'PIN_NOT_READY' })
    expect((await lockStation(call)).people).toEqual([])
    await signIn(call, { email: `${ana.userId}@test.invalid`, password: PASSWORD })
    expect(await enter(ana.userId, '246813')).toBe(ana.userId)
  })

  it('stops at once when the person is deactivated', async () => {
    const ana = await signedIn('service_advisor', '246813')
    await set('is_active = false', ana.userId)
    expect(await enter(ana.userId, '246813')).toMatchObject({ code: 'PIN_NOT_READY' })
  })

  it('is set with the password, unless it is easy to guess', async () => {
    const ctx = await testContext(t, 'technician')
    const email = await givePassword(t, ctx.userId, PASSWORD)
    await expect(setMyPin(ctx, { password: PASSWORD, pin: '123456' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { fields: { pin: aSentence } },
    })
    await expect(setMyPin(ctx, { password: 'not this', pin: '246813' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' })
    await setMyPin(ctx, { password: PASSWORD, pin: '246813' })
    expect(ctx.user.hasPin).toBe(true)
    await signIn(call, { email, password: PASSWORD })
    expect(await enter(ctx.userId, '246813')).toBe(ctx.userId)
    const [stored] = await reading(t.owner).query<{ pin_hash: string }>(sql('', 'SELECT pin_hash FROM users WHERE id = $1'), [ctx.userId])
    expect(stored?.pin_hash).not.toContain('246813')
  })
})

describe('an approval', () => {
  const SENTENCE = 'Remove the customer Ana Test.'

  it('is asked for, and given by the PIN of somebody else who has the right without limit', async () => {
    const advisor = await testContext(t, 'service_advisor')
    const owner = await testContext(t, 'owner')
    await givePin(t, owner.userId, '246813')
    await expect(requireApproval(advisor, 'customers.remove', undefined, SENTENCE)).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
      message: SENTENCE,
      data: { approvalFor: 'customers.remove' },
    })
    const listed = async (ctx: Ctx) => (await listApprovers(ctx)).map((each) => each.id)
    expect(await listed(advisor)).toContain(owner.userId)
    expect(await listed(advisor)).not.toContain(advisor.userId)
    expect(await listed(owner)).not.toContain(owner.userId)
    expect(await listed(await testContext(t, 'technician', { shop: 'B' }))).not.toContain(owner.userId)
    expect(await requireApproval(advisor, 'customers.remove', { approverId: owner.userId, pin: '246813' }, SENTENCE)).toBe(owner.userId)
    const audit = sql(
      '',
      `SELECT actor_user_id AS actor, details FROM audit_events WHERE action = 'approval.given' AND approver_user_id = $1`,
    )
    expect(await reading(t.owner).query(audit, [owner.userId])).toEqual([
      { actor: advisor.userId, details: { permission: 'customers.remove', sentence: SENTENCE } },
    ])
  })

  it('is refused from oneself, without the right, without can_approve, and from another shop', async () => {
    const advisor = await testContext(t, 'service_advisor')
    const colleague = await testContext(t, 'service_advisor')
    const technician = await testContext(t, 'technician')
    const foreign = await testContext(t, 'owner', { shop: 'B' })
    for (const each of [advisor, colleague, technician, foreign]) await givePin(t, each.userId, '246813')
    const ask = (approverId: string, permission: 'customers.remove' | 'payments.take') =>
      codeOf(requireApproval(advisor, permission, { approverId, pin: '246813' }, SENTENCE))
    expect(await ask(colleague.userId, 'payments.take')).toBe('ok')
    expect(await ask(advisor.userId, 'payments.take')).toBe('APPROVAL_REFUSED')
    expect(await ask(colleague.userId, 'customers.remove')).toBe('APPROVAL_REFUSED')
    expect(await ask(technician.userId, 'payments.take')).toBe('APPROVAL_REFUSED')
    expect(await ask(foreign.userId, 'customers.remove')).toBe('APPROVAL_REFUSED')
    expect(await ask(crypto.randomUUID(), 'customers.remove')).toBe('APPROVAL_REFUSED')
    await set('can_approve = false', colleague.userId)
    expect(await ask(colleague.userId, 'payments.take')).toBe('APPROVAL_REFUSED')
  })

  it('counts wrong PINs towards the approver’s lock-out', async () => {
    const advisor = await testContext(t, 'service_advisor')
    const owner = await testContext(t, 'owner')
    await givePin(t, owner.userId, '246813')
    const ask = (pin: string) => codeOf(requireApproval(advisor, 'customers.remove', { approverId: owner.userId, pin }, SENTENCE))
    for (let tries = 1; tries <= 5; tries += 1) expect(await ask('135790')).toBe('APPROVAL_REFUSED')
    expect(await ask('246813')).toBe('LOCKED_OUT')
  })
})
