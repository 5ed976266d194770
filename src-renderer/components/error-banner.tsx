import { isCancelled, sentenceFor } from '../base/errors'
import { Banner } from './banner'
import { Button } from './button'

/** What a call was refused with, in its own words; nothing when there is no error or the user stepped back. */
export function ErrorBanner({ error, onRetry, className }: { error: unknown; onRetry?: () => void; className?: string }) {
  if (error === null || error === undefined || isCancelled(error)) return null
  return (
    <Banner
      tone="bad"
      alert
      {...(className ? { className } : {})}
      actions={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {sentenceFor(error)}
    </Banner>
  )
}
