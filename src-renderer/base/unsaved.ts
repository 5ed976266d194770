import { desktop } from './host'

const unsaved = new Set<() => boolean>()

/** Counts as unsaved for as long as `isUnsaved` says so, until the answer is called. */
export function watchUnsaved(isUnsaved: () => boolean): () => void {
  unsaved.add(isUnsaved)
  return () => {
    unsaved.delete(isUnsaved)
  }
}

/**
 * Lets the browser ask before a tab is closed or loaded again, only while something would be lost. Not in the desktop program: there a refused
 * close is no question but a window that does not close.
 */
export function askBeforeUnload(): void {
  if (desktop) return
  // Before the fields' own listeners, which send what can be sent.
  window.addEventListener(
    'beforeunload',
    (event) => {
      if ([...unsaved].some((isUnsaved) => isUnsaved())) event.preventDefault()
    },
    { capture: true },
  )
}
