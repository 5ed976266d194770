import { Car, FileText, type LucideIcon, User, UserPlus, Wrench } from 'lucide-react'
import type { SearchHit } from '../../../src-preload/contract/customers'
import type { Cents } from '../../../src-preload/contract/money'
import { formatPhone } from '../../base/format'
import { Amount } from '../../components/amount'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { Highlight, matchedRanges } from './highlight'

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
    <span className="grid grid-cols-[1.25rem_minmax(0,1fr)_8.5rem_6rem] items-center gap-3 md:grid-cols-[1.25rem_minmax(0,1fr)_8.5rem_6rem_11rem_6.5rem]">
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
            <Highlight text={secondLine(hit, word, typed)} typed={typed} />
          </bdi>
        </span>
      </span>
      <span className="truncate text-sm">{hit.phone && <Highlight text={formatPhone(hit.phone)} typed={typed} />}</span>
      <span className="truncate font-mono text-sm">{plateShown(hit, typed)}</span>
      <span className="hidden min-w-0 items-center gap-1.5 text-sm md:flex">
        {hit.openOrderNumber && hit.openOrderStatus && (
          <>
            <span className="shrink-0">{hit.openOrderNumber}</span> <OrderStatusBadge status={hit.openOrderStatus} />
          </>
        )}
      </span>
      <span className="hidden flex-col items-end text-sm leading-4 md:flex">
        <Sum word="due" cents={hit.balanceCents} />
        <Sum word="credit" cents={hit.accountCreditCents} />
      </span>
    </span>
  )
}

function Sum({ word, cents }: { word: string; cents: Cents }) {
  if (cents === 0) return null
  return (
    <span className="flex items-center gap-1.5">
      <span className="text-muted">{word}</span> <Amount cents={cents} className="font-medium" />
    </span>
  )
}

/** Found by a plate it wore before: that one is shown, and said so. */
function plateShown({ plate, formerPlate }: SearchHit, typed: string) {
  if (formerPlate === null) return plate && <Highlight text={plate} typed={typed} />
  return (
    <>
      <Highlight text={formerPlate} typed={typed} /> <span className="font-sans text-xs text-warn">former</span>
    </>
  )
}

const VIN_TAIL = 8

/** A VIN is told, and told first, only when it is what was looked for: nobody should wonder why a row is there. */
function secondLine(hit: SearchHit, word: string, typed: string): string {
  const found = (vin: string): boolean => matchedRanges(vin, typed).length > 0
  const tail = hit.vin?.slice(-VIN_TAIL) ?? ''
  const vin = found(tail) ? `VIN …${tail}` : hit.vin !== null && found(hit.vin) ? `VIN ${hit.vin}` : ''
  return [vin, hit.subtitle || hit.vehicleLabel || word].filter(Boolean).join(' · ')
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
