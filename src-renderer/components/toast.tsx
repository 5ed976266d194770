import { Toast } from '@base-ui/react/toast'
import { CircleCheck, X } from 'lucide-react'
import { useKey } from '../base/keys'
import { Button } from './button'

interface ToastData {
  undo?: () => void
}

const manager = Toast.createToastManager<ToastData>()
const UNDO_MS = 10_000
const PLAIN_MS = 5_000

/**
 * Says that something is done, with a way back; never the only place where money is reported. An error belongs to its field: only when
 * the field is gone is it said here, and it stays until it is closed.
 */
export function showToast(text: string, { undo, stays = false }: { undo?: () => void; stays?: boolean } = {}): void {
  manager.add({ title: text, timeout: stays ? 0 : undo ? UNDO_MS : PLAIN_MS, data: undo ? { undo } : {} })
}

/** Once, around the whole program. */
export function ToastArea() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-5 bottom-5 z-60 flex w-96 max-w-[calc(100vw-2.5rem)] flex-col gap-2" data-no-print>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts, close } = Toast.useToastManager<ToastData>()
  const undoable = toasts.find((one) => one.data?.undo)
  const undo = (toast: (typeof toasts)[number] | undefined): void => {
    if (!toast) return
    toast.data?.undo?.()
    close(toast.id)
  }
  useKey({ keys: 'Alt+z', title: 'Undo', run: () => undo(undoable), always: true }, undoable !== undefined)
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-md border border-line bg-surface text-ink shadow-pop transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 px-3 py-2.5">
        <CircleCheck size={16} className="shrink-0 text-good" aria-hidden="true" />
        <Toast.Title render={<p />} className="min-w-0 flex-1 text-base" />
        {toast.data?.undo && (
          <Button size="small" keys="Alt+z" onClick={() => undo(toast)}>
            Undo
          </Button>
        )}
        <Toast.Close
          aria-label="Dismiss"
          className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <X size={16} aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
