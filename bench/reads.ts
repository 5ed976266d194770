import type { Client } from 'pg'
import type { Counter } from './open-counter'
import type { Floor } from './floor'
import type { Action } from './measure-blocks'

/** A question a screen asks, on both sides, with values from all over the shop's past. */
export interface Read {
  readonly name: string
  readonly floor: Action
  readonly application: Action
}

export async function readOperations(owner: Client, shopId: string, floor: Floor, { calls }: Counter): Promise<Read[]> {
  const phones = await texts(
    owner,
    `SELECT phone AS x FROM customers WHERE shop_id = $1 AND phone <> '' ORDER BY md5(id::text) LIMIT 400`,
    shopId,
  )
  const typed = await texts(owner, typedParts, shopId)
  const orders = await texts(
    owner,
    `SELECT id::text AS x FROM repair_orders WHERE shop_id = $1 AND status = 'closed' ORDER BY md5(id::text) LIMIT 400`,
    shopId,
  )
  const days = await texts(
    owner,
    `SELECT business_date::text AS x FROM business_days WHERE shop_id = $1 ORDER BY md5(business_date::text) LIMIT 400`,
    shopId,
  )
  return [
    read(
      'customer by phone',
      phones,
      (phone) => floor.findByPhone(phone.replaceAll(/\D/g, '').slice(-10)),
      (phone) => calls.customers.search({ text: phone }),
    ),
    read(
      'search, typed part',
      typed,
      (text) => floor.search(text),
      (text) => calls.customers.search({ text }),
    ),
    read(
      'order with lines',
      orders,
      (orderId) => floor.getOrder(orderId),
      (orderId) => calls.orders.get({ orderId }),
    ),
    read(
      'board of the day',
      ['today'],
      () => floor.board(),
      () => calls.orders.board({}),
    ),
    read(
      'revenue of a day',
      days,
      (day) => floor.dayRevenue(day),
      (day) => calls.reports.dayRevenue({ day }),
    ),
  ]
}

/** Half of them the first five letters of a name, half five digits out of a phone number. */
const typedParts = `
  SELECT x FROM (
    (SELECT left(last_name, 5) AS x FROM customers WHERE shop_id = $1 AND last_name ~ '^[A-Z][a-z]{4,}$' ORDER BY md5(id::text) LIMIT 200)
    UNION ALL
    (SELECT substr(phone_digits, 4, 5) FROM customers WHERE shop_id = $1 AND phone_digits IS NOT NULL ORDER BY md5(id::text) LIMIT 200)) t
  ORDER BY md5(x)`

function read<Value>(
  name: string,
  values: readonly Value[],
  floor: (value: Value) => Promise<unknown>,
  application: (value: Value) => Promise<unknown>,
): Read {
  return { name, floor: inTurn(values, floor), application: inTurn(values, application) }
}

/** Both sides ask for the same values in the same order. */
function inTurn<Value>(values: readonly Value[], ask: (value: Value) => Promise<unknown>): Action {
  let at = 0
  return async () => {
    const value = values[at % values.length]
    at += 1
    if (value !== undefined) await ask(value)
  }
}

async function texts(owner: Client, query: string, shopId: string): Promise<string[]> {
  const { rows } = await owner.query<{ x: string }>(query, [shopId])
  if (rows.length === 0) throw new Error('the demo shop lacks what the benchmark asks for')
  return rows.map(({ x }) => x)
}

/** What people type into the one search box, all kinds of it, for the figure of the database alone. */
export async function searchTexts(owner: Client, shopId: string): Promise<string[]> {
  const { rows } = await owner.query<Record<'first' | 'last' | 'model' | 'make' | 'phone' | 'plate' | 'vin' | 'number', string>>(
    `SELECT c.first_name AS first, c.last_name AS last, v.make, v.model, c.phone, v.license_plate AS plate, v.vin, r.ro_number AS number
     FROM vehicles v JOIN customers c ON c.id = v.customer_id JOIN repair_orders r ON r.vehicle_id = v.id
     WHERE v.shop_id = $1 AND c.kind = 'person' ORDER BY md5(r.id::text) LIMIT 60`,
    [shopId],
  )
  return rows.flatMap(({ first, last, make, model, phone, plate, vin, number }) => [
    last.slice(0, 4),
    first.slice(0, 4),
    `${first} ${last}`,
    `${last} ${model}`,
    `${make} ${first}`,
    phone,
    phone.slice(-4),
    phone.slice(-8),
    plate.slice(0, 4),
    plate,
    vin.slice(-6),
    number,
    number.slice(-4),
  ])
}

/** One text of each of these kinds in turn, no two alike, for the screen: name parts, phone digits, plate, end of the VIN, order number. */
export async function screenTexts(owner: Client, shopId: string): Promise<string[]> {
  const all = await texts(
    owner,
    `SELECT DISTINCT ON (n, kind) x FROM (
       SELECT row_number() OVER () AS n, c.last_name, c.phone_digits, v.license_plate, v.vin, r.ro_number
       FROM vehicles v JOIN customers c ON c.id = v.customer_id JOIN repair_orders r ON r.vehicle_id = v.id
       WHERE v.shop_id = $1 AND c.kind = 'person' AND length(c.last_name) >= 4 AND v.license_plate IS NOT NULL AND length(v.vin) = 17
       ORDER BY md5(r.id::text) LIMIT 17) s
     CROSS JOIN LATERAL (VALUES (1, left(last_name, 4)), (2, right(phone_digits, 7)), (3, license_plate), (4, right(vin, 6)), (5, ro_number)) k(kind, x)
     ORDER BY n, kind`,
    shopId,
  )
  return [...new Set(all)]
}

/** VINs of all the shop's models, as many times each as they come. */
export function decodableVins(owner: Client, shopId: string): Promise<string[]> {
  return texts(owner, `SELECT vin AS x FROM vehicles WHERE shop_id = $1 AND length(vin) = 17 ORDER BY md5(id::text) LIMIT 440`, shopId)
}
