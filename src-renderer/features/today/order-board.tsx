import { type KeyboardEvent, useRef, useState } from 'react'
import { useNow } from '../../base/use-now'
import { useKey } from '../../base/keys'
import type { BoardColumn } from './board-columns'
import { OrderCard } from './order-card'

interface Place {
  column: number
  row: number
}

/** Columns of cards. Tab reaches the board once; arrows, Home and End move between cards, Enter opens. */
export function OrderBoard({ columns }: { columns: readonly BoardColumn[] }) {
  const board = useRef<HTMLDivElement>(null)
  const [currentId, setCurrentId] = useState<string>()
  const now = useNow()
  const cards = columns.flatMap((column) => column.orders)
  const reachable = cards.some((order) => order.id === currentId) ? currentId : cards[0]?.id

  const focusCard = (id: string | undefined): void => {
    if (id) board.current?.querySelector<HTMLElement>(`[data-card="${id}"]`)?.focus()
  }
  useKey({ keys: 'ArrowDown', title: 'To the board', run: () => focusCard(reachable) }, cards.length > 0)

  const onKeyDown = (event: KeyboardEvent): void => {
    const place = placeOf(columns, currentId)
    const to = place && step(columns, place, event.key)
    if (!to) return
    event.preventDefault()
    focusCard(columns[to.column]?.orders[to.row]?.id)
  }

  return (
    <div
      ref={board}
      role="presentation"
      onKeyDown={onKeyDown}
      className="grid min-h-0 flex-1 grid-rows-1 grid-cols-[repeat(4,minmax(13rem,1fr))] gap-3 overflow-x-auto"
    >
      {columns.map((column) => (
        <section key={column.key} aria-label={column.title} className="flex min-h-0 min-w-0 flex-col rounded-lg bg-sunken">
          <h2 className="flex items-center justify-between px-3 py-2 text-sm font-semibold">
            {column.title}
            <span className="rounded-full bg-surface px-2 text-sm font-medium text-muted">{column.orders.length}</span>
          </h2>
          {column.orders.length === 0 ? (
            <p className="px-3 pb-3 text-sm text-muted">{column.hint}</p>
          ) : (
            <ul className="flex min-h-0 flex-col gap-2 overflow-y-auto px-2 pb-2">
              {column.orders.map((order) => (
                <li key={order.id}>
                  <OrderCard order={order} now={now} reachable={order.id === reachable} onFocus={() => setCurrentId(order.id)} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}

function placeOf(columns: readonly BoardColumn[], id: string | undefined): Place | undefined {
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
