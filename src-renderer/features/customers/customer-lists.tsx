import type { ReactNode } from 'react'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Building2, Footprints, RotateCcw, SearchX, Trash2, User, Users, type LucideIcon } from 'lucide-react'
import { formatPhone, useFormat } from '../../base/format'
import { useGrant } from '../../base/session'
import { useApproval } from '../../base/use-approval'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { ScreenProgress } from '../../components/spinner'
import { showToast } from '../../components/toast'
import { kindNames } from './customer-draft'
import { type CustomerRow, rowsOfHits } from './customer-rows'
import { customerListQuery, customersFoundQuery, restoreCustomer } from './customers-api'

const kindIcons: Readonly<Record<NonNullable<CustomerRow['kind']>, LucideIcon>> = { person: User, company: Building2, walk_in: Footprints }

/** Walk-ins have no name and would fill the first pages. */
export const FIRST_LETTER = 'a'

export function AllCustomers({ removed, from }: { removed: boolean; from: string }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(customerListQuery(removed, from))
  if (error) return <ErrorBanner error={error} />
  if (!data) return <ScreenProgress />
  const rows = data.pages.flat()
  if (rows.length === 0 && from === FIRST_LETTER) return <AllCustomers removed={removed} from="" />
  const empty = removed ? (
    <EmptyState icon={Trash2} title="Nobody is removed">
      A removed customer stays here with all history and can be restored. Press F3 to find one who is still in use.
    </EmptyState>
  ) : (
    <EmptyState icon={Users} title={from === '' ? 'No customers yet' : 'Nobody from here on'}>
      Press N for a new customer, or F2 to check in a car: the customer is written down on the way.
    </EmptyState>
  )
  return (
    <div className="flex flex-col gap-3">
      <CustomerTable rows={rows} removed={removed} empty={empty} />
      {hasNextPage && (
        <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}

export function FoundCustomers({ text }: { text: string }) {
  const { data, error } = useQuery(customersFoundQuery(text))
  if (error) return <ErrorBanner error={error} />
  if (!data) return <ScreenProgress />
  const empty = (
    <EmptyState icon={SearchX} title={`Nobody fits “${text}”`}>
      Try a part of the name, the last four digits of the phone, the plate, or the end of the VIN. N writes down a new customer.
    </EmptyState>
  )
  return <CustomerTable rows={rowsOfHits(data)} removed={false} empty={empty} />
}

interface CustomerTableProps {
  rows: readonly CustomerRow[]
  removed: boolean
  empty: ReactNode
}

function CustomerTable({ rows, removed, empty }: CustomerTableProps) {
  const navigate = useNavigate()
  const mayCheckIn = useGrant('orders.create') !== 'no' && !removed
  const seesContact = useGrant('customers.see') === 'yes'
  const restore = useRestore()
  const columns = [
    nameColumn,
    ...(seesContact ? [phoneColumn] : []),
    ...(rows.some((row) => row.email) ? [emailColumn] : []),
    vehiclesColumn,
    ...(removed ? [removedColumn(restore.mutate)] : seesContact ? [balanceColumn] : []),
  ]
  return (
    <>
      <ErrorBanner error={restore.error} className="mb-3" />
      <DataTable
        label={removed ? 'Removed customers' : 'Customers'}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.id } })}
        onRowKey={(row, key) => {
          if (key !== 'F2' || !mayCheckIn) return false
          void navigate({ to: '/orders/new', search: { customer: row.id } })
          return true
        }}
        empty={empty}
      />
    </>
  )
}

const nameColumn: Column<CustomerRow> = { key: 'name', header: 'Customer', cell: (row) => <Name row={row} />, width: 'w-64' }
const phoneColumn: Column<CustomerRow> = {
  key: 'phone',
  header: 'Phone',
  cell: (row) => row.phone && <span className="whitespace-nowrap">{formatPhone(row.phone)}</span>,
  width: 'w-36',
}
const emailColumn: Column<CustomerRow> = { key: 'email', header: 'E-mail', cell: (row) => <Clipped>{row.email}</Clipped> }
const vehiclesColumn: Column<CustomerRow> = { key: 'vehicles', header: 'Vehicles', cell: (row) => <Clipped>{row.vehicles}</Clipped> }
const balanceColumn: Column<CustomerRow> = {
  key: 'balance',
  header: 'Balance',
  align: 'right',
  width: 'w-28',
  cell: (row) => <Amount cents={row.balanceCents} zero="–" />,
}

function removedColumn(onRestore: (row: CustomerRow) => void): Column<CustomerRow> {
  return { key: 'removed', header: 'Removed', width: 'w-56', cell: (row) => <Removed row={row} onRestore={onRestore} /> }
}

function useRestore() {
  const withApproval = useApproval()
  return useMutation({
    mutationFn: (row: CustomerRow) => restoreCustomer(row.id, withApproval),
    onSuccess: (_, row) => showToast(`${row.displayName} is back`),
  })
}

function Name({ row }: { row: CustomerRow }) {
  const Icon = row.kind && kindIcons[row.kind]
  return (
    <span className="flex items-start gap-2 font-medium">
      {Icon && <Icon size={16} className="mt-0.5 shrink-0 text-muted" aria-hidden="true" />}
      {row.kind && row.kind !== 'person' && <span className="sr-only">{kindNames[row.kind]}: </span>}
      {row.displayName}
    </span>
  )
}

function Clipped({ children }: { children: string | null }) {
  return <span className="line-clamp-2 break-words text-muted">{children}</span>
}

function Removed({ row, onRestore }: { row: CustomerRow; onRestore: (row: CustomerRow) => void }) {
  const format = useFormat()
  return (
    <span className="flex items-center justify-between gap-2">
      {row.deletedAt && format.date(row.deletedAt)}
      <Button
        size="small"
        icon={<RotateCcw size={14} aria-hidden="true" />}
        onClick={(event) => {
          event.stopPropagation() // the row opens the customer
          onRestore(row)
        }}
      >
        Restore
      </Button>
    </span>
  )
}
