import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { ArrowRightLeft } from 'lucide-react'
import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { useFormat } from '../../base/format'
import { useKey } from '../../base/keys'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { RemovedBanner } from '../../components/removed-banner'
import { TransferDialog } from './transfer-dialog'
import { undoTransfer } from './vehicles-api'

/** Whose the car was and which plates it wore. Never printed: a new owner is not told who the former one was. */
export function OwnershipCard({ vehicle, disabled }: { vehicle: Vehicle; disabled: boolean }) {
  const [asks, setAsks] = useState(false)
  useKey({ keys: 't', title: 'Another owner', run: () => setAsks(true) }, !disabled)
  const format = useFormat()
  const span = ({ from, to }: { from: string; to: string | null }): string =>
    to === null ? `since ${format.date(from)}` : `${format.date(from)} to ${format.date(to)}`
  return (
    <Card
      title="Owners and plates"
      className="print:hidden"
      actions={
        !disabled && (
          <Button size="small" keys="t" icon={<ArrowRightLeft size={14} aria-hidden="true" />} onClick={() => setAsks(true)}>
            Another owner
          </Button>
        )
      }
    >
      <ul aria-label="Owners" className="flex flex-col gap-1">
        {vehicle.owners.map((owner) => (
          <li key={owner.id} className="flex flex-wrap items-baseline gap-x-2">
            <Link
              to="/customers/$customerId"
              params={{ customerId: owner.customerId }}
              className="font-medium text-accent-ink hover:underline"
            >
              {owner.customerName}
            </Link>
            <span className="text-sm text-muted">{span(owner)}</span>
          </li>
        ))}
      </ul>
      {vehicle.plates.length > 0 && (
        <ul aria-label="Plates" className="mt-3 flex flex-col gap-1">
          {vehicle.plates.map((worn) => (
            <li key={`${worn.plate} ${worn.from}`} className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-mono">{[worn.plate, worn.plateState].filter(Boolean).join(' ')}</span>
              <span className="text-sm text-muted">
                {worn.to !== null && 'former, '}
                {span(worn)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {asks && <TransferDialog vehicle={vehicle} onClose={() => setAsks(false)} />}
    </Card>
  )
}

const DAYS_SHOWN = 30

/** For some weeks after a transfer: that it happened, and the way back. */
export function TransferBanner({ vehicle, mayUndo }: { vehicle: Vehicle; mayUndo: boolean }) {
  const [owner, former] = vehicle.owners
  const [openedAt] = useState(() => Date.now())
  if (!owner || !former || !mayUndo || openedAt - Date.parse(owner.from) > DAYS_SHOWN * 86_400_000) return null
  return (
    <div data-no-print>
      <RemovedBanner
        title={`Handed over from ${former.customerName} to ${owner.customerName}`}
        undo="Undo transfer"
        deletedAt={owner.from}
        mayRestore
        onRestore={() => undoTransfer(vehicle.id, owner.id)}
      >
        The car kept its history.
      </RemovedBanner>
    </div>
  )
}
