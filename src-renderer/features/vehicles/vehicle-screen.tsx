import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import { Wrench } from 'lucide-react'
import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { formatPhone } from '../../base/format'
import { useBack, useShortcut } from '../../base/keys'
import { useRecent } from '../../base/recent-records'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { VisitList } from '../../components/visit-list'
import { OdometerPlot } from './odometer-plot'
import { OwnershipCard, TransferBanner } from './ownership-card'
import { VehicleDetails } from './vehicle-details'
import { RemovedVehicleBanner, RemoveVehicleButton } from './vehicle-removal'
import { vehicleHistoryQuery, vehicleQuery } from './vehicles-api'

/** A car: what it is, whose, and everything that was done to it here. */
export function VehicleScreen({ vehicleId }: { vehicleId: string }) {
  const { data: vehicle, error } = useQuery(vehicleQuery(vehicleId))
  const { history } = useRouter()
  useBack(() => history.back())
  if (error)
    return (
      <Page title="Vehicle">
        <ErrorBanner error={error} />
      </Page>
    )
  return vehicle ? <LoadedVehicle vehicle={vehicle} /> : <ScreenProgress />
}

function LoadedVehicle({ vehicle }: { vehicle: Vehicle }) {
  const navigate = useNavigate()
  const isActive = vehicle.deletedAt === null
  useRecent('vehicle', vehicle.id, vehicle.label)
  const mayCheckIn = useGrant('orders.create') !== 'no' && isActive
  const mayEdit = useGrant('customers.edit') === 'yes' && isActive
  const checkIn = (): void => void navigate({ to: '/orders/new', search: { customer: vehicle.customerId, vehicle: vehicle.id } })
  useShortcut('new-order', checkIn, { enabled: mayCheckIn, title: 'Check in this car' })
  return (
    <Page
      title={vehicle.label}
      aside={<HeadFacts vehicle={vehicle} />}
      actions={
        <>
          {mayEdit && <RemoveVehicleButton vehicle={vehicle} />}
          {mayCheckIn && (
            <Button look="primary" keys="F2" onClick={checkIn}>
              Check in
            </Button>
          )}
        </>
      }
    >
      <RemovedVehicleBanner vehicle={vehicle} />
      <TransferBanner vehicle={vehicle} mayUndo={mayEdit} />
      <div className="grid items-start gap-4 lg:grid-cols-[24rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <VehicleDetails vehicle={vehicle} disabled={!mayEdit} />
          <OwnershipCard vehicle={vehicle} disabled={!mayEdit} />
        </div>
        <History vehicleId={vehicle.id} />
      </div>
    </Page>
  )
}

function HeadFacts({ vehicle }: { vehicle: Vehicle }) {
  const { customer } = vehicle
  const plate = [vehicle.plate, vehicle.plateState].filter(Boolean).join(' ')
  return (
    <>
      {plate && <span className="rounded-sm border border-line bg-surface px-2 py-0.5 font-mono text-sm">{plate}</span>}
      {vehicle.openOrders > 0 && (
        <StatusBadge tone="violet" icon={Wrench}>
          {vehicle.openOrders === 1 ? 'Open work' : `${vehicle.openOrders} open orders`}
        </StatusBadge>
      )}
      <span className="text-muted">
        of{' '}
        <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="font-medium text-accent-ink hover:underline">
          {customer.displayName}
        </Link>
        {customer.phone && `, ${formatPhone(customer.phone)}`}
      </span>
    </>
  )
}

function History({ vehicleId }: { vehicleId: string }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(vehicleHistoryQuery(vehicleId))
  const visits = data?.pages.flat()
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {visits && <OdometerPlot visits={visits} />}
      <Card title="Service history">
        <VisitList
          visits={visits}
          error={error}
          hasMore={hasNextPage}
          isLoadingMore={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
        />
      </Card>
    </div>
  )
}
