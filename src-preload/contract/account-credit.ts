import { z } from 'zod'
import { Approval, Id, Moment, requiredText, text } from './call'
import { Cents, CentsSum, PositiveCents } from './money'

/** How account credit leaves in money. */
export const PayoutMethod = z.enum(['cash', 'check', 'credit_card', 'debit_card', 'ach'])
export type PayoutMethod = z.output<typeof PayoutMethod>

/** Account credit that was paid out; handed over was `amountCents` - `roundingCents`. */
export const Payout = z.object({
  id: Id,
  method: PayoutMethod,
  amountCents: Cents,
  /** what rounding the cash kept (below 0: gave on top) */
  roundingCents: Cents,
  checkNumber: z.string(),
  reference: z.string(),
  reason: z.string(),
  paidAt: Moment,
})
export type Payout = z.output<typeof Payout>

export const PayOutCredit = z.strictObject({
  /** made by the screen when the dialog opens: the same request twice is one pay-out */
  payoutId: Id,
  customerId: Id,
  method: PayoutMethod,
  /** what is taken off the account, at most what is there */
  amountCents: PositiveCents,
  reason: requiredText(500, 'Say why.'),
  /** wanted for checks */
  checkNumber: text(50).default(''),
  /** wanted for card and ACH: paid there, only recorded here */
  reference: text(100).default(''),
  approval: Approval.optional(),
})
export type PayOutCredit = z.output<typeof PayOutCredit>

/** A pay-out and what is left on the account then. */
export const PaidOut = z.object({ payout: Payout, accountCreditCents: CentsSum })
export type PaidOut = z.output<typeof PaidOut>
