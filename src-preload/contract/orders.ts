import { z } from 'zod'
import { Approval, call, Done, Id, Moment, Nothing, requiredText, seen, text } from './call'
import { Contact } from './accounts'
import { CustomerSummary, VehicleSummary } from './customers'
import { Answers, TakenOff } from './answers'
import { Board } from './board'
import { declinedWorkCalls, Revival, Revive } from './declined-work'
import { LineTerms } from './line-terms'
import { Cents, CentsSum, Hundredths, Millionths, NonNegativeCents } from './money'
import { OrderStatus, Priority } from './order-status'
import { CannedJobOnOrder, FrozenFeeRule, LaborRate, PriceSource } from './pricing'
import { MissingContent, Paper, RuleSource } from './rules'

export const LineType = z.enum(['labor', 'part', 'fee', 'discount'])
export type LineType = z.output<typeof LineType>
export const LineStatus = z.enum(['quoted', 'approved', 'declined', 'completed'])
export type LineStatus = z.output<typeof LineStatus>
export const PartCondition = z.enum(['new', 'used', 'rebuilt', 'reconditioned', 'oem'])
export type PartCondition = z.output<typeof PartCondition>

/** What may be typed of a line. A discount's price is entered positive. Labor: quantity = hours, price = the hourly rate. */
export const LineFields = z.strictObject({
  type: LineType,
  description: requiredText(2000),
  partNumber: text(100),
  quantityHundredths: Hundredths,
  unitPriceCents: NonNegativeCents,
  /** what the shop pays for one; null = unknown */
  costCents: NonNegativeCents.nullable(),
  taxable: z.boolean(),
  partCondition: PartCondition.nullable(),
  inventoryItemId: Id.nullable(),
})
export type LineFields = z.output<typeof LineFields>

export const NewLine = z.strictObject({ lineId: Id, jobId: Id.nullable(), ...LineFields.shape, reason: text(500).default('') })
export type NewLine = z.output<typeof NewLine>

/** What may be changed of a line that stands: also what a paper says of it. */
export const LineEdit = LineFields.extend({ terms: LineTerms.nullable() })
export type LineEdit = z.output<typeof LineEdit>

/** What was typed was checked on its way in; on its way out a text is a text. */
export const Line = z.object({
  id: Id,
  jobId: Id.nullable(),
  ...LineFields.shape,
  description: z.string(),
  partNumber: z.string(),
  status: LineStatus,
  totalCents: Cents,
  declinedReason: z.string(),
  sortOrder: z.int(),
  /** which rule made its price; null = nobody knows (a line of before rules were kept) */
  priceSource: PriceSource.nullish(),
  /** null = nothing beside its price */
  terms: LineTerms.nullish(),
})
export type Line = z.output<typeof Line>

export const JobFields = z.strictObject({ name: requiredText(200), complaint: text(2000), cause: text(2000), correction: text(2000) })
export type JobFields = z.output<typeof JobFields>
export const Job = z.object({
  id: Id,
  name: z.string(),
  complaint: z.string(),
  cause: z.string(),
  correction: z.string(),
  declinedReason: z.string(),
  totalCents: Cents,
  sortOrder: z.int(),
})
export type Job = z.output<typeof Job>

/** How a customer said yes. `contact` = the number or address used; empty in person. */
export const AuthorizationMethod = z.enum(['in_person', 'phone', 'text', 'email', 'signature'])
export const Authorization = z.object({
  id: Id,
  estimateVersion: z.int(),
  authorizedCents: Cents,
  approvedByName: z.string(),
  method: AuthorizationMethod,
  contact: z.string(),
  note: z.string(),
  authorizedAt: Moment,
  recordedByName: z.string(),
  ...Answers.shape,
})
export type Authorization = z.output<typeof Authorization>

/** What may be done next with an order by this user; a screen offers exactly these. `needsApproval`: an approver's PIN will be asked for. */
export const NextAction = z.object({
  action: z.enum([
    'send_estimate',
    'authorize',
    'start',
    'complete',
    'issue_invoice',
    'take_payment',
    'close',
    'reopen',
    'back_to_estimate',
    'decline',
    'void_invoice',
    'credit_invoice',
    'remove',
  ]),
  to: OrderStatus.nullable(),
  /** null = possible now; else the sentence why not yet */
  blockedBy: z.string().nullable(),
  needsApproval: z.boolean(),
})
export type NextAction = z.output<typeof NextAction>

export const StatusEvent = z.object({ from: OrderStatus.nullable(), to: OrderStatus, at: Moment, byName: z.string(), reason: z.string() })

export const OrderInvoice = z.object({
  id: Id,
  number: z.string(),
  status: z.enum(['draft', 'sent', 'paid', 'partial', 'overdue', 'void']),
  totalCents: Cents,
  paidCents: Cents,
  dueCents: Cents,
  issuedAt: Moment,
})
export type OrderInvoice = z.output<typeof OrderInvoice>

export const Order = z.object({
  id: Id,
  number: z.string(),
  status: OrderStatus,
  priority: Priority,
  customer: CustomerSummary.extend({ taxExempt: z.boolean(), requiresPurchaseOrder: z.boolean(), contacts: z.array(Contact) }),
  vehicle: VehicleSummary,
  complaint: z.string(),
  technicianNotes: z.string(),
  internalNotes: z.string(),
  odometer: z.int().nullable(),
  odometerOut: z.int().nullable(),
  odometerReason: z.string(),
  /** the customer wants the replaced parts back */
  oldPartsWanted: z.boolean(),
  checkedInAt: Moment,
  promisedAt: Moment.nullable(),
  completedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  technicianId: Id.nullable(),
  technicianName: z.string().nullable(),
  bayId: Id.nullable(),
  bayName: z.string().nullable(),
  purchaseOrder: z.string(),
  payerContactId: Id.nullable(),
  driverContactId: Id.nullable(),
  approverContactId: Id.nullable(),
  jobs: z.array(Job),
  lines: z.array(Line),
  /** an hour of labor on this order by the shop's rules, and the rates chosen for it */
  laborRate: LaborRate.optional(),
  feeRules: z.array(FrozenFeeRule), // frozen when the order was made, like the rate of its tax
  taxRateMillionths: Millionths,
  laborCents: Cents,
  partsCents: Cents,
  feesCents: Cents,
  subtotalCents: Cents,
  discountCents: Cents,
  taxCents: Cents,
  totalCents: Cents,
  authorizedCents: Cents,
  /** changes with whatever a customer says yes to: complaint, work, prices, tax; sent back with the yes */
  estimateFingerprint: z.string(),
  /** how far above `authorizedCents` the bill may go without a new yes, and the rule that says so: frozen with the last authorization */
  headRoom: z.object({ toleranceCents: Cents, rule: RuleSource }),
  /** null for roles that may not see it; percent of subtotal less discount, in millionths (may be negative) */
  marginMillionths: z.int().nullable(), // null also while no line says what it costs
  costCents: CentsSum.nullable(),
  authorizations: z.array(Authorization),
  /** void ones too, newest first */
  invoices: z.array(OrderInvoice),
  history: z.array(StatusEvent),
  takenOff: z.array(TakenOff),
  /** lines that nobody agreed to yet: what a no to their job takes off */
  unanswered: z.array(Id),
  revivals: z.array(Revival),
  nextActions: z.array(NextAction),
  /** when the way forward is not this user's to go: one sentence that says what happens next and who does it */
  nextByOthers: z.string().nullable(),
  deletedAt: Moment.nullable(),
})
export type Order = z.output<typeof Order>

/** The fields of an order's head; each is stored when it is left. */
export const OrderFields = z.strictObject({
  complaint: text(4000),
  technicianNotes: text(8000),
  internalNotes: text(8000),
  odometer: z.int().min(0).max(9_999_999).nullable(),
  odometerOut: z.int().min(0).max(9_999_999).nullable(),
  odometerReason: text(500),
  oldPartsWanted: z.boolean(),
  promisedAt: Moment.nullable(),
  technicianId: Id.nullable(),
  bayId: Id.nullable(),
  priority: Priority,
  /** the customer's own number for this work, printed on estimate and bill */
  purchaseOrder: text(50),
  /** contacts of the customer; null = the customer */
  payerContactId: Id.nullable(),
  driverContactId: Id.nullable(),
  approverContactId: Id.nullable(),
})
export type OrderFields = z.output<typeof OrderFields>

export const CheckIn = z.strictObject({
  /** made by the screen once, so that the same request twice is one order */
  orderId: Id,
  customerId: Id,
  vehicleId: Id,
  odometer: z.int().min(0).max(9_999_999).nullable(),
  /** wanted when the odometer is lower than at the last visit (ODOMETER_LOWER) */
  odometerReason: text(500).default(''),
  complaint: text(4000),
  promisedAt: Moment.nullable(),
  technicianId: Id.nullable(),
  bayId: Id.nullable(),
  priority: Priority.default('normal'),
  jobs: z
    .array(z.strictObject({ jobId: Id, name: requiredText(200), lines: z.array(NewLine).max(100) }))
    .max(50)
    .default([]),
  approval: Approval.optional(),
})
export type CheckIn = z.output<typeof CheckIn>

/** Work the customer agreed to leaves with a word why, and with an approval once work was begun. */
const Removal = { reason: text(500).default(''), approval: Approval.optional() }

export const Decision = z.enum(['approved', 'declined', 'quoted'])

export const Choices = z.object({
  technicians: z.array(z.object({ id: Id, name: z.string() })),
  bays: z.array(z.object({ id: Id, name: z.string(), occupiedBy: z.string().nullable() })),
  laborRateCents: NonNegativeCents,
  taxable: z.object({ labor: z.boolean(), part: z.boolean(), fee: z.boolean() }),
})
export type Choices = z.output<typeof Choices>

export const PartHit = z.object({
  id: Id,
  partNumber: z.string(),
  description: z.string(),
  manufacturer: z.string(),
  priceCents: Cents,
  costCents: Cents.nullable(),
  onHandHundredths: z.int(),
  location: z.string(),
})
export type PartHit = z.output<typeof PartHit>

/** Every writing call answers with the order as it stands afterwards, totals from the database. */
export const ordersCalls = {
  ...declinedWorkCalls,
  board: call('orders.see', Nothing, Board),
  get: call('orders.see', z.strictObject({ orderId: Id }), Order),
  choices: call('orders.see', Nothing, Choices),
  findParts: call('parts.see', z.strictObject({ text: z.string().max(100) }), z.array(PartHit)),
  checkIn: call('orders.create', CheckIn, Order),
  update: call('orders.edit', z.strictObject({ orderId: Id, was: seen(OrderFields), now: OrderFields.partial() }), Order),
  addJob: call('orders.lines', z.strictObject({ orderId: Id, jobId: Id, name: requiredText(200) }), Order),
  updateJob: call('orders.lines', z.strictObject({ jobId: Id, was: seen(JobFields), now: JobFields.partial() }), Order),
  /** With its lines; the screen offers undo by adding them again. */
  removeJob: call('orders.lines', z.strictObject({ jobId: Id, ...Removal }), Order),
  /** `broughtBack`: lines that this person removed, to be again what they were: with the rule of their price and the terms they had. */
  addLines: call(
    'orders.lines',
    z.strictObject({
      orderId: Id,
      lines: z.array(NewLine).min(1).max(200),
      broughtBack: z.boolean().optional(),
      approval: Approval.optional(),
    }),
    Order,
  ),
  /** A canned job with its lines at the prices of the shop's rules: those that always belong to it, and of the others the chosen ones. */
  addCannedJob: call('orders.lines', CannedJobOnOrder, Order),
  /**
   * A discount that makes the order's total what is wanted, tax included. When the rounding of the tax skips that very cent, the next total
   * below it. EDIT_CONFLICT when the total is not the one that was seen.
   */
  outTheDoor: call(
    'orders.discount',
    z.strictObject({
      orderId: Id,
      lineId: Id,
      seenTotalCents: Cents,
      wantedCents: NonNegativeCents,
      reason: requiredText(500, 'Say why this discount is given.'),
      approval: Approval.optional(),
    }),
    Order,
  ),
  updateLine: call(
    'orders.lines',
    z.strictObject({
      lineId: Id,
      was: seen(LineEdit),
      now: LineEdit.partial(),
      reason: text(500).default(''),
      approval: Approval.optional(),
    }),
    Order,
  ),
  removeLine: call('orders.lines', z.strictObject({ lineId: Id, ...Removal }), Order),
  /**
   * Approve or decline a whole job or one line; 'quoted' takes a decision back. `was`: every line that is meant as it was seen;
   * EDIT_CONFLICT when another counter decided or added one meanwhile. A no to what the customer agreed to before needs a reason, and an
   * approval once work was begun.
   */
  decide: call(
    'orders.authorize',
    z.strictObject({
      orderId: Id,
      jobId: Id.optional(),
      lineId: Id.optional(),
      decision: Decision,
      was: z.array(z.strictObject({ lineId: Id, status: LineStatus })).max(1000),
      reason: text(500).default(''),
      approval: Approval.optional(),
    }),
    Order,
  ),
  /**
   * The customer's yes to the estimate as it stands: freezes a version of it, approves its quoted lines, sets the authorized total.
   * EDIT_CONFLICT when the estimate is not the one the customer heard (its total and `estimateFingerprint`) any more. The same
   * authorizationId twice is one record.
   */
  authorize: call(
    'orders.authorize',
    z.strictObject({
      authorizationId: Id,
      orderId: Id,
      expectedTotalCents: Cents,
      estimateFingerprint: z.hash('sha256'),
      approvedByName: requiredText(200),
      method: AuthorizationMethod,
      contact: text(255),
      note: text(1000).default(''),
      /** jobs the customer says no to in the same breath: what nobody agreed to before leaves them; `expectedTotalCents` is without it */
      declined: z
        .array(z.strictObject({ jobId: Id, reason: text(500) }))
        .max(50)
        .optional(),
      oldPartsWanted: z.boolean().nullable().optional(),
    }),
    Order,
  ),
  /**
   * Declined work again, on this order, at today's prices and with a link to where it was declined. EDIT_CONFLICT when another counter revived
   * it or its price is not `expectedCents` any more. The same jobId twice is one job.
   */
  revive: call('orders.lines', Revive, Order),
  /**
   * A step of the status machine; WRONG_STATE when the order is not in `from` any more. Reopening needs a reason; so does declining what
   * the customer agreed to before, with an approval once work was begun.
   */
  transition: call(
    'orders.see',
    z.strictObject({ orderId: Id, from: OrderStatus, to: OrderStatus, reason: text(500).default(''), approval: Approval.optional() }),
    Order,
  ),
  /** What the law of the shop's state wants on this paper of the order and is not there yet. */
  missing: call('orders.authorize', z.strictObject({ orderId: Id, paper: Paper }), z.array(MissingContent)),
  /** A draft only; `restore` undoes it. */
  remove: call('orders.remove', z.strictObject({ orderId: Id }), Done),
  restore: call('orders.remove', z.strictObject({ orderId: Id }), Order),
}
