import { formatDollars } from '../../../src-preload/contract/money'
import { ConfirmDialog } from '../../components/confirm-dialog'
import { AuthorizeDialog } from './authorize-dialog'
import type { OrderDesk } from './order-desk'

/** What a step asks before it is done. */
export type Question = 'authorize' | 'complete' | 'issue' | 'issue-and-pay' | 'remove'

interface StepDialogsProps {
  desk: OrderDesk
  question: Question | undefined
  onClose: () => void
  onAnswer: (question: Question) => void
}

/** The question of a step, while there is one. */
export function StepDialogs({ desk, question, onClose, onAnswer }: StepDialogsProps) {
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
