import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../../src-preload/contract/permissions'
import { type UserEdit, UserRow } from '../../../src-preload/contract/users'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { secondCounter, testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { givePassword, givePin, testCall, testProgram } from '../../testing/test-station'
import { createUser } from './create-user'
import { listUsers } from './list-users'
import { reloadUser } from './reload-user'
import { resetPassword } from './reset-password'
import { sessionStatus } from './session-status'
import { signIn } from './sign-in'
import { updateUser } from './update-user'

const aSentence: unknown = expect.any(String)

const PASSWORD = 'lantern puddle violin'
let t: TestDatabase
let owner: Ctx

beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(() => t.close())

function newPerson(overrides: { role?: Role; email?: string; phone?: string } = {}) {
  const userId = uuid7()
  return {
    userId,
    firstName: 'Tess',
    lastName: 'Invented',
    email: `${userId}@test.invalid`,
    phone: '555 010 0142',
    role: 'technician' as Role,
    canApprove: false,
    password: PASSWORD,
    ...overrides,
  }
}

/** An edit by somebody who looked at the list a moment ago. */
async function change(ctx: Ctx, userId: string, now: Partial<UserEdit>) {
  const { phone, ...seen } = (await listUsers(ctx)).find(({ id }) => id === userId)!
  return updateUser(ctx, { userId, was: { ...seen, phone: phone ?? '' }, now })
}

describe('a new person', () => {
  it('signs in with the first password and is asked to change it', async () => {
    const person = newPerson()
    expect(await createUser(owner, person)).toMatchObject({
      id: person.userId,
      phone: '(555) 010-0142',
      isActive: true,
      hasPin: false,
      lockedOut: false,
      lastLoginAt: null,
    })
    const status = await signIn(testCall(await testProgram(t)), { email: person.email, password: PASSWORD })
    expect(status.user).toMatchObject({ id: person.userId, role: 'technician', mustChangePassword: true })
    const audit = sql(
      '',
      `SELECT actor_user_id AS actor, details::text LIKE '%argon%' AS leaks FROM audit_events WHERE action = 'user.added' AND entity_id = $1`,
    )
    expect(await reading(t.owner).query(audit, [person.userId])).toEqual([{ actor: owner.userId, leaks: false }])
  })

  it('is one person when the same request comes twice, and no second one with the same e-mail', async () => {
    const person = newPerson()
    await createUser(owner, person)
    expect(await createUser(owner, person)).toMatchObject({ id: person.userId })
    const everybody = await listUsers(owner)
    expect(everybody.map((each) => UserRow.parse(each))).toEqual(everybody)
    expect(everybody.filter((each) => each.email === person.email)).toHaveLength(1)
    await expect(createUser(owner, newPerson({ email: person.email.toUpperCase() }))).rejects.toMatchObject({
      code: 'DUPLICATE',
      data: { existingId: person.userId, fields: { email: aSentence } },
    })
    await expect(createUser(owner, { ...person, firstName: 'Else' })).rejects.toMatchObject({ code: 'DUPLICATE' })
  })

  it('gets no password that is tried first', async () => {
    await expect(createUser(owner, { ...newPerson(), password: 'Invented2026' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('rights', () => {
  it('are changed by an owner, not for oneself', async () => {
    const person = newPerson()
    await createUser(owner, person)
    expect(await change(owner, person.userId, { role: 'front_desk', canApprove: true })).toMatchObject({
      role: 'front_desk',
      canApprove: true,
    })
    await expect(change(owner, owner.userId, { role: 'technician' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(change(owner, owner.userId, { isActive: false })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(change(owner, owner.userId, { email: person.email })).rejects.toMatchObject({ code: 'DUPLICATE' })
  })

  it('are not given back by an owner who looks at an older page', async () => {
    const person = newPerson({ role: 'service_advisor' })
    await createUser(owner, person)
    const second = await testContext(t, 'owner')
    await change(owner, person.userId, { isActive: false, canApprove: false })
    const renamed = { userId: person.userId, was: { lastName: 'Invented' }, now: { lastName: 'Married' } }
    expect(await updateUser(second, renamed)).toMatchObject({ lastName: 'Married', isActive: false })
    const late = { userId: person.userId, was: { isActive: true, lastName: 'Invented' }, now: { isActive: true, lastName: 'Other' } }
    await expect(updateUser(second, late)).rejects.toMatchObject({
      code: 'EDIT_CONFLICT',
      data: { current: { isActive: false, lastName: 'Married' } },
    })
    await expect(updateUser(second, { userId: person.userId, was: {}, now: { isActive: true } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect((await listUsers(owner)).find(({ id }) => id === person.userId)).toMatchObject({ lastName: 'Married', isActive: false })
    const same = { userId: person.userId, was: { phone: '555 010 0142', lastName: 'Invented' }, now: { lastName: 'Married' } }
    expect(await updateUser(second, same)).toMatchObject({ lastName: 'Married' })
  })

  it('never leave the shop without an owner, not even when two demote each other', async () => {
    const other = await testContext(t, 'owner', { shop: 'B' })
    const third = await testContext(t, 'owner', { shop: 'B' })
    await change(other, t.otherOwnerUserId, { isActive: false })
    const leave = { was: { isActive: true }, now: { isActive: false } }
    const outcomes = await Promise.allSettled([
      updateUser(other, { userId: third.userId, ...leave }),
      updateUser(third, { userId: other.userId, ...leave }),
    ])
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((each) => each.status === 'rejected')?.reason).toMatchObject({ code: 'LAST_OWNER' })
  })

  it('of another shop’s people cannot be touched', async () => {
    const foreign = await testContext(t, 'technician', { shop: 'B' })
    const edit = { userId: foreign.userId, was: { canApprove: false }, now: { canApprove: true } }
    await expect(updateUser(owner, edit)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(resetPassword(owner, { userId: foreign.userId, password: PASSWORD })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(createUser(owner, { ...newPerson(), userId: foreign.userId })).rejects.toMatchObject({ code: 'DUPLICATE' })
    expect((await listUsers(owner)).some((each) => each.id === foreign.userId)).toBe(false)
  })
})

describe('a password given anew', () => {
  it('ends the session and the PIN of that person', async () => {
    const person = await testContext(t, 'technician')
    const email = await givePassword(t, person.userId, PASSWORD)
    await givePin(t, person.userId, '246813')
    const counter = secondCounter(t)
    const program = await testProgram(t)
    const call = testCall(program)
    await signIn(call, { email, password: PASSWORD })
    await expect(resetPassword(owner, { userId: owner.userId, password: PASSWORD })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await resetPassword({ ...owner, db: counter }, { userId: person.userId, password: 'marble kettle wrench' })
    await counter.close()
    await reloadUser(program, person.userId)
    expect(await sessionStatus(call)).toMatchObject({ stage: 'signed_out', people: [] })
    expect((await signIn(call, { email, password: 'marble kettle wrench' })).user).toMatchObject({
      mustChangePassword: true,
      hasPin: false,
    })
  })
})
