import { type ReactNode, Suspense, useState } from 'react'
import { Link, Outlet, useCanGoBack, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { CalendarCheck, CircleHelp, Lock, type LucideIcon, Plus, Settings, Users } from 'lucide-react'
import { useConnectionState } from './base/connection'
import { useFieldOfAddress } from './base/field-place'
import { bindingsOf, type KeyBinding, SCREEN_LAYER, topLayer } from './base/key-bindings'
import { keysOf } from './base/key-names'
import { useKey, useShortcut } from './base/keys'
import { useGrant, useSession } from './base/session'
import { Banner } from './components/banner'
import { HelpDialog } from './components/help-dialog'
import { IconButton } from './components/icon-button'
import { Kbd } from './components/kbd'
import { reprintLast } from './components/print-receipt'
import { ScreenProgress } from './components/spinner'
import { SearchBox } from './features/search/search-box'
import { useScanRouting } from './features/search/use-scan-routing'
import { BrandMark } from './features/session/entrance'
import { lock } from './features/session/session-api'
import { leaveField } from './features/session/use-auto-lock'
import { UserMenu } from './features/session/user-menu'

/** Around every screen: where one can go, the one search box, whose shop and who is at the counter. */
export function Shell() {
  const [help, setHelp] = useState<readonly KeyBinding[]>()
  const navigate = useNavigate()
  const mayCreate = useGrant('orders.create') !== 'no'
  const openHelp = (): void => setHelp(bindingsOf(topLayer() === SCREEN_LAYER ? SCREEN_LAYER : topLayer()))
  useShortcut('help', openHelp, { fallback: true })
  useShortcut('new-order', () => void navigate({ to: '/orders/new', search: {} }), { enabled: mayCreate, fallback: true })
  useShortcut('today', () => void navigate({ to: '/' }), { fallback: true })
  useShortcut('lock', lockNow, { always: true })
  useShortcut('reprint', reprintLast, { enabled: useGrant('invoices.see') === 'yes', fallback: true })
  useStepBack()
  useScanRouting()
  useFieldOfAddress()
  return (
    <div className="grid h-full grid-cols-[3.25rem_minmax(0,1fr)] lg:grid-cols-[11.5rem_minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault() // the hash belongs to the router
          document.getElementById('main')?.focus()
        }}
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:bg-surface focus:p-2"
      >
        Skip to the screen
      </a>
      <TopBar onHelp={openHelp} />
      <Navigation mayCreate={mayCreate} />
      <main id="main" tabIndex={-1} className="relative min-w-0 overflow-auto outline-none">
        <ConnectionBanner />
        <Suspense fallback={<ScreenProgress />}>
          <Outlet />
        </Suspense>
      </main>
      <HelpDialog open={help !== undefined} onClose={() => setHelp(undefined)} bindings={help ?? []} />
    </div>
  )
}

/** Esc, when the screen itself has nothing to step back from: the screen before, in the end Today. */
function useStepBack(): void {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const atToday = useLocation({ select: (location) => location.pathname === '/' })
  const run = (): void => {
    if (canGoBack) router.history.back()
    else void router.navigate({ to: '/' })
  }
  useKey({ keys: 'Escape', title: 'Back to the screen before', run, fallback: true }, !atToday)
}

function lockNow(): void {
  leaveField()
  void lock()
}

function TopBar({ onHelp }: { onHelp: () => void }) {
  const { shop } = useSession()
  return (
    <header data-shell className="col-span-2 flex h-14 items-center gap-2 border-b border-line bg-surface px-2 lg:gap-4 lg:px-4">
      <span className="hidden w-[9.5rem] shrink-0 items-center lg:flex">
        <BrandMark />
      </span>
      <SearchBox />
      <span className="ml-auto flex shrink-0 items-center gap-1">
        <span className="hidden max-w-56 truncate px-2 text-muted xl:block">{shop.name}</span>
        <IconButton icon={<CircleHelp size={18} aria-hidden="true" />} label="Keys of this screen (F1)" onClick={onHelp} />
        <IconButton icon={<Lock size={18} aria-hidden="true" />} label="Lock the screen (Ctrl+L)" onClick={lockNow} />
        <UserMenu />
      </span>
    </header>
  )
}

function Navigation({ mayCreate }: { mayCreate: boolean }) {
  const maySettings = useGrant('shop.settings') !== 'no'
  const mayCustomers = useGrant('customers.see') !== 'no'
  return (
    <nav aria-label="Screens" className="flex flex-col gap-0.5 border-r border-line bg-surface p-2">
      <NavLink to="/" icon={CalendarCheck} keys={keysOf('today')}>
        Today
      </NavLink>
      {mayCreate && (
        <NavLink to="/orders/new" icon={Plus} keys={keysOf('new-order')}>
          New order
        </NavLink>
      )}
      {mayCustomers && (
        <NavLink to="/customers" icon={Users}>
          Customers
        </NavLink>
      )}
      {maySettings && (
        <NavLink to="/settings" icon={Settings}>
          Settings
        </NavLink>
      )}
    </nav>
  )
}

function NavLink({
  to,
  icon: Icon,
  keys,
  children,
}: {
  to: '/' | '/orders/new' | '/customers' | '/settings'
  icon: LucideIcon
  keys?: string
  children: ReactNode
}) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      className="flex h-control items-center gap-2.5 rounded-md px-2.5 font-medium text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink"
    >
      <Icon size={16} aria-hidden="true" />
      <span className="max-lg:sr-only lg:flex-1">{children}</span>
      <span className="max-lg:hidden">{keys && <Kbd keys={keys} />}</span>
    </Link>
  )
}

function ConnectionBanner() {
  const connection = useConnectionState()
  if (connection !== 'lost') return null
  return (
    <Banner tone="warn" className="sticky top-0 z-20 m-2">
      Connection lost, reconnecting… What is on the screen may be out of date; nothing can be stored until it is back.
    </Banner>
  )
}
