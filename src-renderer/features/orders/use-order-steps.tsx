import { type ReactNode, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { NextAction } from '../../../src-preload/contract/orders'
import { newId } from '../../base/new-id'
import { showToast } from '../../components/toast'
import { paymentStep } from './order-actions'
import { liveInvoice, type OrderDesk } from './order-desk'
import { annulInvoice, declineAll, move, reopen } from './order-steps'
import { issueInvoice, removeOrder, restoreOrder } from './orders-api'
import { type Question, StepDialogs } from './step-dialogs'

export interface OrderSteps {
  run: (next: NextAction) => void
  /** undefined while there is nothing to pay */
  takePayment: (() => void) | undefined
  busy: boolean
  error: Error | null
  dialogs: ReactNode
}

/** What the buttons and keys of an order do. */
export function useOrderSteps(desk: OrderDesk): OrderSteps {
  const { order } = desk
  const leave = useLeave(desk)
  const [question, setQuestion] = useState<Question>()
  const step = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() })
  const payment = paymentStep(order)

  const takePayment = (): void => {
    const invoice = liveInvoice(order)
    if (payment === 'pay' && invoice) void leave.openInvoice(invoice.id, true)
    else setQuestion('issue-and-pay')
  }

  const run = (next: NextAction): void => {
    step.reset()
    switch (next.action) {
      case 'authorize':
      case 'complete':
      case 'remove':
        return setQuestion(next.action)
      case 'issue_invoice':
        return order.status === 'completed' ? step.mutate(() => leave.issue(false)) : setQuestion('issue')
      case 'take_payment':
        return takePayment()
      case 'credit_invoice': // offered on the invoice itself
        return void leave.openInvoice(liveInvoice(order)?.id ?? order.id, false)
      case 'void_invoice':
        return step.mutate(() => annulInvoice(desk))
      case 'reopen':
        return step.mutate(() => reopen(desk, next.to))
      case 'decline':
        return step.mutate(() => declineAll(desk, next.to))
      case 'send_estimate':
      case 'start':
      case 'close':
      case 'back_to_estimate':
        return step.mutate(() => move(desk, next.to))
    }
  }

  const answer = (answered: Question): void => {
    setQuestion(undefined)
    if (answered === 'complete') step.mutate(() => move(desk, 'completed'))
    else if (answered === 'remove') step.mutate(leave.remove)
    else step.mutate(() => leave.issue(answered === 'issue-and-pay'))
  }

  return {
    run,
    takePayment: payment === 'none' ? undefined : takePayment,
    busy: step.isPending,
    error: step.error,
    dialogs: <StepDialogs desk={desk} question={question} onClose={() => setQuestion(undefined)} onAnswer={answer} />,
  }
}

/** Steps that lead to another screen. */
function useLeave({ order, withApproval }: OrderDesk) {
  const navigate = useNavigate()
  // One id until it is used: issuing again after a lost connection is the same invoice.
  const [invoiceId, setInvoiceId] = useState(newId)
  const openInvoice = (id: string, pay: boolean): Promise<void> =>
    navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id }, search: pay ? { pay: 1 } : {} })
  return {
    openInvoice,
    issue: async (pay: boolean): Promise<void> => {
      await issueInvoice({ invoiceId, orderId: order.id, completeWork: order.status !== 'completed' }, withApproval)
      setInvoiceId(newId())
      await openInvoice(invoiceId, pay)
    },
    remove: async (): Promise<void> => {
      await removeOrder(order.id)
      await navigate({ to: '/' })
      const open = (): Promise<void> => navigate({ to: '/orders/$orderId', params: { orderId: order.id } })
      // When it cannot be brought back its screen says why.
      showToast(`Order ${order.number} removed`, { undo: () => void restoreOrder(order.id).then(open, open) })
    },
  }
}
