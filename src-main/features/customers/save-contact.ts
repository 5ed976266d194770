import { isDeepStrictEqual } from 'node:util'
import type { Contact, ContactFields } from '../../../src-preload/contract/accounts'
import { AppError, invalidField } from '../../base/app-error'
import { mergeEdit, type Part } from '../../database/merge-edit'
import { inTransaction, type Queryable } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { countDigits, formatPhone } from '../people/format-phone'
import { insertContact, lockContact, markContactRemoved, selectContact, updateContactFields } from './contact-queries'

const FEWEST_DIGITS = 7

/** The same facts twice are one contact. @throws AppError NOT_FOUND (customer), DUPLICATE, INVALID_INPUT */
export async function addContact(
  ctx: Ctx,
  { contactId, customerId, fields: typed }: { contactId: string; customerId: string; fields: ContactFields },
): Promise<Contact> {
  const fields = tidy(typed, 'fields')
  return await inTransaction('add contact', ctx, async (tx) => {
    const isNew = await insertContact(tx, ctx.shopId, contactId, customerId, fields)
    const stored = await selectContact(tx, ctx.shopId, contactId)
    if (!stored) throw new AppError('NOT_FOUND')
    const { name, role, phone, email } = stored.contact
    const same = stored.customerId === customerId && isDeepStrictEqual({ name, role, phone, email }, { ...fields })
    if (!isNew && !same) throw new AppError('DUPLICATE')
    return stored.contact
  })
}

/** Changed fields only, each as it was seen and as it shall be. @throws AppError NOT_FOUND, EDIT_CONFLICT, INVALID_INPUT */
export async function updateContact(
  ctx: Ctx,
  { contactId, was, now }: { contactId: string; was: Part<ContactFields>; now: Part<ContactFields> },
): Promise<Contact> {
  return await inTransaction('update contact', ctx, async (tx) => {
    const current = await lockContact(tx, ctx.shopId, contactId)
    if (!current) throw new AppError('NOT_FOUND')
    const { merged, changed } = mergeEdit(current, was, { ...now, ...(now.phone === undefined ? {} : { phone: formatPhone(now.phone) }) })
    if (changed.length > 0) await updateContactFields(tx, ctx.shopId, contactId, tidy(merged, 'now'))
    return await contactOf(tx, ctx, contactId)
  })
}

/** Soft: orders that name the contact keep it. @throws AppError NOT_FOUND */
export async function removeContact(ctx: Ctx, { contactId }: { contactId: string }): Promise<Record<string, never>> {
  return await mark(ctx, contactId, true)
}

/** @throws AppError NOT_FOUND */
export async function restoreContact(ctx: Ctx, { contactId }: { contactId: string }): Promise<Record<string, never>> {
  return await mark(ctx, contactId, false)
}

async function mark(ctx: Ctx, contactId: string, removed: boolean): Promise<Record<string, never>> {
  await inTransaction(removed ? 'remove contact' : 'restore contact', ctx, async (tx) => {
    if (!(await markContactRemoved(tx, ctx.shopId, contactId, removed))) throw new AppError('NOT_FOUND')
  })
  return {}
}

async function contactOf(db: Queryable, ctx: Ctx, contactId: string): Promise<Contact> {
  const stored = await selectContact(db, ctx.shopId, contactId)
  if (!stored) throw new AppError('NOT_FOUND')
  return stored.contact
}

function tidy(fields: ContactFields, prefix: string): ContactFields {
  const phone = formatPhone(fields.phone)
  if (phone !== '' && countDigits(phone) < FEWEST_DIGITS) {
    throw invalidField(`${prefix}.phone`, `A phone number has at least ${FEWEST_DIGITS} digits.`)
  }
  return { ...fields, phone }
}
