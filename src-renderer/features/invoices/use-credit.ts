import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { CreditOf, Invoice } from '../../../src-preload/contract/invoices'
import { addCents, type Cents } from '../../../src-preload/contract/money'
import { newId } from '../../base/new-id'
import { useApproval } from '../../base/use-approval'
import { creditInvoice, quoteQuery } from './invoices-api'
import {
  type CreditMode,
  creditOfAmount,
  creditOfLines,
  missingOf,
  type RefundDrafts,
  refundablePayments,
  requestsOf,
  spread,
} from './refund-draft'
import type { Picked } from './refund-lines'

/** A credit from what is picked to its answer. */
export function useCredit(invoice: Invoice) {
  const [mode, setMode] = useState<CreditMode>('lines')
  const [picked, setPicked] = useState<Picked>({})
  const [amount, setAmount] = useState<Cents | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [typed, setTyped] = useState<{ owed: Cents; drafts: RefundDrafts } | null>(null)
  const [creditNoteId] = useState(newId)
  const withApproval = useApproval()
  const credit: CreditOf | null = mode === 'lines' ? creditOfLines(picked) : creditOfAmount(amount)
  const quote = useQuery({ ...quoteQuery(invoice.id, credit), enabled: credit !== null })
  const quoted = credit === null ? undefined : quote.data
  const owed = quoted?.owedCents
  if (owed !== undefined && typed?.owed !== owed) setTyped({ owed, drafts: spread(invoice, owed, typed?.drafts) })
  const drafts = typed?.drafts ?? {}
  const requests = requestsOf(invoice, drafts)
  const given = addCents(...requests.map(({ amountCents }) => amountCents))
  const send = useMutation({
    mutationFn: async () => {
      if (!credit || !quoted) throw new Error('nothing is picked')
      const totalCents = quoted.totalCents as Parameters<typeof creditInvoice>[0]['totalCents']
      const facts = { creditNoteId, invoiceId: invoice.id, credit, totalCents, refunds: requests, reason: reason.trim() }
      const done = await creditInvoice(facts, withApproval)
      // Kept as they were sent: what is owed is asked for again once the invoice has changed.
      return { invoice: done, refundIds: requests.map(({ refundId }) => refundId) }
    },
  })
  const problem = (): string | null => {
    if (!quoted) return mode === 'lines' ? 'Tick what comes back.' : 'Enter an amount.'
    if (reason.trim() === '') return 'Say why.'
    if (given !== quoted.owedCents) return 'The amounts do not add up to what goes back.'
    return (
      refundablePayments(invoice)
        .map((payment) => missingOf(payment, drafts[payment.id]))
        .find(Boolean) ?? null
    )
  }
  return {
    mode,
    setMode,
    picked,
    setPicked,
    amount,
    setAmount,
    reason,
    setReason,
    tried,
    quoted,
    quoteError: credit === null ? null : quote.error,
    drafts,
    setDrafts: (next: RefundDrafts): void => setTyped((now) => now && { ...now, drafts: next }),
    problem: problem(),
    send,
    creditNoteId,
    submit: (): void => {
      setTried(true)
      if (problem() === null && !send.isPending) send.mutate()
    },
  }
}

export type Crediting = ReturnType<typeof useCredit>
