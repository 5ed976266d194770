import { Client } from 'pg'
import type { OrderStatus } from '../../src-preload/contract/order-status'
import { uuid7 } from '../base/uuid7'
import type { TestDatabase } from './test-database'

export interface PlantedOrder {
  readonly customerId: string
  readonly vehicleId: string
  readonly status: OrderStatus
  /** an issued invoice with this much due */
  readonly dueCents?: number
  readonly checkedInAt?: string
  readonly jobs?: readonly string[]
}

let planted = 0

/** An order (and its invoice) as rows, past every rule of the business: for tests of areas that only read or respect it. */
export async function plantOrder(test: TestDatabase, order: PlantedOrder): Promise<{ orderId: string; orderNumber: string }> {
  const { customerId, vehicleId, status, dueCents, checkedInAt = '2026-01-05T17:00:00Z', jobs = [] } = order
  const [orderId, invoiceId] = [uuid7(), uuid7()]
  planted += 1
  const orderNumber = `RO-9${String(planted).padStart(5, '0')}`
  const client = new Client(test.superuserConnection)
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL session_replication_role = replica')
    await client.query(
      `INSERT INTO repair_orders (id, shop_id, ro_number, customer_id, vehicle_id, status, tax_rate, check_in_date, fees_total, subtotal, total)
       SELECT $1, c.shop_id, $2, c.id, $3, $4, 0, $5, dollars($6), dollars($6), dollars($6) FROM customers c WHERE c.id = $7`,
      [orderId, orderNumber, vehicleId, status, checkedInAt, dueCents ?? 0, customerId],
    )
    await client.query(
      `INSERT INTO ro_jobs (shop_id, repair_order_id, name, sort_order) SELECT c.shop_id, $1, j.name, j.place
       FROM customers c, unnest($2::text[]) WITH ORDINALITY j(name, place) WHERE c.id = $3`,
      [orderId, jobs, customerId],
    )
    if (dueCents !== undefined) {
      await client.query(
        `INSERT INTO invoices (id, shop_id, repair_order_id, invoice_number, status, fees_total, subtotal, total, issued_at, snapshot, snapshot_hash)
         SELECT $1, c.shop_id, $2, $3, 'sent', dollars($4), dollars($4), dollars($4), now(), '{}', 'planted' FROM customers c WHERE c.id = $5`,
        [invoiceId, orderId, `INV-9${String(planted).padStart(5, '0')}`, dueCents, customerId],
      )
    }
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
  return { orderId, orderNumber }
}
