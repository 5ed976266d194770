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

/** A way to pay as the clerk chooses it: account credit is one of its own. */
export type TenderKey = PaymentMethod | 'account_credit'

export const tenderNames: Readonly<Record<TenderKey, string>> = { ...methodNames, account_credit: 'Account credit' }

export function tenderOf({ method, isFromCredit }: { method: PaymentMethod; isFromCredit: boolean }): TenderKey {
  return isFromCredit ? 'account_credit' : method
}

export const termNames: Readonly<Record<NonNullable<Invoice['terms']>, string>> = {
  due_on_receipt: 'Due on receipt',
  net_10: '10 days',
  net_30: '30 days',
}
