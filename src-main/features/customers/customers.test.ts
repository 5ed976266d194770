import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blankCustomer, Customer, type CustomerFields, Duplicate, SearchHit } from '../../../src-preload/contract/customers'
import { blankVehicle, type VehicleFields } from '../../../src-preload/contract/vehicles'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { plantOrder } from '../../testing/plant-order'
import { refused } from '../../testing/refused'
import { secondCounter, testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { createVehicle } from '../vehicles/create-vehicle'
import { getVehicle } from '../vehicles/get-vehicle'
import { createCustomer } from './create-customer'
import { findDuplicates } from './find-duplicates'
import { getCustomer } from './get-customer'
import { listCustomers } from './list-customers'
import { removeCustomer, restoreCustomer } from './remove-customer'
import { searchCounter } from './search-counter'
import { updateCustomer } from './update-customer'

let t: TestDatabase
let advisor: Ctx
let owner: Ctx
let technician: Ctx
let foreign: Ctx

beforeAll(async () => {
  t = await testDatabase()
  advisor = await testContext(t, 'service_advisor')
  owner = await testContext(t, 'owner')
  technician = await testContext(t, 'technician')
  foreign = await testContext(t, 'owner', { shop: 'B' })
  await givePin(t, owner.userId, '246813')
})
afterAll(() => t.close())

const person: CustomerFields = { ...blankCustomer, firstName: 'Ana', lastName: 'Invented', phone: '(555) 010-0101' }
const car: VehicleFields = { ...blankVehicle, year: 2019, make: 'Honda', model: 'Civic' }

async function added(fields: Partial<CustomerFields> = {}, ctx: Ctx = advisor): Promise<string> {
  return (await createCustomer(ctx, { customerId: uuid7(), fields: { ...person, ...fields } })).id
}

const fieldsOf = async (work: Promise<unknown>) => Object.keys((await refused(work)).data.fields ?? {})

describe('a new customer', () => {
  it('is kept in the usual notation and read back as it stands', async () => {
    const customerId = uuid7()
    const fields = {
      ...person,
      phone: '+1 555.010.0123 ext. 45',
      alternatePhone: '5550100124',
      state: 'nv',
      tags: ['fleet', 'fleet', 'vip'],
    }
    const customer = await createCustomer(advisor, { customerId, fields })
    expect(customer).toMatchObject({
      id: customerId,
      displayName: 'Ana Invented',
      phone: '(555) 010-0123',
      phoneExt: '45',
      alternatePhone: '(555) 010-0124',
      state: 'NV',
      tags: ['fleet', 'vip'],
      balanceCents: 0,
      vehicles: [],
      deletedAt: null,
    })
    expect(Customer.parse(customer)).toEqual(customer)
    expect(await createCustomer(advisor, { customerId, fields })).toEqual(customer)
    await expect(createCustomer(advisor, { customerId, fields: { ...fields, lastName: 'Else' } })).rejects.toMatchObject({
      code: 'DUPLICATE',
    })
  })

  it('needs what its kind needs, said beside the field', async () => {
    const missing = async (fields: Partial<CustomerFields>) =>
      await fieldsOf(createCustomer(advisor, { customerId: uuid7(), fields: { ...person, ...fields } }))
    expect(await missing({ firstName: '', lastName: '', phone: '' })).toEqual(['fields.lastName', 'fields.phone'])
    expect(await missing({ phone: '12345' })).toEqual(['fields.phone'])
    expect(await missing({ alternatePhone: 'none' })).toEqual(['fields.alternatePhone'])
    expect(await missing({ kind: 'company' })).toEqual(['fields.companyName'])
    expect(await missing({ state: 'N1' })).toEqual(['fields.state'])
    expect(await missing({ phone: '+123 4567 8901 2345 67890' })).toEqual(['fields.phone'])
    expect(await missing({ taxExempt: true })).toEqual(['fields.taxExemptNumber'])
    const walkIn = await added({ kind: 'walk_in', firstName: '', lastName: '', phone: '' })
    expect(await getCustomer(advisor, { customerId: walkIn })).toMatchObject({ displayName: 'Walk-in', phone: '' })
    const company = await added({ kind: 'company', companyName: 'Łódź Towing', firstName: '', lastName: '', phone: '' })
    expect(await getCustomer(advisor, { customerId: company })).toMatchObject({ displayName: 'Łódź Towing' })
  })
})

describe('an edit', () => {
  it('changes what was typed and nothing else', async () => {
    const customerId = await added({ email: 'ana@test.invalid', notes: 'calls at noon' })
    const after = await updateCustomer(advisor, { customerId, was: { phone: '(555) 010-0101' }, now: { phone: '555 010 0177 x9' } })
    expect(after).toMatchObject({ phone: '(555) 010-0177', phoneExt: '9', email: 'ana@test.invalid', notes: 'calls at noon' })
    expect(await updateCustomer(advisor, { customerId, was: { email: 'ana@test.invalid' }, now: { email: '' } })).toMatchObject({
      email: '',
    })
    expect(await fieldsOf(updateCustomer(advisor, { customerId, was: { phone: '(555) 010-0177' }, now: { phone: '' } }))).toEqual([
      'now.phone',
    ])
    expect(await updateCustomer(advisor, { customerId, was: { notes: 'older' }, now: { notes: 'calls at noon' } })).toMatchObject({
      notes: 'calls at noon',
    })
  })

  it('never overwrites what somebody else stored meanwhile', async () => {
    const customerId = await added({ city: 'Reno' })
    const counter = secondCounter(t)
    const outcomes = await Promise.allSettled([
      updateCustomer(advisor, { customerId, was: { city: 'Reno' }, now: { city: 'Tulsa' } }),
      updateCustomer({ ...owner, db: counter }, { customerId, was: { city: 'Reno' }, now: { city: 'Boise' } }),
      updateCustomer(advisor, { customerId, was: { zip: '' }, now: { zip: '89501' } }),
    ])
    await counter.close()
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    const { city, zip } = await getCustomer(advisor, { customerId })
    expect(zip).toBe('89501')
    expect(outcomes.find((each) => each.status === 'rejected')?.reason).toMatchObject({
      code: 'EDIT_CONFLICT',
      data: { current: { city } },
    })
  })
})

describe('a tax exemption', () => {
  it('needs its number and, from an advisor, an approver', async () => {
    const fields = { ...person, taxExempt: true, taxExemptNumber: 'EX-100' }
    const customerId = uuid7()
    await expect(createCustomer(advisor, { customerId, fields })).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
      data: { approvalFor: 'customers.tax_exempt' },
    })
    const approval = { approverId: owner.userId, pin: '246813' }
    expect(await createCustomer(advisor, { customerId, fields, approval })).toMatchObject({ taxExempt: true })
    await expect(
      updateCustomer(advisor, { customerId, was: { taxExemptNumber: 'EX-100' }, now: { taxExemptNumber: 'EX-101' } }),
    ).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
    })
    expect(await updateCustomer(owner, { customerId, was: { taxExempt: true }, now: { taxExempt: false } })).toMatchObject({
      taxExempt: false,
    })
    expect(
      await updateCustomer(advisor, { customerId, was: { taxExemptNumber: 'EX-100' }, now: { taxExemptNumber: 'EX-102' } }),
    ).toMatchObject({ taxExemptNumber: 'EX-102' })
    expect(
      await fieldsOf(
        updateCustomer(owner, {
          customerId,
          was: { taxExempt: false, taxExemptNumber: 'EX-102' },
          now: { taxExempt: true, taxExemptNumber: '' },
        }),
      ),
    ).toEqual(['now.taxExemptNumber'])
    const audit = sql(
      '',
      `SELECT approver_user_id AS by FROM audit_events WHERE action = 'customers.tax_exempt' AND entity_id = $1 ORDER BY seq`,
    )
    expect(await reading(t.owner).query(audit, [customerId])).toEqual([{ by: owner.userId }, { by: null }])
  })
})

describe('by phone', () => {
  const findByPhone = (ctx: Ctx, { phone }: { phone: string }) => searchCounter(ctx, { text: phone, limit: 12 })

  const bell = (customerId: string, phone: string | null) => ({
    kind: 'customer',
    customerId,
    vehicleId: null,
    orderId: null,
    invoiceId: null,
    title: 'Ana Bell',
    subtitle: '',
    phone,
    plate: null,
    vin: null,
    vehicleLabel: null,
    formerPlate: null,
    openOrders: 0,
    openOrderId: null,
    openOrderNumber: null,
    openOrderStatus: null,
    balanceCents: 0,
    accountCreditCents: 0,
  })

  it('finds both numbers in any format, with exactly the fields of the contract', async () => {
    const customerId = await added({ lastName: 'Bell', phone: '5550100155', alternatePhone: '+1 555 010 0156', email: 'bell@test.invalid' })
    for (const phone of ['(555) 010-0155', '15550100156', '555.010.0155 x3']) {
      const found = await findByPhone(advisor, { phone })
      expect(found).toEqual([bell(customerId, '(555) 010-0155')])
      expect(found.map((each) => SearchHit.parse(each))).toEqual(found)
    }
    expect(await findByPhone(technician, { phone: '5550100155' })).toEqual([bell(customerId, null)])
    expect(await findByPhone(foreign, { phone: '5550100155' })).toEqual([])
    expect(await findByPhone(advisor, { phone: 'none' })).toEqual([])
  })
})

describe('possible duplicates', () => {
  it('are shown by phone before e-mail before name', async () => {
    const byPhone = await added({ firstName: 'Zoe', lastName: 'Zimmer', phone: '5550100161' })
    const byEmail = await added({ firstName: 'Yan', lastName: 'Young', phone: '5550100162', email: 'dup@test.invalid' })
    const byName = await added({ firstName: 'Quentin', lastName: 'Quill', phone: '5550100163' })
    await createVehicle(advisor, { vehicleId: uuid7(), customerId: byPhone, fields: car })
    const typed = { firstName: 'Quentin', lastName: 'Quill', companyName: '', phone: '+1 (555) 010-0161', email: 'DUP@test.invalid' }
    const found = await findDuplicates(advisor, typed)
    expect(found.map(({ id, reason, vehicles }) => [id, reason, vehicles])).toEqual([
      [byPhone, 'phone', '2019 Honda Civic'],
      [byEmail, 'email', ''],
      [byName, 'name', ''],
    ])
    expect(found.map((each) => Duplicate.parse(each))).toEqual(found)
    expect((await findDuplicates(advisor, { ...typed, exceptId: byPhone })).map((each) => each.id)).not.toContain(byPhone)
    expect(await findDuplicates(foreign, typed)).toEqual([])
  })
})

describe('who sees what', () => {
  it('technicians see name and vehicle, not how to reach the customer', async () => {
    const customerId = await added({
      email: 'hidden@test.invalid',
      address: '1 Hidden Way',
      notes: 'gate code',
      alternatePhone: '5550100199',
      tags: ['vip'],
    })
    const vehicleId = uuid7()
    await createVehicle(advisor, { vehicleId, customerId, fields: car })
    const seen = await getCustomer(technician, { customerId })
    expect(seen).toMatchObject({ displayName: 'Ana Invented', vehicles: [{ id: vehicleId, label: '2019 Honda Civic' }] })
    expect(Customer.parse(seen)).toEqual(seen)
    for (const secret of ['0101', '0199', 'hidden', 'Hidden', 'gate', 'vip']) expect(JSON.stringify(seen)).not.toContain(secret)
    expect((await getVehicle(technician, { vehicleId })).customer).toMatchObject({ displayName: 'Ana Invented', phone: null, email: null })
    const parts = await testContext(t, 'parts_manager')
    expect((await listCustomers(parts, { removed: false, after: '' })).every((each) => each.phone === null && each.email === null)).toBe(
      true,
    )
  })

  it('nobody sees another shop', async () => {
    const customerId = await added()
    const edit = { customerId, was: { city: '' }, now: { city: 'Reno' } }
    for (const work of [
      () => getCustomer(foreign, { customerId }),
      () => updateCustomer(foreign, edit),
      () => updateCustomer(foreign, { ...edit, was: { taxExempt: false }, now: { taxExempt: false } }),
      () => removeCustomer(foreign, { customerId }),
      () => restoreCustomer(foreign, { customerId }),
      () => createVehicle(foreign, { vehicleId: uuid7(), customerId, fields: car }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(createCustomer(foreign, { customerId, fields: person })).rejects.toMatchObject({ code: 'DUPLICATE' })
    await expect(getCustomer(advisor, { customerId: uuid7() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('removing', () => {
  it('hides customer and vehicles, and restoring brings them back', async () => {
    const customerId = await added({ lastName: 'Leaver', phone: '5550100188' })
    const vehicleId = uuid7()
    await createVehicle(advisor, { vehicleId, customerId, fields: { ...car, vin: '1HGCM82633A004352' } })
    await expect(removeCustomer(advisor, { customerId })).rejects.toMatchObject({
      code: 'APPROVAL_REQUIRED',
      message: 'Remove the customer Ana Leaver.',
    })
    await removeCustomer(advisor, { customerId, approval: { approverId: owner.userId, pin: '246813' } })
    await removeCustomer(owner, { customerId })
    expect(await searchCounter(advisor, { text: '5550100188', limit: 12 })).toEqual([])
    expect((await getCustomer(advisor, { customerId })).deletedAt).not.toBeNull()
    expect((await getVehicle(advisor, { vehicleId })).deletedAt).not.toBeNull()
    const removed = await listCustomers(advisor, { removed: true, after: '' })
    expect(removed.find((each) => each.id === customerId)).toMatchObject({ displayName: 'Ana Leaver', vehicles: '2019 Honda Civic' })
    await expect(updateCustomer(advisor, { customerId, was: { city: '' }, now: { city: 'Reno' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await restoreCustomer(owner, { customerId })
    expect(await getCustomer(advisor, { customerId })).toMatchObject({ deletedAt: null, vehicles: [{ id: vehicleId, deletedAt: null }] })
    const audit = sql(
      '',
      `SELECT action, approver_user_id AS by FROM audit_events WHERE action LIKE 'customers.%' AND entity_id = $1 ORDER BY seq`,
    )
    expect(await reading(t.owner).query(audit, [customerId])).toEqual([
      { action: 'customers.remove', by: owner.userId },
      { action: 'customers.restore', by: null },
    ])
  })

  it('leaves out a vehicle whose VIN another one has by now', async () => {
    const customerId = await added()
    const vehicleId = uuid7()
    const fields = { ...car, vin: '1HGCM82633A004353' }
    await createVehicle(advisor, { vehicleId, customerId, fields })
    await removeCustomer(owner, { customerId })
    await createVehicle(advisor, { vehicleId: uuid7(), customerId: await added({ lastName: 'Buyer' }), fields })
    await restoreCustomer(owner, { customerId })
    expect((await getVehicle(advisor, { vehicleId })).deletedAt).not.toBeNull()
  })

  it('is refused while work is open or money is owed', async () => {
    const customerId = await added({ lastName: 'Debtor' })
    const vehicleId = uuid7()
    await createVehicle(advisor, { vehicleId, customerId, fields: car })
    await plantOrder(t, { customerId, vehicleId, status: 'closed', dueCents: 12_345 })
    expect(await getCustomer(owner, { customerId })).toMatchObject({ balanceCents: 12_345 })
    expect((await getCustomer(technician, { customerId })).balanceCents).toBe(0)
    expect((await listCustomers(owner, { removed: false, after: '' })).find((each) => each.id === customerId)).toMatchObject({
      balanceCents: 12_345,
    })
    await expect(removeCustomer(owner, { customerId })).rejects.toMatchObject({ code: 'IN_USE', data: { dueCents: 12_345 } })
    const busy = await added({ lastName: 'Busy' })
    const busyCar = uuid7()
    await createVehicle(advisor, { vehicleId: busyCar, customerId: busy, fields: car })
    await plantOrder(t, { customerId: busy, vehicleId: busyCar, status: 'in_progress' })
    await expect(removeCustomer(owner, { customerId: busy })).rejects.toMatchObject({ code: 'IN_USE' })
  })
})

describe('the list', () => {
  it('goes by name, a page at a time, from anywhere in the alphabet', async () => {
    const other = { ...foreign, userId: t.otherOwnerUserId }
    const names = Array.from({ length: 130 }, (_, at) => `Name${String(at).padStart(3, '0')}`)
    const values = sql(
      '',
      `INSERT INTO customers (shop_id, first_name, last_name, phone) SELECT $1, 'Ana', n, '555 010 0100' FROM unnest($2::text[]) n`,
    )
    await reading(t.owner).query(values, [t.otherShopId, names])
    await createCustomer(other, { customerId: uuid7(), fields: { ...person, kind: 'company', companyName: 'aardvark Towing', phone: '' } })
    const first = await listCustomers(other, { removed: false, after: '' })
    expect(first.map((each) => each.displayName)).toEqual(['aardvark Towing', ...names.slice(0, 99).map((name) => `Ana ${name}`)])
    const second = await listCustomers(other, { removed: false, after: first.at(-1)?.id ?? '' })
    expect(second.map((each) => each.displayName)).toEqual(names.slice(99).map((name) => `Ana ${name}`))
    expect((await listCustomers(other, { removed: false, after: 'Name12' })).map((each) => each.displayName)).toEqual(
      names.slice(120).map((name) => `Ana ${name}`),
    )
  })
})
