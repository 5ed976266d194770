import { Toast } from '@base-ui/react/toast'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useKey } from '../base/keys'
import { dismissLost, type LostText, lostTextsOf, onLostTexts } from '../base/lost-text'
import { useSession } from '../base/session'
import { Button } from './button'

interface ToastData {
  undo?: () => void
  /** something that was typed and is stored nowhere: stays until it is dismissed */
  lost?: LostText
  action?: ToastAction
  isTrouble?: boolean
}

/** What can be done about it, by mouse or Alt+Z; beside a way back by Alt+X. */
export interface ToastAction {
  label: string
  run: () => void
}

interface ToastOptions {
  undo?: () => void
  action?: ToastAction
  /** it did not work: no tick */
  isTrouble?: boolean
}

const manager = Toast.createToastManager<ToastData>()
const UNDO_MS = 10_000
const PLAIN_MS = 5_000
const KEYS = ['Alt+z', 'Alt+x'] as const

/** Says that something is done, with a way back; never the only place where money is reported. An error belongs to its field. */
export function showToast(text: string, { undo, action, isTrouble = false }: ToastOptions = {}): void {
  const data = { isTrouble, ...(undo ? { undo } : {}), ...(action ? { action } : {}) }
  manager.add({ title: text, timeout: undo || action ? UNDO_MS : PLAIN_MS, data })
}

/** Once, around the screens of whoever is signed in: hidden with them by the lock, and gone with them. */
export function ToastArea() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport
          className="fixed right-5 bottom-5 z-60 flex w-96 max-w-[calc(100vw-2.5rem)] flex-col gap-2 max-md:[body:has([data-over-screen])_&]:top-2 max-md:[body:has([data-over-screen])_&]:bottom-auto"
          data-no-print
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

/** What is lost with its field is said here, to the person who typed it, for as long as they leave it there. */
function useLostTexts(): void {
  const person = useSession().user.id
  const texts = useSyncExternalStore(onLostTexts, () => lostTextsOf(person))
  const { add } = Toast.useToastManager<ToastData>()
  const said = useRef(new Set<string>())
  useEffect(() => {
    for (const lost of texts.filter(({ id }) => !said.current.has(id))) {
      said.current.add(lost.id)
      add({ id: lost.id, title: lost.sentence, timeout: 0, data: { lost }, onClose: () => dismissLost(person, lost.id) })
    }
  }, [person, texts, add])
}

/** What is said in passing goes with the screen it was said on: its clock does not run while the screen is locked. */
function useEndWithScreen(): void {
  const { toasts, close } = Toast.useToastManager<ToastData>()
  const latest = useRef(toasts)
  useEffect(() => {
    latest.current = toasts
  })
  useEffect(
    () => () => {
      for (const toast of latest.current) if (!toast.data?.lost) close(toast.id)
    },
    [close],
  )
}

function ToastList() {
  useLostTexts()
  useEndWithScreen()
  const { toasts, close } = Toast.useToastManager<ToastData>()
  const answersOf = (toast: (typeof toasts)[number] | undefined): ToastAction[] => {
    const { undo, action } = toast?.data ?? {}
    return [...(undo ? [{ label: 'Undo', run: undo }] : []), ...(action ? [action] : [])]
  }
  const answerable = toasts.find((toast) => answersOf(toast).length > 0)
  const answer = (toast: (typeof toasts)[number] | undefined, { run }: ToastAction): void => {
    run()
    if (toast) close(toast.id)
  }
  const [first, second] = answersOf(answerable)
  useKey({ keys: KEYS[0], title: first?.label ?? '', run: () => first && answer(answerable, first), always: true }, first !== undefined)
  useKey({ keys: KEYS[1], title: second?.label ?? '', run: () => second && answer(answerable, second), always: true }, second !== undefined)
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="rounded-md border border-line bg-surface text-ink shadow-pop transition-opacity duration-150 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-3 px-3 py-2.5">
        {(toast.data?.lost ?? toast.data?.isTrouble) ? (
          <CircleAlert size={16} className="shrink-0 text-bad" aria-hidden="true" />
        ) : (
          <CircleCheck size={16} className="shrink-0 text-good" aria-hidden="true" />
        )}
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-2">
          <Toast.Title
            render={<p />}
            className={`max-h-40 min-w-0 overflow-y-auto text-base wrap-anywhere ${toast.data?.action ? 'basis-full' : 'flex-1'}`}
          />
          {toast.data?.lost && <WayBack place={toast.data.lost.place} />}
          {answersOf(toast).map((one, at) => (
            <Button key={one.label} size="small" keys={toast === answerable ? KEYS[at] : undefined} onClick={() => answer(toast, one)}>
              {one.label}
            </Button>
          ))}
        </div>
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

/** To the screen where it was typed, unless that is where one is. */
function WayBack({ place }: { place: string }) {
  const [isElsewhere] = useState(() => location.hash !== place)
  if (!isElsewhere) return null
  return (
    <Button
      size="small"
      onClick={() => {
        location.hash = place
      }}
    >
      Go back
    </Button>
  )
}
