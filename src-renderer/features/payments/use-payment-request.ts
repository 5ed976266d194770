import { useEffect, useRef, useState } from 'react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { type CallError, toCallError } from '../../base/errors'
import { useApproval } from '../../base/use-approval'
import { type Taken, takePayment } from './payments-api'
import { type SentPayment, settlePayment, useUnansweredPayment } from './unanswered-payments'

export interface PaymentRequestOptions {
  invoice: Invoice
  /** the invoice as it is now */
  refresh: () => Promise<Invoice>
  onTaken: (taken: Taken) => void
  /** not taken; with the unanswered ones settled, the next try is another payment */
  onRefused: () => void
}

/** Sends payments of an invoice, one at a time, and finds out what became of one that was not answered. */
export function usePaymentRequest({ invoice, refresh, onTaken, onRefused }: PaymentRequestOptions) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CallError | null>(null)
  const withApproval = useApproval()
  const atWork = useRef(false)
  const unanswered = useUnansweredPayment(invoice.id)

  const work = async (job: () => Promise<void>): Promise<void> => {
    if (atWork.current) return
    atWork.current = true
    setBusy(true)
    setError(null)
    try {
      await job()
    } catch (failed) {
      setError(toCallError(failed))
      onRefused()
    } finally {
      atWork.current = false
      setBusy(false)
    }
  }

  const send = (payment: SentPayment): void => void work(async () => onTaken(await takePayment(payment, withApproval)))

  /** Looks at the invoice as it is now: a payment that was taken after all is shown as taken, else another may begin. */
  const startOver = (): void =>
    void work(async () => {
      const now = await refresh()
      settlePayment(invoice.id)
      const payment = now.payments.find((one) => one.id === unanswered?.paymentId)
      if (payment) onTaken({ payment, invoice: now })
      else onRefused()
    })

  // Its answer was lost, but here it stands on the invoice.
  const arrived = unanswered && invoice.payments.find((payment) => payment.id === unanswered.paymentId)
  const latest = useRef(onTaken)
  useEffect(() => {
    latest.current = onTaken
  })
  useEffect(() => {
    if (!arrived || atWork.current) return
    settlePayment(invoice.id)
    latest.current({ payment: arrived, invoice })
  }, [arrived, invoice])

  return { busy, error, clearError: () => setError(null), unanswered, send, startOver }
}
