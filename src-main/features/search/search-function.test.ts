import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../base/uuid7'
import { addCar, addInvoice, addLine, addOrder, openProbe, paymentInsert, type ProbeCar, type ShopProbe } from '../../testing/shop-probe'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { searchCounter } from '../customers/search-counter'

let t: TestDatabase
let app: ShopProbe
let other: ShopProbe
const cars: Record<'smith' | 'lodz' | 'brien' | 'han' | 'fleet', ProbeCar> = {} as never
let orderId: string
let invoiceId: string

beforeAll(async () => {
  t = await testDatabase()
  app = await openProbe(t.appConnection, { shopId: t.shopId, userId: t.ownerUserId })
  other = await openProbe(t.appConnection, { shopId: t.otherShopId, userId: t.otherOwnerUserId })
  cars.smith = await addCar(app, { first: 'Anna', last: 'Smith', phone: '(555) 010-4477' })
  await app.all(`UPDATE vehicles SET vin = '1hgcm82633a004352', license_plate = '7ABC-123', plate_state = 'CA' WHERE id = $1`, [
    cars.smith.vehicleId,
  ])
  cars.lodz = await addCar(app, { first: 'Michał', last: 'Łódzki', phone: '555-010-8001' })
  cars.brien = await addCar(app, { first: 'Pat', last: 'O’Brien-Núñez', phone: '+1 555 010 8002' })
  cars.han = await addCar(app, { first: '小明', last: '王', phone: '555.010.8003 x7' })
  cars.fleet = await addCar(app, { first: '', last: '', phone: '555 010 8004' }).catch(() => addFleet())
  await addCar(app, { first: 'Susanna', last: 'Smithson', phone: '555-010-8005' })
  ;({ orderId, invoiceId } = await addInvoice(app, cars.smith, 250))
  await app.all(...paymentInsert(app, invoiceId, 100))
  await addLine(app, await addOrder(app, cars.lodz))
  await addCar(other, { first: 'Anna', last: 'Smith', phone: '(555) 010-4477' })
})
afterAll(async () => {
  await Promise.all([app.close(), other.close()])
  await t.close()
})

async function addFleet(): Promise<ProbeCar> {
  const [customerId, vehicleId] = [uuid7(), uuid7()]
  await app.all(
    `INSERT INTO customers (id, shop_id, kind, company_name, first_name, last_name, phone, alternate_phone, email) VALUES ($1, $2, 'company', 'A1 Parcel 100% Express', '', '', '', '555-010-8006', 'Fleet@Parcel.invalid')`,
    [customerId, t.shopId],
  )
  await app.all(`INSERT INTO vehicles (id, shop_id, customer_id, year, make, model) VALUES ($1, $2, $3, 2021, 'Ford', 'Transit')`, [
    vehicleId,
    t.shopId,
    customerId,
  ])
  return { customerId, vehicleId }
}

interface Hit {
  kind: string
  customer_id: string
  vehicle_id: string | null
  repair_order_id: string | null
  invoice_id: string | null
  title: string
  open_orders: number
  open_order_number: string | null
  balance_cents: string
}
const search = (text: string, probe: ShopProbe = app): Promise<Hit[]> => probe.all<Hit>('SELECT * FROM search_counter($1, 12)', [text])
const first = async (text: string): Promise<string | undefined> => (await search(text))[0]?.customer_id

describe('search_counter', () => {
  it.each<[text: string, who: keyof typeof cars]>([
    ['smith', 'smith'],
    ['SMIT', 'smith'],
    ['anna smith', 'smith'],
    ['smith civic', 'smith'],
    ['civic smith 2019', 'smith'],
    ['(555) 010-4477', 'smith'],
    ['555.010.4477', 'smith'],
    ['+15550104477', 'smith'],
    ['4477', 'smith'],
    ['0104477', 'smith'],
    ['1044', 'smith'],
    ['smith 4477', 'smith'],
    ['7abc123', 'smith'],
    ['7ABC 123', 'smith'],
    ['7abc', 'smith'],
    ['bc12', 'smith'],
    ['004352', 'smith'],
    ['4352', 'smith'],
    ['1HGCM82633A004352', 'smith'],
    ['cm82', 'smith'],
    ['lodz', 'lodz'],
    ['michal', 'lodz'],
    ['Łódź'.slice(0, 3), 'lodz'],
    ['obrien', 'brien'],
    ["o'brien", 'brien'],
    ['nunez', 'brien'],
    ['王', 'han'],
    ['小明', 'han'],
    ['parcel', 'fleet'],
    ['parc expr', 'fleet'],
    ['100% exp', 'fleet'],
    ['transit', 'fleet'],
    ['5550108006', 'fleet'],
    ['8006', 'fleet'],
    ['fleet@par', 'fleet'],
  ])('finds %s first', async (text, who) => {
    expect(await first(text)).toBe(cars[who].customerId)
  })

  it('puts a whole word before its beginning, and its beginning before its middle', async () => {
    const names = (await search('smith')).map(({ title }) => title)
    expect(names).toEqual(['Anna Smith', 'Susanna Smithson'])
    expect((await search('anna')).map(({ title }) => title)).toEqual(['Anna Smith', 'Susanna Smithson'])
  })

  it('finds orders and invoices by number, with and without prefix and zeros', async () => {
    const { ro_number: ro, invoice_number: invoice } = await app.one<{ ro_number: string; invoice_number: string }>(
      `SELECT r.ro_number, i.invoice_number FROM repair_orders r JOIN invoices i ON i.repair_order_id = r.id WHERE r.id = $1`,
      [orderId],
    )
    for (const text of [ro, ro.toLowerCase(), ro.replace('-', ' '), ro.slice(3), String(Number(ro.slice(3)))]) {
      expect(
        (await search(text)).find((hit) => hit.repair_order_id === orderId),
        text,
      ).toMatchObject({ customer_id: cars.smith.customerId })
    }
    for (const text of [invoice, invoice.toLowerCase(), `inv ${Number(invoice.slice(4))}`]) {
      expect((await search(text))[0], text).toMatchObject({ kind: 'invoice', invoice_id: invoiceId, title: invoice })
    }
  })

  it('tells what is open and what is owed, once per customer and vehicle', async () => {
    const [smith, ...rest] = await search('4477')
    expect(rest).toEqual([])
    expect(smith).toMatchObject({ kind: 'customer', open_orders: 1, balance_cents: '15000' })
    expect((await search('lodz'))[0]).toMatchObject({
      open_orders: 1,
      open_order_number: expect.stringMatching(/^RO-/) as string,
      balance_cents: '0',
    })
  })

  it('answers a whole phone number, which has a statement of its own, as it answers the end of one', async () => {
    const [anna, zoe] = [
      await addCar(app, { first: 'Anna', last: 'Househ', phone: '555-010-9017' }),
      await addCar(app, { first: 'Zoe', last: 'Househ', phone: '555-010-9018' }),
    ]
    const [noCar, second, gone] = [uuid7(), uuid7(), uuid7()]
    await app.all(`UPDATE customers SET alternate_phone = '(555) 010-9017 x4' WHERE id = $1`, [zoe.customerId])
    await app.all(`INSERT INTO customers (id, shop_id, first_name, last_name, phone) VALUES ($1, $2, 'Mia', 'Househ', '5550109017')`, [
      noCar,
      t.shopId,
    ])
    const carOf = `INSERT INTO vehicles (id, shop_id, customer_id, year, make, model, license_plate, deleted_at) VALUES ($1, $2, $3, 2022, 'Kia', 'Rio', 'PH1', $4)`
    await app.all(carOf, [second, t.shopId, anna.customerId, null])
    await app.all(carOf, [gone, t.shopId, anna.customerId, '2026-01-01'])
    await addLine(app, await addOrder(app, anna))
    const { invoiceId: owed } = await addInvoice(app, zoe, 80)
    await app.all(...paymentInsert(app, owed, 30))

    const ctx = await testContext(t, 'owner')
    const whole = await searchCounter(ctx, { text: '+1 (555) 010-9017', limit: 12 })
    expect(whole).toEqual(await searchCounter(ctx, { text: '0109017', limit: 12 }))
    expect(whole.map(({ title, vehicleLabel, openOrders, balanceCents }) => [title, vehicleLabel, openOrders, balanceCents])).toEqual([
      ['Anna Househ', '2022 Kia Rio', 0, 0],
      ['Anna Househ', '2019 Honda Civic', 1, 0],
      ['Mia Househ', null, 0, 0],
      ['Zoe Househ', '2019 Honda Civic', 1, 5000],
    ])
  })

  it('follows a changed name and a changed owner', async () => {
    await app.all(`UPDATE customers SET last_name = 'Quillfeather' WHERE id = $1`, [cars.han.customerId])
    expect(await first('quillf civic')).toBe(cars.han.customerId)
    await app.all('UPDATE vehicles SET customer_id = $1 WHERE id = $2', [cars.lodz.customerId, cars.han.vehicleId])
    expect(await search('quillf civic')).toEqual([])
    expect((await search('quillf'))[0]).toMatchObject({ customer_id: cars.han.customerId, vehicle_id: null })
    await app.all('UPDATE vehicles SET customer_id = $1 WHERE id = $2', [cars.han.customerId, cars.han.vehicleId])
  })

  it('finds people without a car among more of the same name with cars than are shown', async () => {
    for (let n = 0; n < 45; n += 1) {
      await addCar(app, {
        first: `Moira${String.fromCodePoint(97 + (n % 26))}`,
        last: n < 40 ? 'Thistlewood' : 'Thistle',
        phone: `555-017-${1000 + n}`,
      })
    }
    const add = async (first: string, last: string): Promise<string> => {
      const id = uuid7()
      await app.all(`INSERT INTO customers (id, shop_id, first_name, last_name, phone) VALUES ($1, $2, $3, $4, '555-017-2000')`, [
        id,
        t.shopId,
        first,
        last,
      ])
      return id
    }
    const byBeginning = await add('Aldous', 'Thistlewood')
    const byWholeWord = await add('Zebedee', 'Thistle')
    expect((await search('thistlew'))[0]).toMatchObject({ customer_id: byBeginning, vehicle_id: null })
    expect((await search('thistlewood'))[0]).toMatchObject({ customer_id: byBeginning, vehicle_id: null })
    const hits = await search('thistle')
    expect(hits).toHaveLength(12)
    expect(hits.slice(0, 7).map(({ customer_id: id }) => id)).toEqual(expect.arrayContaining([byWholeWord]))
    expect(hits[6]).toMatchObject({ customer_id: byBeginning, vehicle_id: null })
    expect(await first('zebedee thistle')).toBe(byWholeWord)
  })

  it('finds a car by a word of its own when people bear that word too, and a plate by its last digits among phones with them', async () => {
    const car = await addCar(app, { first: 'Ottilie', last: 'Quist', phone: '555-017-3000' })
    await app.all(`UPDATE vehicles SET model = 'Thimble', license_plate = 'QRS3791' WHERE id = $1`, [car.vehicleId])
    await addCar(app, { first: 'Una', last: 'Thimblethorpe', phone: '555-379-1642' })
    for (let n = 10; n < 40; n += 1) await addCar(app, { first: 'Ivo', last: 'Quibble', phone: `555-379-16${n}` })
    expect((await search('thimble')).map(({ title }) => title)).toEqual(['Ottilie Quist', 'Una Thimblethorpe'])
    expect((await search('3791'))[0]).toMatchObject({ kind: 'vehicle', customer_id: car.customerId })
  })

  it('leaves out what was removed', async () => {
    const gone = await addCar(app, { last: 'Vanishing', phone: '555-010-9009' })
    await app.all('UPDATE vehicles SET deleted_at = now() WHERE id = $1', [gone.vehicleId])
    expect(await search('vanish')).toMatchObject([{ vehicle_id: null }])
    await app.all('UPDATE customers SET deleted_at = now() WHERE id = $1', [gone.customerId])
    for (const text of ['vanish', '9009', '5550109009']) expect(await search(text)).toEqual([])
  })

  it('sees its own shop alone, and no shop without one', async () => {
    expect((await search('smith', other)).map(({ customer_id }) => customer_id)).not.toContain(cars.smith.customerId)
    expect(await search('smith', other)).toHaveLength(1)
    const nobody = await openProbe(t.appConnection)
    expect(await search('smith', nobody)).toEqual([])
    expect(await nobody.outcome(`SELECT search_hits('${t.shopId}', 'smith', 5)`)).toBe('ok')
    expect(await nobody.one(`SELECT cardinality(search_hits('${t.shopId}', 'smith', 5)) AS n`)).toEqual({ n: 0 })
    await nobody.close()
  })

  it.each(['', ' ', '%', '_', '%%%%', "'", '\\', '@', 'a', '((((', '9'.repeat(60), 'x'.repeat(500), '\u{1F697}', '٣٤٥٦', '" OR 1=1 --'])(
    'takes %j without harm',
    async (text) => {
      expect(await search(text)).toEqual(expect.any(Array))
      expect((await search(text)).length).toBeLessThan(3)
    },
  )
})

describe('possible_duplicates', () => {
  const ask = (values: readonly (string | null)[]): Promise<{ customer_id: string; reason: string }[]> =>
    app.all('SELECT customer_id, reason FROM possible_duplicates($1, $2, $3, $4, $5, $6)', values)

  it('says who it may be already and why, but not the customer itself nor another shop', async () => {
    expect(await ask(['X', 'Y', null, '5550104477', null, null])).toEqual([{ customer_id: cars.smith.customerId, reason: 'phone' }])
    expect(await ask(['', '', null, '555-010-8006', null, null])).toEqual([{ customer_id: cars.fleet.customerId, reason: 'phone' }])
    expect(await ask(['X', 'Y', null, '', 'fleet@PARCEL.invalid', null])).toEqual([{ customer_id: cars.fleet.customerId, reason: 'email' }])
    expect(await ask(['anna', 'smith', null, '', '', null])).toEqual([{ customer_id: cars.smith.customerId, reason: 'name' }])
    expect(await ask(['anna', 'smith', null, '5550104477', '', cars.smith.customerId])).toEqual([])
    expect(await ask(['', '', 'a1 parcel 100% express', '', '', null])).toEqual([{ customer_id: cars.fleet.customerId, reason: 'name' }])
    expect(await ask(['', '', '', '', '', null])).toEqual([])
    expect(await ask([null, null, null, null, null, null])).toEqual([])
  })
})
