import { useState } from 'react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { Building2, Footprints, Mail, Merge, Phone } from 'lucide-react'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatPhone } from '../../base/format'
import { useBack, useKey, useShortcut } from '../../base/keys'
import { useRecent } from '../../base/recent-records'
import { useGrant } from '../../base/session'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { VisitList } from '../../components/visit-list'
import { AccountCard } from './account-card'
import { ConsentCard } from './consent-card'
import { ContactsCard } from './contacts-card'
import { CustomerContact } from './customer-contact'
import { RemoveCustomerButton, RemovedCustomerBanner } from './customer-removal'
import { MergeDialog } from './merge-dialog'
import { MergesBanner } from './merge-undo'
import { customerHistoryQuery, customerQuery } from './customers-api'
import { ReturnedChecks } from './returned-checks'
import { VehicleCards } from './vehicle-cards'

/** A customer: how to reach them, their cars, what was done before, what they owe. */
export function CustomerScreen({ customerId }: { customerId: string }) {
  const { data: customer, error } = useQuery(customerQuery(customerId))
  const { history } = useRouter()
  useBack(() => history.back())
  if (error)
    return (
      <Page title="Customer">
        <ErrorBanner error={error} />
      </Page>
    )
  return customer ? <LoadedCustomer customer={customer} /> : <ScreenProgress />
}

/** F2 is for the car that has the focus, else for the only one; check-in asks when there are several. */
function vehicleInFocus(customer: Customer): string | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-vehicle]')?.dataset.vehicle
  const present = customer.vehicles.filter((vehicle) => !vehicle.deletedAt)
  return focused ?? (present.length === 1 ? present[0]?.id : undefined)
}

function LoadedCustomer({ customer }: { customer: Customer }) {
  const navigate = useNavigate()
  const isActive = customer.deletedAt === null
  useRecent('customer', customer.id, customer.displayName)
  const mayCheckIn = useGrant('orders.create') !== 'no' && isActive
  const seesContact = useGrant('customers.see') === 'yes'
  const mayEdit = useGrant('customers.edit') === 'yes' && isActive
  const mayMerge = useGrant('customers.merge') !== 'no' && isActive
  const [merges, setMerges] = useState(false)
  useKey({ keys: 'm', title: 'Merge with a duplicate', run: () => setMerges(true) }, mayMerge)
  const seesHistory = useGrant('orders.see') === 'yes'
  const checkIn = (vehicle: string | undefined): void =>
    void navigate({ to: '/orders/new', search: { customer: customer.id, ...(vehicle ? { vehicle } : {}) } })
  useShortcut('new-order', () => checkIn(vehicleInFocus(customer)), { enabled: mayCheckIn, title: 'Check in a car of this customer' })
  return (
    <Page
      title={customer.displayName}
      aside={<HeadFacts customer={customer} />}
      actions={
        <>
          {mayMerge && (
            <Button look="quiet" keys="m" icon={<Merge size={16} aria-hidden="true" />} onClick={() => setMerges(true)}>
              Merge
            </Button>
          )}
          {isActive && <RemoveCustomerButton customer={customer} />}
          {mayCheckIn && (
            <Button look="primary" keys="F2" onClick={() => checkIn(vehicleInFocus(customer))}>
              Check in
            </Button>
          )}
        </>
      }
    >
      <RemovedCustomerBanner customer={customer} />
      <MergesBanner customer={customer} />
      <ReturnedChecks customer={customer} />
      {merges && <MergeDialog customer={customer} onClose={() => setMerges(false)} />}
      <div className={`grid items-start gap-4 ${seesContact ? 'lg:grid-cols-[24rem_minmax(0,1fr)]' : ''}`}>
        {seesContact && (
          <div className="flex min-w-0 flex-col gap-4">
            <CustomerContact customer={customer} disabled={!mayEdit} />
            <ConsentCard customer={customer} disabled={!mayEdit} />
          </div>
        )}
        <div className="flex min-w-0 flex-col gap-4">
          <VehicleCards customer={customer} active={isActive} onCheckIn={checkIn} />
          <ContactsCard customer={customer} disabled={!mayEdit} />
          {!seesContact && <ConsentCard customer={customer} disabled />}
          {seesContact && <AccountCard customer={customer} />}
          {seesHistory && <History customerId={customer.id} />}
        </div>
      </div>
    </Page>
  )
}

function HeadFacts({ customer }: { customer: Customer }) {
  const extension = customer.phoneExt && ` ext. ${customer.phoneExt}`
  return (
    <>
      {customer.kind === 'company' && (
        <StatusBadge tone="calm" icon={Building2}>
          Company
        </StatusBadge>
      )}
      {customer.kind === 'walk_in' && (
        <StatusBadge tone="calm" icon={Footprints}>
          Walk-in
        </StatusBadge>
      )}
      {customer.phone && (
        <span className="inline-flex items-center gap-1">
          <Phone size={14} aria-hidden="true" /> {formatPhone(customer.phone)}
          {extension}
        </span>
      )}
      {customer.email && (
        <span className="inline-flex min-w-0 items-center gap-1">
          <Mail size={14} aria-hidden="true" /> <span className="min-w-0 wrap-anywhere">{customer.email}</span>
        </span>
      )}
      {customer.balanceCents > 0 && (
        <span className="rounded-sm bg-warn-soft px-2 py-0.5 text-warn">
          Owes <Amount cents={customer.balanceCents} className="font-semibold" />
        </span>
      )}
      {customer.accountCreditCents > 0 && (
        <span className="rounded-sm bg-good-soft px-2 py-0.5 text-good">
          On account <Amount cents={customer.accountCreditCents} className="font-semibold" />
        </span>
      )}
      {customer.tags.map((tag) => (
        <span key={tag} className="rounded-sm bg-calm-soft px-2 py-0.5 text-sm text-calm">
          {tag}
        </span>
      ))}
    </>
  )
}

function History({ customerId }: { customerId: string }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(customerHistoryQuery(customerId))
  return (
    <Card title="Service history">
      <VisitList
        visits={data?.pages.flat()}
        error={error}
        withVehicle
        hasMore={hasNextPage}
        isLoadingMore={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
      />
    </Card>
  )
}
