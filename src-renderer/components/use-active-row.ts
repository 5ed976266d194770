import { type KeyboardEvent, useState } from 'react'

export interface ActiveRow {
  active: number
  setActive: (row: number) => void
  /** true when the key was one that moves */
  move: (event: KeyboardEvent) => boolean
}

/** Which of `count` rows the arrow keys are on; -1 = none. Starts again at `first` when the rows change (`resetOn`). */
export function useActiveRow(count: number, resetOn: unknown, first: number): ActiveRow {
  const [state, setState] = useState({ active: first, resetOn })
  const active = state.resetOn === resetOn ? Math.min(state.active, count - 1) : Math.min(first, count - 1)
  const setActive = (row: number): void => setState({ active: row, resetOn })
  const move = (event: KeyboardEvent): boolean => {
    if (count === 0) return false
    const next = step(event.key, active, count)
    if (next === undefined) return false
    event.preventDefault()
    setActive(next)
    return true
  }
  return { active, setActive, move }
}

const PAGE = 8

function step(key: string, active: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active >= count - 1 ? 0 : active + 1
    case 'ArrowUp':
      return active <= 0 ? count - 1 : active - 1
    case 'PageDown':
      return Math.min(active + PAGE, count - 1)
    case 'PageUp':
      return Math.max(active - PAGE, 0)
    default:
      return undefined
  }
}
