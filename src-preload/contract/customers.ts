import { z } from 'zod'
import { Payout } from './account-credit'
import { consentCalls, Contact, contactCalls, Merge, mergeCalls } from './accounts'
import { Approval, call, Day, Done, Id, Moment, requiredText, seen, text } from './call'
import { Cents, CentsSum } from './money'
import { OrderStatus } from './order-status'

export const CustomerKind = z.enum(['person', 'company', 'walk_in'])

/** Everything a clerk may type about a customer. A person needs a name and a phone, a company its name; a walk-in nothing. */
export const CustomerFields = z.strictObject({
  kind: CustomerKind,
  firstName: text(100),
  lastName: text(100),
  companyName: text(255),
  /** as typed; an extension is kept apart */
  phone: text(30),
  phoneExt: text(10),
  alternatePhone: text(30),
  email: text(255).refine((value) => value === '' || z.email().safeParse(value).success, 'This is not an e-mail address.'),
  address: text(500),
  city: text(100),
  state: text(2),
  zip: text(10),
  preferredContact: z.enum(['sms', 'email', 'phone']),
  taxExempt: z.boolean(),
  taxExemptNumber: text(50),
  /** the last day the certificate holds; empty = it says none */
  taxExemptExpires: z.union([z.literal(''), Day]),
  /** no bill without the customer's own order number */
  requiresPurchaseOrder: z.boolean(),
  notes: text(4000),
  tags: z.array(requiredText(30)).max(20),
})
export type CustomerFields = z.output<typeof CustomerFields>

/** Nothing is known yet. Reached by a phone call: nobody is sent messages who has not asked for them. */
export const blankCustomer: Readonly<CustomerFields> = {
  kind: 'person',
  firstName: '',
  lastName: '',
  companyName: '',
  phone: '',
  phoneExt: '',
  alternatePhone: '',
  email: '',
  address: '',
  city: '',
  state: '',
  zip: '',
  preferredContact: 'phone',
  taxExempt: false,
  taxExemptNumber: '',
  taxExemptExpires: '',
  requiresPurchaseOrder: false,
  notes: '',
  tags: [],
}

/** The contact fields are null for roles that see only the name. */
export const CustomerSummary = z.object({
  id: Id,
  kind: CustomerKind,
  displayName: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
})
export type CustomerSummary = z.output<typeof CustomerSummary>

export const VehicleSummary = z.object({
  id: Id,
  customerId: Id,
  /** '2019 Honda Civic' */
  label: z.string(),
  year: z.int(),
  make: z.string(),
  model: z.string(),
  vin: z.string().nullable(),
  plate: z.string().nullable(),
  plateState: z.string().nullable(),
  color: z.string().nullable(),
  currentOdometer: z.int().nullable(),
  openOrders: z.int(),
  lastVisitAt: Moment.nullable(),
  deletedAt: Moment.nullable(),
})
export type VehicleSummary = z.output<typeof VehicleSummary>

/** One visit in the history of a customer or a vehicle. */
export const Visit = z.object({
  orderId: Id,
  orderNumber: z.string(),
  status: OrderStatus,
  vehicleId: Id,
  vehicleLabel: z.string(),
  checkedInAt: Moment,
  odometer: z.int().nullable(),
  complaint: z.string(),
  jobs: z.array(z.string()),
  totalCents: Cents,
  invoiceId: Id.nullable(),
  invoiceNumber: z.string().nullable(),
  dueCents: Cents,
})
export type Visit = z.output<typeof Visit>

/** What was typed was checked on its way in; on its way out a text is a text. */
export const Customer = z.object({
  id: Id,
  ...CustomerFields.shape,
  firstName: z.string(),
  lastName: z.string(),
  companyName: z.string(),
  phone: z.string(),
  phoneExt: z.string(),
  alternatePhone: z.string(),
  email: z.string(),
  address: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  taxExemptNumber: z.string(),
  notes: z.string(),
  tags: z.array(z.string()),
  displayName: z.string(),
  /** issued, not void, not yet paid */
  balanceCents: CentsSum,
  /** what the shop owes the customer: of credits that were not given back, and of checks over more than was due */
  accountCreditCents: CentsSum,
  /** checks that came back and not by mistake, the last one first */
  returnedChecks: z.array(z.object({ returnedOn: Day, faceCents: Cents, invoiceId: Id, invoiceNumber: z.string() })),
  /** exempt, but by a certificate that has run out: new orders are taxed */
  isExemptionExpired: z.boolean(),
  contacts: z.array(Contact),
  /** where this customer went, when two turned out to be one */
  mergedInto: z.object({ id: Id, displayName: z.string(), mergeId: Id }).nullable(),
  /** who went into this customer */
  merges: z.array(Merge),
  vehicles: z.array(VehicleSummary),
  createdAt: Moment,
  deletedAt: Moment.nullable(),
})
export type Customer = z.output<typeof Customer>

export const Duplicate = z.object({
  id: Id,
  displayName: z.string(),
  phone: z.string(),
  email: z.string(),
  reason: z.enum(['phone', 'email', 'name']),
  vehicles: z.string(),
})
export type Duplicate = z.output<typeof Duplicate>

/** One row of the search box. `rank` orders them, best first. */
export const SearchHit = z.object({
  kind: z.enum(['customer', 'vehicle', 'order', 'invoice']),
  customerId: Id,
  vehicleId: Id.nullable(),
  orderId: Id.nullable(),
  invoiceId: Id.nullable(),
  title: z.string(),
  subtitle: z.string(),
  phone: z.string().nullable(),
  plate: z.string().nullable(),
  vin: z.string().nullable(),
  vehicleLabel: z.string().nullable(),
  /** found by a plate the car does not wear any more */
  formerPlate: z.string().nullable(),
  openOrders: z.int(),
  openOrderId: Id.nullable(),
  openOrderNumber: z.string().nullable(),
  openOrderStatus: OrderStatus.nullable(),
  balanceCents: CentsSum,
  accountCreditCents: CentsSum,
})
export type SearchHit = z.output<typeof SearchHit>

/** What an entry of the account came from; a positive amount is the customer's. */
export const AccountEntry = z.object({
  id: Id,
  at: Moment,
  kind: z.enum(['credited', 'overpaid', 'used', 'given_back', 'check_returned', 'check_restored', 'paid_out']),
  amountCents: Cents,
  /** on the account after this entry */
  balanceCents: CentsSum,
  /** null, and no number: it was paid out */
  invoiceId: Id.nullable(),
  invoiceNumber: z.string(),
  payout: Payout.nullable(),
  reason: z.string(),
  recordedByName: z.string(),
  approvedByName: z.string(),
})
export type AccountEntry = z.output<typeof AccountEntry>

export const customersCalls = {
  /** The one search box: any four characters of name, phone in any format, plate, VIN tail, order or invoice number. */
  search: call(
    'customers.see',
    z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(50).default(12) }),
    z.array(SearchHit),
  ),
  get: call('customers.see', z.strictObject({ customerId: Id }), Customer),
  create: call('customers.edit', z.strictObject({ customerId: Id, fields: CustomerFields, approval: Approval.optional() }), Customer),
  update: call(
    'customers.edit',
    z.strictObject({ customerId: Id, was: seen(CustomerFields), now: CustomerFields.partial(), approval: Approval.optional() }),
    Customer,
  ),
  /** Who this might be already, while typing. */
  duplicates: call(
    'customers.edit',
    z.strictObject({
      firstName: z.string().max(100),
      lastName: z.string().max(100),
      companyName: z.string().max(255),
      phone: z.string().max(40),
      email: z.string().max(255),
      exceptId: Id.optional(),
    }),
    z.array(Duplicate),
  ),
  /** Everything that touched the customer's account credit, newest first, two hundred at most. */
  account: call('customers.see', z.strictObject({ customerId: Id }), z.array(AccountEntry)),
  /** Newest visits first; `before` pages. */
  history: call(
    'orders.see',
    z.strictObject({ customerId: Id.optional(), vehicleId: Id.optional(), before: Moment.optional() }),
    z.array(Visit),
  ),
  list: call(
    'customers.see',
    z.strictObject({ removed: z.boolean().default(false), after: z.string().max(600).default('') }),
    z.array(CustomerSummary.extend({ vehicles: z.string(), balanceCents: CentsSum, deletedAt: Moment.nullable() })),
  ),
  /** Soft: history stays, `restore` undoes it. IN_USE while work is open or money is owed. */
  remove: call('customers.remove', z.strictObject({ customerId: Id, approval: Approval.optional() }), Done),
  restore: call('customers.remove', z.strictObject({ customerId: Id, approval: Approval.optional() }), Done),
  /**
   * Undoes what a check-in that was given up put on file: a customer, with their car or without, or a car alone. IN_USE, and nothing is removed,
   * once anything else belongs to them or they were changed.
   */
  takeBack: call('customers.edit', z.strictObject({ customerId: Id.nullable(), vehicleId: Id.nullable() }), Done),
  ...contactCalls,
  ...consentCalls,
  ...mergeCalls,
}
