import { Car, FileText, type LucideIcon, User, UserPlus, Wrench } from 'lucide-react'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { formatPhone } from '../../base/format'
import { Amount } from '../../components/amount'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { Highlight } from './highlight'

const kinds: Readonly<Record<SearchHit['kind'], { icon: LucideIcon; word: string }>> = {
  customer: { icon: User, word: 'Customer' },
  vehicle: { icon: Car, word: 'Vehicle' },
  order: { icon: Wrench, word: 'Repair order' },
  invoice: { icon: FileText, word: 'Invoice' },
}

/** One thing that was found: what it is, whose, which car, open work, money owed. */
export function SearchRow({ hit, typed }: { hit: SearchHit; typed: string }) {
  const { icon: Icon, word } = kinds[hit.kind]
  return (
    <span className="grid grid-cols-[1.25rem_minmax(0,1fr)_8.5rem_6rem] items-center gap-3 md:grid-cols-[1.25rem_minmax(0,1fr)_8.5rem_6rem_9.5rem_6.5rem]">
      <span className="text-muted">
        <Icon size={16} aria-hidden="true" />
        <span className="sr-only">{word}</span>
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">
          <bdi>
            <Highlight text={hit.title} typed={typed} />
          </bdi>
        </span>
        <span className="block truncate text-sm text-muted">
          <bdi>
            <Highlight text={hit.subtitle || hit.vehicleLabel || word} typed={typed} />
          </bdi>
        </span>
      </span>
      <span className="truncate text-sm">{hit.phone && <Highlight text={formatPhone(hit.phone)} typed={typed} />}</span>
      <span className="truncate font-mono text-sm">{hit.plate && <Highlight text={hit.plate} typed={typed} />}</span>
      <span className="hidden min-w-0 items-center gap-1.5 text-sm md:flex">
        {hit.openOrderNumber && hit.openOrderStatus && (
          <>
            <span className="truncate">{hit.openOrderNumber}</span> <OrderStatusBadge status={hit.openOrderStatus} />
          </>
        )}
      </span>
      <span className="hidden items-center justify-end gap-1.5 text-sm md:flex">
        {hit.balanceCents !== 0 && (
          <>
            <span className="text-muted">due</span> <Amount cents={hit.balanceCents} className="font-medium" />
          </>
        )}
      </span>
    </span>
  )
}

export function NewCustomerRow({ typed }: { typed: string }) {
  return (
    <span className="flex items-center gap-3">
      <UserPlus size={16} className="text-accent-ink" aria-hidden="true" />
      <span>
        New customer <strong>“{typed}”</strong>
      </span>
    </span>
  )
}
