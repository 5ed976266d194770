import { useState } from 'react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { type CallError, isCancelled } from '../../base/errors'
import { newId } from '../../base/new-id'
import type { TenderKey } from '../../base/payment-words'
import { type DraftField, factsOf, mostOf, newDraft, type PaymentDraft, type Problems, problemsOf } from './payment-draft'
import type { Taken } from './payments-api'
import { unansweredPayment } from './unanswered-payments'
import { usePaymentRequest } from './use-payment-request'

const fields: readonly DraftField[] = ['amountCents', 'tenderedCents', 'checkNumber', 'reference', 'note']

/** The sentences of a refusal that belong beside a field. */
function problemsIn(error: CallError | null): Problems {
  if (!error) return {}
  const found: Problems = {}
  for (const field of fields) {
    const sentence = error.fieldMessage(field)
    if (sentence !== undefined) found[field] = sentence
  }
  if (error.code === 'AMOUNT_ABOVE_DUE' || error.code === 'CREDIT_SHORT') found.amountCents ??= error.message
  if (error.code === 'TENDERED_TOO_LITTLE') found.tenderedCents ??= error.message
  return found
}

export interface TakePaymentOptions {
  invoice: Invoice
  onInvoice: (invoice: Invoice) => void
  refresh: () => Promise<Invoice>
}

/** A payment from choosing how to its answer: what is entered, sent, refused, taken, or not answered. */
export function useTakePayment({ invoice, onInvoice, refresh }: TakePaymentOptions) {
  const [draft, setDraft] = useState<PaymentDraft | null>(null)
  const [taken, setTaken] = useState<Taken | null>(null)
  const [tried, setTried] = useState(false)
  const { error, clearError, unanswered, send, ...request } = usePaymentRequest({
    invoice,
    refresh,
    onTaken: (answer) => {
      onInvoice(answer.invoice)
      setTaken(answer)
      setDraft(null)
    },
    onRefused: () => {
      if (!unansweredPayment(invoice.id)) setDraft((now) => now && { ...now, paymentId: newId() })
    },
  })

  const choose = (method: TenderKey): void => {
    setTaken(null)
    clearError()
    setTried(false)
    setDraft((now) => (now ? { ...now, method } : newDraft(newId(), method)))
  }
  const submit = (): void => {
    if (unanswered) return send(unanswered)
    if (!draft) return
    setTried(true)
    const facts = factsOf(draft, mostOf(draft.method, invoice), invoice.cashRoundingCents)
    if (facts) send({ paymentId: draft.paymentId, invoiceId: invoice.id, ...facts })
  }

  const refusals = problemsIn(error)
  const problems: Problems =
    draft && tried ? { ...refusals, ...problemsOf(draft, mostOf(draft.method, invoice), invoice.cashRoundingCents) } : {}
  const hasPlace = draft !== null && Object.keys(refusals).length > 0
  return {
    draft,
    taken,
    problems,
    unanswered,
    /** what has no place beside a field */
    error: hasPlace || isCancelled(error) ? null : error,
    ...request,
    choose,
    submit,
    edit: (change: Partial<PaymentDraft>): void => {
      clearError()
      setDraft((now) => now && { ...now, ...change })
    },
    /** one step back: to the ways to pay */
    back: (): void => {
      clearError()
      setDraft(null)
      setTaken(null)
    },
  }
}

export type TakingPayment = ReturnType<typeof useTakePayment>
