import { Link } from '@tanstack/react-router'
import { ClockAlert } from 'lucide-react'
import type { Order, OrderFields } from '../../../src-preload/contract/orders'
import { CallError } from '../../base/errors'
import { formatCount, formatPhone, useFormat } from '../../base/format'
import { useSession } from '../../base/session'
import { useNow } from '../../base/use-now'
import { useStoredField, type StoredField } from '../../base/use-stored-field'
import { DateTimeInput } from '../../components/date-time-input'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { StatusBadge } from '../../components/status-badge'
import { WholeNumberInput } from '../../components/whole-number-input'
import { bayChoices, priorityChoices, technicianChoices } from './field-choices'
import { type OrderDesk, useDesk } from './order-desk'
import { updateOrder } from './orders-api'

/** Promised for a moment that is over, and not finished. */
function isLate({ promisedAt, status }: Pick<Order, 'promisedAt' | 'status'>, now: number): boolean {
  return promisedAt !== null && ['draft', 'estimate', 'approved', 'in_progress'].includes(status) && Date.parse(promisedAt) < now
}

/** Whose car it is; both open their own screens. */
export function OrderIdentity({ order }: { order: Order }) {
  const { customer, vehicle } = order
  const late = isLate(order, useNow())
  const format = useFormat()
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      {late && order.promisedAt && (
        <StatusBadge tone="bad" icon={ClockAlert}>
          {`Late: promised ${format.soon(order.promisedAt)}`}
        </StatusBadge>
      )}
      <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="font-medium text-accent-ink hover:underline">
        {customer.displayName}
      </Link>
      {customer.phone && <span className="text-muted">{formatPhone(customer.phone)}</span>}
      <Link to="/vehicles/$vehicleId" params={{ vehicleId: vehicle.id }} className="font-medium text-accent-ink hover:underline">
        {vehicle.label}
      </Link>
      {vehicle.plate && (
        <span className="rounded-sm border border-line bg-sunken px-1 font-mono text-xs leading-4">
          {[vehicle.plate, vehicle.plateState].filter(Boolean).join(' ')}
        </span>
      )}
      {customer.taxExempt && <span className="text-muted">tax exempt</span>}
    </span>
  )
}

/** A field of the order's head, stored when it is left. */
export function useOrderField<Name extends keyof OrderFields>(
  desk: OrderDesk,
  name: Name,
  options: { multiline?: boolean } = {},
): StoredField<OrderFields[Name]> {
  const { order } = desk
  const value: OrderFields[Name] = order[name]
  return useStoredField<OrderFields[Name]>({
    value,
    name,
    ...options,
    onStore: (now, was) => updateOrder({ orderId: order.id, was: { [name]: was }, now: { [name]: now } }),
  })
}

/** When, who, where, how far: one line of small fields. */
export function OrderFacts() {
  const desk = useDesk()
  const late = isLate(desk.order, useNow())
  return (
    <div className="grid grid-cols-2 gap-3 rounded-lg border border-line bg-surface px-4 py-3 shadow-card sm:grid-cols-[13.5rem_minmax(0,1fr)_minmax(0,1fr)] xl:grid-cols-[13.5rem_1fr_1fr_7rem_8rem_8rem]">
      <PromiseField desk={desk} late={late} />
      <TechnicianField desk={desk} />
      <BayField desk={desk} />
      <PriorityField desk={desk} />
      <OdometerField desk={desk} />
      <OdometerOutField desk={desk} />
    </div>
  )
}

function PromiseField({ desk, late }: { desk: OrderDesk; late: boolean }) {
  const { timezone } = useSession().shop
  const format = useFormat()
  const promise = useOrderField(desk, 'promisedAt')
  return (
    <Field
      label={late ? 'Promised (late)' : 'Promised'}
      place="promisedAt"
      {...promise.field}
      showTheirs={(theirs) => (typeof theirs === 'string' ? format.dateTime(theirs) : 'no promise')}
    >
      <DateTimeInput {...promise.input} timezone={timezone} disabled={!desk.mayEdit('promisedAt')} />
    </Field>
  )
}

function TechnicianField({ desk }: { desk: OrderDesk }) {
  const { order, choices } = desk
  const technician = useOrderField(desk, 'technicianId')
  const present = order.technicianId === null ? null : { id: order.technicianId, name: order.technicianName ?? '' }
  const listed = technicianChoices(choices, present)
  return (
    <Field label="Technician" place="technicianId" {...technician.field} showTheirs={(theirs) => labelOf(listed, theirs)}>
      <Select
        value={technician.input.value ?? ''}
        onValueChange={(id) => technician.choose(id || null)}
        choices={listed}
        disabled={!desk.mayEdit('technicianId')}
      />
    </Field>
  )
}

function BayField({ desk }: { desk: OrderDesk }) {
  const { order, choices } = desk
  const bay = useOrderField(desk, 'bayId')
  const present = { id: order.bayId ?? '', name: order.bayName ?? 'No bay yet', orderNumber: order.number }
  const listed = bayChoices(choices, present).filter(({ value }, at) => at === 0 || value !== '')
  return (
    <Field label="Bay" {...bay.field} showTheirs={(theirs) => labelOf(listed, theirs)}>
      <Select
        value={bay.input.value ?? ''}
        onValueChange={(id) => bay.choose(id || null)}
        choices={listed}
        disabled={!desk.mayEdit('bayId')}
      />
    </Field>
  )
}

function labelOf(choices: readonly { value: string; label: string }[], value: unknown): string {
  return choices.find((choice) => choice.value === (value ?? ''))?.label ?? 'somebody else'
}

function PriorityField({ desk }: { desk: OrderDesk }) {
  const priority = useOrderField(desk, 'priority')
  return (
    <Field label="Priority" {...priority.field}>
      <Select value={priority.input.value} onValueChange={priority.choose} choices={priorityChoices} disabled={!desk.mayEdit('priority')} />
    </Field>
  )
}

const showMiles = (theirs: unknown): string => (typeof theirs === 'number' ? formatCount(theirs) : 'empty')

/** Lower than at the last visit asks why, and stores the reason with it. */
function OdometerField({ desk }: { desk: OrderDesk }) {
  const { order, askReason } = desk
  const store = async (now: number | null, was: number | null): Promise<void> => {
    const change = { orderId: order.id, was: { odometer: was }, now: { odometer: now } }
    try {
      await updateOrder(change)
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== 'ODOMETER_LOWER') throw error
      const last = error.data.lastOdometer
      const odometerReason = await askReason({
        title: 'The odometer is lower than last time',
        description: `${formatCount(now ?? 0)} now${last === undefined ? '' : `, ${formatCount(last)} at the last visit`}.`,
        label: 'Why?',
        confirm: 'Store it',
      })
      await updateOrder({ ...change, was: { odometer: was, odometerReason: order.odometerReason }, now: { odometer: now, odometerReason } })
    }
  }
  const odometer = useStoredField<number | null>({ value: order.odometer, name: 'odometer', onStore: store })
  return (
    <Field label="Odometer in" place="odometer" {...odometer.field} showTheirs={showMiles} hint={order.odometerReason || undefined}>
      <WholeNumberInput {...odometer.input} disabled={!desk.mayEdit('odometer')} />
    </Field>
  )
}

function OdometerOutField({ desk }: { desk: OrderDesk }) {
  const odometer = useOrderField(desk, 'odometerOut')
  return (
    <Field label="Odometer out" place="odometerOut" {...odometer.field} showTheirs={showMiles}>
      <WholeNumberInput {...odometer.input} disabled={!desk.mayEdit('odometerOut')} />
    </Field>
  )
}
