import { AlertDialog } from '@base-ui/react/alert-dialog'
import { type ReactNode, useRef } from 'react'
import { KeyLayerContext, useKeyLayer } from '../base/keys'
import { Button } from './button'
import { ErrorBanner } from './error-banner'

export interface ConfirmDialogProps {
  open: boolean
  title: string
  children: ReactNode
  /** a verb: 'Void invoice' */
  confirm: string
  cancel?: string
  danger?: boolean
  busy?: boolean
  error?: unknown
  onConfirm: () => void
  onCancel: () => void
}

/** Asks before something that is hard to take back. What destroys starts with the focus on Cancel. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, children, confirm, cancel = 'Cancel', danger = false, busy = false, error, onConfirm, onCancel } = props
  const layer = useKeyLayer(open)
  const cancelButton = useRef<HTMLButtonElement>(null)
  const confirmButton = useRef<HTMLButtonElement>(null)
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop data-over-screen className="fixed inset-0 z-50 bg-overlay" />
        <AlertDialog.Popup
          initialFocus={danger ? cancelButton : confirmButton}
          className="fixed top-1/2 left-1/2 z-50 flex w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 flex-col gap-3 rounded-lg border border-line bg-surface p-5 text-ink shadow-pop"
        >
          <KeyLayerContext value={layer}>
            <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="text-base text-muted">
              {children}
            </AlertDialog.Description>
            <ErrorBanner error={error} />
            <div className="flex justify-end gap-2 pt-2">
              <Button ref={cancelButton} onClick={onCancel}>
                {cancel}
              </Button>
              <Button ref={confirmButton} look={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
                {confirm}
              </Button>
            </div>
          </KeyLayerContext>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
