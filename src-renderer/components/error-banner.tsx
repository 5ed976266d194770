import { useEffect, useRef } from 'react'
import { isCancelled, sentenceFor } from '../base/errors'
import { Banner } from './banner'
import { Button } from './button'

/**
 * What a call was refused with, in its own words; nothing when there is no error or the user stepped back. It comes into sight by itself:
 * a key is pressed far below the place where the screen tells of it.
 */
export function ErrorBanner({ error, onRetry, className }: { error: unknown; onRetry?: () => void; className?: string }) {
  const sentence = error === null || error === undefined || isCancelled(error) ? null : sentenceFor(error)
  const banner = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (sentence !== null) banner.current?.scrollIntoView?.({ block: 'nearest' })
  }, [sentence])
  if (sentence === null) return null
  return (
    <Banner
      ref={banner}
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
      {sentence}
    </Banner>
  )
}
