import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Car, ClockAlert, ShieldAlert } from 'lucide-react'
import type { BoardOrder } from '../../../src-preload/contract/board'
import { useFormat } from '../../base/format'
import { useGrant } from '../../base/session'
import { useNow } from '../../base/use-now'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { Kbd } from '../../components/kbd'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { AppointmentList } from './appointment-list'
import { boardColumns, isLate, needsAuthorization } from './board-columns'
import { OrderBoard } from './order-board'
import { Takings } from './takings'
import { boardQuery, takingsQuery } from './today-api'

/** The start: every open repair order by what has to happen next, and who comes today. */
export function TodayScreen() {
  const { data: board, error, refetch } = useQuery(boardQuery)
  const format = useFormat()
  if (!board) {
    return <Page title="Today">{error ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  return (
    <Page title="Today" aside={<Day day={board.day} name={format.day(board.day)} />} actions={<Counts orders={board.orders} />} fill>
      <ErrorBanner error={error} onRetry={() => void refetch()} />
      {board.orders.length === 0 ? <NothingOpen /> : <OrderBoard columns={boardColumns(board.orders)} />}
      {board.appointments.length > 0 && <AppointmentList appointments={board.appointments} />}
    </Page>
  )
}

/** The day, and for those who may see it what it has brought so far. */
function Day({ day, name }: { day: string; name: string }) {
  const maySee = useGrant('reports.day') !== 'no'
  const { data: takings } = useQuery({ ...takingsQuery(day), enabled: maySee })
  return (
    <span className="flex items-center gap-3 text-muted">
      {name}
      {takings && <Takings takings={takings} />}
    </span>
  )
}

function Counts({ orders }: { orders: readonly BoardOrder[] }) {
  const now = useNow()
  const late = orders.filter((order) => isLate(order, now)).length
  const unauthorized = orders.filter(needsAuthorization).length
  return (
    <span className="flex items-center gap-2">
      {late > 0 && (
        <StatusBadge tone="bad" icon={ClockAlert}>
          {`${late} late`}
        </StatusBadge>
      )}
      {unauthorized > 0 && (
        <StatusBadge tone="warn" icon={ShieldAlert}>
          {unauthorized === 1 ? '1 needs authorization' : `${unauthorized} need authorization`}
        </StatusBadge>
      )}
      <StatusBadge tone="calm" icon={Car}>
        {orders.length === 1 ? '1 car open' : `${orders.length} cars open`}
      </StatusBadge>
    </span>
  )
}

function NothingOpen() {
  const mayCreate = useGrant('orders.create') !== 'no'
  return (
    <div className="flex flex-1 items-center justify-center rounded-lg bg-sunken">
      <EmptyState icon={Car} title="No open repair orders">
        {mayCreate ? (
          <>
            <p>
              A car is at the door? Press <Kbd keys="F2" /> to check it in, or <Kbd keys="F3" /> to find a customer first. Every open order
              stands on this board until it is paid and closed.
            </p>
            <Link
              to="/orders/new"
              className="mt-4 inline-flex h-control items-center rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
            >
              Check in the first car
            </Link>
          </>
        ) : (
          <p>Nothing to do for you right now. Orders appear here as soon as there are some.</p>
        )}
      </EmptyState>
    </div>
  )
}
