import { type ReactNode, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { NextAction } from '../../../src-preload/contract/orders'
import { formatDollars } from '../../../src-preload/contract/money'
import { newId } from '../../base/new-id'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { showToast } from '../../components/toast'
import { AuthorizeDialog } from './authorize-dialog'
import { paymentStep } from './order-actions'
import { liveInvoice, type OrderDesk } from './order-desk'
import { issueInvoice, removeOrder, restoreOrder, transition, voidInvoice } from './orders-api'

/** Questions a step asks before it is done. */
type Question = 'authorize' | 'complete' | 'issue' | 'issue-and-pay' | 'remove'

export interface OrderSteps {
  run: (next: NextAction) => void
  takePayment: (() => void) | undefined
  busy: boolean
  error: Error | null
  dialogs: ReactNode
}

/** What the buttons and keys of an order do. */
export function useOrderSteps(desk: OrderDesk): OrderSteps {
  const { order, askReason, withApproval } = desk
  const navigate = useNavigate()
  const [question, setQuestion] = useState<Question>()
  const [invoiceId, setInvoiceId] = useState(newId)
  const step = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() })

  const move = (to: NextAction['to'], reason = ''): void => {
    if (to !== null) step.mutate(() => transition({ orderId: order.id, from: order.status, to, reason }, withApproval))
  }
  const openInvoice = (id: string, pay: boolean): Promise<void> =>
    navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id }, ...(pay ? { search: { pay: 1 } } : {}) })

  const issue = (pay: boolean): void => {
    const completeWork = order.status !== 'completed'
    step.mutate(async () => {
      await issueInvoice({ invoiceId, orderId: order.id, completeWork }, withApproval)
      setInvoiceId(newId())
      await openInvoice(invoiceId, pay)
    })
  }

  const annul = async (): Promise<void> => {
    const invoice = liveInvoice(order)
    if (!invoice) return
    const title = `Void invoice ${invoice.number}?`
    const reason = await askReason({
      title,
      description: 'Its number stays used. The order can be invoiced again.',
      label: 'Why?',
      confirm: 'Void invoice',
      danger: true,
    })
    await voidInvoice(order.id, { invoiceId: invoice.id, reason }, withApproval)
  }

  const remove = (): void =>
    step.mutate(async () => {
      await removeOrder(order.id)
      await navigate({ to: '/' })
      showToast(`Order ${order.number} removed`, { undo: () => void restoreOrder(order.id) })
    })

  const run = (next: NextAction): void => {
    step.reset()
    switch (next.action) {
      case 'authorize':
      case 'complete':
      case 'remove':
        return setQuestion(next.action)
      case 'issue_invoice':
        return order.status === 'completed' ? issue(false) : setQuestion('issue')
      case 'take_payment':
        return takePayment?.()
      case 'void_invoice':
        return step.mutate(annul)
      case 'reopen':
        return step.mutate(async () => {
          const reason = await askReason({ title: `Reopen order ${order.number}?`, label: 'Why?', confirm: 'Reopen' })
          if (next.to !== null) await transition({ orderId: order.id, from: order.status, to: next.to, reason }, withApproval)
        })
      case 'decline':
        return step.mutate(async () => {
          const reason = await askReason({
            title: 'The customer declines the whole repair?',
            label: 'Why?',
            confirm: 'Declined',
            danger: true,
            optional: true,
          })
          if (next.to !== null) await transition({ orderId: order.id, from: order.status, to: next.to, reason }, withApproval)
        })
      case 'send_estimate':
      case 'start':
      case 'close':
      case 'back_to_estimate':
        return move(next.to)
    }
  }

  const payment = paymentStep(order)
  const takePayment =
    payment === 'none'
      ? undefined
      : (): void => {
          const invoice = liveInvoice(order)
          if (payment === 'pay' && invoice) void openInvoice(invoice.id, true)
          else setQuestion('issue-and-pay')
        }

  const dialogs = (
    <StepDialogs
      desk={desk}
      question={question}
      onClose={() => setQuestion(undefined)}
      onAnswer={(answered) => {
        setQuestion(undefined)
        if (answered === 'complete') move('completed')
        else if (answered === 'remove') remove()
        else if (answered !== 'authorize') issue(answered === 'issue-and-pay')
      }}
    />
  )
  return { run, takePayment, busy: step.isPending, error: step.error, dialogs }
}

interface StepDialogsProps {
  desk: OrderDesk
  question: Question | undefined
  onClose: () => void
  onAnswer: (question: Question) => void
}

function StepDialogs({ desk, question, onClose, onAnswer }: StepDialogsProps) {
  const { order } = desk
  const total = formatDollars(order.totalCents)
  const completesWork = order.status !== 'completed'
  const texts: Readonly<Record<Exclude<Question, 'authorize'>, { title: string; confirm: string; sentence: string }>> = {
    complete: {
      title: 'Complete the work?',
      confirm: 'Complete work',
      sentence: 'Approved lines become completed, and their parts leave the stock.',
    },
    issue: {
      title: 'Complete the work and issue the invoice?',
      confirm: 'Complete and invoice',
      sentence: `Approved lines become completed, their parts leave the stock, and the lines are fixed at ${total}.`,
    },
    'issue-and-pay': {
      title: 'Issue invoice and take payment?',
      confirm: 'Issue invoice and take payment',
      sentence: `${completesWork ? 'The work is completed, and the lines' : 'The lines'} are fixed at ${total}.`,
    },
    remove: { title: `Remove order ${order.number}?`, confirm: 'Remove draft', sentence: 'It can be brought back for a moment.' },
  }
  const text = question === undefined || question === 'authorize' ? undefined : texts[question]
  return (
    <>
      {question === 'authorize' && <AuthorizeDialog order={order} onClose={onClose} />}
      {text && question && (
        <ConfirmDialog
          open
          title={text.title}
          confirm={text.confirm}
          danger={question === 'remove'}
          onConfirm={() => onAnswer(question)}
          onCancel={onClose}
        >
          {text.sentence}
        </ConfirmDialog>
      )}
    </>
  )
}
