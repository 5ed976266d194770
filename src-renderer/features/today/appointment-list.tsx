import { useId } from 'react'
import { Link } from '@tanstack/react-router'
import type { BoardAppointment } from '../../../src-preload/contract/board'
import { useFormat } from '../../base/format'

/** Who comes today; a press checks the car in, or opens the order that came of it. */
export function AppointmentList({ appointments }: { appointments: readonly BoardAppointment[] }) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex shrink-0 items-stretch overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <h2 id={id} className="flex w-32 shrink-0 items-center border-r border-line px-3 text-sm font-semibold">
        {`Coming today (${appointments.length})`}
      </h2>
      <ul className="flex min-w-0 gap-1 overflow-x-auto p-1">
        {appointments.map((appointment) => (
          <li key={appointment.id} className="w-60 shrink-0">
            <AppointmentRow appointment={appointment} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function AppointmentRow({ appointment }: { appointment: BoardAppointment }) {
  const format = useFormat()
  const row = 'flex h-full min-w-0 gap-2 rounded-md px-2 py-1.5 hover:bg-hover'
  const content = (
    <>
      <span className="w-18 shrink-0 font-medium">{format.time(appointment.startsAt)}</span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{appointment.customerName}</span>
        <span className="block truncate text-sm text-muted">
          {[appointment.vehicleLabel, ...appointment.services].filter(Boolean).join(' · ')}
        </span>
        {appointment.orderId && <span className="block text-sm text-good">checked in</span>}
      </span>
    </>
  )
  if (appointment.orderId) {
    return (
      <Link to="/orders/$orderId" params={{ orderId: appointment.orderId }} className={row}>
        {content}
      </Link>
    )
  }
  return (
    <Link to="/orders/new" search={{ customer: appointment.customerId, vehicle: appointment.vehicleId }} className={row}>
      {content}
    </Link>
  )
}
