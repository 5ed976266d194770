import { type RefObject, useEffect, useState } from 'react'

/** CSS pixels an inch, of the document's points: 100 % is the size on paper. */
const PIXELS_PER_POINT = 96 / 72
const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3]
const LARGEST_FIT = 1.25
const EDGES = 48

export interface Zoom {
  /** of the page on the screen, in CSS pixels */
  width: number
  percent: number
  larger: () => void
  smaller: () => void
  fit: () => void
}

/** How large pages are: as wide as there is room for until somebody chooses otherwise. */
export function useZoom(room: RefObject<HTMLElement | null>, points: number): Zoom {
  const [chosen, setChosen] = useState<number | null>(null)
  const [available, setAvailable] = useState(0)
  useEffect(() => {
    const element = room.current
    if (!element) return
    const watch = new ResizeObserver(() => setAvailable(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [room])
  const natural = points * PIXELS_PER_POINT
  const fitted = Math.min(LARGEST_FIT, Math.max(0.2, (available - EDGES) / natural))
  const zoom = chosen ?? fitted
  return {
    width: available === 0 ? 0 : Math.floor(natural * zoom),
    percent: Math.round(zoom * 100),
    larger: () => setChosen(STEPS.find((step) => step > zoom + 0.01) ?? zoom),
    smaller: () => setChosen(STEPS.findLast((step) => step < zoom - 0.01) ?? zoom),
    fit: () => setChosen(null),
  }
}
