import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { History } from 'lucide-react'
import type { Visit } from '../../../src-preload/contract/customers'
import type { Order } from '../../../src-preload/contract/orders'
import { type Format, formatCount, useFormat } from '../../base/format'
import { Amount } from '../../components/amount'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { ScreenProgress } from '../../components/spinner'
import { visitsQuery } from './orders-api'

const columns = (format: Format): Column<Visit>[] => [
  { key: 'date', header: 'Date', width: 'w-32', cell: (visit) => format.date(visit.checkedInAt) },
  { key: 'order', header: 'Order', width: 'w-28', cell: (visit) => <span className="font-medium">{visit.orderNumber}</span> },
  { key: 'work', header: 'Work', cell: (visit) => visit.jobs.join(', ') || visit.complaint || 'nothing written down' },
  { key: 'odometer', header: 'Odometer', align: 'right', cell: (visit) => (visit.odometer === null ? '' : formatCount(visit.odometer)) },
  { key: 'status', header: 'Status', cell: (visit) => <OrderStatusBadge status={visit.status} /> },
  { key: 'total', header: 'Total', align: 'right', cell: (visit) => <Amount cents={visit.totalCents} /> },
]

/** Earlier visits of this vehicle. */
export function HistoryTab({ order }: { order: Order }) {
  const format = useFormat()
  const navigate = useNavigate()
  const { data, error } = useQuery(visitsQuery(order.vehicle.id))
  if (error) return <ErrorBanner error={error} />
  if (!data) return <ScreenProgress />
  return (
    <div className="rounded-lg border border-line bg-surface shadow-card">
      <DataTable
        label={`Earlier visits of the ${order.vehicle.label}`}
        columns={columns(format)}
        rows={data.filter(({ orderId }) => orderId !== order.id)}
        rowKey={(visit) => visit.orderId}
        onOpen={(visit) => void navigate({ to: '/orders/$orderId', params: { orderId: visit.orderId } })}
        empty={
          <EmptyState icon={History} title="First visit">
            This car was not here before. Its visits will be listed here.
          </EmptyState>
        }
      />
    </div>
  )
}
