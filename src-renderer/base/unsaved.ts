const unsaved = new Set<() => boolean>()

/** Counts as unsaved for as long as `isUnsaved` says so, until the answer is called. */
export function watchUnsaved(isUnsaved: () => boolean): () => void {
  unsaved.add(isUnsaved)
  return () => {
    unsaved.delete(isUnsaved)
  }
}

/** Lets the browser, or the desktop program, ask before the window is closed or loaded again, only while something would be lost. */
export function askBeforeUnload(): void {
  // Before the fields' own listeners, which send what can be sent.
  window.addEventListener(
    'beforeunload',
    (event) => {
      if ([...unsaved].some((isUnsaved) => isUnsaved())) event.preventDefault()
    },
    { capture: true },
  )
}
