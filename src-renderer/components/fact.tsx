import type { ReactNode } from 'react'

/** A label and what there is about it, read only; put several into <dl>. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="text-base wrap-anywhere">{children}</dd>
    </div>
  )
}
