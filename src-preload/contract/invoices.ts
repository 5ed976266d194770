import { z } from 'zod'
import { Approval, call, Day, Id, Moment, requiredText, text } from './call'
import { LineTerms } from './line-terms'
import { Cents, CentsSum, Hundredths, Millionths, NonNegativeCents, PositiveCents } from './money'
import { Authorization, LineType, NextAction, PartCondition } from './orders'

export const InvoiceStatus = z.enum(['draft', 'sent', 'paid', 'partial', 'overdue', 'void'])
export const PaymentTerms = z.enum(['due_on_receipt', 'net_10', 'net_30'])
export const PaymentMethod = z.enum(['cash', 'check', 'credit_card', 'debit_card', 'ach', 'financing', 'other'])
export type PaymentMethod = z.output<typeof PaymentMethod>

const DocumentLine = z.object({
  type: LineType,
  description: z.string(),
  partNumber: z.string(),
  partCondition: PartCondition.nullable(),
  quantityHundredths: z.int(),
  unitPriceCents: z.int(),
  totalCents: z.int(),
  taxable: z.boolean(),
  /** absent = nothing beside its price */
  terms: LineTerms.optional(),
})

/** What is printed on an estimate or invoice; it is kept for ever, so that it prints the same in three years (16 CCR 3358). */
export const DocumentSnapshot = z.object({
  kind: z.enum(['estimate', 'invoice', 'credit_note']),
  shop: z.object({
    name: z.string(),
    address: z.string(),
    city: z.string(),
    state: z.string(),
    zip: z.string(),
    phone: z.string(),
    email: z.string(),
    registrationNumber: z.string(),
    logoUrl: z.string().nullable(),
    timezone: z.string(),
  }),
  /** invoice number, or the order's number with the estimate's version */
  number: z.string(),
  orderNumber: z.string(),
  estimateVersion: z.int().nullable(),
  /** in the shop's time */
  date: Day,
  dueDate: Day.nullable(),
  terms: PaymentTerms.nullable(),
  promisedAt: Moment.nullable(),
  serviceWriter: z.string(),
  technician: z.string(),
  customer: z.object({
    name: z.string(),
    contactName: z.string(),
    phone: z.string(),
    email: z.string(),
    address: z.string(),
    city: z.string(),
    state: z.string(),
    zip: z.string(),
    taxExempt: z.boolean(),
    taxExemptNumber: z.string(),
  }),
  vehicle: z.object({
    label: z.string(),
    vin: z.string(),
    plate: z.string(),
    plateState: z.string(),
    color: z.string(),
    engine: z.string(),
    odometerIn: z.int().nullable(),
    odometerOut: z.int().nullable(),
  }),
  complaint: z.string(),
  /** the customer's own number; absent in documents of before it was asked for */
  purchaseOrder: z.string().optional(),
  jobs: z.array(
    z.object({ name: z.string(), complaint: z.string(), cause: z.string(), correction: z.string(), lines: z.array(DocumentLine) }),
  ),
  /** offered and declined: printed without price in the total */
  declined: z.array(z.object({ name: z.string(), reason: z.string(), totalCents: z.int() })),
  laborCents: z.int(),
  partsCents: z.int(),
  feesCents: z.int(),
  subtotalCents: z.int(),
  discountCents: z.int(),
  taxRateMillionths: z.int(),
  taxCents: z.int(),
  totalCents: z.int(),
  authorizations: z.array(Authorization.omit({ id: true })),
  footer: z.string(),
  /** words that the law of the shop's state wants on this paper, as they were when it was made; absent = none */
  notices: z.array(z.object({ title: z.string(), text: z.string(), signed: z.boolean() })).optional(),
  /** of an estimate: how far the bill may go beyond it by law; absent = not by one cent */
  allowance: z.string().optional(),
  /** of a credit note: what it corrects, why, and where the money went */
  credit: z
    .object({
      invoiceNumber: z.string(),
      invoiceDate: Day,
      invoiceTotalCents: z.int(),
      reason: z.string(),
      refunds: z.array(
        z.object({
          method: PaymentMethod,
          amountCents: z.int(),
          roundingCents: z.int(),
          reference: z.string(),
          /** it went on the customer's account; absent in documents of before there were any */
          toCredit: z.boolean().optional(),
        }),
      ),
    })
    .optional(),
})
export type DocumentSnapshot = z.output<typeof DocumentSnapshot>

/** Money that went back the way it came, or on the customer's account. */
export const Refund = z.object({
  id: Id,
  amountCents: Cents,
  /** what rounding the cash to 5 cents kept (below 0: gave on top); cash handed back = amount - rounding */
  roundingCents: Cents,
  taxCents: Cents,
  toCredit: z.boolean(),
  reason: z.string(),
  checkNumber: z.string(),
  reference: z.string(),
  refundedAt: Moment,
  businessDate: Day,
  refundedByName: z.string(),
  approvedByName: z.string(),
})
export type Refund = z.output<typeof Refund>

/** A check that the bank returned, or that this was a mistake. */
export const CheckReturn = z.object({
  id: Id,
  /** what it takes back; null: it is a return itself */
  undoesId: Id.nullable(),
  /** due again on the invoice (below 0: not any more) */
  amountCents: Cents,
  /** what the check was made out for (below 0: it counts again) */
  faceCents: Cents,
  /** of that, what neither the invoice nor the account has: it was given back or spent before. To be billed on a new order. */
  uncoveredCents: Cents,
  returnedOn: Day,
  reason: z.string(),
  recordedAt: Moment,
  recordedByName: z.string(),
  approvedByName: z.string(),
})
export type CheckReturn = z.output<typeof CheckReturn>

export const Payment = z.object({
  id: Id,
  method: PaymentMethod,
  status: z.enum(['pending', 'completed', 'failed', 'refunded']),
  amountCents: Cents,
  tenderedCents: Cents.nullable(),
  changeCents: Cents.nullable(),
  /** what rounding the cash to 5 cents gave the customer (below 0: took); cash received = amount - rounding */
  roundingCents: Cents,
  /** paid with the customer's account credit: no money was taken */
  isFromCredit: z.boolean(),
  /** what a check was made out for beyond the amount; it is on the customer's account */
  keptAsCreditCents: Cents,
  checkNumber: z.string(),
  reference: z.string(),
  note: z.string(),
  takenAt: Moment,
  businessDate: Day,
  takenByName: z.string(),
  refunds: z.array(Refund),
  returns: z.array(CheckReturn),
  /** what is left of it to give back */
  refundableCents: Cents,
})
export type Payment = z.output<typeof Payment>

/** What was billed, as it was frozen when the invoice was issued. A discount's total is what it takes off. */
export const BilledJob = z.object({
  /** empty for lines without a job */
  name: z.string(),
  lines: z.array(
    z.object({
      type: LineType,
      description: z.string(),
      quantityHundredths: Hundredths,
      unitPriceCents: Cents,
      totalCents: Cents,
      /** its place on the whole invoice, from 0 */
      lineNo: z.int(),
      creditedHundredths: z.int(),
      /** it came from the shelf and can go back there */
      isStocked: z.boolean(),
    }),
  ),
})
export type BilledJob = z.output<typeof BilledJob>

export const CreditNote = z.object({
  id: Id,
  number: z.string(),
  issueDate: Day,
  reason: z.string(),
  subtotalCents: Cents,
  /** the share of the bill's discount, and what was credited before */
  discountCents: Cents,
  taxCents: Cents,
  totalCents: Cents,
  createdByName: z.string(),
})
export type CreditNote = z.output<typeof CreditNote>

export const Invoice = z.object({
  id: Id,
  number: z.string(),
  status: InvoiceStatus,
  orderId: Id,
  orderNumber: z.string(),
  customerId: Id,
  customerName: z.string(),
  vehicleId: Id,
  vehicleLabel: z.string(),
  /** the customer's own number, as the bill bears it; '' = none */
  purchaseOrder: z.string(),
  /** the car has another owner since */
  carWasSold: z.boolean(),
  issueDate: Day,
  dueDate: Day.nullable(),
  terms: PaymentTerms.nullable(),
  totalCents: Cents,
  taxCents: Cents,
  taxRateMillionths: Millionths.nullable(),
  /** payments less refunds */
  paidCents: Cents,
  creditedCents: Cents,
  dueCents: Cents,
  /** what rounding takes off when all that is due is paid in cash now (below 0: adds); 0 once another tender has paid a part */
  cashRoundingCents: Cents,
  /** what the customer has on account now; 0 for those who see the bill only */
  accountCreditCents: CentsSum,
  /** when a check of this customer last came back, unless that was a mistake */
  checkReturnedOn: Day.nullable(),
  /** empty for those who see the bill but not its document */
  jobs: z.array(BilledJob),
  payments: z.array(Payment),
  creditNotes: z.array(CreditNote),
  /** what to think of when the car is handed over, a sentence each: old parts that were asked for, warranties */
  reminders: z.array(z.string()).optional(),
  voidReason: z.string(),
  voidedAt: Moment.nullable(),
  nextActions: z.array(NextAction),
})
export type Invoice = z.output<typeof Invoice>

/** A finished PDF; `sha256` of the bytes is the same whenever it is made again. */
export const PdfFile = z.object({ fileName: z.string(), base64: z.string(), sha256: z.string() })
export type PdfFile = z.output<typeof PdfFile>

export const EstimateVersion = z.object({
  version: z.int(),
  /** the order's number with the version */
  number: z.string(),
  date: Day,
  totalCents: Cents,
  /** it is the estimate as it stands now */
  isCurrent: z.boolean(),
  authorizations: z.array(Authorization.omit({ id: true, estimateVersion: true })),
})
export type EstimateVersion = z.output<typeof EstimateVersion>

/** A part of a payment that goes back the way it came, elsewhere (card terminal, bank) only recorded here; or on the customer's account. */
export const RefundRequest = z.strictObject({
  refundId: Id,
  paymentId: Id,
  amountCents: PositiveCents,
  /** wherever it came from; what was paid with account credit goes back there in any case */
  toCredit: z.boolean().optional(),
  checkNumber: text(50).default(''),
  reference: text(100).default(''),
})
export type RefundRequest = z.output<typeof RefundRequest>
const Refunds = z.array(RefundRequest).max(50)

/** What is credited: pieces of billed lines, or an amount with the tax in it. */
export const CreditOf = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('return'),
    lines: z
      .array(z.strictObject({ lineNo: z.int().min(0).max(100_000), quantityHundredths: Hundredths, restock: z.boolean().default(false) }))
      .min(1)
      .max(1000),
  }),
  z.strictObject({ kind: z.literal('amount'), amountCents: PositiveCents }),
])
export type CreditOf = z.output<typeof CreditOf>

/** What a credit would come to, and how much of it is owed back once what is still due is taken off. */
export const CreditQuote = z.object({ subtotalCents: Cents, discountCents: Cents, taxCents: Cents, totalCents: Cents, owedCents: Cents })
export type CreditQuote = z.output<typeof CreditQuote>
/** What is different between two versions of an estimate (16 CCR 3354: the added parts and labor, and the revised total). */
export const ChangeOrder = z.object({
  orderNumber: z.string(),
  from: z.object({ version: z.int(), number: z.string(), date: Day, taxCents: z.int(), totalCents: z.int() }),
  to: z.object({ version: z.int(), number: z.string(), date: Day, taxCents: z.int(), totalCents: z.int() }),
  lines: z.array(
    z.object({
      /** `changed`: the amount is the same, something else of it is not */
      kind: z.enum(['added', 'removed', 'dearer', 'cheaper', 'changed']),
      job: z.string(),
      type: LineType,
      description: z.string(),
      quantityHundredths: z.int(),
      /** as it counts in the total: below 0 for a discount; null = not on that version */
      wasCents: z.int().nullable(),
      nowCents: z.int().nullable(),
    }),
  ),
  differenceCents: z.int(),
})
export type ChangeOrder = z.output<typeof ChangeOrder>

/** Two versions of an order's estimate; without `to`, the estimate as it stands. */
const TwoVersions = z.strictObject({ orderId: Id, from: z.int().min(1).max(9999), to: z.int().min(1).max(9999).optional() })

export const invoicesCalls = {
  changeOrder: call('orders.authorize', TwoVersions, ChangeOrder),
  changeOrderPdf: call('orders.authorize', TwoVersions, PdfFile),
  get: call('invoices.see', z.strictObject({ invoiceId: Id }), Invoice),
  /**
   * Numbers and freezes the invoice of a completed order, once. `completeWork` first completes approved or running work in the same commit.
   * INVOICE_EXISTS, LINES_UNDECIDED, AUTHORIZATION_REQUIRED, WRONG_STATE. The same invoiceId with the same
   * order and terms twice is one invoice; with others it is refused.
   */
  issue: call(
    'invoices.issue',
    z.strictObject({
      invoiceId: Id,
      orderId: Id,
      completeWork: z.boolean().default(false),
      terms: PaymentTerms.optional(),
      approval: Approval.optional(),
    }),
    Invoice,
  ),
  /**
   * While nothing is paid, or with refunds of all that is; the number stays used. The order can be invoiced again afterwards.
   * INVOICE_HAS_PAYMENTS, INVOICE_CREDITED, INVOICE_VOID, REFUND_ABOVE_PAID, REFERENCE_REQUIRED.
   */
  void: call(
    'invoices.void',
    z.strictObject({
      invoiceId: Id,
      reason: requiredText(500, 'Say why the invoice is voided.'),
      refunds: Refunds.default([]),
      approval: Approval.optional(),
    }),
    Invoice,
  ),
  quoteCredit: call('payments.refund_cash', z.strictObject({ invoiceId: Id, credit: CreditOf }), CreditQuote),
  /**
   * Corrects an issued invoice by a credit note, and refunds what is owed back by it, in one commit. The same creditNoteId with the same
   * facts twice is one credit note. EDIT_CONFLICT when it comes to another total than was seen; CREDIT_ABOVE_INVOICE, REFUND_NOT_OWED,
   * REFUND_ABOVE_PAID, REFERENCE_REQUIRED, INVOICE_VOID, DUPLICATE.
   */
  credit: call(
    'payments.refund_cash',
    z.strictObject({
      creditNoteId: Id,
      invoiceId: Id,
      credit: CreditOf,
      /** as quoted; 0 of a part alone that was billed with nothing and goes back on the shelf */
      totalCents: NonNegativeCents,
      refunds: Refunds,
      reason: requiredText(500, 'Say why this is credited.'),
      approval: Approval.optional(),
    }),
    Invoice,
  ),
  /** The credit note from its snapshot. */
  creditPdf: call('invoices.see', z.strictObject({ creditNoteId: Id }), PdfFile),
  /** The issued invoice from its snapshot; a void one is marked. `withoutOwner`: a copy for whoever has the car now, with nobody's name. */
  pdf: call('invoices.see', z.strictObject({ invoiceId: Id, withoutOwner: z.boolean().default(false) }), PdfFile),
  /** For the technician: approved work and where its parts lie, without prices and without how to reach the customer. */
  workOrderPdf: call('orders.see', z.strictObject({ orderId: Id }), PdfFile),
  /** Every version of the estimate, the one that stands now first; what nobody said yes to yet has no authorizations. */
  estimates: call('orders.authorize', z.strictObject({ orderId: Id }), z.array(EstimateVersion)),
  /** The estimate as it stands now, or a version of it as it was frozen. */
  estimatePdf: call('orders.authorize', z.strictObject({ orderId: Id, version: z.int().min(1).max(1_000_000).optional() }), PdfFile),
}
