import { type ReactNode, useEffect, useRef } from 'react'
import { useKey } from '../base/keys'
import { Banner } from './banner'
import { Button } from './button'
import { showToast, type ToastAction } from './toast'

export interface KeptBannerProps {
  /** Begins with nothing typed. Answers with the way back. */
  startAfresh: () => () => void
  /** what it does not take along, said then, with something to do about it */
  leaves?: { text: string; action: ToastAction } | undefined
  /** Puts the focus here, so that whoever types at once writes nothing into what is there from before. */
  takesFocus?: boolean
  children: ReactNode
}

/** Says that what stands below was typed before and left, and begins anew. */
export function KeptBanner({ startAfresh, leaves, takesFocus = false, children }: KeptBannerProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus) box.current?.focus()
  }, [takesFocus])
  const start = (): void => {
    const undo = startAfresh()
    if (leaves) showToast(`Started afresh. ${leaves.text}`, { undo, action: leaves.action })
    else showToast('Started afresh', { undo })
  }
  useKey({ keys: 'Alt+n', title: 'Start afresh', run: start, always: true })
  return (
    <div
      ref={box}
      tabIndex={-1}
      className="rounded-md focus-visible:outline-2 focus-visible:outline-offset-1 focus-visible:outline-focus focus-visible:outline-solid"
    >
      <Banner
        tone="info"
        actions={
          <Button size="small" keys="Alt+n" onClick={start}>
            Start afresh
          </Button>
        }
      >
        {children}
      </Banner>
    </div>
  )
}
