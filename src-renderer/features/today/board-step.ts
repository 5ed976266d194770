import type { BoardColumn } from './board-columns'

/** A card's place on the board. */
export interface Place {
  column: number
  row: number
}

/** Cards that fit a column of the usual screen. */
const PAGE = 3

export function placeOf(columns: readonly BoardColumn[], id: string | undefined): Place | undefined {
  const column = columns.findIndex((one) => one.orders.some((order) => order.id === id))
  return column < 0 ? undefined : { column, row: columns[column]?.orders.findIndex((order) => order.id === id) ?? 0 }
}

/** The card a key leads to; columns without cards are skipped. */
export function step(columns: readonly BoardColumn[], { column, row }: Place, key: string): Place | undefined {
  const rows = columns[column]?.orders.length ?? 0
  switch (key) {
    case 'ArrowDown':
      return { column, row: Math.min(row + 1, rows - 1) }
    case 'ArrowUp':
      return { column, row: Math.max(row - 1, 0) }
    case 'PageDown':
      return { column, row: Math.min(row + PAGE, rows - 1) }
    case 'PageUp':
      return { column, row: Math.max(row - PAGE, 0) }
    case 'Home':
      return { column, row: 0 }
    case 'End':
      return { column, row: rows - 1 }
    case 'ArrowRight':
    case 'ArrowLeft':
      return sideways(columns, { column, row }, key === 'ArrowRight' ? 1 : -1)
    default:
      return undefined
  }
}

function sideways(columns: readonly BoardColumn[], { column, row }: Place, direction: 1 | -1): Place | undefined {
  for (let to = column + direction; to >= 0 && to < columns.length; to += direction) {
    const rows = columns[to]?.orders.length ?? 0
    if (rows > 0) return { column: to, row: Math.min(row, rows - 1) }
  }
  return undefined
}
