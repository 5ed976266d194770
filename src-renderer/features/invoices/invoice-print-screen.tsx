import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { formatDollars } from '../../../src-preload/contract/money'
import { useBack } from '../../base/keys'
import { ErrorBanner } from '../../components/error-banner'
import { InvoiceStatusBadge } from '../../components/invoice-status-badge'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { invoicePdfQuery, invoiceQuery } from './invoices-api'
import { PdfView } from './pdf-view'

/** The issued invoice as it prints. */
export function InvoicePrintScreen({ invoiceId }: { invoiceId: string }) {
  const navigate = useNavigate()
  const { data: invoice, error: invoiceError } = useQuery(invoiceQuery(invoiceId))
  const { data: file, error, refetch } = useQuery(invoicePdfQuery(invoiceId))
  useBack(() => void navigate({ to: '/invoices/$invoiceId', params: { invoiceId }, search: {} }), 'Back to the invoice')
  if (!file || !invoice) {
    const problem = error ?? invoiceError
    return <Page title="Invoice">{problem ? <ErrorBanner error={problem} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  const total = `Total ${formatDollars(invoice.totalCents)}, ${formatDollars(invoice.dueCents)} due.`
  return (
    <PdfView
      file={file}
      paper="invoice"
      title={`Invoice ${invoice.number}`}
      aside={<InvoiceStatusBadge status={invoice.status} />}
      summary={`Invoice ${invoice.number} for ${invoice.customerName}, ${invoice.vehicleLabel}. ${total}${invoice.status === 'void' ? ' This invoice is void.' : ''}`}
    />
  )
}
