import { CheckCheck, CircleDashed, CircleX, FileClock, Lock, ThumbsUp, Wrench, type LucideIcon } from 'lucide-react'
import type { OrderStatus } from '../../src-preload/contract/order-status'
import { StatusBadge, type Tone } from './status-badge'

/** The words, signs and colours of the seven states, everywhere the same. */
export const orderStatusLooks: Readonly<Record<OrderStatus, { word: string; icon: LucideIcon; tone: Tone }>> = {
  draft: { word: 'Draft', icon: CircleDashed, tone: 'calm' },
  estimate: { word: 'Estimate', icon: FileClock, tone: 'warn' },
  approved: { word: 'Approved', icon: ThumbsUp, tone: 'info' },
  in_progress: { word: 'In work', icon: Wrench, tone: 'violet' },
  completed: { word: 'Completed', icon: CheckCheck, tone: 'good' },
  closed: { word: 'Closed', icon: Lock, tone: 'calm' },
  declined: { word: 'Declined', icon: CircleX, tone: 'bad' },
}

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const look = orderStatusLooks[status]
  return (
    <StatusBadge tone={look.tone} icon={look.icon}>
      {look.word}
    </StatusBadge>
  )
}
