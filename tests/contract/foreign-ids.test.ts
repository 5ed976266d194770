import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import type { Order } from '../../src-preload/contract/orders'
import { addCar, addInvoice, addLine, addOrder, openProbe, paymentInsert } from '../../src-main/testing/shop-probe'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import { signedIn, type Answer, type Counter } from '../e2e/support/counter'
import { watchContents, withOwner } from '../e2e/support/owner-sql'
import { arrival, cash, laborLine, newCar, newInvoice, yesTo } from '../e2e/support/shop-work'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { callsWithInput, shapeOf, type Shape } from './contract-calls'
import { approvedRequests } from './approved-requests'
import { cannedJob, madeByClient, newPrinter, otherAnswers, ownRequest, today, type OwnRecords } from './own-requests'
import { addStaff, emailOf, PASSWORD } from './staff'
import { vinDataLoaded } from './vin-data'

let database: TestDatabase
let host: RunningHost
let counter: Counter
let own: OwnRecords
/** every id there is in the other shop, with its table */
let foreign: { table: string; id: string }[]
let expectNothingStored: () => Promise<void>
let expectTheirsStands: () => Promise<void>

beforeAll(async () => {
  database = await testDatabase()
  await addStaff(database)
  host = await startWebHost({ databaseUrl: database.url })
  counter = await signedIn(host, emailOf('owner'), PASSWORD)
  await vinDataLoaded(counter)
  own = await fillOwnShop(counter)
  await fillOtherShop()
  foreign = await withOwner(database.ownerConnection, idsOfOtherShop)
  expectNothingStored = watchContents(database.ownerConnection)
  await expectNothingStored()
  expectTheirsStands = watchContents(database.ownerConnection, `WHERE to_jsonb(t) ->> 'shop_id' = '${database.otherShopId}'`)
  await expectTheirsStands()
})

afterAll(async () => {
  if (host) await removeHost(host)
  await database?.close()
})

const seenOf = ({ lines }: Order) => lines.map(({ id, status }) => ({ lineId: id, status }))

async function fillOwnShop({ api }: Counter): Promise<OwnRecords> {
  const [car, removed] = [await newCar(api), await newCar(api)]
  const bayId = uuid7()
  const itemId = uuid7()
  await api.shop.addBay({ bayId, name: 'Bay 1', type: 'lift', isActive: true })
  await withOwner(database.ownerConnection, (client) =>
    client.query(
      `INSERT INTO inventory_items (id, shop_id, part_number, description, price, cost, quantity_on_hand)
       VALUES ($1, $2, 'P-1', 'Pads', 10, 5, 10)`,
      [itemId, database.shopId],
    ),
  )
  const estimate = await api.orders.checkIn(arrival(car, { ...laborLine(10_000), type: 'part' }))
  const [draft, removedDraft] = [await api.orders.checkIn(arrival(car)), await api.orders.checkIn(arrival(car))]
  const done = await api.orders.checkIn(arrival(car, laborLine(5_000)))
  await api.orders.authorize(yesTo(done))
  await api.orders.transition({ orderId: done.id, from: 'approved', to: 'in_progress' })
  await api.orders.transition({ orderId: done.id, from: 'in_progress', to: 'completed' })
  const running = await api.orders.checkIn(arrival(car, laborLine(6_000)))
  await api.orders.authorize(yesTo(running))
  await api.orders.transition({ orderId: running.id, from: 'approved', to: 'in_progress' })
  const people = await fillPeople({ api } as Counter, car.customerId)
  const [rateId, cannedJobId, cannedLineId] = [uuid7(), uuid7(), uuid7()]
  await api.pricing.add({ kind: 'labor_rate', id: rateId, fields: { name: 'Fleet', rateCents: 9_000, isActive: true } })
  await api.pricing.add({ kind: 'canned_job', id: cannedJobId, fields: cannedJob(cannedLineId, null) })
  const refused = await api.orders.checkIn(arrival(car, laborLine(999_00)))
  await api.orders.decide({
    orderId: refused.id,
    jobId: refused.jobs[0]!.id,
    decision: 'declined',
    was: seenOf(refused),
    reason: 'too dear',
  })
  await api.orders.remove({ orderId: removedDraft.id })
  await api.vehicles.remove({ vehicleId: removed.vehicleId })
  await api.customers.remove({ customerId: removed.customerId })
  const printerId = uuid7()
  await api.printing.addPrinter({ printerId, ...newPrinter })
  const paidInvoiceId = (await newInvoice(api, car, 8_000)).invoiceId
  const { payment } = await api.payments.take(cash(paidInvoiceId, 8_000))
  const checkOn = async (): Promise<string> => {
    const check = { ...cash((await newInvoice(api, car, 4_000)).invoiceId, 4_000), method: 'check' as const, checkNumber: '4711' }
    const { tenderedCents: _, ...facts } = check
    return (await api.payments.take(facts)).payment.id
  }
  const [checkId, returnedId, returnId] = [await checkOn(), await checkOn(), uuid7()]
  await api.payments.returnCheck({ returnId, paymentId: returnedId, returnedOn: today(), reason: 'no funds' })
  const credited = (await newInvoice(api, car, 8_500)).invoiceId
  const saver = await newCar(api)
  const over = { paymentId: uuid7(), method: 'check' as const, amountCents: 1_000, keptAsCreditCents: 5_000, checkNumber: '7' }
  await api.payments.take({ invoiceId: (await newInvoice(api, saver, 1_000)).invoiceId, ...over })
  const cashBack = { payoutId: uuid7(), customerId: saver.customerId, method: 'cash' as const, amountCents: 500, reason: 'wants it back' }
  await api.payments.payOutCredit(cashBack)
  const { creditNotes } = await api.invoices.credit({
    creditNoteId: uuid7(),
    invoiceId: credited,
    credit: { kind: 'amount', amountCents: 100 },
    totalCents: 100,
    refunds: [],
    reason: 'a scratch',
  })
  const fresh = await newCar(api)
  const users = await api.users.list({})
  const idOf = (role: string): string => users.find((user) => user.role === role && user.firstName === 'Terry')!.id
  return {
    ...car,
    ...people,
    userId: idOf('technician'),
    removedCustomerId: removed.customerId,
    newCustomerId: fresh.customerId,
    newVehicleId: fresh.vehicleId,
    removedVehicleId: removed.vehicleId,
    bayId,
    itemId,
    rateId,
    cannedJobId,
    cannedLineId,
    draftId: draft.id,
    removedDraftId: removedDraft.id,
    estimateId: estimate.id,
    estimateTotalCents: estimate.totalCents,
    estimateFingerprint: estimate.estimateFingerprint,
    jobId: estimate.jobs[0]!.id,
    declinedJobId: refused.jobs[0]!.id,
    lineId: estimate.lines[0]!.id,
    completedId: done.id,
    runningId: running.id,
    runningJobId: running.jobs[0]!.id,
    runningLineId: running.lines[0]!.id,
    invoiceId: (await newInvoice(api, car, 7_000)).invoiceId,
    unpaidInvoiceId: (await newInvoice(api, car, 9_000)).invoiceId,
    printerId,
    paidInvoiceId,
    paymentId: payment.id,
    checkId,
    returnId,
    creditNoteId: creditNotes[0]!.id,
    creditedCustomerId: saver.customerId,
    payoutId: cashBack.payoutId,
  }
}

type People = Pick<OwnRecords, 'contactId' | 'duplicateId' | 'mergeId' | 'soldVehicleId' | 'boughtVehicleId' | 'transferId'>

/** Contacts, duplicates and cars that changed hands. */
async function fillPeople({ api }: Counter, customerId: string): Promise<People> {
  const [contactId, mergeId, transferId] = [uuid7(), uuid7(), uuid7()]
  const fields = { name: 'Pia Payer', role: 'payer' as const, phone: '', email: '' }
  await api.customers.addContact({ contactId, customerId, fields })
  const [duplicate, merged, sold, bought] = [await newCar(api), await newCar(api), await newCar(api), await newCar(api)]
  await api.customers.merge({ mergeId, keptId: customerId, mergedId: merged.customerId, take: [] })
  await api.vehicles.transfer({ transferId, vehicleId: bought.vehicleId, customerId: sold.customerId, on: today() })
  const cars = { soldVehicleId: sold.vehicleId, boughtVehicleId: bought.vehicleId }
  return { contactId, duplicateId: duplicate.customerId, mergeId, ...cars, transferId }
}

/** Past the application, which works for one shop only. */
async function fillOtherShop(): Promise<void> {
  const probe = await openProbe(database.ownerConnection, { shopId: database.otherShopId, userId: database.otherOwnerUserId })
  const car = await addCar(probe)
  const { invoiceId } = await addInvoice(probe, car)
  await probe.all(...paymentInsert(probe, invoiceId, 10))
  const orderId = await addOrder(probe, car)
  await addLine(probe, orderId)
  await probe.all(`INSERT INTO ro_jobs (id, shop_id, repair_order_id, name) VALUES ($1, $2, $3, 'Job')`, [uuid7(), probe.shopId, orderId])
  await probe.all(`INSERT INTO bays (id, shop_id, name) VALUES ($1, $2, 'Other bay')`, [uuid7(), probe.shopId])
  await probe.all(
    `INSERT INTO inventory_items (id, shop_id, part_number, description, price, cost) VALUES ($1, $2, 'P-9', 'Other part', 10, 5)`,
    [uuid7(), probe.shopId],
  )
  await probe.all(`INSERT INTO printers (id, shop_id, name, kind, host) VALUES ($1, $2, 'Other printer', 'escpos', '127.0.0.1')`, [
    uuid7(),
    probe.shopId,
  ])
  await probe.close()
}

async function idsOfOtherShop(client: Parameters<Parameters<typeof withOwner>[1]>[0]): Promise<{ table: string; id: string }[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('id', 'shop_id') AND data_type = 'uuid'
     GROUP BY table_name HAVING count(*) = 2 ORDER BY table_name`,
  )
  const found: { table: string; id: string }[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM "${name}" WHERE shop_id = $1 ORDER BY id LIMIT 1`, [
      database.otherShopId,
    ])
    found.push(...rows.map(({ id }) => ({ table: name, id })))
  }
  return found
}

/** The places of a shape that hold an id: 'jobs.0.lines.0.lineId'. */
function idPlaces(shape: Shape, path: readonly string[] = []): string[] {
  if (shape.format === 'uuid') return [path.join('.')]
  const inside = [...(shape.anyOf ?? []), ...(shape.allOf ?? [])].flatMap((option) => idPlaces(option, path))
  const items = shape.items ? idPlaces(shape.items, [...path, '0']) : []
  return [...inside, ...items, ...Object.entries(shape.properties ?? {}).flatMap(([key, each]) => idPlaces(each, [...path, key]))]
}

/** A copy with another value at one place; undefined when the input does not go there. */
function replaced(value: unknown, path: readonly string[], id: string): unknown {
  const [key, ...rest] = path
  if (key === undefined) return typeof value === 'string' ? id : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const inner = replaced((value as Record<string, unknown>)[key], rest, id)
  if (inner === undefined) return undefined
  return Array.isArray(value) ? value.map((each: unknown, at) => (String(at) === key ? inner : each)) : { ...value, [key]: inner }
}

/** Everything of an answer that somebody could learn from. */
function told({ status, code, body }: Answer, id: string): unknown {
  const text = JSON.stringify(body, (key, value: unknown) => (key === 'reference' ? undefined : value))
  return { status, code, body: text.replaceAll(id, '<id>') }
}

const places = callsWithInput.flatMap(({ name, input }) => [...new Set(idPlaces(shapeOf(input)))].map((place) => ({ name, place })))
/** `was` says what the screen saw: it finds nothing. */
const asked = places.filter(({ place }) => !place.startsWith('was.'))
const approvals = asked.filter(({ place }) => place === 'approval.approverId')
const looked = asked.filter(({ name, place }) => place !== 'approval.approverId' && !madeByClient.has(`${name} ${place}`))
const made = asked.filter(({ name, place }) => madeByClient.has(`${name} ${place}`))

describe('the ids of another shop', () => {
  it('are tried in every call that takes an id, at every place', () => {
    expect(foreign.map(({ table }) => table)).toEqual(
      expect.arrayContaining([
        'customers',
        'vehicles',
        'repair_orders',
        'ro_jobs',
        'line_items',
        'invoices',
        'payments',
        'users',
        'bays',
        'inventory_items',
        'authorizations',
      ]),
    )
    const requestOf = (name: string, place: string): unknown =>
      place === 'approval.approverId' ? approvedRequests[name]?.request(own) : ownRequest(name, place, own)
    const unreachable = asked.filter(({ name, place }) => replaced(requestOf(name, place), place.split('.'), uuid7()) === undefined)
    expect(unreachable).toEqual([])
  })

  it.each(looked)('in $name, $place: as an id that never existed', async ({ name, place }) => {
    const send = async (id: string): Promise<unknown> =>
      told(await counter.send(name, replaced(ownRequest(name, place, own), place.split('.'), id)), id)
    const never = await send(uuid7())
    for (const { table, id } of foreign) expect({ table, told: await send(id) }).toEqual({ table, told: never })
    expect((never as Answer).code).toBe(otherAnswers[`${name} ${place}`] ?? 'NOT_FOUND')
    await expectNothingStored()
  })

  it.each(approvals)('as the approver in $name: refused as somebody who never existed', async ({ name, place }) => {
    const { role, request } = approvedRequests[name]!
    const asking = await signedIn(host, emailOf(role), PASSWORD)
    const send = async (id: string): Promise<unknown> => told(await asking.send(name, replaced(request(own), place.split('.'), id)), id)
    const never = await send(uuid7())
    expect(never).toMatchObject({ code: 'APPROVAL_REFUSED' })
    for (const { table, id } of foreign) expect({ table, told: await send(id) }).toEqual({ table, told: never })
  })

  it.each(made)('as the id of a new record in $name, $place: refused, and theirs stays theirs', async ({ name, place }) => {
    for (const { table, id } of foreign) {
      const { code } = await counter.send(name, replaced(ownRequest(name, place, own), place.split('.'), id))
      expect([table, code]).not.toEqual([table, 'INTERNAL_SERVER_ERROR'])
    }
    await expectTheirsStands()
  })
})
