import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Vehicle } from '../../../src-preload/contract/vehicles'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { allRows, eventsOf, today, without } from '../../testing/all-rows'
import { add, arrival, count, decide, line, move, newCar, part, yes } from '../../testing/order-test-kit'
import { readPdf } from '../../testing/read-pdf'
import { codeOf, refused } from '../../testing/refused'
import { secondCounter, testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { mergeCustomers } from '../customers/merge-customers'
import { addContact } from '../customers/save-contact'
import { removeCustomer } from '../customers/remove-customer'
import { searchCounter } from '../customers/search-counter'
import { undoMerge } from '../customers/undo-merge'
import { visitHistory } from '../customers/visit-history'
import { getInvoice } from '../invoices/get-invoice'
import { invoicePdf } from '../invoices/invoice-pdf'
import { issueInvoice } from '../invoices/issue-invoice'
import { authorize } from '../orders/authorize'
import { checkIn } from '../orders/check-in'
import { getOrder } from '../orders/get-order'
import { updateOrder } from '../orders/update-order'
import { getVehicle } from './get-vehicle'
import { transferVehicle, undoTransfer } from './transfer-vehicle'
import { updateVehicle } from './update-vehicle'

const textOf = async (file: { base64: string }): Promise<string> => (await readPdf(new Uint8Array(Buffer.from(file.base64, 'base64')))).text

let t: TestDatabase
let owner: Ctx
let technician: Ctx
let foreign: Ctx

beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  technician = await testContext(t, 'technician')
  foreign = await testContext(t, 'owner', { shop: 'B' })
})
afterAll(() => t.close())

const waiting = (): Promise<number> =>
  count(t, 'pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())', [])

/** A car with a paid past would do as well: what counts is that its visits stay with it. */
async function soldCar(): Promise<{ vehicleId: string; formerId: string; newOwnerId: string }> {
  const car = await newCar(t)
  const buyer = await newCar(t, { taxExempt: true })
  return { vehicleId: car.vehicleId, formerId: car.customerId, newOwnerId: buyer.customerId }
}

describe('a car that changes its owner', () => {
  it('takes along no tax that a certificate of the former owner took off, though it ran out since', async () => {
    const [car, buyer] = [await newCar(t, { taxExempt: true }), await newCar(t)]
    const order = await add(owner, await checkIn(owner, arrival(car)), part())
    expect(order.taxCents).toBe(0)
    await reading(t.owner).query(sql('', `UPDATE customers SET tax_exempt_expires = '2020-01-01' WHERE id = $1`), [car.customerId])
    const { vehicleId } = car
    await transferVehicle(owner, { transferId: uuid7(), vehicleId, customerId: buyer.customerId, on: await today(t), movesWork: true })
    expect((await getOrder(owner, { orderId: order.id })).taxCents).toBeGreaterThan(0)
  })

  it('keeps its history, without the former owner’s name or contact in it', async () => {
    const { vehicleId, formerId, newOwnerId } = await soldCar()
    const order = await add(owner, await checkIn(owner, arrival({ vehicleId, customerId: formerId }, { complaint: 'Noise' })), part())
    await authorize(owner, yes(order, { approvedByName: 'Carla Tester', method: 'phone', contact: '5550100142' }))
    const invoiceId = uuid7()
    await issueInvoice(owner, { invoiceId, orderId: order.id, completeWork: true })
    const vehicle = await transferVehicle(owner, { transferId: uuid7(), vehicleId, customerId: newOwnerId, on: await today(t) })
    expect(Vehicle.parse(vehicle)).toEqual(vehicle)
    expect(vehicle).toMatchObject({ customerId: newOwnerId, owners: [{ customerId: newOwnerId, to: null }, { customerId: formerId }] })
    expect(vehicle.owners[1]?.to).toBe(vehicle.owners[0]?.from)
    const history = await visitHistory(owner, { vehicleId })
    expect(history.map(({ complaint }) => complaint)).toEqual(['Noise'])
    expect(JSON.stringify(history)).not.toMatch(/Carla|Tester|0142|invalid/)
    expect((await getOrder(owner, { orderId: order.id })).customer.id).toBe(formerId)
    const copy = await textOf(await invoicePdf(owner, { invoiceId, withoutOwner: true }))
    expect(copy).toContain('Former owner')
    expect(copy).toContain('Brake pads')
    expect(copy).not.toMatch(/Carla|0142|carla@/)
    expect(await textOf(await invoicePdf(owner, { invoiceId }))).toContain('Carla Tester')
    expect((await getInvoice(owner, { invoiceId })).carWasSold).toBe(true)
    expect((await getVehicle(technician, { vehicleId })).customer).toMatchObject({ phone: null, email: null })
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  it('takes open estimates and appointments along when it is told to, and is undone to the last row', async () => {
    const { vehicleId, formerId, newOwnerId } = await soldCar()
    const order = await add(owner, await checkIn(owner, arrival({ vehicleId, customerId: formerId })), part())
    const contactId = uuid7()
    await addContact(owner, { contactId, customerId: formerId, fields: { name: 'Pia Payer', role: 'payer', phone: '', email: '' } })
    const was = { payerContactId: null, purchaseOrder: '' }
    await updateOrder(owner, { orderId: order.id, was, now: { payerContactId: contactId, purchaseOrder: 'PO-7' } })
    await reading(t.owner).query(
      sql(
        '',
        `INSERT INTO appointments (shop_id, customer_id, vehicle_id, scheduled_start, scheduled_end)
         VALUES ($1, $2, $3, now() + interval '1 day', now() + interval '25 hours')`,
      ),
      [t.shopId, formerId, vehicleId],
    )
    const before = await allRows(t)
    const transfer = { transferId: uuid7(), vehicleId, customerId: newOwnerId, on: await today(t) }
    expect(await refused(transferVehicle(owner, transfer))).toMatchObject({ code: 'IN_USE', data: { fields: { movesWork: /RO-\d+/ } } })
    expect(await allRows(t)).toEqual(before)
    await transferVehicle(owner, { ...transfer, movesWork: true })
    const moved = await getOrder(owner, { orderId: order.id })
    expect(moved).toMatchObject({
      customer: { id: newOwnerId },
      payerContactId: null,
      purchaseOrder: '',
      taxRateMillionths: 0,
      taxCents: 0,
    })
    expect(order.taxCents).toBeGreaterThan(0)
    expect(await transferVehicle(owner, { ...transfer, movesWork: true })).toMatchObject({ customerId: newOwnerId }) // a late repetition
    await undoTransfer(owner, { vehicleId, transferId: transfer.transferId })
    expect(without(await allRows(t), 'audit_events')).toEqual(without(before, 'audit_events'))
    expect((await eventsOf(t, vehicleId)).slice(-2)).toEqual(['vehicles.transfer', 'vehicles.undo_transfer'])
    const undone = await allRows(t)
    const again = await undoTransfer(owner, { vehicleId, transferId: transfer.transferId }) // a late repetition
    expect(again).toMatchObject({ customerId: formerId })
    expect(await allRows(t)).toEqual(undone)
    expect(await codeOf(undoTransfer(owner, { vehicleId, transferId: uuid7() }))).toBe('NOT_FOUND')
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  it('does not take along what its owner agreed to', async () => {
    const { vehicleId, formerId, newOwnerId } = await soldCar()
    const order = await add(owner, await checkIn(owner, arrival({ vehicleId, customerId: formerId })), part())
    await authorize(owner, yes(order))
    const transfer = { transferId: uuid7(), vehicleId, customerId: newOwnerId, on: await today(t), movesWork: true }
    expect(await refused(transferVehicle(owner, transfer))).toMatchObject({
      code: 'IN_USE',
      message: expect.stringContaining(order.number) as string,
    })
  })

  it('waits for a yes that is being recorded, and then stays with who gave it', async () => {
    const { vehicleId, formerId, newOwnerId } = await soldCar()
    const free = await add(owner, await checkIn(owner, arrival({ vehicleId, customerId: formerId })), line({ unitPriceCents: 0 }))
    await decide(owner, { orderId: free.id, lineId: free.lines[0]!.id, decision: 'approved', reason: '' })
    const order = await add(owner, await move(owner, free.id, 'estimate', 'approved'), part())
    const counter = secondCounter(t)
    let release: (() => void) | undefined
    const busy = inTransaction('the order is busy', owner, async (tx) => {
      await tx.query(sql('', 'SELECT FROM repair_orders WHERE id = $1 FOR NO KEY UPDATE'), [order.id])
      await new Promise<void>((resolve) => (release = resolve))
    })
    try {
      await expect.poll(() => release).toBeDefined()
      const answering = authorize(owner, yes(order))
      await expect.poll(waiting).toBe(1)
      const transfer = { transferId: uuid7(), vehicleId, customerId: newOwnerId, on: await today(t), movesWork: true }
      const transferring = codeOf(transferVehicle({ ...owner, db: counter }, transfer))
      await expect.poll(waiting).toBe(2)
      release?.()
      expect((await answering).customer.id).toBe(formerId)
      expect(await transferring).toBe('IN_USE')
    } finally {
      release?.()
      await busy
      await counter.close()
    }
  })

  it('begins on a day that makes sense', async () => {
    const { vehicleId, formerId, newOwnerId } = await soldCar()
    const transfer = { transferId: uuid7(), vehicleId, customerId: newOwnerId }
    const outcome = async (on: string): Promise<unknown> => (await refused(transferVehicle(owner, { ...transfer, on }))).data?.fields
    expect(await outcome(await today(t, 1))).toEqual({ on: 'This day is still to come.' })
    expect(await outcome(await today(t, -1))).toEqual({ on: expect.stringContaining('only since') as string })
    const same = await refused(transferVehicle(owner, { ...transfer, customerId: formerId, on: await today(t) }))
    expect(same.data?.fields).toEqual({ customerId: 'Carla Tester is the owner already.' })
    expect(await codeOf(transferVehicle(owner, { ...transfer, customerId: uuid7(), on: await today(t) }))).toBe('NOT_FOUND')
    expect(await codeOf(transferVehicle(foreign, { ...transfer, on: await today(t) }))).toBe('NOT_FOUND')
    const ahead = sql('', `UPDATE vehicle_ownerships SET owned_from = now() + interval '40 days' WHERE vehicle_id = $1`)
    await reading(t.owner).query(ahead, [vehicleId])
    expect((await transferVehicle(owner, { ...transfer, on: await today(t) })).customerId).toBe(newOwnerId)
  })

  it('stays with the new owner once something was done for them, and says what', async () => {
    const { vehicleId, newOwnerId } = await soldCar()
    const transferId = uuid7()
    await transferVehicle(owner, { transferId, vehicleId, customerId: newOwnerId, on: await today(t) })
    await checkIn(owner, arrival({ vehicleId, customerId: newOwnerId }))
    expect(await refused(undoTransfer(owner, { vehicleId, transferId }))).toMatchObject({
      code: 'IN_USE',
      message: expect.stringMatching(/RO-\d+ was written since for the new owner/) as string,
    })
  })

  it('does not go back from under a merge of one of its owners, but once that is undone', async () => {
    for (const merges of ['both', 'the former', 'the new'] as const) {
      const { vehicleId, formerId, newOwnerId } = await soldCar()
      const [transferId, mergeId, laterId, earlierId] = [uuid7(), uuid7(), uuid7(), uuid7()]
      const thirdId = (await newCar(t)).customerId
      await transferVehicle(owner, { transferId, vehicleId, customerId: newOwnerId, on: await today(t) })
      const keptId = merges === 'both' ? formerId : thirdId
      await mergeCustomers(owner, { mergeId, keptId, mergedId: merges === 'the former' ? formerId : newOwnerId, take: [] })
      expect(await refused(undoTransfer(owner, { vehicleId, transferId })), merges).toMatchObject({
        code: 'IN_USE',
        message: 'The transfer stays. Carla Tester was merged into Carla Tester since. Undo that merge first.',
      })
      await undoMerge(owner, { mergeId })
      expect((await undoTransfer(owner, { vehicleId, transferId })).customerId).toBe(formerId)
      // A merge from before the transfer stands in nobody's way.
      await mergeCustomers(owner, { mergeId: earlierId, keptId: thirdId, mergedId: formerId, take: [] })
      await transferVehicle(owner, { transferId: laterId, vehicleId, customerId: newOwnerId, on: await today(t) })
      expect((await undoTransfer(owner, { vehicleId, transferId: laterId })).customerId).toBe(thirdId)
      await undoMerge(owner, { mergeId: earlierId })
      expect((await getVehicle(owner, { vehicleId })).customerId).toBe(formerId)
    }
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })

  it('goes back only one owner after the other, and to somebody who is there', async () => {
    const { vehicleId, formerId, newOwnerId } = await soldCar()
    const [first, second] = [uuid7(), uuid7()]
    const third = (await newCar(t)).customerId
    await transferVehicle(owner, { transferId: first, vehicleId, customerId: newOwnerId, on: await today(t) })
    await transferVehicle(owner, { transferId: second, vehicleId, customerId: third, on: await today(t) })
    expect(await codeOf(undoTransfer(owner, { vehicleId, transferId: first }))).toBe('IN_USE')
    await undoTransfer(owner, { vehicleId, transferId: second })
    await removeCustomer(owner, { customerId: formerId })
    expect(await refused(undoTransfer(owner, { vehicleId, transferId: first }))).toMatchObject({
      message: expect.stringContaining('is removed') as string,
    })
    const original = (await getVehicle(owner, { vehicleId })).owners.at(-1)!.id
    expect(await codeOf(undoTransfer(owner, { vehicleId, transferId: original }))).toBe('IN_USE')
  })
})

describe('the plates of a car', () => {
  const yesterday = async (vehicleId: string): Promise<void> => {
    const text = `UPDATE vehicle_plates SET worn_from = worn_from - interval '3 days' WHERE vehicle_id = $1`
    await reading(t.owner).query(sql('', text), [vehicleId])
  }
  const plateOf = async (vehicleId: string): Promise<string> => (await getVehicle(owner, { vehicleId })).plate ?? ''
  const retype = async (vehicleId: string, plate: string, movesPlate = false): Promise<Vehicle> =>
    await updateVehicle(owner, { vehicleId, was: { licensePlate: await plateOf(vehicleId) }, now: { licensePlate: plate }, movesPlate })

  it('are kept with their dates; one corrected on its first day was a typing error', async () => {
    const { vehicleId } = await newCar(t)
    await yesterday(vehicleId)
    const first = await plateOf(vehicleId)
    expect((await retype(vehicleId, 'NEW 1234')).plates).toMatchObject([
      { plate: 'NEW 1234', plateState: 'CA', to: null },
      { plate: first, plateState: 'CA' },
    ])
    expect((await retype(vehicleId, 'NEW 1235')).plates.map(({ plate }) => plate)).toEqual(['NEW 1235', first])
  })

  it('move to another car only when somebody says so, and the former one is found by it, marked', async () => {
    const [from, to] = [await newCar(t), await newCar(t)]
    await yesterday(from.vehicleId)
    const plate = await plateOf(from.vehicleId)
    const twin = await refused(retype(to.vehicleId, plate))
    expect(twin).toMatchObject({ code: 'DUPLICATE', data: { existingId: from.vehicleId } })
    expect(Object.keys(twin.data?.fields ?? {})).toEqual(['now.licensePlate'])
    await retype(to.vehicleId, plate, true)
    expect(await getVehicle(owner, { vehicleId: from.vehicleId })).toMatchObject({
      plate: null,
      plates: [{ plate, to: expect.any(String) as string }],
    })
    expect((await eventsOf(t, from.vehicleId)).at(-1)).toBe('vehicles.move_plate')
    const found = await searchCounter(owner, { text: plate, limit: 12 })
    expect(found.map(({ vehicleId, formerPlate }) => [vehicleId, formerPlate])).toEqual([
      [to.vehicleId, null],
      [from.vehicleId, plate],
    ])
    expect(await verifyDatabase(reading(t.owner))).toEqual([])
  })
})
