import { type ReactNode, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Order } from '../../../src-preload/contract/orders'
import { useBack, useShortcut } from '../../base/keys'
import { useRecent } from '../../base/recent-records'
import { useGrant, useSession } from '../../base/session'
import { useApproval } from '../../base/use-approval'
import { ErrorBanner } from '../../components/error-banner'
import { OrderStatusBadge } from '../../components/order-status-badge'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { Tabs } from '../../components/tabs'
import { DocumentsTab } from './documents-tab'
import { HistoryTab } from './history-tab'
import { LogTab } from './log-tab'
import { ActionButtons, BlockedReasons } from './order-buttons'
import { offeredActions } from './order-actions'
import { editableFields, type OrderDesk, OrderDeskContext, whyLinesAreFixed } from './order-desk'
import { OrderFacts, OrderIdentity } from './order-head'
import { OthersHere } from './others-here'
import { OrderRail } from './order-rail'
import { choicesQuery, orderQuery } from './orders-api'
import { useOrderSteps } from './use-order-steps'
import { usePrint } from './use-print'
import { useBillable } from './use-billable'
import { useGoBack } from './use-go-back'
import { useReason } from './use-reason'
import { WorkTab } from './work-tab'

/** The one place where a car is worked on. */
export function OrderScreen({ orderId }: { orderId: string }) {
  const { data: order, error, refetch } = useQuery(orderQuery(orderId))
  if (!order) {
    return <Page title="Repair order">{error ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  return <OpenOrder order={order} error={error} />
}

function useOrderDesk(order: Order): { desk: OrderDesk; reasonDialog: ReactNode } {
  const { data: choices } = useQuery(choicesQuery)
  const { askReason, reasonDialog } = useReason()
  const withApproval = useApproval()
  const { role } = useSession().user
  const lines = useGrant('orders.lines')
  const edit = useGrant('orders.edit')
  const assign = useGrant('orders.assign')
  const desk: OrderDesk = {
    order,
    // Labor begins at the rate of this car and customer.
    choices: choices && {
      ...choices,
      laborRateCents: order.laborRate?.rateCents ?? choices.laborRateCents,
    },
    mayChangeLines: lines !== 'no' && whyLinesAreFixed(order) === undefined,
    partsOnly: lines === 'own',
    mayDecide: useGrant('orders.authorize') !== 'no' && whyLinesAreFixed(order) === undefined,
    seesCosts: useGrant('costs.see') === 'yes',
    mayEdit: editableFields(role, edit, assign, order.status),
    askReason,
    withApproval,
  }
  return { desk, reasonDialog }
}

function OpenOrder({ order: found, error }: { order: Order; error: Error | null }) {
  const order = useBillable(found)
  const { desk, reasonDialog } = useOrderDesk(order)
  const steps = useOrderSteps(desk)
  const print = usePrint(order)
  const navigate = useNavigate()
  const workOrder = (): void => void navigate({ to: '/orders/$orderId/work-order', params: { orderId: order.id } })
  const goBack = useGoBack()
  const offered = offeredActions(order)
  useRecent('order', order.id, `Order ${order.number}, ${order.customer.displayName}`)
  useShortcut('take-payment', () => steps.takePayment?.(), {
    enabled: steps.takePayment !== undefined,
    place: offered.some(({ main, next }) => main && next.action === 'take_payment') ? 'first' : undefined,
  })
  useShortcut('print', () => print?.(), { enabled: print !== undefined })
  useBack(goBack)

  return (
    <OrderDeskContext value={desk}>
      <Page
        title={`Order ${order.number}`}
        aside={
          <>
            <OrderStatusBadge status={order.status} />
            <OrderIdentity order={order} />
            <OthersHere orderId={order.id} />
          </>
        }
      >
        <ErrorBanner error={error} />
        <ErrorBanner error={steps.error} />
        <div className="-mt-1 flex flex-wrap items-start justify-end gap-x-6 gap-y-2">
          <BlockedReasons offered={offered} />
          <ActionButtons
            offered={offered}
            byOthers={order.nextByOthers}
            onRun={steps.run}
            busy={steps.busy}
            onPrint={print}
            onWorkOrder={workOrder}
          />
        </div>
        <OrderFacts />
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_17rem]">
          <OrderTabs order={order} />
          <OrderRail order={order} />
        </div>
        {steps.dialogs}
        {reasonDialog}
      </Page>
    </OrderDeskContext>
  )
}

function OrderTabs({ order }: { order: Order }) {
  const [tab, setTab] = useState<'work' | 'history' | 'documents' | 'log'>('work')
  return (
    <Tabs
      label="Parts of the order"
      value={tab}
      onValueChange={setTab}
      tabs={[
        { key: 'work', label: 'Work', count: order.lines.length, content: <WorkTab /> },
        { key: 'history', label: 'History', content: <HistoryTab order={order} /> },
        { key: 'documents', label: 'Documents', content: <DocumentsTab order={order} /> },
        { key: 'log', label: 'Log', count: order.history.length + order.authorizations.length, content: <LogTab order={order} /> },
      ]}
    />
  )
}
