import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { formatDollars } from '../../../src-preload/contract/money'
import { useBack } from '../../base/keys'
import { ErrorBanner } from '../../components/error-banner'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { estimatedOrderQuery, estimatePdfQuery } from './invoices-api'
import { PdfView } from './pdf-view'

/** The estimate of an order as it stands, as it prints. */
export function EstimateScreen({ orderId }: { orderId: string }) {
  const navigate = useNavigate()
  const { data: order, error: orderError } = useQuery(estimatedOrderQuery(orderId))
  const { data: file, error, refetch } = useQuery(estimatePdfQuery(orderId))
  useBack(() => void navigate({ to: '/orders/$orderId', params: { orderId } }), 'Back to the repair order')
  if (!file || !order) {
    const problem = error ?? orderError
    return <Page title="Estimate">{problem ? <ErrorBanner error={problem} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  const title = file.fileName.replace(/\.pdf$/, '')
  return (
    <PdfView
      file={file}
      title={title}
      aside={<OrderStatusBadge status={order.status} />}
      summary={`${title} for repair order ${order.number}. Total ${formatDollars(order.totalCents)}.`}
    />
  )
}
