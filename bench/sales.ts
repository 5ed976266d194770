import type { Client } from 'pg'
import { uuid7 } from '../src-main/base/uuid7'
import type { Counter } from './open-counter'
import type { Floor } from './floor'

interface Car {
  readonly customerId: string
  readonly vehicleId: string
  readonly odometer: number
}

interface Part {
  readonly id: string
  readonly number: string
  readonly description: string
  readonly priceCents: number
}

/** One visit of a car, as the screens would send it: five lines in two jobs, at the shop's own prices. */
export interface Sale {
  readonly orderId: string
  readonly invoiceId: string
  readonly car: Car
  readonly technicianId: string
  readonly jobs: readonly { jobId: string; name: string }[]
  readonly lines: readonly {
    readonly jobId: string
    readonly type: 'labor' | 'part' | 'fee'
    readonly description: string
    readonly quantityHundredths: number
    readonly unitPriceCents: number
    readonly taxable: boolean
    readonly inventoryItemId: string | null
    readonly partNumber: string
  }[]
}

/** Makes sales for cars that did not visit yet in this run, so that no sale profits from the one before. */
export class Sales {
  private made = 0

  private constructor(
    private readonly cars: readonly Car[],
    private readonly parts: readonly Part[],
    private readonly technicianId: string,
    private readonly laborRateCents: number,
  ) {}

  /** Fills the shelf first: a benchmark sells more than a demo shop has. */
  static async prepare(owner: Client, shopId: string): Promise<Sales> {
    await owner.query(
      `INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, reference_number)
       SELECT shop_id, id, 'receipt', 5000, cost, 'PO-BENCH' FROM inventory_items WHERE shop_id = $1 AND is_active AND deleted_at IS NULL`,
      [shopId],
    )
    const cars = await owner.query<Car>(
      `SELECT customer_id AS "customerId", id AS "vehicleId", coalesce(current_odometer, 0) + 120 AS odometer
       FROM vehicles WHERE shop_id = $1 AND deleted_at IS NULL AND current_odometer < 900000 ORDER BY md5(vin) LIMIT 4000`,
      [shopId],
    )
    const parts = await owner.query<Part>(
      `SELECT id, part_number AS number, description, cents(price)::int AS "priceCents" FROM inventory_items
       WHERE shop_id = $1 AND is_active AND deleted_at IS NULL AND price >= cost ORDER BY part_number`,
      [shopId],
    )
    const shop = await owner.query<{ technicianId: string; laborRateCents: number }>(
      `SELECT u.id AS "technicianId", cents(s.labor_rate)::int AS "laborRateCents"
       FROM shops s JOIN users u ON u.shop_id = s.id AND u.role = 'technician' WHERE s.id = $1 ORDER BY u.email LIMIT 1`,
      [shopId],
    )
    const [facts] = shop.rows
    if (!facts || cars.rows.length === 0 || parts.rows.length < 2) throw new Error('the demo shop has nothing to sell')
    return new Sales(cars.rows, parts.rows, facts.technicianId, facts.laborRateCents)
  }

  next(): Sale {
    const n = this.made
    this.made += 1
    const car = this.cars[n % this.cars.length]
    const jobs = [
      { jobId: uuid7(), name: 'Brakes' },
      { jobId: uuid7(), name: 'Oil service' },
    ] as const
    const parts = [this.parts[n % this.parts.length], this.parts[(n * 7 + 3) % this.parts.length]]
    if (!car) throw new Error('no car is left')
    const plain = { partNumber: '', inventoryItemId: null, quantityHundredths: 100, taxable: false }
    return {
      orderId: uuid7(),
      invoiceId: uuid7(),
      car,
      technicianId: this.technicianId,
      jobs,
      lines: [
        {
          ...plain,
          jobId: jobs[0].jobId,
          type: 'labor',
          description: 'Replace brake pads',
          quantityHundredths: 150,
          unitPriceCents: this.laborRateCents,
        },
        {
          ...plain,
          jobId: jobs[1].jobId,
          type: 'labor',
          description: 'Change oil and filter',
          quantityHundredths: 50,
          unitPriceCents: this.laborRateCents,
        },
        ...parts.flatMap((part, at) =>
          part
            ? {
                ...plain,
                jobId: (jobs[at] ?? jobs[0]).jobId,
                type: 'part' as const,
                description: part.description,
                partNumber: part.number,
                unitPriceCents: part.priceCents,
                taxable: true,
                inventoryItemId: part.id,
              }
            : [],
        ),
        { ...plain, jobId: jobs[1].jobId, type: 'fee', description: 'Oil disposal', taxable: true, unitPriceCents: 350 },
      ],
    }
  }
}

/** The four actions of a sale, each with its own durable commit, as the product's screens do them. */
export async function sell({ calls }: Pick<Counter, 'calls'>, sale: Sale, lap: (step: string) => void): Promise<void> {
  const { orderId, invoiceId, car, technicianId, jobs, lines } = sale
  const order = await calls.orders.checkIn({
    orderId,
    customerId: car.customerId,
    vehicleId: car.vehicleId,
    odometer: car.odometer,
    complaint: 'Squeals when braking',
    promisedAt: new Date(Date.now() + 3 * 3_600_000).toISOString(),
    technicianId,
    bayId: null,
    jobs: jobs.map((job) => ({
      ...job,
      lines: lines
        .filter(({ jobId }) => jobId === job.jobId)
        .map((line) => ({ ...line, lineId: uuid7(), costCents: null, partCondition: line.type === 'part' ? ('new' as const) : null })),
    })),
  })
  lap('check-in')
  await calls.orders.authorize({
    authorizationId: uuid7(),
    orderId,
    expectedTotalCents: order.totalCents,
    estimateFingerprint: order.estimateFingerprint,
    approvedByName: 'Carla Tester',
    method: 'in_person',
    contact: '',
  })
  lap('authorize')
  const invoice = await calls.invoices.issue({ invoiceId, orderId, completeWork: true })
  lap('invoice')
  const amountCents = invoice.dueCents
  const answer = await calls.payments.take({
    paymentId: uuid7(),
    invoiceId,
    method: 'cash',
    amountCents,
    tenderedCents: Math.ceil(amountCents / 100) * 100,
  })
  lap('payment')
  if (answer.invoice.status !== 'paid') throw new Error('a sale was not paid')
}

export async function sellByHand(floor: Floor, sale: Sale, lap: (step: string) => void): Promise<void> {
  await floor.checkIn(sale)
  lap('check-in')
  await floor.authorize(sale)
  lap('authorize')
  await floor.issue(sale)
  lap('invoice')
  await floor.pay(sale)
  lap('payment')
}
