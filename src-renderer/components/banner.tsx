import type { ReactNode, Ref } from 'react'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'

const looks = {
  info: { box: 'border-info/40 bg-info-soft', icon: <Info size={16} className="text-info" aria-hidden="true" /> },
  good: { box: 'border-good/40 bg-good-soft', icon: <CircleCheck size={16} className="text-good" aria-hidden="true" /> },
  warn: { box: 'border-warn/40 bg-warn-soft', icon: <TriangleAlert size={16} className="text-warn" aria-hidden="true" /> },
  bad: { box: 'border-bad/40 bg-bad-soft', icon: <CircleAlert size={16} className="text-bad" aria-hidden="true" /> },
}

export interface BannerProps {
  tone: keyof typeof looks
  children: ReactNode
  /** buttons on the right */
  actions?: ReactNode
  /** read out at once: something went wrong or needs an answer */
  alert?: boolean
  className?: string
  ref?: Ref<HTMLDivElement>
}

/** A sentence that stays on the screen for as long as it is true. */
export function Banner({ tone, children, actions, alert = false, className = '', ref }: BannerProps) {
  const look = looks[tone]
  return (
    <div
      ref={ref}
      role={alert ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border px-3 py-2 text-base text-ink ${look.box} ${className}`}
    >
      <span className="flex min-w-0 flex-1 items-start gap-2">
        <span className="mt-0.5 shrink-0">{look.icon}</span>
        <span className="min-w-0">{children}</span>
      </span>
      {actions && <span className="flex gap-2">{actions}</span>}
    </div>
  )
}
