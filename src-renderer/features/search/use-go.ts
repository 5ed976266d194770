import { useNavigate } from '@tanstack/react-router'
import type { Action, Choice } from './use-search'

/** Where a chosen row leads. */
export function useGo(): (choice: Exclude<Choice, { command: unknown }>, action: Action) => void {
  const navigate = useNavigate()
  return (choice, action) => {
    if ('newCustomer' in choice) {
      void navigate({ to: '/orders/new', search: { name: choice.newCustomer } })
      return
    }
    const { kind, customerId, vehicleId, orderId, invoiceId } = choice.hit
    if (action === 'check-in')
      void navigate({ to: '/orders/new', search: { customer: customerId, ...(vehicleId ? { vehicle: vehicleId } : {}) } })
    else if (kind === 'invoice' && invoiceId) void navigate({ to: '/invoices/$invoiceId', params: { invoiceId } })
    else if (kind === 'order' && orderId) void navigate({ to: '/orders/$orderId', params: { orderId } })
    else if (kind === 'vehicle' && vehicleId) void navigate({ to: '/vehicles/$vehicleId', params: { vehicleId } })
    else void navigate({ to: '/customers/$customerId', params: { customerId } })
  }
}
