import { addCents } from '../../../src-preload/contract/money'
import type { BoardOrder } from '../../../src-preload/contract/board'

export interface BoardColumn {
  key: string
  title: string
  /** what an empty column says */
  hint: string
  orders: BoardOrder[]
}

interface ColumnPlan extends Omit<BoardColumn, 'orders'> {
  statuses: readonly BoardOrder['status'][]
  /** finished cars leave today; those that wait for a company's money stand below them */
  latestFirst?: boolean
}

const columns: readonly ColumnPlan[] = [
  {
    key: 'estimate',
    title: 'To estimate',
    hint: 'Cars that are checked in and wait for an estimate or an authorization.',
    statuses: ['draft', 'estimate'],
  },
  { key: 'ready', title: 'Ready to start', hint: 'Authorized: work can begin.', statuses: ['approved'] },
  { key: 'work', title: 'In work', hint: 'Cars in a bay.', statuses: ['in_progress'] },
  { key: 'pickup', title: 'Ready for pickup', hint: 'Finished: invoice, payment, keys.', statuses: ['completed'], latestFirst: true },
]

/** Promised for a moment that is over, and not finished. */
export function isLate(order: BoardOrder, now: number): boolean {
  return order.promisedAt !== null && order.status !== 'completed' && Date.parse(order.promisedAt) < now
}

/** Work goes on, or is done, for more than the customer authorized. */
export function needsAuthorization(order: BoardOrder): boolean {
  return (
    (order.status === 'approved' || order.status === 'in_progress' || order.status === 'completed') &&
    order.totalCents > addCents(order.authorizedCents, order.toleranceCents)
  )
}

/** Open orders by what has to happen next; in a column what is promised first comes first, of the finished ones the latest. */
export function boardColumns(orders: readonly BoardOrder[]): BoardColumn[] {
  const compare = (a: BoardOrder, b: BoardOrder, latestFirst: boolean): number => {
    if (a.promisedAt === null || b.promisedAt === null) return Number(a.promisedAt === null) - Number(b.promisedAt === null)
    return (Date.parse(a.promisedAt) - Date.parse(b.promisedAt)) * (latestFirst ? -1 : 1)
  }
  return columns.map(({ key, title, hint, statuses, latestFirst = false }) => ({
    key,
    title,
    hint,
    orders: orders
      .filter((order) => statuses.includes(order.status))
      .toSorted((a, b) => compare(a, b, latestFirst) || a.number.localeCompare(b.number, 'en', { numeric: true })),
  }))
}
