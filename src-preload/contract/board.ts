import { z } from 'zod'
import { Day, Id, Moment } from './call'
import { Cents } from './money'
import { OrderStatus, Priority } from './order-status'

/** A card on the Today board. */
export const BoardOrder = z.object({
  id: Id,
  number: z.string(),
  status: OrderStatus,
  priority: Priority,
  customerName: z.string(),
  vehicleLabel: z.string(),
  plate: z.string().nullable(),
  complaint: z.string(),
  checkedInAt: Moment,
  promisedAt: Moment.nullable(),
  technicianName: z.string().nullable(),
  bayName: z.string().nullable(),
  totalCents: Cents,
  authorizedCents: Cents,
  toleranceCents: Cents,
  dueCents: Cents,
  hasInvoice: z.boolean(),
})
export type BoardOrder = z.output<typeof BoardOrder>

export const BoardAppointment = z.object({
  id: Id,
  startsAt: Moment,
  endsAt: Moment,
  status: z.string(),
  customerName: z.string(),
  vehicleLabel: z.string(),
  services: z.array(z.string()),
  bayName: z.string().nullable(),
  orderId: Id.nullable(),
  customerId: Id,
  vehicleId: Id,
})
export type BoardAppointment = z.output<typeof BoardAppointment>

export const Board = z.object({ day: Day, orders: z.array(BoardOrder), appointments: z.array(BoardAppointment) })
export type Board = z.output<typeof Board>
