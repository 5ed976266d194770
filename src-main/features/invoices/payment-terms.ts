import type { z } from 'zod'
import type { PaymentTerms as PaymentTermsSchema } from '../../../src-preload/contract/invoices'

export type PaymentTerms = z.output<typeof PaymentTermsSchema>

const DAYS: Readonly<Record<PaymentTerms, number>> = { due_on_receipt: 0, net_10: 10, net_30: 30 }

/** The day a bill of this day is due; days are calendar days of the shop ('YYYY-MM-DD'). */
export function dueDateOf(issued: string, terms: PaymentTerms): string {
  const due = new Date(`${issued}T00:00:00Z`)
  due.setUTCDate(due.getUTCDate() + DAYS[terms])
  return due.toISOString().slice(0, 10)
}

/** Whether the customer gets more time to pay than the shop gives as a rule. */
export function isLongerCredit(terms: PaymentTerms, usual: PaymentTerms): boolean {
  return DAYS[terms] > DAYS[usual]
}
