import { useQuery } from '@tanstack/react-query'
import type { Order } from '../../../src-preload/contract/orders'
import { useGrant } from '../../base/session'
import { missingQuery } from './orders-api'

/** The order, without an invoice to issue while the law of the state wants something on it that is not there: as every step that is blocked. */
export function useBillable(order: Order): Order {
  const mayPrint = useGrant('orders.authorize') !== 'no'
  const mayIssue = order.nextActions.some(({ action, blockedBy }) => action === 'issue_invoice' && blockedBy === null)
  const { data: missing = [] } = useQuery({ ...missingQuery(order.id, 'invoice'), enabled: mayPrint && mayIssue })
  const required = missing.filter(({ isRequired }) => isRequired)
  if (!mayIssue || required.length === 0) return order
  const blockedBy = required.map(({ sentence }) => sentence).join(' ')
  return { ...order, nextActions: order.nextActions.map((next) => (next.action === 'issue_invoice' ? { ...next, blockedBy } : next)) }
}
