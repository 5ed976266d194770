import { Link } from '@tanstack/react-router'
import { FileText } from 'lucide-react'
import type { Order } from '../../../src-preload/contract/orders'
import { useFormat } from '../../base/format'
import { useGrant } from '../../base/session'
import { Amount } from '../../components/amount'
import { EmptyState } from '../../components/empty-state'
import { InvoiceStatusBadge } from '../../components/invoice-status-badge'

const row = 'flex items-center gap-3 px-4 py-3 hover:bg-hover'

/** What can be printed of this order. */
export function DocumentsTab({ order }: { order: Order }) {
  const format = useFormat()
  const seesEstimates = useGrant('orders.authorize') !== 'no'
  const seesInvoices = useGrant('invoices.see') !== 'no'
  const hasEstimate = seesEstimates && order.lines.length > 0
  const invoices = seesInvoices ? order.invoices : []
  if (!hasEstimate && invoices.length === 0) {
    return (
      <EmptyState icon={FileText} title="No documents yet">
        The estimate can be printed as soon as there is a line on it, the invoice when it is issued.
      </EmptyState>
    )
  }
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
      {hasEstimate && (
        <li>
          <Link to="/orders/$orderId/estimate" params={{ orderId: order.id }} className={row}>
            <FileText size={16} className="text-muted" aria-hidden="true" />
            <span className="flex-1 font-medium text-accent-ink">Estimate as it stands now</span>
            <Amount cents={order.totalCents} />
          </Link>
        </li>
      )}
      {invoices.map((invoice) => (
        <li key={invoice.id}>
          <Link to="/invoices/$invoiceId/print" params={{ invoiceId: invoice.id }} className={row}>
            <FileText size={16} className="text-muted" aria-hidden="true" />
            <span className="flex-1">
              <span className="font-medium text-accent-ink">Invoice {invoice.number}</span>
              <span className="text-muted"> · {format.dateTime(invoice.issuedAt)}</span>
            </span>
            <InvoiceStatusBadge status={invoice.status} />
            <Amount cents={invoice.totalCents} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
