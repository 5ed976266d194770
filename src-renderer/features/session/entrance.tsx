import type { ReactNode } from 'react'
import { useConnectionState } from '../../base/connection'
import { windowTitle } from '../../base/practice'
import { Banner } from '../../components/banner'

const widths = { small: 'max-w-sm', medium: 'max-w-lg', wide: 'max-w-3xl' }

export interface EntranceProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  width?: keyof typeof widths
}

/** The frame of everything before the counter: sign-in, lock, set-up. */
export function Entrance({ title, lead, children, width = 'small' }: EntranceProps) {
  const connection = useConnectionState()
  return (
    <main className="flex min-h-full flex-col items-center justify-center gap-4 bg-page p-6">
      <title>{windowTitle(title)}</title>
      {connection === 'lost' && <Banner tone="warn">Connection lost, reconnecting…</Banner>}
      <div className={`w-full rounded-lg border border-line bg-surface p-7 shadow-card ${widths[width]}`}>
        <BrandMark />
        <h1 className="mt-4 text-xl font-semibold tracking-tight">{title}</h1>
        {lead && <p className="mt-1 text-base text-muted">{lead}</p>}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  )
}

export function BrandMark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 24 24" className="size-6" aria-hidden="true">
        <rect width="24" height="24" rx="6" className="fill-accent" />
        <path
          d="M6 17V9.5L12 6l6 3.5V17M6 13.5h12"
          className="fill-none stroke-on-accent"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Counterbay
    </span>
  )
}
