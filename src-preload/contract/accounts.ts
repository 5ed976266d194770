import { z } from 'zod'
import { Approval, call, Done, Id, Moment, requiredText, seen, text } from './call'
import { Cents } from './money'

const email = text(255).refine((value) => value === '' || z.email().safeParse(value).success, 'This is not an e-mail address.')

// Contacts: the people of a company or household --------------------------------------------------------------------------

export const ContactRole = z.enum(['payer', 'driver', 'approver', 'other'])
export type ContactRole = z.output<typeof ContactRole>

export const ContactFields = z.strictObject({ name: requiredText(200, 'Enter a name.'), role: ContactRole, phone: text(20), email })
export type ContactFields = z.output<typeof ContactFields>

/** Phone and e-mail are empty for roles that see only the name. */
export const Contact = z.object({
  id: Id,
  name: z.string(),
  role: ContactRole,
  phone: z.string(),
  email: z.string(),
  deletedAt: Moment.nullable(),
})
export type Contact = z.output<typeof Contact>

export const contactCalls = {
  addContact: call('customers.edit', z.strictObject({ contactId: Id, customerId: Id, fields: ContactFields }), Contact),
  updateContact: call('customers.edit', z.strictObject({ contactId: Id, was: seen(ContactFields), now: ContactFields.partial() }), Contact),
  /** Soft: orders that name the contact keep it. */
  removeContact: call('customers.edit', z.strictObject({ contactId: Id }), Done),
  restoreContact: call('customers.edit', z.strictObject({ contactId: Id }), Done),
}

// Consent to messages: a ledger; what holds is the last word about a number or address and kind ---------------------------

export const ConsentChannel = z.enum(['phone', 'email'])
export type ConsentChannel = z.output<typeof ConsentChannel>
/** service: about the car that is here; marketing: everything else */
export const ConsentKind = z.enum(['service', 'marketing'])
export type ConsentKind = z.output<typeof ConsentKind>
export const ConsentMethod = z.enum(['in_person', 'phone', 'text', 'email', 'paper'])
export type ConsentMethod = z.output<typeof ConsentMethod>

const consentFacts = {
  channel: ConsentChannel,
  /** the number or e-mail address; empty for roles that do not see it */
  address: z.string(),
  kind: ConsentKind,
  isGiven: z.boolean(),
  method: ConsentMethod,
  note: z.string(),
  recordedAt: Moment,
  recordedByName: z.string(),
}
export const Consents = z.object({
  /** the last word about each number or address and kind */
  standing: z.array(z.object({ id: Id, ...consentFacts })),
  /** the newest of everything that was said, newest first */
  ledger: z.array(z.object({ id: Id, ...consentFacts })),
  /** how often something was said, also before what `ledger` shows */
  saidCount: z.int(),
})
export type Consents = z.output<typeof Consents>
export type Consent = Consents['ledger'][number]

export const consentCalls = {
  consents: call('customers.see', z.strictObject({ customerId: Id }), Consents),
  giveConsent: call(
    'customers.consent',
    z.strictObject({
      consentId: Id,
      customerId: Id,
      channel: ConsentChannel,
      address: requiredText(255),
      kind: ConsentKind,
      method: ConsentMethod,
      note: text(500).default(''),
    }),
    Consents,
  ),
  /** By anybody who can see the customer. Without address: for every number and address that has a word standing. */
  revokeConsent: call(
    'customers.see',
    z.strictObject({
      consentId: Id,
      customerId: Id,
      channel: ConsentChannel,
      address: text(255).default(''),
      kind: ConsentKind,
      method: ConsentMethod,
      note: text(500).default(''),
    }),
    Consents,
  ),
}

// Merge of duplicates ------------------------------------------------------------------------------------------------------

/** Fields of which one of two values stays. Tags are put together, notes one below the other; a tax exemption is never taken over. */
export const MergeField = z.enum([
  'firstName',
  'lastName',
  'companyName',
  'phone',
  'phoneExt',
  'alternatePhone',
  'email',
  'address',
  'city',
  'state',
  'zip',
  'preferredContact',
])
export type MergeField = z.output<typeof MergeField>

/** All of them counted, the first few shown. */
const some = <Row extends z.ZodType>(row: Row) => z.object({ count: z.int(), shown: z.array(row) })

export const MergePreview = z.object({
  kept: z.object({ id: Id, displayName: z.string() }),
  merged: z.object({ id: Id, displayName: z.string() }),
  /** where the two differ; `suggested` = whose value stays unless the clerk says otherwise */
  fields: z.array(z.object({ name: MergeField, kept: z.string(), merged: z.string(), suggested: z.enum(['kept', 'merged']) })),
  /** both: tags, notes, as they will stand */
  tags: z.array(z.string()),
  notes: z.string(),
  /** the one that goes is tax exempt and the one that stays is not: the exemption does not come along */
  losesExemption: z.boolean(),
  vehicles: some(z.object({ id: Id, label: z.string(), plate: z.string() })),
  orderCount: z.int(),
  openOrders: some(z.object({ id: Id, number: z.string() })),
  invoiceCount: z.int(),
  dueInvoices: some(z.object({ id: Id, number: z.string(), dueCents: Cents })),
  /** whatever else belongs to the customer: credits, appointments, contacts ... */
  others: z.array(z.object({ what: z.string(), count: z.int() })),
})
export type MergePreview = z.output<typeof MergePreview>

/** A merge in force, at the customer that stayed. */
export const Merge = z.object({ id: Id, mergedId: Id, mergedName: z.string(), mergedAt: Moment, mergedByName: z.string() })
export type Merge = z.output<typeof Merge>

export const mergeCalls = {
  mergePreview: call('customers.merge', z.strictObject({ keptId: Id, mergedId: Id }), MergePreview),
  /** `take`: the fields of which the merged customer's value stays. The same mergeId twice is one merge. */
  merge: call(
    'customers.merge',
    z.strictObject({ mergeId: Id, keptId: Id, mergedId: Id, take: z.array(MergeField).max(20), approval: Approval.optional() }),
    Done,
  ),
  /** Every row as it was. IN_USE with the reason when something that happened since stands in the way. */
  undoMerge: call('customers.merge', z.strictObject({ mergeId: Id, approval: Approval.optional() }), Done),
}
