import { Link } from '@tanstack/react-router'
import type { BoardAppointment } from '../../../src-preload/contract/orders'
import { useFormat } from '../../base/format'
import { Card } from '../../components/card'

/** Who comes today; a press checks the car in, or opens the order that came of it. */
export function AppointmentList({ appointments }: { appointments: readonly BoardAppointment[] }) {
  return (
    <Card title={`Appointments today (${appointments.length})`} className="max-h-52 shrink-0">
      <ul className="-m-2 flex flex-wrap gap-2 overflow-y-auto">
        {appointments.map((appointment) => (
          <li key={appointment.id} className="w-72 min-w-0 grow">
            <AppointmentRow appointment={appointment} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function AppointmentRow({ appointment }: { appointment: BoardAppointment }) {
  const format = useFormat()
  const row = 'flex min-w-0 gap-3 rounded-md px-2 py-1.5 hover:bg-hover'
  const content = (
    <>
      <span className="w-18 shrink-0 font-medium">{format.time(appointment.startsAt)}</span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{appointment.customerName}</span>
        <span className="block truncate text-sm text-muted">
          {[appointment.vehicleLabel, ...appointment.services].filter(Boolean).join(' · ')}
        </span>
        <span className="block truncate text-sm text-muted">
          {[appointment.orderId ? 'checked in' : appointment.status.replaceAll('_', ' '), appointment.bayName].filter(Boolean).join(' · ')}
        </span>
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
