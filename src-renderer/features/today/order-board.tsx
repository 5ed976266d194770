import { type KeyboardEvent, useRef, useState } from 'react'
import { useNow } from '../../base/use-now'
import { useKey } from '../../base/keys'
import type { BoardColumn } from './board-columns'
import { placeOf, step } from './board-step'
import { OrderCard } from './order-card'

/** Columns of cards. Tab reaches the board once; arrows, Page Up and Down, Home and End move between cards, Enter opens. */
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
      className="grid min-h-0 flex-1 grid-rows-1 grid-cols-[repeat(4,minmax(15rem,1fr))] gap-3 overflow-x-auto"
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
