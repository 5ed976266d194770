import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { X } from 'lucide-react'
import { focusFirstProblem } from '../base/focus-first-problem'
import { KeyLayerContext, useKeyLayer } from '../base/keys'

export interface DialogProps {
  open: boolean
  /** Esc, the cross, or a press outside; also after the work is done */
  onClose: () => void
  title: string
  description?: ReactNode
  /** buttons; the main one last */
  footer?: ReactNode
  /** makes Enter in any field submit; the main button then is type="submit". The first field that is wrong then has the focus. */
  onSubmit?: () => void
  size?: 'small' | 'medium' | 'large'
  /** default: the first field */
  initialFocus?: RefObject<HTMLElement | null>
  /** a press outside does not close it: for dialogs in which something was typed */
  keepOpen?: boolean
  children?: ReactNode
}

const widths = { small: 'max-w-sm', medium: 'max-w-lg', large: 'max-w-3xl' }

/** Above the screen: takes the focus, Esc closes, the focus goes back where it was. Keys of the screen below are not heard. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, footer, onSubmit, size = 'medium', initialFocus, keepOpen = false, children } = props
  const layer = useKeyLayer(open)
  useEffect(() => (open ? focusHeadingUnlessElsewhere : undefined), [open])
  const formId = useId()
  const body = (
    <>
      <ScrollBox>{children}</ScrollBox>
      {footer && <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>}
    </>
  )
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={keepOpen}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop
          forceRender
          data-over-screen
          className="fixed inset-0 z-50 bg-overlay transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <BaseDialog.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={`fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border border-line bg-surface text-ink shadow-pop transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0 ${widths[size]}`}
        >
          <KeyLayerContext value={layer}>
            <div className="border-b border-line py-3 pr-14 pl-5">
              <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
              {description && <BaseDialog.Description className="text-base text-muted">{description}</BaseDialog.Description>}
            </div>
            {onSubmit ? (
              <form
                id={formId}
                noValidate
                className="flex min-h-0 flex-col"
                onSubmit={(event) => {
                  event.preventDefault()
                  event.stopPropagation()
                  onSubmit()
                  focusFirstProblem()
                }}
              >
                {body}
              </form>
            ) : (
              body
            )}
            <BaseDialog.Close
              aria-label="Close"
              className="absolute top-2.5 right-3 inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X size={18} aria-hidden="true" />
            </BaseDialog.Close>
          </KeyLayerContext>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

/** Where the button that opened the dialog is gone with it, the screen has the focus, not the page as a whole. */
function focusHeadingUnlessElsewhere(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus()
  })
}

const TAKES_FOCUS = 'a[href], button, input, select, textarea'

/** What is longer than the window scrolls between title and buttons; where nothing in it takes the focus, it does itself, so that keys can scroll it. */
function ScrollBox({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [takesFocus, setTakesFocus] = useState(false)
  useEffect(() => {
    const look = (): void => {
      const { current } = box
      if (current) setTakesFocus(current.scrollHeight > current.clientHeight && current.querySelector(TAKES_FOCUS) === null)
    }
    look()
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  })
  return (
    <div ref={box} className="min-h-0 overflow-y-auto px-5 py-4" {...(takesFocus ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  )
}
