import type { CreditOf, Invoice, Payment, RefundRequest } from '../../../src-preload/contract/invoices'
import { type Cents, type Hundredths, smallerCents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { newId } from '../../base/new-id'

export type CreditMode = 'lines' | 'amount'

/** A billed line as far as it is picked; `quantity` null = what is typed is no quantity. */
export interface PickedLine {
  readonly quantity: Hundredths | null
  readonly restock: boolean
}

/** What is typed for one payment that money goes back to. */
export interface RefundDraft {
  readonly refundId: string
  readonly amount: Cents | null
  /** on the customer's account instead */
  readonly toCredit: boolean
  readonly checkNumber: string
  readonly reference: string
}

export type RefundDrafts = Readonly<Record<string, RefundDraft>>

export const usualReasons = [
  'Part returned',
  'Part was wrong or defective',
  'Work not to the customer’s satisfaction',
  'Billed by mistake',
  'Goodwill',
] as const

/** Payments that still hold something, the newest first: it is the likeliest one. */
export function refundablePayments({ payments }: Invoice): Payment[] {
  return payments.filter(({ refundableCents }) => refundableCents > 0).toReversed()
}

/** The amount owed spread over the payments, newest first, never above what is left of one; what was typed beside the amounts stays. */
export function spread(invoice: Invoice, owed: Cents, typed: RefundDrafts = {}): RefundDrafts {
  let left = owed
  return Object.fromEntries(
    refundablePayments(invoice).map((payment) => {
      const amount = smallerCents(left, payment.refundableCents)
      left = subtractCents(left, amount)
      const before = typed[payment.id] ?? { refundId: newId(), toCredit: payment.isFromCredit, checkNumber: '', reference: '' }
      return [payment.id, { ...before, amount }]
    }),
  )
}

/** What is sent: payments that nothing goes back to are left out. */
export function requestsOf(invoice: Invoice, drafts: RefundDrafts): RefundRequest[] {
  return refundablePayments(invoice).flatMap(({ id: paymentId }) => {
    const draft = drafts[paymentId]
    if (!draft?.amount) return []
    const { refundId, amount, toCredit, checkNumber, reference } = draft
    return [
      {
        refundId,
        paymentId,
        amountCents: amount,
        toCredit,
        checkNumber: checkNumber.trim(),
        reference: reference.trim(),
      },
    ]
  })
}

/** What has to be written down for a payment before its money goes back, in a sentence; null when nothing is missing. */
export function missingOf({ method }: Payment, draft: RefundDraft | undefined): string | null {
  if (!draft?.amount || draft.toCredit) return null
  if (method === 'check') return draft.checkNumber.trim() === '' ? 'Enter the number of the check you write.' : null
  return method !== 'cash' && draft.reference.trim() === '' ? 'Enter the reference of this refund.' : null
}

/** The lines as the contract wants them; null while nothing is picked or a quantity cannot be read. */
export function creditOfLines(picked: Readonly<Record<number, PickedLine>>): CreditOf | null {
  const chosen = Object.entries(picked)
  const lines = chosen.flatMap(([lineNo, { quantity, restock }]) =>
    quantity === null ? [] : [{ lineNo: parseInt(lineNo, 10), quantityHundredths: quantity, restock }],
  )
  return lines.length === 0 || lines.length < chosen.length ? null : { kind: 'return', lines }
}

export function creditOfAmount(amount: Cents | null): CreditOf | null {
  return amount === null || amount <= ZERO ? null : { kind: 'amount', amountCents: amount }
}
