import { lazy, useState } from 'react'
import { createHashHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { onPersonLeft } from './base/at-counter'
import { isSettingsPart, type SettingsPartKey } from './base/settings-parts'
import { FaultScreen } from './components/fault-screen'
import { NotFoundScreen } from './components/not-found-screen'
import { ChangePasswordDialog } from './features/session/change-password-dialog'
import { SetPinDialog } from './features/session/set-pin-dialog'
import { TodayScreen } from './features/today/today-screen'
import { Shell } from './shell'

// Today is there at once; every other screen is fetched when it is first opened (from this machine, so within a moment).
const CheckInScreen = lazy(async () => ({ default: (await import('./features/orders/check-in-screen')).CheckInScreen }))
const OrderScreen = lazy(async () => ({ default: (await import('./features/orders/order-screen')).OrderScreen }))
const CustomersScreen = lazy(async () => ({ default: (await import('./features/customers/customers-screen')).CustomersScreen }))
const CustomerScreen = lazy(async () => ({ default: (await import('./features/customers/customer-screen')).CustomerScreen }))
const VehicleScreen = lazy(async () => ({ default: (await import('./features/vehicles/vehicle-screen')).VehicleScreen }))
// The payment dialog comes with the invoice it belongs to, so that F4 answers at once.
const InvoiceScreen = lazy(async () => {
  const [{ InvoiceScreen: Screen }, { TakePaymentDialog }] = await Promise.all([
    import('./features/invoices/invoice-screen'),
    import('./features/payments/take-payment-dialog'),
  ])
  return { default: (props: { invoiceId: string; pay: boolean }) => <Screen {...props} PaymentDialog={TakePaymentDialog} /> }
})
const InvoicePrintScreen = lazy(async () => ({ default: (await import('./features/invoices/invoice-print-screen')).InvoicePrintScreen }))
const CreditPrintScreen = lazy(async () => ({ default: (await import('./features/invoices/credit-print-screen')).CreditPrintScreen }))
const EstimateScreen = lazy(async () => ({ default: (await import('./features/invoices/estimate-screen')).EstimateScreen }))
const WorkOrderScreen = lazy(async () => ({ default: (await import('./features/invoices/work-order-screen')).WorkOrderScreen }))
const ChangeOrderScreen = lazy(async () => ({ default: (await import('./features/invoices/change-order-screen')).ChangeOrderScreen }))
const SettingsScreen = lazy(async () => ({ default: (await import('./features/settings/settings-screen')).SettingsScreen }))
const AccountScreen = lazy(async () => ({ default: (await import('./features/settings/account-screen')).AccountScreen }))

const root = createRootRoute({
  component: Shell,
  errorComponent: FaultScreen,
  notFoundComponent: NotFoundScreen,
  /** field: of the screen, has the focus when it opens */
  validateSearch: (search: Record<string, unknown>): { field?: string } =>
    typeof search.field === 'string' ? { field: search.field } : {},
})
const getParentRoute = () => root

const today = createRoute({ getParentRoute, path: '/', component: TodayScreen })

interface CheckInSearch {
  customer?: string
  vehicle?: string
  /** text from the search box that found nobody */
  name?: string
  /** scanned, and in no file */
  vin?: string
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)

const checkIn = createRoute({
  getParentRoute,
  path: '/orders/new',
  validateSearch: (search: Record<string, unknown>): CheckInSearch => {
    const [customer, vehicle, name, vin] = [textOf(search.customer), textOf(search.vehicle), textOf(search.name), textOf(search.vin)]
    return { ...(customer ? { customer } : {}), ...(vehicle ? { vehicle } : {}), ...(name ? { name } : {}), ...(vin ? { vin } : {}) }
  },
  component: function CheckInRoute() {
    const { customer, vehicle, name, vin } = checkIn.useSearch()
    return (
      <CheckInScreen
        key={`${customer} ${vehicle} ${name} ${vin}`}
        {...(customer ? { customerId: customer } : {})}
        {...(vehicle ? { vehicleId: vehicle } : {})}
        {...(name ? { newCustomer: name } : {})}
        {...(vin ? { vin } : {})}
      />
    )
  },
})

const order = createRoute({
  getParentRoute,
  path: '/orders/$orderId',
  component: function OrderRoute() {
    const { orderId } = order.useParams()
    return <OrderScreen key={orderId} orderId={orderId} />
  },
})

const customers = createRoute({ getParentRoute, path: '/customers', component: CustomersScreen })

const customer = createRoute({
  getParentRoute,
  path: '/customers/$customerId',
  component: function CustomerRoute() {
    const { customerId } = customer.useParams()
    return <CustomerScreen key={customerId} customerId={customerId} />
  },
})

const vehicle = createRoute({
  getParentRoute,
  path: '/vehicles/$vehicleId',
  component: function VehicleRoute() {
    const { vehicleId } = vehicle.useParams()
    return <VehicleScreen key={vehicleId} vehicleId={vehicleId} />
  },
})

const invoice = createRoute({
  getParentRoute,
  path: '/invoices/$invoiceId',
  /** pay: with the payment dialog open */
  validateSearch: (search: Record<string, unknown>): { pay?: 1 } => (textOf(search.pay) === '1' ? { pay: 1 } : {}),
  component: function InvoiceRoute() {
    const { invoiceId } = invoice.useParams()
    const { pay } = invoice.useSearch()
    return <InvoiceScreen key={invoiceId} invoiceId={invoiceId} pay={pay === 1} />
  },
})

const invoicePrint = createRoute({
  getParentRoute,
  path: '/invoices/$invoiceId/print',
  component: function InvoicePrintRoute() {
    const { invoiceId } = invoicePrint.useParams()
    return <InvoicePrintScreen key={invoiceId} invoiceId={invoiceId} />
  },
})

const creditPrint = createRoute({
  getParentRoute,
  path: '/invoices/$invoiceId/credit/$creditNoteId',
  component: function CreditPrintRoute() {
    const { invoiceId, creditNoteId } = creditPrint.useParams()
    return <CreditPrintScreen key={creditNoteId} invoiceId={invoiceId} creditNoteId={creditNoteId} />
  },
})

const wholeOf = (value: unknown): number => Number.parseInt(textOf(value) ?? '', 10)

const changes = createRoute({
  getParentRoute,
  path: '/orders/$orderId/changes',
  /** two versions of the estimate; without `to`, the one that stands */
  validateSearch: (search: Record<string, unknown>): { from?: number; to?: number } => {
    const [from, to] = [wholeOf(search.from), wholeOf(search.to)]
    return { ...(from > 0 ? { from } : {}), ...(to > 0 ? { to } : {}) }
  },
  component: function ChangesRoute() {
    const { orderId } = changes.useParams()
    const { from = 1, to } = changes.useSearch()
    return <ChangeOrderScreen key={orderId} orderId={orderId} from={from} to={to} />
  },
})

const estimate = createRoute({
  getParentRoute,
  path: '/orders/$orderId/estimate',
  /** version: as it was frozen; else as it stands */
  validateSearch: (search: Record<string, unknown>): { version?: number } => {
    const version = Number.parseInt(textOf(search.version) ?? '', 10)
    return version > 0 ? { version } : {}
  },
  component: function EstimateRoute() {
    const { orderId } = estimate.useParams()
    const { version } = estimate.useSearch()
    return <EstimateScreen key={`${orderId} ${version}`} orderId={orderId} version={version} />
  },
})

const workOrder = createRoute({
  getParentRoute,
  path: '/orders/$orderId/work-order',
  component: function WorkOrderRoute() {
    const { orderId } = workOrder.useParams()
    return <WorkOrderScreen key={orderId} orderId={orderId} />
  },
})

const settings = createRoute({
  getParentRoute,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): { part?: SettingsPartKey } =>
    isSettingsPart(search.part) ? { part: search.part } : {},
  component: function SettingsRoute() {
    const { part } = settings.useSearch()
    return <SettingsScreen part={part ?? 'shop'} />
  },
})

const account = createRoute({
  getParentRoute,
  path: '/account',
  component: function AccountRoute() {
    const [open, setOpen] = useState<'password' | 'pin'>()
    const close = (): void => setOpen(undefined)
    return (
      <>
        <AccountScreen onPassword={() => setOpen('password')} onPin={() => setOpen('pin')} />
        {open === 'password' && <ChangePasswordDialog onClose={close} />}
        {open === 'pin' && <SetPinDialog onClose={close} />}
      </>
    )
  },
})

// Hash history: the same addresses under app:// and http://.
export const router = createRouter({
  routeTree: root.addChildren([
    today,
    checkIn,
    order,
    customers,
    customer,
    vehicle,
    invoice,
    invoicePrint,
    creditPrint,
    estimate,
    workOrder,
    changes,
    settings,
    account,
  ]),
  history: createHashHistory(),
  defaultErrorComponent: FaultScreen,
})

// A check-in belongs to whoever began it, with the text in its address: the next person begins at Today.
onPersonLeft(() => {
  if (location.hash.startsWith('#/orders/new')) void router.navigate({ to: '/', replace: true })
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
