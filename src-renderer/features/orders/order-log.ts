import type { Authorization, Order } from '../../../src-preload/contract/orders'

export type LogEntry =
  | { kind: 'status'; at: string; event: Order['history'][number] }
  | { kind: 'authorization'; at: string; authorization: Authorization }

/** Everything that was decided about the order, the newest first. */
export function logOf(order: Pick<Order, 'history' | 'authorizations'>): LogEntry[] {
  const entries: LogEntry[] = [
    ...order.history.map((event) => ({ kind: 'status' as const, at: event.at, event })),
    ...order.authorizations.map((authorization) => ({ kind: 'authorization' as const, at: authorization.authorizedAt, authorization })),
  ]
  return entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
