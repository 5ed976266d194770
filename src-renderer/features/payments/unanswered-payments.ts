import { useSyncExternalStore } from 'react'
import type { TakePayment } from '../../../src-preload/contract/payments'
import type { CallErrorCode } from '../../base/errors'

/** Everything of the request but the approval: a PIN is asked for again. */
export type SentPayment = Omit<TakePayment, 'approval'>

/** The request went out and nothing came back that says what became of it. */
const UNKNOWN: ReadonlySet<CallErrorCode> = new Set(['CONNECTION_LOST', 'DATABASE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])

/** Refusals that looked for this very payment first: if it had been taken, it would have been the answer. */
const SETTLED: ReadonlySet<CallErrorCode> = new Set(['ALREADY_PAID', 'AMOUNT_ABOVE_DUE', 'INVOICE_VOID', 'NOT_FOUND', 'PAYMENT_ID_REUSED'])

const unanswered = new Map<string, SentPayment>()
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

/** By invoice; outlives dialog and screen, so that opening it again cannot make a second payment of the first. */
export function unansweredPayment(invoiceId: string): SentPayment | undefined {
  return unanswered.get(invoiceId)
}

export function settlePayment(invoiceId: string): void {
  if (unanswered.delete(invoiceId)) tell()
}

/** Keeps or settles the payment, by the error its request was answered with. */
export function noteFailure({ paymentId, invoiceId, ...rest }: SentPayment, code: CallErrorCode): void {
  if (UNKNOWN.has(code)) {
    unanswered.set(invoiceId, { paymentId, invoiceId, ...rest })
    tell()
  } else if (SETTLED.has(code) && unanswered.get(invoiceId)?.paymentId === paymentId) settlePayment(invoiceId)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useUnansweredPayment(invoiceId: string): SentPayment | undefined {
  return useSyncExternalStore(subscribe, () => unansweredPayment(invoiceId))
}
