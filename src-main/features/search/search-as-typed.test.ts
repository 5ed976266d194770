import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import { testContext } from '../../testing/test-context'
import { addInvoice, addLine, addOrder, openProbe, type ShopProbe } from '../../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { searchCounter } from '../customers/search-counter'

interface Garage {
  readonly first: string
  readonly last: string
  readonly company?: string
  readonly phone: string
  readonly year: number
  readonly make: string
  readonly model: string
  readonly color?: string
  readonly plate: string
  readonly state: string
}

const smith = { first: 'Anna', last: 'Smith', phone: '(555) 010-4421', year: 2018, make: 'Toyota', model: 'Camry', color: 'Red' }
const people = {
  smith: { ...smith, plate: '7ABC1234', state: 'CA' },
  ruiz: {
    ...smith,
    first: 'Ana',
    last: 'De La Cruz',
    phone: '555-010-1002',
    model: 'RAV4',
    color: 'Dark Gray',
    plate: '8XYZ1234',
    state: 'NV',
  },
  truck: {
    ...smith,
    first: 'Lee',
    last: 'Smithers',
    phone: '555-010-1003',
    year: 2015,
    make: 'Ford',
    model: 'F-150',
    color: 'Blue',
    plate: 'T1',
    state: 'CA',
  },
  lodz: {
    ...smith,
    first: 'Zoë',
    last: 'Łódź',
    phone: '555-010-1004',
    make: 'Honda',
    model: 'CR-V',
    color: 'White',
    plate: 'GRNMTN',
    state: 'VT',
  },
  short: {
    ...smith,
    first: 'Bo',
    last: 'Ng',
    phone: '555-010-1005',
    make: 'Volkswagen',
    model: 'Golf',
    color: 'Brown',
    plate: 'T2',
    state: 'CA',
  },
  scot: {
    ...smith,
    first: 'Mary Ann',
    last: "Mc Donald-O'Neil",
    phone: '555-010-1006',
    make: 'Mercedes-Benz',
    model: 'C 300',
    color: 'Beige',
    plate: 'T3',
    state: 'CA',
  },
  fleet: {
    ...smith,
    first: '',
    last: '',
    company: 'A-1 Courier',
    phone: '555-010-1007',
    make: 'Chevrolet',
    model: 'Express',
    color: 'Green',
    plate: 'T4',
    state: 'CA',
  },
} satisfies Record<string, Garage>

let t: TestDatabase
let app: ShopProbe
const customerIds = new Map<string, string>()

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  for (const [who, garage] of Object.entries(people)) customerIds.set(who, (await add(garage)).customerId)
})
afterAll(async () => {
  await app.close()
  await t.close()
})

async function add(car: Garage): Promise<{ customerId: string; vehicleId: string }> {
  const [customerId, vehicleId] = [uuid7(), uuid7()]
  await app.all(
    'INSERT INTO customers (id, shop_id, kind, first_name, last_name, company_name, phone) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [customerId, t.shopId, car.company === undefined ? 'person' : 'company', car.first, car.last, car.company ?? null, car.phone],
  )
  await app.all(
    `INSERT INTO vehicles (id, shop_id, customer_id, year, make, model, color, license_plate, plate_state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [vehicleId, t.shopId, customerId, car.year, car.make, car.model, car.color ?? null, car.plate, car.state],
  )
  return { customerId, vehicleId }
}

interface Hit {
  kind: string
  customer_id: string
  vehicle_id: string
  title: string
}
const search = (text: string): Promise<Hit[]> =>
  app.all<Hit>('SELECT kind, customer_id, vehicle_id, title FROM search_counter($1, 12)', [text])

describe('what a clerk types', () => {
  it.each<[text: string, who: keyof typeof people]>([
    ['red camry', 'smith'],
    ['camry red', 'smith'],
    ['camry smith', 'smith'],
    ['Smith, Anna', 'smith'],
    ['a smith', 'smith'],
    ['smith 4421', 'smith'],
    ['4421 smith', 'smith'],
    ['smith 18 camry', 'smith'],
    ['1234 ca', 'smith'],
    ['CA 7abc-1234', 'smith'],
    ['7abc 1234 ca', 'smith'],
    ['1234 nv', 'ruiz'],
    ['nv 8xyz', 'ruiz'],
    ['grnmtn vt', 'lodz'],
    ['2015 f150', 'truck'],
    ['f150', 'truck'],
    ['f-150', 'truck'],
    ['F 150 2015', 'truck'],
    ["'15 f150", 'truck'],
    ['blue ford smithers', 'truck'],
    ['crv', 'lodz'],
    ['cr-v white', 'lodz'],
    ['honda crv lodz', 'lodz'],
    ['Lodz', 'lodz'],
    ['łodz zoe', 'lodz'],
    ['ŁÓDŹ', 'lodz'],
    ['zoe', 'lodz'],
    ['ng', 'short'],
    ['bo ng', 'short'],
    ['ng bo', 'short'],
    ['vw ng', 'short'],
    ['vw golf', 'short'],
    ['brown vw', 'short'],
    ['delacruz', 'ruiz'],
    ['de la cruz', 'ruiz'],
    ['dela cruz', 'ruiz'],
    ['cruz rav4', 'ruiz'],
    ['rav 4 cruz', 'ruiz'],
    ['grey toyota', 'ruiz'],
    ['dark gray rav4', 'ruiz'],
    ['mcdonald', 'scot'],
    ['maryann', 'scot'],
    ['mary mcdonald', 'scot'],
    ['oneil', 'scot'],
    ['mercedes', 'scot'],
    ['benz c300', 'scot'],
    ['a1 courier', 'fleet'],
    ['a-1', 'fleet'],
    ['chevy express', 'fleet'],
    ['green chevy', 'fleet'],
    ['courier 1007', 'fleet'],
  ])('"%s" finds the one that is meant first', async (text, who) => {
    expect((await search(text))[0]?.customer_id).toBe(customerIds.get(who))
  })

  it.each(['red civic', 'smith 9999', '1234 tx', 'blue camry smith', 'camry 2015', 'ng smith'])(
    '"%s" finds nobody: every word must fit',
    async (text) => {
      expect(await search(text)).toEqual([])
    },
  )

  it('composes what a keyboard sends in pieces', async () => {
    const hits = await searchCounter(await testContext(t, 'owner'), { text: 'Łódź'.normalize('NFD'), limit: 12 })
    expect(hits[0]?.customerId).toBe(customerIds.get('lodz'))
  })
})

describe('a number as people type it', () => {
  let order: { id: string; number: string }
  let invoice: { id: string; number: string }

  beforeAll(async () => {
    const { orderId, invoiceId } = await addInvoice(app, await add({ ...people.smith, phone: '555-010-2001', plate: 'T9' }))
    const numberOf = async (column: string, table: string, id: string): Promise<string> =>
      (await app.all<{ number: string }>(`SELECT ${column} AS number FROM ${table} WHERE id = $1`, [id]))[0]!.number
    order = { id: orderId, number: await numberOf('ro_number', 'repair_orders', orderId) }
    invoice = { id: invoiceId, number: await numberOf('invoice_number', 'invoices', invoiceId) }
  })

  /** 'RO-000012' as `written` says it: 'ro #' -> 'ro 12', 'ro 0#' -> 'ro 000012'. */
  const asTyped = (written: string, number: string): string => {
    const digits = number.replace(/^\D+/, '')
    return written.replace('0#', digits).replace('#', String(Number(digits)))
  }
  const found = async (text: string): Promise<readonly (string | null)[]> => {
    const hits = await searchCounter(await testContext(t, 'owner'), { text, limit: 12 })
    return hits.filter(({ kind }) => kind === 'order' || kind === 'invoice').map(({ orderId, invoiceId }) => invoiceId ?? orderId)
  }

  it.each([
    'RO-0#',
    'ro-#',
    'ro #',
    'ro#',
    'RO0#',
    'r.o. #',
    'RO: #',
    'RO no. #',
    'order #',
    'order # ',
    'repair order #',
    'Work Order 0#',
  ])('the order by "%s", and no invoice', async (written) => {
    expect(await found(asTyped(written, order.number))).toEqual([order.id])
  })

  it.each(['INV-0#', 'inv-#', 'inv #', 'inv#', 'INV0#', 'inv. #', 'invoice #', 'Invoice no. #', 'invoice number 0#', 'invoice#'])(
    'the invoice by "%s", and no order',
    async (written) => {
      expect(await found(asTyped(written, invoice.number))).toEqual([invoice.id])
    },
  )

  it.each(['#', 'no. #', 'number 0#'])('either by "%s" behind a number sign', async (written) => {
    const typed = written === '#' ? `#${asTyped(written, order.number)}` : asTyped(written, order.number)
    expect(await found(typed)).toContain(order.id)
  })

  it.each(['invoice#', 'ro #'])('with the number sign before it: "%s"', async (written) => {
    const { id, number } = written.startsWith('ro') ? order : invoice
    expect(await found(asTyped(written, number).replace(/(\d+)$/, '#$1'))).toEqual([id])
  })
})

describe('a word that is a name and a make', () => {
  const inTheHouse: string[] = []
  let hasLeft: string
  const names = (n: number): string => `${String.fromCodePoint(65 + (n % 26))}${'aeiou'[n % 5]}la`

  beforeAll(async () => {
    for (let n = 0; n < 14; n += 1)
      await add({
        ...people.smith,
        first: names(n),
        last: 'Ford',
        phone: `555-020-${1000 + n}`,
        make: 'Kia',
        model: 'Soul',
        plate: `K${n}`,
      })
    for (let n = 0; n < 45; n += 1) {
      const car = await add({
        ...people.truck,
        first: names(n),
        last: 'Quill',
        phone: `555-021-${1000 + n}`,
        model: 'Focus',
        plate: `Q${n}`,
      })
      if (n < 41) continue
      const orderId = await addOrder(app, car)
      if (n > 41) inTheHouse.push(car.vehicleId)
      else {
        hasLeft = car.vehicleId
        await addLine(app, orderId)
        await app.all(`UPDATE repair_orders SET status = 'declined' WHERE id = $1`, [orderId])
      }
    }
  })

  it('gives people by that name first, then the cars of that make that are in the house, the last one first', async () => {
    const hits = await search('ford')
    expect(hits).toHaveLength(12)
    expect(hits.slice(0, 9).map(({ title }) => title.split(' ').at(-1))).toEqual(Array(9).fill('Ford'))
    expect(hits.slice(9).map(({ kind, vehicle_id: id }) => [kind, id])).toEqual(inTheHouse.toReversed().map((id) => ['vehicle', id]))
  })

  it('gives the cars at work first where so many cars bear the word that it names none of them', async () => {
    const hits = await search('focus')
    expect(hits).toHaveLength(12)
    expect(hits.slice(0, 3).map(({ vehicle_id: id }) => id)).toEqual(inTheHouse.toReversed())
    expect(hits[3]?.vehicle_id).toBe(hasLeft)
    expect((await search('blue focus')).slice(0, 3).map(({ vehicle_id: id }) => id)).toEqual(inTheHouse.toReversed())
  })

  it('finds a name of two letters among many that begin with them', async () => {
    for (let n = 0; n < 30; n += 1)
      await add({ ...people.short, first: names(n), last: 'Ngata', phone: `555-022-${1000 + n}`, plate: `N${n}` })
    expect((await search('ng'))[0]?.customer_id).toBe(customerIds.get('short'))
  })
})
