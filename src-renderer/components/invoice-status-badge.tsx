import { Ban, CircleCheck, CircleDashed, Clock, PieChart, Send, type LucideIcon } from 'lucide-react'
import type { Invoice } from '../../src-preload/contract/invoices'
import { StatusBadge, type Tone } from './status-badge'

const looks: Readonly<Record<Invoice['status'], { word: string; icon: LucideIcon; tone: Tone }>> = {
  draft: { word: 'Draft', icon: CircleDashed, tone: 'calm' },
  sent: { word: 'Open', icon: Send, tone: 'info' },
  partial: { word: 'Partly paid', icon: PieChart, tone: 'warn' },
  overdue: { word: 'Overdue', icon: Clock, tone: 'bad' },
  paid: { word: 'Paid', icon: CircleCheck, tone: 'good' },
  void: { word: 'Void', icon: Ban, tone: 'calm' },
}

export function InvoiceStatusBadge({ status }: { status: Invoice['status'] }) {
  const look = looks[status]
  return (
    <StatusBadge tone={look.tone} icon={look.icon}>
      {look.word}
    </StatusBadge>
  )
}
