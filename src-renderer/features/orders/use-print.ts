import { useNavigate } from '@tanstack/react-router'
import type { Order } from '../../../src-preload/contract/orders'
import { useGrant } from '../../base/session'
import { liveInvoice } from './order-desk'

/** Opens what there is to print: the invoice, or the estimate while there is none. Undefined when this user sees neither. */
export function usePrint(order: Order): (() => void) | undefined {
  const navigate = useNavigate()
  const seesInvoices = useGrant('invoices.see') !== 'no'
  const seesEstimates = useGrant('orders.authorize') !== 'no'
  const invoice = liveInvoice(order)
  if (invoice && seesInvoices) {
    return () => void navigate({ to: '/invoices/$invoiceId/print', params: { invoiceId: invoice.id } })
  }
  if (!seesEstimates || order.lines.length === 0) return undefined
  return () => void navigate({ to: '/orders/$orderId/estimate', params: { orderId: order.id } })
}
