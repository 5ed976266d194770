import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { formatDollars } from '../../../src-preload/contract/money'
import { useBack } from '../../base/keys'
import { ErrorBanner } from '../../components/error-banner'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { estimatedOrderQuery, estimatePdfQuery, estimatesQuery } from './invoices-api'
import { PdfView } from './pdf-view'

export interface EstimateScreenProps {
  orderId: string
  /** a frozen one; without it, the estimate as it stands */
  version?: number | undefined
}

/** An estimate of an order, as it prints. */
export function EstimateScreen({ orderId, version }: EstimateScreenProps) {
  const navigate = useNavigate()
  const { data: order, error: orderError } = useQuery(estimatedOrderQuery(orderId))
  const { data: estimates, error: listError } = useQuery(estimatesQuery(orderId))
  const { data: file, error, refetch } = useQuery(estimatePdfQuery(orderId, version))
  useBack(() => void navigate({ to: '/orders/$orderId', params: { orderId } }), 'Back to the repair order')
  if (!file || !order || !estimates) {
    const problem = error ?? orderError ?? listError
    return <Page title="Estimate">{problem ? <ErrorBanner error={problem} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  const title = file.fileName.replace(/\.pdf$/, '')
  const frozen = estimates.find((estimate) => estimate.version === version)
  const isEarlier = frozen?.isCurrent === false
  const total = formatDollars((frozen ?? order).totalCents)
  return (
    <PdfView
      file={file}
      paper="estimate"
      title={title}
      aside={
        isEarlier ? (
          <StatusBadge tone="warn" icon={History}>
            Earlier version
          </StatusBadge>
        ) : (
          <OrderStatusBadge status={order.status} />
        )
      }
      summary={`${title} for repair order ${order.number}. Total ${total}.${isEarlier ? ' This is an earlier version.' : ''}`}
    />
  )
}
