import { useEffect, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { newId } from '../../base/new-id'
import { StatusBadge } from '../../components/status-badge'
import { leaveOrder, presenceQuery } from './orders-api'

/** Who else has this order open now, so that two people do not do the same work. */
export function OthersHere({ orderId }: { orderId: string }) {
  const [viewId] = useState(newId)
  const { data: names = [] } = useQuery(presenceQuery(orderId, viewId))
  useEffect(() => {
    const leave = (): void => leaveOrder(orderId, viewId)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [orderId, viewId])
  return (
    <span role="status" aria-label="Others on this order">
      {names.length > 0 && (
        <StatusBadge tone="violet" icon={Users}>
          {`Also here: ${names.join(', ')}`}
        </StatusBadge>
      )}
    </span>
  )
}
