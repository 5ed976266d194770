import { useInfiniteQuery } from '@tanstack/react-query'
import type { Order } from '../../../src-preload/contract/orders'
import { VisitList } from '../../components/visit-list'
import { visitsQuery } from './orders-api'

/** The other visits of this vehicle. */
export function HistoryTab({ order }: { order: Order }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(visitsQuery(order.vehicle.id))
  return (
    <div className="rounded-lg border border-line bg-surface p-4 shadow-card">
      <VisitList
        visits={data?.pages.flat()}
        error={error}
        beside={order.id}
        hasMore={hasNextPage}
        isLoadingMore={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </div>
  )
}
