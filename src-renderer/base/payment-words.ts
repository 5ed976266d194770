import type { Invoice, PaymentMethod } from '../../src-preload/contract/invoices'

/** The words for the ways to pay. */
export const methodNames: Readonly<Record<PaymentMethod, string>> = {
  cash: 'Cash',
  check: 'Check',
  credit_card: 'Credit card',
  debit_card: 'Debit card',
  ach: 'Bank transfer (ACH)',
  financing: 'Financing',
  other: 'Other',
}

export const termNames: Readonly<Record<NonNullable<Invoice['terms']>, string>> = {
  due_on_receipt: 'Due on receipt',
  net_10: '10 days',
  net_30: '30 days',
}
