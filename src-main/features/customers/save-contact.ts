import { isDeepStrictEqual } from 'node:util'
import type { Contact, ContactFields } from '../../../src-preload/contract/accounts'
import { AppError, invalidField } from '../../base/app-error'
import { mergeEdit, type Part } from '../../database/merge-edit'
import { inTransaction, type Queryable, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { countDigits, formatPhone } from '../people/format-phone'
import { writeAudit } from '../people/write-audit'
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
    if (isNew) await note(tx, ctx, 'added', stored, { role })
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
    const stored = await storedContact(tx, ctx, contactId)
    if (changed.length > 0) await note(tx, ctx, 'changed', stored, { was: current.role, role: merged.role, fields: changed })
    return stored.contact
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
    const stored = await storedContact(tx, ctx, contactId)
    await note(tx, ctx, removed ? 'removed' : 'restored', stored, { role: stored.contact.role })
  })
  return {}
}

type Stored = NonNullable<Awaited<ReturnType<typeof selectContact>>>

async function storedContact(db: Queryable, ctx: Ctx, contactId: string): Promise<Stored> {
  const stored = await selectContact(db, ctx.shopId, contactId)
  if (!stored) throw new AppError('NOT_FOUND')
  return stored
}

/** Who pays and who approves for a company is a matter of money; names and numbers stay out of the trail. */
async function note(tx: Tx, ctx: Ctx, what: string, { customerId, contact }: Stored, details: object): Promise<void> {
  const entity = { entityType: 'customer', entityId: customerId }
  await writeAudit(tx, ctx, { action: `customers.contact_${what}`, ...entity, details: { contactId: contact.id, ...details } })
}

function tidy(fields: ContactFields, prefix: string): ContactFields {
  const phone = formatPhone(fields.phone)
  if (phone !== '' && countDigits(phone) < FEWEST_DIGITS) {
    throw invalidField(`${prefix}.phone`, `A phone number has at least ${FEWEST_DIGITS} digits.`)
  }
  return { ...fields, phone }
}
