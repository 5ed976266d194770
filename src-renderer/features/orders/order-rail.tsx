import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CircleAlert, CircleCheck, CircleDashed, type LucideIcon, ShieldAlert } from 'lucide-react'
import { onlyShownWords } from '../../../src-preload/contract/line-terms'
import type { Order } from '../../../src-preload/contract/orders'
import { type Cents, formatPercent, type Millionths, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { useGrant } from '../../base/session'
import { Amount } from '../../components/amount'
import { Card } from '../../components/card'
import { InvoiceStatusBadge } from '../../components/invoice-status-badge'
import { type HeadRoom, headRoom } from './head-room'
import { MissingList } from './missing-list'
import { liveInvoice } from './order-desk'
import { PricingActions } from './pricing-actions'

/** What it comes to, what was agreed, what is paid. */
export function OrderRail({ order }: { order: Order }) {
  return (
    <div className="flex flex-col gap-4 xl:sticky xl:top-4">
      <Totals order={order} />
      <Authorized order={order} />
      <MissingList order={order} />
      <Invoices order={order} />
    </div>
  )
}

function Totals({ order }: { order: Order }) {
  return (
    <Card title="Totals">
      <dl className="flex flex-col gap-1.5">
        <Sum label="Labor" cents={order.laborCents} />
        <Sum label="Parts" cents={order.partsCents} />
        {order.feesCents !== 0 && <Sum label="Fees" cents={order.feesCents} />}
        <Sum label="Subtotal" cents={order.subtotalCents} line />
        {order.discountCents !== 0 && <Sum label="Discount" cents={subtractCents(ZERO, order.discountCents)} />}
        <Sum label={order.customer.taxExempt ? 'Tax (exempt)' : `Tax ${formatPercent(order.taxRateMillionths)}`} cents={order.taxCents} />
        <div className="mt-1 flex items-baseline justify-between border-t border-line pt-2">
          <dt className="font-semibold">Total</dt>
          <dd>
            <Amount cents={order.totalCents} className="text-2xl font-semibold tracking-tight" />
          </dd>
        </div>
        <CostAndMargin order={order} />
      </dl>
      <PricingActions order={order} />
    </Card>
  )
}

/** For those who may see them; unknown while no line says what it costs. */
function CostAndMargin({ order: { costCents, marginMillionths, lines } }: { order: Order }) {
  const isKnown = lines.some((line) => line.costCents !== null)
  if (costCents === null && marginMillionths === null) return null
  return (
    <>
      {costCents !== null && <Quiet label="Cost">{isKnown ? <Amount cents={costCents} bare /> : '–'}</Quiet>}
      <Quiet label="Margin">{marginMillionths === null ? '–' : marginText(marginMillionths)}</Quiet>
    </>
  )
}

function Quiet({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between text-sm text-muted">
      <dt>{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  )
}

/** Whole tenths of a percent are fine enough; may be negative, unlike a rate. */
function marginText(margin: number): string {
  const tenths = Math.round(Math.abs(margin) / 1000) * 1000
  return `${margin < 0 ? '-' : ''}${formatPercent(tenths as Millionths)}`
}

function Sum({ label, cents, line = false }: { label: string; cents: Cents; line?: boolean }) {
  return (
    <div className={`flex justify-between ${line ? 'border-t border-line pt-1.5' : ''}`}>
      <dt className="text-muted">{label}</dt>
      <dd>
        <Amount cents={cents} bare />
      </dd>
    </div>
  )
}

const looks: Readonly<Record<HeadRoom['tone'], { icon: LucideIcon; text: string; bar: string }>> = {
  calm: { icon: CircleDashed, text: 'text-muted', bar: 'fill-calm' },
  good: { icon: CircleCheck, text: 'text-good', bar: 'fill-good' },
  warn: { icon: ShieldAlert, text: 'text-warn', bar: 'fill-warn' },
  bad: { icon: CircleAlert, text: 'text-bad', bar: 'fill-bad' },
}

function Authorized({ order }: { order: Order }) {
  const { rule, toleranceCents } = order.headRoom
  const room = headRoom(order, toleranceCents)
  const { icon: Icon, text, bar } = looks[room.tone]
  const last = order.authorizations.at(-1)
  return (
    <Card title="Authorized">
      <div className="flex flex-col gap-2">
        <div className="flex items-baseline justify-between">
          <span className="text-muted">{last ? `by ${last.approvedByName}` : 'Nothing yet'}</span>
          <Amount cents={order.authorizedCents} className="text-lg font-semibold" />
        </div>
        <svg aria-hidden="true" className="h-1.5 w-full overflow-hidden rounded-full" preserveAspectRatio="none" viewBox="0 0 100 1">
          <rect width="100" height="1" className="fill-sunken" />
          <rect width={room.usedPercent} height="1" className={bar} />
        </svg>
        <p role="status" className={`flex items-start gap-1.5 text-sm font-medium ${text}`}>
          <Icon size={14} className="mt-0.5 shrink-0" aria-hidden="true" /> {room.sentence}
        </p>
        {order.oldPartsWanted && (
          <p className="text-sm font-medium">The customer wants the replaced parts back. {onlyShownWords(order.lines)}</p>
        )}
        <p className="text-sm break-words text-muted">
          {rule.stateName}: {rule.sentence} {rule.cite}
          {rule.isVerified ? '' : ', unverified'}
        </p>
      </div>
    </Card>
  )
}

function Invoices({ order }: { order: Order }) {
  const live = liveInvoice(order)
  const seesInvoices = useGrant('invoices.see') !== 'no'
  return (
    <Card title="Balance">
      <div className="flex flex-col gap-2">
        {live ? (
          <Line label={live.dueCents === 0 ? 'Paid in full' : 'Due'}>
            <Amount cents={live.dueCents} className="text-lg font-semibold" />
          </Line>
        ) : (
          <p className="text-muted">Not invoiced yet.</p>
        )}
        {seesInvoices &&
          order.invoices.map((invoice) => (
            <Link
              key={invoice.id}
              to="/invoices/$invoiceId"
              params={{ invoiceId: invoice.id }}
              className="-mx-2 flex items-center justify-between gap-2 rounded-md px-2 py-1.5 hover:bg-hover"
            >
              <span className="font-medium text-accent-ink">{invoice.number}</span>
              <InvoiceStatusBadge status={invoice.status} />
              <Amount cents={invoice.totalCents} />
            </Link>
          ))}
      </div>
    </Card>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <p className="flex items-baseline justify-between">
      <span className="text-muted">{label}</span>
      {children}
    </p>
  )
}
