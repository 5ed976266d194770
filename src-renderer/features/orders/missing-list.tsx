import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, Info } from 'lucide-react'
import type { Order } from '../../../src-preload/contract/orders'
import type { MissingContent } from '../../../src-preload/contract/rules'
import { focusField } from '../../base/field-place'
import { useGrant } from '../../base/session'
import { Card } from '../../components/card'
import { liveInvoice } from './order-desk'
import { missingQuery } from './orders-api'

/** What the law of the state wants on the next paper of this order and does not find there, each with the way to it. */
export function MissingList({ order }: { order: Order }) {
  const paper = order.status === 'draft' || order.status === 'estimate' ? 'estimate' : 'invoice'
  const mayPrint = useGrant('orders.authorize') !== 'no'
  const isOpen = order.deletedAt === null && order.status !== 'closed' && liveInvoice(order) === undefined && order.lines.length > 0
  const { data: missing } = useQuery({ ...missingQuery(order.id, paper), enabled: mayPrint && isOpen })
  if (!isOpen || !missing || missing.length === 0) return null
  return (
    <Card title={paper === 'estimate' ? 'Missing on the estimate' : 'Missing on the invoice'}>
      <ul className="flex flex-col gap-3">
        {missing.map((item) => (
          <Missing key={`${item.field} ${item.sentence}`} item={item} order={order} isStop={item.isRequired && paper === 'invoice'} />
        ))}
      </ul>
    </Card>
  )
}

function Missing({ item, order, isStop }: { item: MissingContent; order: Order; isStop: boolean }) {
  const Icon = isStop ? CircleAlert : Info
  const { rule } = item
  return (
    <li className="flex items-start gap-1.5 text-sm">
      <Icon size={14} className={`mt-0.5 shrink-0 ${isStop ? 'text-bad' : 'text-muted'}`} aria-hidden="true" />
      <span className="flex min-w-0 flex-col items-start gap-0.5">
        <span className={isStop ? 'font-medium text-bad' : ''}>{item.sentence}</span>
        <span className="break-words text-muted">
          {isStop ? 'No invoice without it. ' : ''}
          {rule.stateName}: {rule.cite}
          {rule.isVerified ? '' : ' (unverified)'}
        </span>
        <WayTo item={item} order={order} />
      </span>
    </li>
  )
}

const link = 'font-medium text-accent-ink hover:underline'

/** To the field that is empty: on this screen, or on the screen of the customer, the vehicle, the shop. */
function WayTo({ item: { place, field }, order }: { item: MissingContent; order: Order }) {
  const maySet = useGrant('shop.settings') !== 'no'
  switch (place) {
    case 'customer':
      return (
        <Link to="/customers/$customerId" params={{ customerId: order.customer.id }} search={{ field }} className={link}>
          Open the customer
        </Link>
      )
    case 'vehicle':
      return (
        <Link to="/vehicles/$vehicleId" params={{ vehicleId: order.vehicle.id }} search={{ field }} className={link}>
          Open the vehicle
        </Link>
      )
    case 'shop':
    case 'people':
      return maySet ? (
        <Link to="/settings" search={{ part: place, field }} className={link}>
          Open the settings
        </Link>
      ) : (
        <span className="text-muted">The owner fills it in, in the settings.</span>
      )
    case 'order':
    case 'lines':
      return (
        <button type="button" className={link} onClick={() => focusField(field)}>
          Go to the field
        </button>
      )
  }
}
