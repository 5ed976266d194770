import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { GraduationCap } from 'lucide-react'
import { useMutation } from '@tanstack/react-query'
import { ErrorBanner } from '../../components/error-banner'
import { leavePractice } from './session-api'

/** Around every screen of a station that practises: a frame above everything, and a bar that says what it means. */
export function PracticeFrame({ locked, children }: { locked: boolean; children: ReactNode }) {
  const leave = useMutation({ mutationFn: leavePractice })
  return (
    <div className="flex h-full flex-col">
      {createPortal(
        <div className="pointer-events-none fixed inset-0 z-60 border-4 border-practice print:hidden" aria-hidden="true" />,
        document.body,
      )}
      <aside aria-label="Practice" className="flex flex-wrap items-center gap-x-3 bg-practice px-4 py-1 text-on-accent">
        <GraduationCap size={18} aria-hidden="true" />
        <strong className="tracking-widest">PRACTICE</strong>
        <span className="min-w-0 flex-1 text-sm">
          A copy of the shop. Nothing done here reaches the books; it is deleted when you leave.
        </span>
        {!locked && (
          <button
            type="button"
            disabled={leave.isPending}
            onClick={() => leave.mutate()}
            className="rounded-sm border border-current px-2.5 py-0.5 text-sm font-medium focus-visible:outline-2 focus-visible:outline-current"
          >
            Leave practice
          </button>
        )}
        <ErrorBanner error={leave.error} />
      </aside>
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  )
}
