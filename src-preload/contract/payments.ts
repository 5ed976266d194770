import { z } from 'zod'
import { PaidOut, PayOutCredit } from './account-credit'
import { Approval, call, Day, Id, requiredText, text } from './call'
import { Invoice, Payment, PaymentMethod } from './invoices'
import { CentsSum, NonNegativeCents, PositiveCents } from './money'

export const TakePayment = z.strictObject({
  /** made by the screen when the dialog opens: the same request twice is one payment */
  paymentId: Id,
  invoiceId: Id,
  method: PaymentMethod,
  /** what is booked against the invoice, at most what is due */
  amountCents: PositiveCents,
  /** cash handed over; change = tendered - (amount - rounding) */
  tenderedCents: NonNegativeCents.optional(),
  /** the invoice's `cashRoundingCents`, when all that is due is paid in rounded cash; else 0 */
  roundingCents: z.int().min(-4).max(4).brand<'Cents'>().optional(),
  /** with the method 'other': paid with what the customer has on account */
  fromCredit: z.boolean().optional(),
  /** of a check that pays all that is due: what it is made out for beyond that; kept as account credit */
  keptAsCreditCents: PositiveCents.optional(),
  /** wanted for checks */
  checkNumber: text(50).default(''),
  /** wanted for card, ACH, financing, other: taken elsewhere, only recorded here */
  reference: text(100).default(''),
  note: text(500).default(''),
  approval: Approval.optional(),
})
export type TakePayment = z.output<typeof TakePayment>

export const paymentsCalls = {
  /**
   * Books a payment under a lock on the invoice; an invoice paid in full closes its completed order. Answers with the invoice as it stands.
   * CREDIT_SHORT when the customer has not that much on account.
   */
  take: call('payments.take', TakePayment, z.object({ payment: Payment, invoice: Invoice })),
  /**
   * Pays out account credit, with the rights and limits of a refund. CREDIT_SHORT when the customer has not that much on account. The same
   * payoutId twice is one pay-out.
   */
  payOutCredit: call('payments.refund_cash', PayOutCredit, PaidOut),
  /** What a check paid is due again: the bank returned it. CHECK_RETURNED. The same returnId twice is one return. */
  returnCheck: call(
    'payments.return_check',
    z.strictObject({
      returnId: Id,
      paymentId: Id,
      returnedOn: Day,
      reason: requiredText(500, 'Say what the bank says.'),
      approval: Approval.optional(),
    }),
    Invoice,
  ),
  /** It was a mistake. CHECK_SETTLED once what was due again is paid or credited. */
  undoReturn: call(
    'payments.return_check',
    z.strictObject({ undoId: Id, returnId: Id, reason: requiredText(500, 'Say why.'), approval: Approval.optional() }),
    Invoice,
  ),
}

export const DayRevenue = z.object({
  day: Day,
  /** money taken, given back or taken off again by the bank (a negative figure), and what is left; nothing of account credit, which is not money */
  byMethod: z.array(
    z.object({ method: PaymentMethod, count: z.int(), amountCents: CentsSum, refundedCents: CentsSum, netCents: CentsSum }),
  ),
  totalCents: CentsSum,
  refundedCents: CentsSum,
  netCents: CentsSum,
  /** what rounding cash gave away that day (below 0: brought in); in no other figure here */
  roundingCents: CentsSum,
  /** paid with account credit: it was taken on another day, and is in no other figure here */
  creditUsedCents: CentsSum,
  /** put on accounts: instead of giving it back, and of checks over more than was due (whose whole amount is taken) */
  creditAddedCents: CentsSum,
})
export type DayRevenue = z.output<typeof DayRevenue>

export const reportsCalls = {
  /** Money taken on a business day of the shop, by method. */
  dayRevenue: call('reports.day', z.strictObject({ day: Day }), DayRevenue),
}
