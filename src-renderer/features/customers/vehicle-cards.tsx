import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Car, Plus, Wrench } from 'lucide-react'
import type { Customer, VehicleSummary } from '../../../src-preload/contract/customers'
import { formatCount, useFormat } from '../../base/format'
import { useKey } from '../../base/keys'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { EmptyState } from '../../components/empty-state'
import { Fact } from '../../components/fact'
import { Kbd } from '../../components/kbd'
import { StatusBadge } from '../../components/status-badge'
import { showToast } from '../../components/toast'
import { NewVehicleDialog } from './new-vehicle-dialog'

export interface VehicleCardsProps {
  customer: Customer
  /** false for a removed customer */
  active: boolean
  onCheckIn: (vehicleId: string) => void
}

/** The cars of a customer: when they were here, what is open, check-in in one step. */
export function VehicleCards({ customer, active, onCheckIn }: VehicleCardsProps) {
  const [adds, setAdds] = useState(false)
  const mayEdit = useGrant('customers.edit') === 'yes' && active
  const present = customer.vehicles.filter((vehicle) => !vehicle.deletedAt)
  const removed = customer.vehicles.filter((vehicle) => vehicle.deletedAt)
  useKey({ keys: 'v', title: 'Add a vehicle', run: () => setAdds(true) }, mayEdit)
  return (
    <Card
      title={`Vehicles (${present.length})`}
      actions={
        mayEdit && (
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} keys="v" onClick={() => setAdds(true)}>
            Add vehicle
          </Button>
        )
      }
    >
      {customer.vehicles.length === 0 && (
        <EmptyState icon={Car} title="No vehicle yet">
          {mayEdit ? 'Press V to add one, or F2 to check in a car.' : 'None is written down.'}
        </EmptyState>
      )}
      <ul className="grid grid-cols-1 gap-3 xl:grid-cols-2">
        {present.map((vehicle) => (
          <VehicleCard key={vehicle.id} vehicle={vehicle} {...(active ? { onCheckIn } : {})} />
        ))}
      </ul>
      {removed.length > 0 && <RemovedVehicles vehicles={removed} />}
      {adds && (
        <NewVehicleDialog
          customer={customer}
          onClose={() => setAdds(false)}
          onSaved={(vehicle) => {
            setAdds(false)
            showToast(`${vehicle.label} added`)
          }}
        />
      )}
    </Card>
  )
}

function VehicleCard({ vehicle, onCheckIn }: { vehicle: VehicleSummary; onCheckIn?: (vehicleId: string) => void }) {
  const format = useFormat()
  const mayCheckIn = useGrant('orders.create') !== 'no'
  const plate = [vehicle.plate, vehicle.plateState].filter(Boolean).join(' ')
  return (
    <li data-vehicle={vehicle.id} className="group flex flex-col gap-3 rounded-md border border-line p-3 focus-within:border-control">
      <div className="flex items-start justify-between gap-2">
        <Link
          to="/vehicles/$vehicleId"
          params={{ vehicleId: vehicle.id }}
          className="min-w-0 text-base font-semibold text-accent-ink hover:underline"
        >
          {vehicle.label}
        </Link>
        {vehicle.openOrders > 0 && (
          <StatusBadge tone="violet" icon={Wrench}>
            {vehicle.openOrders === 1 ? 'Open work' : `${vehicle.openOrders} open orders`}
          </StatusBadge>
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-3 gap-y-2">
        <Fact label="Plate">{plate ? <span className="font-mono">{plate}</span> : '–'}</Fact>
        <Fact label="Color">{vehicle.color ?? '–'}</Fact>
        <Fact label="Last visit">{vehicle.lastVisitAt ? format.date(vehicle.lastVisitAt) : 'never'}</Fact>
        <Fact label="Odometer">{vehicle.currentOdometer === null ? '–' : `${formatCount(vehicle.currentOdometer)} mi`}</Fact>
      </dl>
      {onCheckIn && mayCheckIn && (
        <Button size="small" className="self-start" onClick={() => onCheckIn(vehicle.id)}>
          Check in<span className="sr-only"> {vehicle.label}</span>
          <span className="hidden group-focus-within:inline-flex">
            <Kbd keys="F2" />
          </span>
        </Button>
      )}
    </li>
  )
}

function RemovedVehicles({ vehicles }: { vehicles: readonly VehicleSummary[] }) {
  return (
    <p className="mt-3 text-sm text-muted">
      Removed:{' '}
      {vehicles.map((vehicle, at) => (
        <span key={vehicle.id}>
          {at > 0 && ', '}
          <Link to="/vehicles/$vehicleId" params={{ vehicleId: vehicle.id }} className="text-accent-ink underline">
            {vehicle.label}
          </Link>
        </span>
      ))}
    </p>
  )
}
