import type { ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useFormat } from '../base/format'
import { Banner } from './banner'
import { Button } from './button'
import { ErrorBanner } from './error-banner'

export interface RemovedBannerProps {
  /** ISO moment */
  deletedAt: string
  mayRestore: boolean
  onRestore: () => Promise<unknown>
  /** what happened to it instead of a plain removal, and what takes it back */
  title?: string
  undo?: string
  /** what still can be done with it */
  children: ReactNode
}

/** Says that what is shown was removed, and restores it. */
export function RemovedBanner({ deletedAt, mayRestore, onRestore, title, undo = 'Restore', children }: RemovedBannerProps) {
  const format = useFormat()
  const restore = useMutation({ mutationFn: onRestore })
  return (
    <>
      <Banner
        tone="warn"
        actions={
          mayRestore && (
            <Button
              size="small"
              icon={<RotateCcw size={14} aria-hidden="true" />}
              busy={restore.isPending}
              onClick={() => restore.mutate()}
            >
              {undo}
            </Button>
          )
        }
      >
        {title ?? 'Removed'} on {format.date(deletedAt)}. {children}
      </Banner>
      <ErrorBanner error={restore.error} />
    </>
  )
}
