import { queryOptions } from '@tanstack/react-query'
import type { NewShop, SessionStatus } from '../../../src-preload/contract/session'
import { personAtCounter } from '../../base/at-counter'
import { client } from '../../base/client'
import { forgetDraftsOf } from '../../base/kept-drafts'
import { setSession } from '../../base/session'

async function taking(answer: Promise<SessionStatus>): Promise<void> {
  setSession(await answer)
}

export const setUpShop = (shop: NewShop): Promise<void> => taking(client.session.setUpShop(shop))
export const signIn = (input: { email: string; password: string }): Promise<void> => taking(client.session.signIn(input))
export const enterPin = (input: { userId: string; pin: string }): Promise<void> => taking(client.session.enterPin(input))
export const lock = (): Promise<void> => taking(client.session.lock({}))

export const startPractice = (): Promise<void> => taking(client.session.startPractice({}))
export const leavePractice = (): Promise<void> => taking(client.session.leavePractice({}))

/** What somebody typed and did not send goes with them. */
export async function signOut(): Promise<void> {
  const person = personAtCounter()
  await taking(client.session.signOut({}))
  forgetDraftsOf(person)
}

async function refreshStatus(): Promise<void> {
  setSession(await client.session.status({}))
}

export async function changeMyPassword(input: { currentPassword: string; newPassword: string }): Promise<void> {
  await client.session.changeMyPassword(input)
  await refreshStatus()
}

export async function setMyPin(input: { password: string; pin: string }): Promise<void> {
  await client.session.setMyPin(input)
  await refreshStatus()
}

export const approversQuery = queryOptions({ queryKey: ['users', 'approvers'], queryFn: () => client.users.approvers({}) })

/** Counts as activity: somebody who only types or reads is not locked out by the gate. */
export async function sayStillHere(): Promise<void> {
  await client.session.stillHere({})
}
