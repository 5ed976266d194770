import type { LucideIcon } from 'lucide-react'

export type Tone = 'calm' | 'info' | 'violet' | 'good' | 'warn' | 'bad'

const looks: Readonly<Record<Tone, string>> = {
  calm: 'bg-calm-soft text-calm',
  info: 'bg-info-soft text-info',
  violet: 'bg-violet-soft text-violet',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

/** A state as icon and word; the colour only helps. */
export function StatusBadge({ tone, icon: Icon, children }: { tone: Tone; icon: LucideIcon; children: string }) {
  return (
    <span className={`inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 text-xs font-medium whitespace-nowrap ${looks[tone]}`}>
      <Icon size={12} strokeWidth={2.25} aria-hidden="true" />
      {children}
    </span>
  )
}
