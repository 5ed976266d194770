import type { z } from 'zod'
import type { Approval } from '../../src-preload/contract/call'
import { CheckIn, type Line, LineFields, NewLine, type Order } from '../../src-preload/contract/orders'
import { AppError } from '../base/app-error'
import { uuid7 } from '../base/uuid7'
import { one, reading, sql } from '../database/transaction'
import type { Ctx } from '../ipc/context'
import { fromDatabaseError } from '../ipc/database-errors'
import { arrivalAsSent, type Car, lineAsSent } from './as-sent'
import type { TestDatabase } from './test-database'
import { addLines } from '../features/orders/add-lines'
import { authorize } from '../features/orders/authorize'
import { checkIn } from '../features/orders/check-in'
import { decide as decideSeen } from '../features/orders/decide'
import { getOrder } from '../features/orders/get-order'
import { transitionOrder } from '../features/orders/transition-order'
import { updateLine } from '../features/orders/update-line'

const CUSTOMER = sql(
  '',
  `INSERT INTO customers (id, shop_id, first_name, last_name, phone, email, tax_exempt, tax_exempt_number)
   VALUES ($1, $2, 'Carla', 'Tester', '(555) 010-0142', 'carla@test.invalid', $3, CASE WHEN $3 THEN 'EX-1' END)`,
)
const VEHICLE = sql(
  '',
  `INSERT INTO vehicles (id, shop_id, customer_id, year, make, model, license_plate, plate_state, current_odometer)
   VALUES ($1, $2, $3, 2019, 'Honda', 'Civic', $4, 'CA', $5)`,
)

/** A customer with a car, made in plain SQL: what an order needs before it exists. */
export async function newCar(test: TestDatabase, options: { odometer?: number; taxExempt?: boolean; shopId?: string } = {}): Promise<Car> {
  const [customerId, vehicleId] = [uuid7(), uuid7()]
  const shopId = options.shopId ?? test.shopId
  await reading(test.owner).query(CUSTOMER, [customerId, shopId, options.taxExempt ?? false])
  await reading(test.owner).query(VEHICLE, [vehicleId, shopId, customerId, vehicleId.slice(-7).toUpperCase(), options.odometer ?? null])
  return { customerId, vehicleId }
}

const PART = sql(
  '',
  `INSERT INTO inventory_items (id, shop_id, part_number, description, manufacturer, price, cost, quantity_on_hand)
   VALUES ($1, $2, $3, $4, 'Acme', dollars($5), dollars($6), from_hundredths($7))`,
)

export async function newPart(
  test: TestDatabase,
  { priceCents = 2500, costCents = 1000, onHandHundredths = 1000, description = 'Oil filter', shopId = test.shopId } = {},
): Promise<string> {
  const id = uuid7()
  await reading(test.owner).query(PART, [id, shopId, `P-${id.slice(-8)}`, description, priceCents, costCents, onHandHundredths])
  return id
}

export async function newBay(test: TestDatabase): Promise<string> {
  const id = uuid7()
  await reading(test.owner).query(sql('', `INSERT INTO bays (id, shop_id, name) VALUES ($1, $2, $3)`), [
    id,
    test.shopId,
    `Bay ${id.slice(-6)}`,
  ])
  return id
}

/** Labor at the shop's rate unless told otherwise. */
export function line(fields: Partial<z.input<typeof NewLine>> = {}): NewLine {
  return NewLine.parse(lineAsSent(fields))
}

export function part(fields: Partial<z.input<typeof NewLine>> = {}): NewLine {
  return line({ type: 'part', description: 'Brake pads', partNumber: 'BP-1', unitPriceCents: 8_000, taxable: true, ...fields })
}

/** A line that was removed, as the screen sends it to bring it back. */
export function asNewLine({ id: lineId, jobId, ...line }: Line): NewLine {
  const fields = Object.keys(LineFields.shape).map((field) => [field, line[field as keyof LineFields]])
  return NewLine.parse({ lineId, jobId, ...Object.fromEntries(fields) })
}

export function discount(unitPriceCents: number, reason = 'Returning customer'): NewLine {
  return line({ type: 'discount', description: 'Discount', unitPriceCents, reason })
}

export function arrival(car: Car, fields: Partial<z.input<typeof CheckIn>> = {}): CheckIn {
  return CheckIn.parse({ ...arrivalAsSent(car), ...fields })
}

/** An order with these lines in one job, as an estimate. */
export async function estimated(
  test: TestDatabase,
  ctx: Ctx,
  lines: readonly NewLine[],
  fields: Partial<z.input<typeof CheckIn>> = {},
): Promise<Order> {
  const car = await newCar(test)
  return checkIn(ctx, arrival(car, { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [...lines] }], ...fields }))
}

export function yes(order: Order, fields: Partial<Parameters<typeof authorize>[1]> = {}): Parameters<typeof authorize>[1] {
  return {
    authorizationId: uuid7(),
    orderId: order.id,
    expectedTotalCents: order.totalCents,
    estimateFingerprint: order.estimateFingerprint,
    approvedByName: 'Carla Tester',
    method: 'in_person',
    contact: '',
    note: '',
    ...fields,
  }
}

export async function approved(
  test: TestDatabase,
  ctx: Ctx,
  lines: readonly NewLine[],
  fields: Partial<z.input<typeof CheckIn>> = {},
): Promise<Order> {
  return authorize(ctx, yes(await estimated(test, ctx, lines, fields)))
}

export async function completed(
  test: TestDatabase,
  ctx: Ctx,
  lines: readonly NewLine[],
  fields: Partial<z.input<typeof CheckIn>> = {},
): Promise<Order> {
  const order = await approved(test, ctx, lines, fields)
  await move(ctx, order.id, 'approved', 'in_progress')
  return move(ctx, order.id, 'in_progress', 'completed')
}

export function move(
  ctx: Ctx,
  orderId: string,
  from: Order['status'],
  to: Order['status'],
  rest: { reason?: string; approval?: Approval } = {},
): Promise<Order> {
  return transitionOrder(ctx, { orderId, from, to, reason: '', ...rest })
}

export function add(ctx: Ctx, order: Order, ...lines: NewLine[]): Promise<Order> {
  return addLines(ctx, { orderId: order.id, lines })
}

/** Changes a line as it stands at this moment. */
export async function editNow(
  ctx: Ctx,
  { id: orderId }: Pick<Order, 'id'>,
  lineId: string,
  now: Partial<LineFields>,
  rest: { approval?: Approval } = {},
): Promise<Order> {
  const before = (await getOrder(ctx, { orderId })).lines.find(({ id }) => id === lineId)
  const was = Object.fromEntries(Object.keys(now).map((field) => [field, before?.[field as keyof LineFields]]))
  return updateLine(ctx, { lineId, was, now, reason: '', ...rest })
}

/** A decision by somebody who looked at the order a moment ago. */
export async function decide(ctx: Ctx, input: Omit<Parameters<typeof decideSeen>[1], 'was'>): Promise<Order> {
  const { lines } = await getOrder(ctx, { orderId: input.orderId })
  return decideSeen(ctx, { ...input, was: lines.map(({ id, status }) => ({ lineId: id, status })) })
}

/** The expected error a promise is refused with, database errors in the gate's words; fails when it is not refused. */
export async function refusalOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise
  } catch (error) {
    const known = error instanceof AppError ? error : fromDatabaseError(error)
    if (known) return known
    throw error
  }
  throw new Error('this should have been refused')
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await refusalOf(promise)).code
}

export async function count(test: TestDatabase, text: string, values: readonly unknown[]): Promise<number> {
  return one(await reading(test.owner).query<{ count: number }>(sql('', `SELECT count(*)::int AS count FROM ${text}`), values), 'count')
    .count
}
