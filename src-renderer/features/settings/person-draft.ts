import { z } from 'zod'
import type { Role } from '../../../src-preload/contract/permissions'
import { UserEdit, type UserRow } from '../../../src-preload/contract/users'

const Person = z.object(UserEdit.shape)
export type PersonDraft = UserEdit

export function draftOf(user: UserRow | undefined): PersonDraft {
  const blank = { firstName: '', lastName: '', email: '', phone: '', certificationNumber: '' }
  if (!user) return { ...blank, role: 'service_advisor', canApprove: false, isActive: true }
  const { firstName, lastName, email, phone, role, canApprove, certificationNumber, isActive } = user
  return { firstName, lastName, email, phone: phone ?? '', role, canApprove, certificationNumber, isActive }
}

/** The contract's own sentences, by field. */
export function problemsOf(draft: PersonDraft): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  for (const issue of Person.safeParse(draft).error?.issues ?? []) problems[issue.path.join('.')] ??= issue.message
  if (draft.email.trim() === '') problems.email = 'Please fill this in.'
  return problems
}

/** What each role is for, in a clerk's words. */
export const roleHints: Readonly<Record<Role, string>> = {
  owner: 'Everything, the settings included.',
  service_advisor: 'Customers, estimates, invoices and payments; discounts up to the limits.',
  front_desk: 'Checks cars in, takes payments, writes down what customers decide.',
  technician: 'Their own repair orders: starts and completes work, notes, odometer. No contact data, no amounts.',
  parts_manager: 'Parts of repair orders, with their cost. No contact data.',
}
