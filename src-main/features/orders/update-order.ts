import type { z } from 'zod'
import type { Order, OrderFields as OrderFieldsSchema } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { type Edit, guardedEdit, plainColumn, textColumn } from '../../database/guarded-edit'
import { changeOrder } from './load-order'
import { occupyBay } from './occupy-bay'
import { countOwnContacts, findAssignable, findOdometers, setVehicleOdometer } from './order-edit-queries'
import type { LockedOrder } from './order-queries'

type OrderFields = z.output<typeof OrderFieldsSchema>
type Field = keyof OrderFields

interface Input {
  orderId: string
  was: Edit<OrderFields>
  now: Edit<OrderFields>
}

const columns = {
  complaint: textColumn('customer_complaint'),
  technicianNotes: textColumn('technician_notes'),
  internalNotes: textColumn('internal_notes'),
  odometer: plainColumn('odometer', 'int'),
  odometerOut: plainColumn('odometer_out', 'int'),
  odometerReason: textColumn('odometer_reason'),
  oldPartsWanted: plainColumn('old_parts_wanted', 'boolean'),
  promisedAt: plainColumn('promised_date', 'timestamptz'),
  technicianId: plainColumn('assigned_technician_id', 'uuid'),
  bayId: plainColumn('bay_id', 'uuid'),
  priority: plainColumn('priority', 'ro_priority'),
  purchaseOrder: textColumn('purchase_order'),
  payerContactId: plainColumn('payer_contact_id', 'uuid'),
  driverContactId: plainColumn('driver_contact_id', 'uuid'),
  approverContactId: plainColumn('approver_contact_id', 'uuid'),
} as const

const OWN_FIELDS: Readonly<Record<'technician' | 'parts_manager', readonly Field[]>> = {
  technician: ['technicianNotes', 'odometer', 'odometerOut', 'odometerReason'],
  parts_manager: ['internalNotes'],
}

/**
 * Changes fields of an order's head, each only while it still is what the clerk saw.
 * @throws NOT_FOUND, EDIT_CONFLICT, FORBIDDEN, WRONG_STATE, ODOMETER_LOWER, BAY_TAKEN, INVALID_INPUT
 */
export async function updateOrder(ctx: Ctx, input: Input): Promise<Order> {
  const { was, now } = input
  const fields = (Object.keys(now) as Field[]).filter((field) => now[field] !== undefined)
  assertMayEdit(ctx, fields)
  return changeOrder('orders.update', ctx, { by: 'order', id: input.orderId }, async (tx, order) => {
    if (now.technicianId !== undefined || now.bayId !== undefined) await assertAssignable(tx, ctx, order, now)
    await assertOwnContacts(tx, ctx, order.id, [now.payerContactId, now.driverContactId, now.approverContactId])
    if (now.odometer !== undefined || now.odometerOut !== undefined) await readOdometer(tx, ctx, order, now)
    await guardedEdit(tx, { table: 'repair_orders', columns, shopId: ctx.shopId, id: order.id, was, now })
    if (now.bayId !== undefined && order.status === 'in_progress') await occupyBay(tx, ctx.shopId, order.id, now.bayId)
  })
}

function assertMayEdit(ctx: Ctx, fields: readonly Field[]): void {
  const { role } = ctx.user
  if (grantOf(role, 'orders.edit') === 'own') {
    const own = role === 'technician' || role === 'parts_manager' ? OWN_FIELDS[role] : []
    if (fields.some((field) => !own.includes(field))) throw new AppError('FORBIDDEN')
  }
}

/** The front desk assigns while a car is checked in; a finished order keeps who worked on it and where. */
async function assertAssignable(tx: Tx, ctx: Ctx, order: LockedOrder, now: Edit<OrderFields>): Promise<void> {
  if (order.status === 'closed' || order.status === 'declined') throw new AppError('WRONG_STATE')
  const checkingIn = order.status === 'draft' || order.status === 'estimate'
  if (grantOf(ctx.user.role, 'orders.assign') === 'limit' && !checkingIn) throw new AppError('FORBIDDEN')
  if (!(await findAssignable(tx, ctx.shopId, now.technicianId ?? null, now.bayId ?? null))) throw new AppError('NOT_FOUND')
}

/** Whoever pays, drives or approves is one of the customer's own people. */
async function assertOwnContacts(tx: Tx, ctx: Ctx, orderId: string, named: readonly (string | null | undefined)[]): Promise<void> {
  const ids = [...new Set(named.filter((id) => id != null))]
  if (ids.length > 0 && (await countOwnContacts(tx, ctx.shopId, orderId, ids)) !== ids.length) throw new AppError('NOT_FOUND')
}

/** An odometer does not run backwards, unless somebody says why (a new instrument, a wrong entry last time). */
async function readOdometer(tx: Tx, ctx: Ctx, order: LockedOrder, now: Edit<OrderFields>): Promise<void> {
  const { lastOdometer, odometerOut, odometerReason } = await findOdometers(tx, ctx.shopId, order.id, order.vehicleId)
  const arrival = now.odometer === undefined ? order.odometer : now.odometer
  const departure = now.odometerOut === undefined ? odometerOut : now.odometerOut
  const reason = now.odometerReason ?? odometerReason
  if (now.odometer != null && lastOdometer !== null && now.odometer < lastOdometer && reason === '') {
    throw new AppError('ODOMETER_LOWER', { lastOdometer })
  }
  if (arrival !== null && departure !== null && departure < arrival) {
    throw invalidField(
      now.odometerOut === undefined ? 'now.odometer' : 'now.odometerOut',
      'The odometer going out is lower than coming in.',
    )
  }
  const latest = departure ?? arrival
  if (latest !== null) await setVehicleOdometer(tx, ctx.shopId, order.vehicleId, latest, order.id)
}
