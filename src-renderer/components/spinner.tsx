import { LoaderCircle } from 'lucide-react'

/** At work. Beside a word it is only decoration; alone it needs a label. */
export function Spinner({ label, size = 16 }: { label?: string; size?: number }) {
  return (
    <span className="inline-flex" {...(label ? { role: 'status' } : { 'aria-hidden': true })}>
      <LoaderCircle size={size} className="animate-spin" aria-hidden="true" />
      {label && <span className="sr-only">{label}</span>}
    </span>
  )
}

/** For a screen that waits for its data; appears only when it takes long enough to be noticed. */
export function ScreenProgress({ label = 'Loading…' }: { label?: string }) {
  return (
    <div role="status" className="flex animate-[appear_200ms_300ms_both] items-center gap-2 p-6 text-muted">
      <Spinner /> {label}
    </div>
  )
}
