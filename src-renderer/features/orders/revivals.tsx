import { Link } from '@tanstack/react-router'
import type { Line } from '../../../src-preload/contract/orders'
import { useDesk } from './order-desk'

const words = { in: 'Revived in', from: 'Declined before in' } as const

/** Where declined work of these lines came back, or where it was declined first. */
export function Revivals({ lines }: { lines: readonly Pick<Line, 'id'>[] }) {
  const { order } = useDesk()
  const own = new Set(lines.map(({ id }) => id))
  const links = new Map(
    order.revivals.filter(({ lineId }) => own.has(lineId)).map((each) => [`${each.way} ${each.orderId}`, each] as const),
  )
  if (links.size === 0) return null
  return (
    <span className="flex flex-wrap gap-x-3 px-1 text-sm">
      {[...links].map(([key, { way, orderId, orderNumber }]) => (
        <span key={key} className="text-muted">
          {words[way]}{' '}
          <Link to="/orders/$orderId" params={{ orderId }} className="font-medium text-accent-ink hover:underline">
            {orderNumber}
          </Link>
        </span>
      ))}
    </span>
  )
}
