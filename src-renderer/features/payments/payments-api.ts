import type { Invoice, Payment } from '../../../src-preload/contract/invoices'
import { client } from '../../base/client'
import { toCallError } from '../../base/errors'
import type { WithApproval } from '../../base/use-approval'
import { noteFailure, type SentPayment, settlePayment } from './unanswered-payments'

export interface Taken {
  payment: Payment
  invoice: Invoice
}

/**
 * Sends a payment, again and again if need be: with the same id it is booked once. Without a clear answer it is kept among the unanswered
 * ones, also when the approver steps back afterwards.
 */
export function takePayment(payment: SentPayment, withApproval: WithApproval): Promise<Taken> {
  return withApproval(async (approval) => {
    try {
      const taken = await client.payments.take({ ...payment, ...approval })
      settlePayment(payment.invoiceId)
      return taken
    } catch (error) {
      noteFailure(payment, toCallError(error).code)
      throw error
    }
  })
}
