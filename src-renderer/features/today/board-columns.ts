import type { BoardOrder } from '../../../src-preload/contract/orders'

export interface BoardColumn {
  key: string
  title: string
  /** what an empty column says */
  hint: string
  orders: BoardOrder[]
}

const columns: readonly { key: string; title: string; hint: string; statuses: readonly BoardOrder['status'][] }[] = [
  {
    key: 'estimate',
    title: 'To estimate',
    hint: 'Cars that were checked in and wait for an estimate or a yes.',
    statuses: ['draft', 'estimate'],
  },
  { key: 'ready', title: 'Ready to start', hint: 'The customer said yes; work can begin.', statuses: ['approved'] },
  { key: 'work', title: 'In work', hint: 'Cars in a bay.', statuses: ['in_progress'] },
  { key: 'pickup', title: 'Ready for pickup', hint: 'Finished: invoice, payment, keys.', statuses: ['completed'] },
]

/** Promised for a moment that is over, and not finished. */
export function isLate(order: BoardOrder, now: number): boolean {
  return order.promisedAt !== null && order.status !== 'completed' && Date.parse(order.promisedAt) < now
}

/** Work goes on, or is done, for more than the customer said yes to. */
export function needsAuthorization(order: BoardOrder): boolean {
  return (
    (order.status === 'approved' || order.status === 'in_progress' || order.status === 'completed') &&
    order.totalCents > order.authorizedCents
  )
}

/** Open orders by what has to happen next; in a column what is promised first comes first. */
export function boardColumns(orders: readonly BoardOrder[]): BoardColumn[] {
  const dueAt = (order: BoardOrder): number => (order.promisedAt === null ? Infinity : Date.parse(order.promisedAt))
  return columns.map(({ key, title, hint, statuses }) => ({
    key,
    title,
    hint,
    orders: orders
      .filter((order) => statuses.includes(order.status))
      .toSorted((a, b) => dueAt(a) - dueAt(b) || a.number.localeCompare(b.number, 'en', { numeric: true })),
  }))
}
