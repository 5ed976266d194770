import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankVehicle, Vehicle, type VehicleFields } from '../../../src-preload/contract/vehicles'
import { AppError } from '../../base/app-error'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { plantOrder } from '../../testing/plant-order'
import { outcomeOf, refused } from '../../testing/refused'
import { secondCounter, testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { createVehicle } from './create-vehicle'
import { getVehicle } from './get-vehicle'
import { removeVehicle, restoreVehicle } from './remove-vehicle'
import { updateVehicle } from './update-vehicle'

const aSentence: unknown = expect.any(String)

let t: TestDatabase
let advisor: Ctx
let foreign: Ctx
let customerId: string

const insertCustomer = sql(
  '',
  `INSERT INTO customers (shop_id, first_name, last_name, phone, email) VALUES ($1, 'Ana', $2, '(555) 010-0101', 'ana@test.invalid') RETURNING id`,
)
async function customer(lastName: string, shopId = t.shopId): Promise<string> {
  const [row] = await reading(t.owner).query<{ id: string }>(insertCustomer, [shopId, lastName])
  return row?.id ?? ''
}

beforeAll(async () => {
  t = await testDatabase()
  advisor = await testContext(t, 'service_advisor')
  foreign = await testContext(t, 'owner', { shop: 'B' })
  customerId = await customer('Invented')
})
afterAll(() => t.close())

const car: VehicleFields = {
  ...blankVehicle,
  year: 2019,
  make: 'Honda',
  model: 'Civic',
  engine: '1.5 T',
  color: 'blue',
  currentOdometer: 41_000,
}
const add = (fields: Partial<VehicleFields>, options: { ctx?: Ctx; owner?: string; vehicleId?: string } = {}) =>
  createVehicle(options.ctx ?? advisor, {
    vehicleId: options.vehicleId ?? uuid7(),
    customerId: options.owner ?? customerId,
    fields: { ...car, ...fields },
  })

describe('a new vehicle', () => {
  it('is tidied: VIN and plate in capitals, the plate of this state', async () => {
    const vehicleId = uuid7()
    const made = await add({ vin: ' 1hgcm-82633a 004352 ', licensePlate: '7abc 123' }, { vehicleId })
    expect(made).toMatchObject({
      id: vehicleId,
      label: '2019 Honda Civic',
      vin: '1HGCM82633A004352',
      plate: '7ABC 123',
      plateState: 'CA',
      currentOdometer: 41_000,
      openOrders: 0,
      lastVisitAt: null,
      customer: { displayName: 'Ana Invented', phone: '(555) 010-0101' },
    })
    expect(Vehicle.parse(made)).toEqual(made)
    expect(await add({ vin: '1HGCM82633A004352', licensePlate: '7ABC 123', plateState: 'CA' }, { vehicleId })).toEqual(made)
    await expect(add({ color: 'red' }, { vehicleId })).rejects.toMatchObject({ code: 'DUPLICATE', data: { existingId: vehicleId } })
  })

  it('may be old or foreign, but not unreadable', async () => {
    expect(await add({ year: 1965, make: 'Ford', model: 'Mustang', vin: '5F07C100148' })).toMatchObject({ vin: '5F07C100148' })
    const wrong = async (fields: Partial<VehicleFields>) => Object.keys((await refused(add(fields))).data.fields ?? {})
    expect(await wrong({ vin: '1HGCM82633A00435299' })).toEqual(['fields.vin'])
    expect(await wrong({ vin: '1HG?M' })).toEqual(['fields.vin'])
    expect(await wrong({ licensePlate: '--' })).toEqual(['fields.licensePlate'])
    expect(await wrong({ licensePlate: '1', plateState: 'C4' })).toEqual(['fields.plateState'])
  })

  it('is not a second one with the same VIN or plate: whose it is already is said', async () => {
    const first = await add({ vin: '2T1BURHE0JC000001', licensePlate: 'TWIN 1' }, { owner: await customer('Owner') })
    await expect(add({ vin: '2t1burhe0jc000001' })).rejects.toMatchObject({
      code: 'DUPLICATE',
      message: 'The 2019 Honda Civic of Ana Owner has this VIN.',
      data: { existingId: first.id, fields: { 'fields.vin': aSentence } },
    })
    await expect(add({ licensePlate: 'twin-1' })).rejects.toMatchObject({
      code: 'DUPLICATE',
      data: { existingId: first.id, fields: { 'fields.licensePlate': 'The 2019 Honda Civic of Ana Owner has this plate.' } },
    })
    expect(await add({ licensePlate: 'TWIN1', plateState: 'nv' })).toMatchObject({ plateState: 'NV' })
    const theirs = await customer('Neighbor', t.otherShopId)
    expect(await add({ vin: '2T1BURHE0JC000001' }, { ctx: foreign, owner: theirs })).toMatchObject({ vin: '2T1BURHE0JC000001' })
  })

  it('is one vehicle when two counters add the same VIN at once', async () => {
    const counter = secondCounter(t)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        outcomeOf(add({ vin: '2T1BURHE0JC000002' }, at % 2 ? { ctx: { ...advisor, db: counter } } : {})),
      ),
    )
    await counter.close()
    const made = outcomes.flatMap((each) => (each instanceof AppError ? [] : [each.id]))
    const late = outcomes.flatMap((each) => (each instanceof AppError ? [[each.code, each.data.existingId]] : []))
    expect(made).toHaveLength(1)
    expect(late).toEqual(Array.from({ length: 7 }, () => ['DUPLICATE', made[0]]))
  })
})

describe('an edit', () => {
  it('changes what was typed; a new plate is of this state', async () => {
    const { id: vehicleId } = await add({})
    const after = await updateVehicle(advisor, { vehicleId, was: { licensePlate: '' }, now: { licensePlate: '8xyz999' } })
    expect(after).toMatchObject({ plate: '8XYZ999', plateState: 'CA', color: 'blue', engine: '1.5 T' })
    expect(await updateVehicle(advisor, { vehicleId, was: { currentOdometer: 41_000 }, now: { currentOdometer: null } })).toMatchObject({
      currentOdometer: null,
    })
    await expect(updateVehicle(advisor, { vehicleId, was: { color: 'green' }, now: { color: 'red' } })).rejects.toMatchObject({
      code: 'EDIT_CONFLICT',
      data: { current: { color: 'blue' } },
    })
    await expect(updateVehicle(advisor, { vehicleId, was: { vin: '' }, now: { vin: 'MUCH-TOO-LONG-FOR-A-VIN' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { fields: { 'now.vin': aSentence } },
    })
  })

  it('cannot take another vehicle’s VIN', async () => {
    const taken = await add({ vin: '2T1BURHE0JC000003' })
    const { id: vehicleId } = await add({})
    await expect(updateVehicle(advisor, { vehicleId, was: { vin: '' }, now: { vin: '2T1BURHE0JC000003' } })).rejects.toMatchObject({
      code: 'DUPLICATE',
      data: { existingId: taken.id, fields: { 'now.vin': aSentence } },
    })
    const two = await add({})
    const outcomes = await Promise.allSettled(
      [vehicleId, two.id].map((id) => updateVehicle(advisor, { vehicleId: id, was: { vin: '' }, now: { vin: '2T1BURHE0JC000004' } })),
    )
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((each) => each.status === 'rejected')?.reason).toMatchObject({ code: 'DUPLICATE' })
  })
})

describe('removing', () => {
  it('frees VIN and plate; restoring needs them back', async () => {
    const { id: vehicleId } = await add({ vin: '2T1BURHE0JC000005' })
    await removeVehicle(advisor, { vehicleId })
    await removeVehicle(advisor, { vehicleId })
    const successor = await add({ vin: '2T1BURHE0JC000005' })
    await expect(restoreVehicle(advisor, { vehicleId })).rejects.toMatchObject({ code: 'DUPLICATE', data: { existingId: successor.id } })
    await removeVehicle(advisor, { vehicleId: successor.id })
    await restoreVehicle(advisor, { vehicleId })
    expect((await getVehicle(advisor, { vehicleId })).deletedAt).toBeNull()
  })

  it('is refused while work is open; restoring while the customer is gone', async () => {
    const leaver = await customer('Leaver')
    const { id: vehicleId } = await add({}, { owner: leaver })
    await plantOrder(t, { customerId: leaver, vehicleId, status: 'approved', checkedInAt: '2026-02-03T18:00:00Z' })
    expect(await getVehicle(advisor, { vehicleId })).toMatchObject({ openOrders: 1, lastVisitAt: '2026-02-03T18:00:00.000Z' })
    await expect(removeVehicle(advisor, { vehicleId })).rejects.toMatchObject({ code: 'IN_USE' })
    const { id: idle } = await add({}, { owner: leaver })
    await removeVehicle(advisor, { vehicleId: idle })
    await reading(t.owner).query(sql('', 'UPDATE customers SET deleted_at = now() WHERE id = $1'), [leaver])
    await expect(restoreVehicle(advisor, { vehicleId: idle })).rejects.toMatchObject({ code: 'IN_USE' })
    await expect(add({}, { owner: leaver })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('another shop', () => {
  it('has no such vehicle', async () => {
    const { id: vehicleId } = await add({})
    for (const work of [
      () => getVehicle(foreign, { vehicleId }),
      () => updateVehicle(foreign, { vehicleId, was: { color: 'blue' }, now: { color: 'red' } }),
      () => removeVehicle(foreign, { vehicleId }),
      () => restoreVehicle(foreign, { vehicleId }),
      () => getVehicle(advisor, { vehicleId: uuid7() }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    const theirs = await customer('Neighbor', t.otherShopId)
    await expect(add({}, { ctx: foreign, owner: theirs, vehicleId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
