import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MergePreview } from '../../../src-preload/contract/accounts'
import { blankCustomer, Customer, type CustomerFields } from '../../../src-preload/contract/customers'
import type { Order } from '../../../src-preload/contract/orders'
import { cents } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { allRows, eventsOf, today, without } from '../../testing/all-rows'
import { add, arrival, move, newCar, part, yes } from '../../testing/order-test-kit'
import { codeOf, refused } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { authorize } from '../orders/authorize'
import { checkIn } from '../orders/check-in'
import { getOrder } from '../orders/get-order'
import { takePayment } from '../payments/take-payment'
import { transferVehicle } from '../vehicles/transfer-vehicle'
import { createCustomer } from './create-customer'
import { getCustomer } from './get-customer'
import { mergeCustomers, previewMerge } from './merge-customers'
import { giveConsent } from './record-consent'
import { restoreCustomer } from './remove-customer'
import { addContact } from './save-contact'
import { undoMerge } from './undo-merge'
import { updateCustomer } from './update-customer'

type Car = Awaited<ReturnType<typeof newCar>>

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let frontDesk: Ctx

beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  frontDesk = await testContext(t, 'front_desk')
  await givePin(t, owner.userId, '246813')
})
afterAll(() => t.close())

const person = (fields: Partial<CustomerFields> = {}): CustomerFields => ({
  ...blankCustomer,
  firstName: 'Ana',
  lastName: 'Invented',
  phone: '(555) 010-0101',
  ...fields,
})

async function keptCustomer(fields: Partial<CustomerFields> = {}): Promise<string> {
  const customerId = uuid7()
  await createCustomer(owner, { customerId, fields: person(fields) })
  return customerId
}

const appointment = sql(
  '',
  `INSERT INTO appointments (id, shop_id, customer_id, vehicle_id, scheduled_start, scheduled_end)
   VALUES ($1, $2, $3, $4, now() + interval '2 days', now() + interval '2 days 1 hour')`,
)

/** A customer with a past: an open order that was agreed to, a bill paid by a check over 25.00 more, an unpaid one, a draft, an appointment, people, consent. */
async function withPast(): Promise<{ car: Car; agreed: Order; draft: Order; unpaidId: string; paidId: string }> {
  const car = await newCar(t)
  const done = async (): Promise<{ order: Order; invoiceId: string }> => {
    const estimate = await checkIn(owner, arrival(car, { jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [part()] }] }))
    const order = await authorize(owner, yes(estimate))
    const invoiceId = uuid7()
    await issueInvoice(owner, { invoiceId, orderId: order.id, completeWork: true })
    return { order, invoiceId }
  }
  const paid = await done()
  const { dueCents } = await getInvoice(owner, { invoiceId: paid.invoiceId })
  await takePayment(owner, {
    paymentId: uuid7(),
    invoiceId: paid.invoiceId,
    method: 'check',
    amountCents: dueCents,
    keptAsCreditCents: cents(2_500),
    checkNumber: '4711',
    reference: '',
    note: '',
  })
  const unpaid = await done()
  const estimate = await checkIn(owner, arrival(car, { jobs: [{ jobId: uuid7(), name: 'Oil', lines: [part()] }] }))
  const agreed = await authorize(owner, yes(estimate))
  const draft = await checkIn(owner, arrival(car))
  await reading(t.owner).query(appointment, [uuid7(), t.shopId, car.customerId, car.vehicleId])
  const contact = { name: 'Dora Driver', role: 'driver' as const, phone: '5550100177', email: '' }
  await addContact(owner, { contactId: uuid7(), customerId: car.customerId, fields: contact })
  const said = { channel: 'phone' as const, address: '5550100142', kind: 'service' as const, method: 'in_person' as const, note: '' }
  await giveConsent(owner, { consentId: uuid7(), customerId: car.customerId, ...said })
  return { car, agreed, draft, unpaidId: unpaid.invoiceId, paidId: paid.invoiceId }
}

describe('a merge of two customers', () => {
  it('shows beforehand what stays and what moves, and changes nothing', async () => {
    const past = await withPast()
    const keptId = await keptCustomer({ email: '', city: 'Oldtown', tags: ['a'], notes: 'Mine.' })
    const before = await allRows(t)
    const preview = await previewMerge(owner, { keptId, mergedId: past.car.customerId })
    expect(MergePreview.parse(preview)).toEqual(preview)
    expect(await allRows(t)).toEqual(before)
    const suggested = Object.fromEntries(preview.fields.map(({ name, suggested }) => [name, suggested]))
    expect(suggested).toEqual({
      firstName: 'kept',
      lastName: 'kept',
      phone: 'kept',
      alternatePhone: 'merged',
      email: 'merged',
      preferredContact: 'kept',
    })
    expect([preview.vehicles.count, preview.vehicles.shown.length]).toEqual([1, 1])
    expect([preview.orderCount, preview.openOrders.count, preview.openOrders.shown.length]).toEqual([4, 3, 3])
    expect(preview.dueInvoices).toMatchObject({ count: 1, shown: [{ dueCents: expect.any(Number) as number }] })
    expect(preview.others).toEqual([
      { what: 'appointments', count: 1 },
      { what: 'customer contacts', count: 1 },
      { what: 'customer credits', count: 1 },
      { what: 'message consents', count: 1 },
    ])
  })

  it('counts all of a fleet and shows the first of it', async () => {
    const { customerId } = await newCar(t)
    const fleet = `
      WITH cars AS (
        INSERT INTO vehicles (shop_id, customer_id, year, make, model) SELECT $1, $2, 1991 + n, 'Ford', 'Transit' FROM generate_series(1, 29) n RETURNING id)
      INSERT INTO repair_orders (shop_id, customer_id, vehicle_id, ro_number, status) SELECT $1, $2, id, 'FLEET-' || row_number() OVER (), 'estimate' FROM cars`
    await reading(t.owner).query(sql('', fleet), [t.shopId, customerId])
    const preview = await previewMerge(owner, { keptId: await keptCustomer(), mergedId: customerId })
    expect([preview.vehicles.count, preview.vehicles.shown.length, preview.vehicles.shown[0]?.label]).toEqual([30, 20, '2020 Ford Transit'])
    expect([preview.orderCount, preview.openOrders.count, preview.openOrders.shown.length]).toEqual([29, 29, 20])
    expect([preview.invoiceCount, preview.dueInvoices]).toEqual([0, { count: 0, shown: [] }])
  })

  it('moves everything, keeps agreed orders valid and issued bills as they are', async () => {
    const { car, agreed, unpaidId } = await withPast()
    const keptId = await keptCustomer()
    const billBefore = await getInvoice(owner, { invoiceId: unpaidId })
    await mergeCustomers(owner, { mergeId: uuid7(), keptId, mergedId: car.customerId, take: ['email', 'alternatePhone'] })
    const kept = await getCustomer(owner, { customerId: keptId })
    expect(Customer.parse(kept)).toEqual(kept)
    expect(kept).toMatchObject({
      email: 'carla@test.invalid',
      alternatePhone: '(555) 010-0142',
      firstName: 'Ana',
      balanceCents: billBefore.dueCents,
      accountCreditCents: 2_500,
    })
    expect(kept.vehicles.map(({ id }) => id)).toEqual([car.vehicleId])
    expect(kept.contacts.map(({ name }) => name)).toEqual(['Dora Driver'])
    expect(kept.merges).toMatchObject([{ mergedId: car.customerId, mergedName: 'Carla Tester' }])
    const gone = await getCustomer(owner, { customerId: car.customerId })
    expect(gone).toMatchObject({ mergedInto: { id: keptId, displayName: 'Ana Invented' }, vehicles: [] })
    expect(gone.deletedAt).not.toBeNull()
    const order = await getOrder(owner, { orderId: agreed.id })
    expect(order.customer.id).toBe(keptId)
    expect(order.authorizations).toEqual(agreed.authorizations)
    expect((await move(owner, agreed.id, 'approved', 'in_progress')).status).toBe('in_progress')
    expect(await getInvoice(owner, { invoiceId: unpaidId })).toMatchObject({
      totalCents: billBefore.totalCents,
      jobs: billBefore.jobs,
    })
    expect(await refused(restoreCustomer(owner, { customerId: car.customerId }))).toMatchObject({ code: 'IN_USE' })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  it('is undone to the last row, and both facts are in the log', async () => {
    const { car } = await withPast()
    const keptId = await keptCustomer({ notes: 'Mine.', tags: ['a', 'b'] })
    const before = await allRows(t)
    const mergeId = uuid7()
    await mergeCustomers(owner, { mergeId, keptId, mergedId: car.customerId, take: ['firstName', 'lastName', 'phone', 'email'] })
    const merged = await allRows(t)
    for (const name of [
      'vehicles',
      'repair_orders',
      'appointments',
      'customers',
      'customer_contacts',
      'message_consents',
      'vehicle_ownerships',
    ])
      expect([name, merged[name]]).not.toEqual([name, before[name]])
    for (const name of ['invoices', 'payments', 'authorizations', 'estimate_versions', 'line_items'])
      expect([name, merged[name]]).toEqual([name, before[name]])
    await undoMerge(owner, { mergeId })
    const grown = ['audit_events', 'customer_merges', 'customer_merge_rows', 'customer_merge_undos']
    expect(without(await allRows(t), ...grown)).toEqual(without(before, ...grown))
    expect(await eventsOf(t, keptId)).toEqual(['customers.merge', 'customers.undo_merge'])
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
    await undoMerge(owner, { mergeId }) // a late repetition
    await mergeCustomers(owner, { mergeId, keptId, mergedId: car.customerId, take: [] })
    expect(await eventsOf(t, keptId)).toHaveLength(2)
  })

  it('is one merge when it is sent twice, and no other one under its id', async () => {
    const [keptId, mergedId, thirdId] = [await keptCustomer(), await keptCustomer(), await keptCustomer()]
    const merge = { mergeId: uuid7(), keptId, mergedId, take: [] }
    await Promise.all([mergeCustomers(owner, merge), mergeCustomers(owner, merge)])
    expect(await eventsOf(t, keptId)).toEqual(['customers.merge'])
    expect(await codeOf(mergeCustomers(owner, { ...merge, mergedId: thirdId }))).toBe('DUPLICATE')
    expect(await codeOf(mergeCustomers(owner, { ...merge, mergeId: uuid7() }))).toBe('NOT_FOUND')
    expect(await codeOf(mergeCustomers(owner, { mergeId: uuid7(), keptId, mergedId: keptId, take: [] }))).toBe('INVALID_INPUT')
  })

  it('needs an approval of an advisor, and both of two at once cannot win', async () => {
    const [a, b] = [await keptCustomer(), await keptCustomer()]
    const merge = { mergeId: uuid7(), keptId: a, mergedId: b, take: [] }
    expect(await refused(mergeCustomers(advisor, merge))).toMatchObject({
      code: 'APPROVAL_REQUIRED',
      data: { approvalFor: 'customers.merge' },
    })
    const crossed = await Promise.all([
      codeOf(mergeCustomers(owner, merge)),
      codeOf(mergeCustomers(owner, { mergeId: uuid7(), keptId: b, mergedId: a, take: [] })),
    ])
    expect(crossed.toSorted()).toEqual(['NOT_FOUND', 'ok'])
    const approval = { approverId: owner.userId, pin: '246813' }
    const [c, d] = [await keptCustomer(), await keptCustomer()]
    await mergeCustomers(advisor, { mergeId: uuid7(), keptId: c, mergedId: d, take: [], approval })
    expect((await getCustomer(frontDesk, { customerId: c })).merges).toHaveLength(1)
  })
})

describe('what stands in the way of undoing a merge', () => {
  async function mergedPair(): Promise<{ mergeId: string; keptId: string; car: Car }> {
    const car = await newCar(t)
    const keptId = await keptCustomer()
    const mergeId = uuid7()
    await mergeCustomers(owner, { mergeId, keptId, mergedId: car.customerId, take: ['email'] })
    return { mergeId, keptId, car }
  }
  const saysWhy = async (mergeId: string, words: RegExp): Promise<void> => {
    const before = await allRows(t)
    expect(await refused(undoMerge(owner, { mergeId }))).toMatchObject({ code: 'IN_USE', message: expect.stringMatching(words) as string })
    expect(await allRows(t)).toEqual(before)
  }

  it('is an order written since', async () => {
    const { mergeId, keptId, car } = await mergedPair()
    await checkIn(owner, arrival({ ...car, customerId: keptId }))
    await saysWhy(mergeId, /RO-\d+ was written since for the 2019 Honda Civic/)
  })

  it('is a bill issued since', async () => {
    const car = await newCar(t)
    const order = await add(owner, await checkIn(owner, arrival(car)), part())
    await authorize(owner, yes(order))
    const [keptId, mergeId] = [await keptCustomer(), uuid7()]
    await mergeCustomers(owner, { mergeId, keptId, mergedId: car.customerId, take: [] })
    const invoiceId = uuid7()
    await issueInvoice(owner, { invoiceId, orderId: order.id, completeWork: true })
    await saysWhy(mergeId, /INV-\d+ was issued since/)
    await voidInvoice(owner, { invoiceId, reason: 'undoing the merge' })
    await undoMerge(owner, { mergeId })
    expect((await getOrder(owner, { orderId: order.id })).customer.id).toBe(car.customerId)
  })

  it('is a field of the merge that was typed since, and no other field', async () => {
    const { mergeId, keptId, car } = await mergedPair()
    await updateCustomer(owner, { customerId: keptId, was: { city: '' }, now: { city: 'Newtown' } })
    await updateCustomer(owner, { customerId: keptId, was: { email: 'carla@test.invalid' }, now: { email: 'new@test.invalid' } })
    await saysWhy(mergeId, /Changed since: e-mail/)
    await updateCustomer(owner, { customerId: keptId, was: { email: 'new@test.invalid' }, now: { email: 'carla@test.invalid' } })
    await undoMerge(owner, { mergeId })
    expect(await getCustomer(owner, { customerId: keptId })).toMatchObject({ city: 'Newtown', email: '' })
    expect(await getCustomer(owner, { customerId: car.customerId })).toMatchObject({ email: 'carla@test.invalid', deletedAt: null })
  })

  it('is a further merge, until that one is undone', async () => {
    const { mergeId, keptId } = await mergedPair()
    const further = { mergeId: uuid7(), keptId: await keptCustomer({ firstName: 'Third' }), mergedId: keptId, take: [] }
    await mergeCustomers(owner, further)
    await saysWhy(mergeId, /was itself merged into Third Invented/)
    await undoMerge(owner, { mergeId: further.mergeId })
    await undoMerge(owner, { mergeId })
  })

  it('is a car that has another owner since', async () => {
    const { mergeId, car } = await mergedPair()
    await transferVehicle(owner, { transferId: uuid7(), vehicleId: car.vehicleId, customerId: await keptCustomer(), on: await today(t) })
    await saysWhy(mergeId, /The 2019 Honda Civic has another owner since/)
  })
})

describe('account credit that came with a merge', () => {
  it('is parted again as it was, unless some of it was used since: then it stays, past the program too', async () => {
    const [{ car }, kept] = [await withPast(), await newCar(t)]
    const [mergeId, pair] = [uuid7(), { keptId: kept.customerId, mergedId: car.customerId, take: [] }]
    await mergeCustomers(owner, { mergeId, ...pair })
    expect((await getCustomer(owner, kept)).accountCreditCents).toBe(2_500)
    await undoMerge(owner, { mergeId })
    expect((await getCustomer(owner, kept)).accountCreditCents).toBe(0)
    expect((await getCustomer(owner, car)).accountCreditCents).toBe(2_500)
    const again = uuid7()
    await mergeCustomers(owner, { mergeId: again, ...pair })
    const order = await add(owner, await checkIn(owner, arrival(kept)), part())
    await authorize(owner, yes(order))
    const invoiceId = uuid7()
    await issueInvoice(owner, { invoiceId, orderId: order.id, completeWork: true })
    const detail = { checkNumber: '', reference: '', note: '' }
    await takePayment(owner, { paymentId: uuid7(), invoiceId, method: 'other', fromCredit: true, amountCents: cents(100), ...detail })
    expect(await refused(undoMerge(owner, { mergeId: again }))).toMatchObject({
      code: 'IN_USE',
      message: expect.stringContaining('Account credit that came with the merge was used since.') as string,
    })
    const past = sql('', 'INSERT INTO customer_merge_undos (merge_id, shop_id, undone_by_user_id) VALUES ($1, $2, $3)')
    await expect(reading(t.db).query(past, [again, t.shopId, owner.userId])).rejects.toMatchObject({ constraint: 'customer_credit_short' })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })
})

describe('account credit that was used after a merge', () => {
  it('keeps the two together, whatever the clock said when they were merged', async () => {
    const [gone, kept] = [await withPast(), await withPast()]
    await reading(t.owner).query(merged("clock_timestamp() + interval '1 day'"))
    const mergeId = uuid7()
    await mergeCustomers(owner, { mergeId, keptId: kept.car.customerId, mergedId: gone.car.customerId, take: [] })
    await reading(t.owner).query(merged('clock_timestamp()'))
    const detail = { checkNumber: '', reference: '', note: '' }
    const used = { method: 'other' as const, fromCredit: true, amountCents: cents(2_500) }
    await takePayment(owner, { paymentId: uuid7(), invoiceId: gone.unpaidId, ...used, ...detail })
    expect(await refused(undoMerge(owner, { mergeId }))).toMatchObject({
      code: 'IN_USE',
      message: expect.stringMatching(/Account credit was put on or taken off INV-\d+ since/) as string,
    })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  const merged = (at: string) => sql('', `ALTER TABLE customer_merges ALTER COLUMN merged_at SET DEFAULT ${at}`)
})

describe('the tables that refer to customers', () => {
  it('have a key that a merge can note, and are moved as a whole', async () => {
    const rows = await reading(t.owner).query<{ table: string; id: boolean }>(
      sql(
        '',
        `SELECT r.table_name AS table, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = r.table_name::regclass AND a.attname = 'id'
           AND a.atttypid = 'uuid'::regtype) AS id FROM customer_references() r`,
      ),
    )
    expect(rows.length).toBeGreaterThanOrEqual(8)
    expect(rows.filter(({ id }) => !id)).toEqual([])
  })
})

describe('an invoice that is voided', () => {
  it('leaves the order as it was before it was issued, with both facts in the log', async () => {
    const order = await add(owner, await checkIn(owner, arrival(await newCar(t))), part())
    await authorize(owner, yes(order))
    await move(owner, order.id, 'approved', 'in_progress')
    await move(owner, order.id, 'in_progress', 'completed')
    const before = await allRows(t)
    const invoiceId = uuid7()
    await issueInvoice(owner, { invoiceId, orderId: order.id, completeWork: false })
    await voidInvoice(owner, { invoiceId, reason: 'wrong car' })
    const grown = ['audit_events', 'invoices', 'shop_counters']
    expect(without(await allRows(t), ...grown)).toEqual(without(before, ...grown))
    expect(await eventsOf(t, invoiceId)).toEqual(expect.arrayContaining(['invoice.issued', 'invoice.voided']))
  })
})
