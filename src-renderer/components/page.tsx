import { type ReactNode, useEffect, useRef } from 'react'
import { windowTitle } from '../base/practice'

export interface PageProps {
  /** the h1, and the window's title */
  title: string
  /** beside the h1: status, number */
  aside?: ReactNode
  /** buttons on the right */
  actions?: ReactNode
  /** exactly as high as the window: parts of the screen scroll by themselves */
  fill?: boolean
  children: ReactNode
}

/** One screen: its only h1, the document title, and the focus when it opens (unless a field of it took the focus already). */
export function Page({ title, aside, actions, fill = false, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const main = heading.current?.closest('main')
    if (!main?.contains(document.activeElement) || document.activeElement === main) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={`flex flex-col gap-4 p-5 ${fill ? 'h-full min-h-112' : 'min-h-full'}`}>
      <title>{windowTitle(title)}</title>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-3">
          <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold tracking-tight">
            {title}
          </h1>
          {aside}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
