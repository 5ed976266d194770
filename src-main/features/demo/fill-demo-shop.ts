import { Client } from 'pg'
import { uuid7 } from '../../base/uuid7'
import type { ConnectionSettings } from '../../database/connection-settings'
import { hashPassword } from '../people/hash-password'
import { addAgreements } from './demo-agreements'
import { catalog, inventory } from './demo-catalog'
import { models } from './demo-models'
import { pricing } from './demo-pricing'
import { demoPeople, demoShop } from './demo-people'
import { customers, garage, vehicles } from './demo-records'
import { lines, orders, totals } from './demo-orders'
import { authority, floor, invoices, ledger, papers, payments, trail } from './demo-books'
import { loadInBulk, settle } from '../../database/load-in-bulk'

export interface DemoSize {
  readonly orders: number
  readonly customers: number
  readonly vehicles: number
  readonly days: number
  /** the same seed makes the same shop, apart from ids and today's date */
  readonly seed: number
  /** makes PIN hashes that this installation accepts; without it the demo people have no PINs */
  readonly hashPin?: (pin: string) => Promise<string>
}

const usual: DemoSize = { orders: 6000, customers: 2100, vehicles: 2900, days: 730, seed: 42 }

const bulkTables = [
  'customers',
  'vehicles',
  'vehicle_ownerships',
  'vehicle_plates',
  'repair_orders',
  'ro_jobs',
  'line_items',
  'estimate_versions',
  'authorizations',
] as const
const quietTables = [
  ...bulkTables,
  'users',
  'ro_status_events',
  'inventory_items',
  'stock_transactions',
  'invoices',
  'payments',
  'bays',
  'appointments',
  'shop_counters',
  'business_days',
  'audit_events',
] as const

const tools = `
-- A number in [0, 1) that depends on the seed, a purpose and n alone: the same in every plan and every run.
DO $do$ BEGIN
  EXECUTE format('CREATE FUNCTION pg_temp.dice(purpose text, n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashtextextended(purpose || n, %s) & 2147483647) / 2147483648.0::float8', (SELECT seed FROM demo));
END $do$;
CREATE FUNCTION pg_temp.pick(choices text[], dice float8) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN choices[1 + floor(dice * cardinality(choices))::int];
ANALYZE demo`

/** In this order: each builds on the ones before. */
const parts: readonly (string | ((client: Client) => Promise<void>))[] = [
  tools,
  customers,
  models,
  garage,
  inventory,
  catalog,
  orders,
  vehicles,
  lines,
  totals,
  papers,
  addAgreements,
  authority,
  invoices,
  payments,
  ledger,
  floor,
  trail,
  pricing,
]

/**
 * Fills an empty database with a shop that has been open for two years. Set-based: a few dozen statements whatever the size.
 * The rules of the database are off while it loads and every derived value is computed here; the invariants of `db verify` prove them.
 * @returns false when there is a shop already
 */
export async function fillDemoShop(owner: ConnectionSettings, size: Partial<DemoSize> = {}): Promise<boolean> {
  const wanted = { ...usual, ...size }
  const client = new Client({ ...owner, application_name: 'counterbay demo' })
  client.on('error', () => undefined) // a connection that is lost fails the statement that waits; unheard it would end the program
  await client.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query<{ id: string }>('SELECT id FROM known_shops()')
    if (rows.length > 0) return false
    await fill(client, wanted)
    await client.query('COMMIT')
    await settle(client, quietTables)
    return true
  } finally {
    await client.end()
  }
}

async function fill(client: Client, size: DemoSize): Promise<void> {
  const shopId = uuid7()
  await client.query(`SET LOCAL work_mem = '128MB'; SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL synchronous_commit = off; SET LOCAL jit = off; SET LOCAL timezone = 'UTC';
    SET LOCAL app.quiet = 'on'; SET LOCAL app.current_shop_id = '${shopId}'`)
  await client.query(parameters, [shopId, size.orders, size.customers, size.vehicles, size.days, size.seed])
  await addShop(client, shopId, size)
  const bulk = quietTables.filter((table) => table !== 'users')
  await loadInBulk(client, bulk, async () => {
    for (const part of parts) await (typeof part === 'string' ? client.query(part) : part(client))
    await client.query('SELECT follow_loaded_cars()')
  })
}

async function addShop(client: Client, shopId: string, size: DemoSize): Promise<void> {
  await client.query(
    `INSERT INTO shops (id, name, slug, email, phone, address, city, state, zip, tax_rate, labor_rate, timezone, plan, settings)
     VALUES ($1, $2, 'demo', 'counter@demo.invalid', '(555) 010-0100', '100 Harbor Street', 'Example Bay', 'CA', '90000', 0.0825, 135.00,
             'America/Los_Angeles', 'professional', $3)`,
    [shopId, demoShop.name, demoShop.settings],
  )
  for (const person of demoPeople) {
    await client.query(
      `INSERT INTO users (shop_id, email, password_hash, pin_hash, first_name, last_name, role, can_approve, hourly_rate, hire_date)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, CURRENT_DATE - 900)`,
      [
        shopId,
        person.email,
        await hashPassword(person.password),
        size.hashPin ? await size.hashPin(person.pin) : null,
        person.firstName,
        person.lastName,
        person.role,
        person.canApprove,
        person.hourlyRate,
      ],
    )
  }
}

const parameters = `CREATE TEMP TABLE demo ON COMMIT DROP AS
  SELECT $1::uuid AS shop_id, $2::int AS orders, $3::int AS customers, $4::int AS vehicles, $5::int AS days, $6::bigint AS seed`
