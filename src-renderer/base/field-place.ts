import { useEffect } from 'react'
import { useLocation } from '@tanstack/react-router'

const TAKES_FOCUS = 'input, textarea, select, button'

/** Fields mark their place by the name they have in the contract (`place` of <Field>); the first of them gets the focus. False where none is there yet. */
export function focusField(field: string): boolean {
  const place = document.querySelector(`[data-field="${CSS.escape(field)}"]`)
  const target = place?.querySelector<HTMLElement>(TAKES_FOCUS)
  if (!target) return false
  target.scrollIntoView?.({ block: 'center' })
  target.focus()
  return true
}

/** The field of its screen that the address names (`?field=phone`). */
export function useSoughtField(): string | undefined {
  return useLocation({ select: ({ search }) => search.field })
}

/** It has the focus as soon as the screen is there. */
export function useFieldOfAddress(): void {
  const field = useSoughtField()
  useEffect(() => {
    if (field === undefined || focusField(field)) return
    const watch = new MutationObserver(() => {
      if (focusField(field)) watch.disconnect()
    })
    watch.observe(document.body, { childList: true, subtree: true })
    return () => watch.disconnect()
  }, [field])
}
