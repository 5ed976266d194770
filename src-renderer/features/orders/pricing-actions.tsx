import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { DoorOpen, Gauge } from 'lucide-react'
import type { Order } from '../../../src-preload/contract/orders'
import { formatDollars } from '../../../src-preload/contract/money'
import { useKey } from '../../base/keys'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { LaborRateDialog } from './labor-rate-dialog'
import { useDesk } from './order-desk'
import { offersQuery } from './orders-api'
import { OutTheDoorDialog } from './out-the-door-dialog'

type Open = 'door' | 'rate'

/** Below the totals: what an hour costs here and why, and the total as it is wanted. */
export function PricingActions({ order }: { order: Order }) {
  const { mayChangeLines, partsOnly } = useDesk()
  const [open, setOpen] = useState<Open>()
  const { data: offers } = useQuery(offersQuery)
  const mayDiscount = useGrant('orders.discount') !== 'no' && mayChangeLines && order.lines.length > 0
  const mayChooseRate = useGrant('orders.edit') === 'yes' && mayChangeLines && !partsOnly && (offers?.laborRates.length ?? 0) > 0
  useKey({ keys: 'o', title: 'Out the door: type the total', run: () => setOpen('door') }, mayDiscount)
  const { laborRate } = order
  return (
    <div className="mt-2 flex flex-col gap-2 border-t border-line pt-2">
      {laborRate && (
        <p className="text-sm text-muted">
          Labor {formatDollars(laborRate.rateCents)} an hour
          {laborRate.level === 'shop' ? '' : `: ${laborRate.name}, chosen for this ${laborRate.level}`}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {mayDiscount && (
          <Button size="small" keys="o" icon={<DoorOpen size={14} aria-hidden="true" />} onClick={() => setOpen('door')}>
            Out the door
          </Button>
        )}
        {mayChooseRate && (
          <Button size="small" icon={<Gauge size={14} aria-hidden="true" />} onClick={() => setOpen('rate')}>
            Labor rate
          </Button>
        )}
      </div>
      {open === 'door' && <OutTheDoorDialog order={order} onClose={() => setOpen(undefined)} />}
      {open === 'rate' && offers && <LaborRateDialog order={order} rates={offers.laborRates} onClose={() => setOpen(undefined)} />}
    </div>
  )
}
