import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react'
import { type RowPlace, rowAfterChange } from './row-places'
import { focusedPlace, focusPlace } from './use-work-keys'

interface RowFocus {
  /** Puts the focus on a row, at once or as soon as it is drawn. */
  focusRow: (place: RowPlace | undefined) => void
  /** of the element around all rows */
  watch: { onFocusCapture: () => void; onBlurCapture: (event: FocusEvent) => void }
}

/** Keeps the focus in the work: where the row that had it went, by whatever way, the one in its place gets it. */
export function useRowFocus(root: RefObject<HTMLElement | null>, rows: readonly RowPlace[]): RowFocus {
  const wanted = useRef<RowPlace>(undefined)
  const last = useRef<RowPlace>(undefined)
  const before = useRef(rows)
  useLayoutEffect(() => {
    const isThere = (place: RowPlace | undefined): boolean => rows.some(({ id }) => id === place?.id)
    if (isThere(wanted.current)) {
      const place = wanted.current
      wanted.current = undefined
      requestAnimationFrame(() => focusPlace(root.current, place)) // after a dialog that closes with it gave the focus back
    } else if (last.current && !isThere(last.current) && document.activeElement === document.body) {
      focusPlace(root.current, rowAfterChange(before.current, rows, last.current))
    }
    before.current = rows
  })
  return {
    focusRow: (place) => {
      wanted.current = place
      focusPlace(root.current, place)
    },
    watch: {
      onFocusCapture: () => {
        last.current = focusedPlace()
        wanted.current = undefined
      },
      onBlurCapture: ({ relatedTarget }) => {
        if (relatedTarget) last.current = undefined
      },
    },
  }
}
