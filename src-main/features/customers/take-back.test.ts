import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankCustomer } from '../../../src-preload/contract/customers'
import { blankVehicle } from '../../../src-preload/contract/vehicles'
import { uuid7 } from '../../base/uuid7'
import type { Ctx } from '../../ipc/context'
import { codeOf } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { checkIn } from '../orders/check-in'
import { removeOrder } from '../orders/remove-order'
import { createVehicle } from '../vehicles/create-vehicle'
import { getVehicle } from '../vehicles/get-vehicle'
import { updateVehicle } from '../vehicles/update-vehicle'
import { createCustomer } from './create-customer'
import { getCustomer } from './get-customer'
import { giveConsent } from './record-consent'
import { restoreCustomer } from './remove-customer'
import { addContact } from './save-contact'
import { takeBack } from './take-back'
import { updateCustomer } from './update-customer'

let t: TestDatabase
let desk: Ctx
let owner: Ctx
let foreign: Ctx
beforeAll(async () => {
  t = await testDatabase()
  desk = await testContext(t, 'front_desk')
  owner = await testContext(t, 'owner')
  foreign = await testContext(t, 'owner', { shop: 'B' })
})
afterAll(() => t.close())

interface Pair {
  customerId: string
  vehicleId: string
}

const person = { ...blankCustomer, firstName: 'Pat', lastName: 'Passing', phone: '(555) 010-0177' }
const car = { ...blankVehicle, year: 2015, make: 'Honda', model: 'Fit' }

/** As a check-in puts them on file. */
async function stored(plate = ''): Promise<Pair> {
  const [customerId, vehicleId] = [uuid7(), uuid7()]
  await createCustomer(desk, { customerId, fields: person })
  await createVehicle(desk, { vehicleId, customerId, fields: { ...car, licensePlate: plate } })
  return { customerId, vehicleId }
}

const arrival = ({ customerId, vehicleId }: Pair) => ({
  orderId: uuid7(),
  customerId,
  vehicleId,
  odometer: null,
  odometerReason: '',
  complaint: '',
  promisedAt: null,
  technicianId: null,
  bayId: null,
  priority: 'normal' as const,
  jobs: [],
})

const isThere = async ({ customerId, vehicleId }: Pair): Promise<[boolean, boolean]> => [
  (await getCustomer(owner, { customerId })).deletedAt === null,
  (await getVehicle(owner, { vehicleId })).deletedAt === null,
]

describe('taking back what a check-in stored', () => {
  it('removes the customer with the car, twice as once, and an owner can bring both back', async () => {
    const pair = await stored('TKBACK1')
    await takeBack(desk, pair)
    await takeBack(desk, pair)
    expect(await isThere(pair)).toEqual([false, false])
    await restoreCustomer(owner, pair)
    expect(await isThere(pair)).toEqual([true, true])
  })

  it('removes a car alone, or a customer without one', async () => {
    const pair = await stored()
    await takeBack(desk, { customerId: null, vehicleId: pair.vehicleId })
    expect(await isThere(pair)).toEqual([true, false])
    const customerId = uuid7()
    await createCustomer(desk, { customerId, fields: person })
    await takeBack(desk, { customerId, vehicleId: null })
    expect((await getCustomer(owner, { customerId })).deletedAt).not.toBeNull()
  })

  const others: readonly [string, (pair: Pair) => Promise<unknown>][] = [
    ['an order', (pair) => checkIn(desk, arrival(pair))],
    [
      'an order that was removed, because it can come back',
      async (pair) => removeOrder(desk, { orderId: (await checkIn(desk, arrival(pair))).id }),
    ],
    ['another car', ({ customerId }) => createVehicle(desk, { vehicleId: uuid7(), customerId, fields: car })],
    [
      'a contact',
      ({ customerId }) =>
        addContact(desk, { contactId: uuid7(), customerId, fields: { name: 'Pia', role: 'payer', phone: '', email: '' } }),
    ],
    [
      'a consent',
      ({ customerId }) =>
        giveConsent(desk, {
          consentId: uuid7(),
          customerId,
          channel: 'phone',
          address: person.phone,
          kind: 'service',
          method: 'phone',
          note: '',
        }),
    ],
    ['a change of the customer', ({ customerId }) => updateCustomer(desk, { customerId, was: { city: '' }, now: { city: 'Reno' } })],
    ['a change of the car', ({ vehicleId }) => updateVehicle(desk, { vehicleId, was: { color: '' }, now: { color: 'Red' } })],
  ]
  it.each(others)('keeps both once there is %s', async (_, happens) => {
    const pair = await stored()
    await happens(pair)
    expect(await codeOf(takeBack(desk, pair))).toBe('IN_USE')
    expect(await isThere(pair)).toEqual([true, true])
  })

  it('keeps a customer whose car is not named, and a car whose customer is another', async () => {
    const [one, other] = [await stored(), await stored()]
    expect(await codeOf(takeBack(desk, { customerId: one.customerId, vehicleId: null }))).toBe('IN_USE')
    expect(await codeOf(takeBack(desk, { customerId: one.customerId, vehicleId: other.vehicleId }))).toBe('NOT_FOUND')
    expect(await isThere(one)).toEqual([true, true])
    expect(await isThere(other)).toEqual([true, true])
  })

  it('keeps what is older than a day: that is a removal, and needs the right to it', async () => {
    const customerId = uuid7()
    await t.owner.knex.raw(
      `INSERT INTO customers (id, shop_id, first_name, last_name, phone, created_at, updated_at)
       SELECT ?, ?, 'Old', 'Passing', '(555) 010-0178', moment, moment FROM (SELECT CURRENT_TIMESTAMP - interval '25 hours' AS moment) x`,
      [customerId, t.shopId],
    )
    expect(await codeOf(takeBack(desk, { customerId, vehicleId: null }))).toBe('IN_USE')
  })

  it('of another shop is never there', async () => {
    const pair = await stored()
    expect(await codeOf(takeBack(foreign, pair))).toBe('NOT_FOUND')
    expect(await codeOf(takeBack(foreign, { customerId: null, vehicleId: pair.vehicleId }))).toBe('NOT_FOUND')
  })
})
