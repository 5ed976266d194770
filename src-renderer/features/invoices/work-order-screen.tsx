import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useBack } from '../../base/keys'
import { ErrorBanner } from '../../components/error-banner'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { estimatedOrderQuery, workOrderPdfQuery } from './invoices-api'
import { PdfView } from './pdf-view'

/** The sheet for the technician, as it prints. */
export function WorkOrderScreen({ orderId }: { orderId: string }) {
  const navigate = useNavigate()
  const { data: order, error: orderError } = useQuery(estimatedOrderQuery(orderId))
  const { data: file, error, refetch } = useQuery(workOrderPdfQuery(orderId))
  useBack(() => void navigate({ to: '/orders/$orderId', params: { orderId } }), 'Back to the repair order')
  if (!file || !order) {
    const problem = error ?? orderError
    return <Page title="Work order">{problem ? <ErrorBanner error={problem} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  return (
    <PdfView
      file={file}
      paper="work_order"
      title={`Work order ${order.number}`}
      aside={<OrderStatusBadge status={order.status} />}
      summary={`Work order ${order.number} for ${order.vehicle.label}, without prices.`}
    />
  )
}
