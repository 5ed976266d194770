import type { TakenOff } from '../../../src-preload/contract/answers'
import type { Authorization, Order } from '../../../src-preload/contract/orders'

export type LogEntry =
  | { kind: 'status'; at: string; event: Order['history'][number] }
  | { kind: 'authorization'; at: string; authorization: Authorization }
  | { kind: 'taken-off'; at: string; takenOff: TakenOff }

/** Everything that was decided about the order, the newest first. */
export function logOf(order: Pick<Order, 'history' | 'authorizations' | 'takenOff'>): LogEntry[] {
  const entries: LogEntry[] = [
    ...order.history.map((event) => ({ kind: 'status' as const, at: event.at, event })),
    ...order.authorizations.map((authorization) => ({ kind: 'authorization' as const, at: authorization.authorizedAt, authorization })),
    ...order.takenOff.map((takenOff) => ({ kind: 'taken-off' as const, at: takenOff.at, takenOff })),
  ]
  return entries.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))
}
