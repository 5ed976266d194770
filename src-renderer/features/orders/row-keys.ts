import type { KeyboardEvent } from 'react'

const FIELDS = 'input:not([type=checkbox]), textarea, select'

/** Keys of a row of the work: Enter goes into it, Esc back to it, Up and Down in a number to the same column of the row above or below. */
export function handleRowKey(event: KeyboardEvent<HTMLElement>): void {
  const row = event.currentTarget
  const target = event.target as HTMLElement
  if (event.defaultPrevented || event.nativeEvent.isComposing) return
  const done = (element: HTMLElement | null | undefined): void => {
    if (!element) return
    event.preventDefault()
    event.nativeEvent.stopImmediatePropagation()
    element.focus()
  }
  if (target === row) {
    if (event.key === 'Enter') done(row.querySelector<HTMLElement>(FIELDS))
  } else if (event.key === 'Escape') done(row)
  else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && target.matches('input[inputmode]'))
    done(neighbour(row, target, event.key))
}

function neighbour(row: HTMLElement, target: HTMLElement, key: 'ArrowDown' | 'ArrowUp'): HTMLElement | null | undefined {
  const column = target.closest('td')?.cellIndex
  const other = key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  if (column === undefined || !(other instanceof HTMLTableRowElement)) return undefined
  return other.cells[column]?.querySelector<HTMLElement>('input')
}
