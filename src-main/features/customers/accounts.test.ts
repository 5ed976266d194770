import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Consents, type ConsentMethod } from '../../../src-preload/contract/accounts'
import { Order } from '../../../src-preload/contract/orders'
import { uuid7 } from '../../base/uuid7'
import { reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { eventsOf, today } from '../../testing/all-rows'
import { add, arrival, newCar, part, yes } from '../../testing/order-test-kit'
import { codeOf, refused } from '../../testing/refused'
import { testContext } from '../../testing/test-context'
import { testDatabase, type TestDatabase } from '../../testing/test-database'
import { givePin } from '../../testing/test-station'
import { issueInvoice } from '../invoices/issue-invoice'
import { authorize } from '../orders/authorize'
import { checkIn } from '../orders/check-in'
import { getOrder } from '../orders/get-order'
import { updateOrder } from '../orders/update-order'
import { getCustomer } from './get-customer'
import { listConsents } from './list-consents'
import { giveConsent, revokeConsent } from './record-consent'
import { addContact, removeContact, restoreContact, updateContact } from './save-contact'
import { updateCustomer } from './update-customer'

let t: TestDatabase
let owner: Ctx
let advisor: Ctx
let technician: Ctx
let foreign: Ctx

beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
  advisor = await testContext(t, 'service_advisor')
  technician = await testContext(t, 'technician')
  foreign = await testContext(t, 'owner', { shop: 'B' })
  await givePin(t, owner.userId, '246813')
})
afterAll(() => t.close())

const approver = { name: 'Ada Approver', role: 'approver' as const, phone: '5550100188', email: 'ada@test.invalid' }

describe('the contacts of a customer', () => {
  it('are added, changed field by field, removed and restored', async () => {
    const { customerId } = await newCar(t)
    const contactId = uuid7()
    await addContact(owner, { contactId, customerId, fields: approver })
    await addContact(owner, { contactId, customerId, fields: approver })
    expect(await codeOf(addContact(owner, { contactId, customerId, fields: { ...approver, name: 'Other' } }))).toBe('DUPLICATE')
    expect(await codeOf(addContact(owner, { contactId: uuid7(), customerId: uuid7(), fields: approver }))).toBe('NOT_FOUND')
    expect(await codeOf(addContact(foreign, { contactId: uuid7(), customerId, fields: approver }))).toBe('NOT_FOUND')
    expect(await codeOf(updateContact(owner, { contactId, was: { name: 'Ada' }, now: { name: 'Eve' } }))).toBe('EDIT_CONFLICT')
    expect((await updateContact(owner, { contactId, was: { role: 'approver' }, now: { role: 'payer' } })).role).toBe('payer')
    await removeContact(owner, { contactId })
    expect((await getCustomer(owner, { customerId })).contacts).toEqual([])
    await restoreContact(owner, { contactId })
    expect((await getCustomer(owner, { customerId })).contacts).toMatchObject([{ name: 'Ada Approver', phone: '(555) 010-0188' }])
    expect((await getCustomer(technician, { customerId })).contacts).toMatchObject([{ name: 'Ada Approver', phone: '', email: '' }])
    const events = await eventsOf(t, customerId)
    expect(events).toEqual(['added', 'changed', 'removed', 'restored'].map((what) => `customers.contact_${what}`))
    const told = await reading(t.owner).query(sql('', 'SELECT details::text AS text FROM audit_events WHERE entity_id = $1'), [customerId])
    expect(JSON.stringify(told)).not.toMatch(/Ada|010-0188|ada@/)
  })

  it('and whether its orders need a number are on record when they change', async () => {
    const { customerId } = await newCar(t)
    const set = (from: boolean, to: boolean) =>
      updateCustomer(advisor, { customerId, was: { requiresPurchaseOrder: from }, now: { requiresPurchaseOrder: to } })
    await set(false, true)
    await set(true, false)
    await set(true, false)
    const events = await reading(t.owner).query(
      sql(
        '',
        `SELECT actor_user_id AS by, details FROM audit_events WHERE entity_id = $1 AND action = 'customers.account_terms' ORDER BY seq`,
      ),
      [customerId],
    )
    const by = advisor.userId
    expect(events).toEqual([true, false].map((requiresPurchaseOrder) => ({ by, details: { requiresPurchaseOrder } })))
  })

  it('are payer, driver and approver of an order only when they are the customer’s own', async () => {
    const [car, other] = [await newCar(t), await newCar(t)]
    const order = await checkIn(owner, arrival(car))
    const [own, strange] = [uuid7(), uuid7()]
    await addContact(owner, { contactId: own, customerId: car.customerId, fields: approver })
    await addContact(owner, { contactId: strange, customerId: other.customerId, fields: approver })
    const was = { approverContactId: null }
    expect(await codeOf(updateOrder(owner, { orderId: order.id, was, now: { approverContactId: strange } }))).toBe('NOT_FOUND')
    await updateOrder(owner, { orderId: order.id, was, now: { approverContactId: own } })
    await removeContact(owner, { contactId: own }) // the order keeps who approved
    const stored = await getOrder(owner, { orderId: order.id })
    expect(Order.parse(stored)).toEqual(stored)
    expect(stored).toMatchObject({ approverContactId: own, customer: { contacts: [{ id: own, name: 'Ada Approver' }] } })
  })
})

describe('an account that wants its purchase order number', () => {
  it('is not billed without it, and the bill shows it with who pays', async () => {
    const car = await newCar(t)
    await updateCustomer(owner, {
      customerId: car.customerId,
      was: { requiresPurchaseOrder: false },
      now: { requiresPurchaseOrder: true },
    })
    const order = await authorize(owner, yes(await add(owner, await checkIn(owner, arrival(car)), part())))
    const issue = { invoiceId: uuid7(), orderId: order.id, completeWork: true }
    const sentence = 'This account wants its purchase order number on the bill. Enter it on the order first.'
    expect(await refused(issueInvoice(owner, issue))).toMatchObject({ code: 'PURCHASE_ORDER_REQUIRED', message: sentence })
    expect(order.nextActions.find(({ action }) => action === 'issue_invoice')?.blockedBy).toBe(sentence)
    const payer = uuid7()
    await addContact(owner, {
      contactId: payer,
      customerId: car.customerId,
      fields: { name: 'Pia Payer', role: 'payer', phone: '', email: '' },
    })
    const was = { purchaseOrder: '', payerContactId: null }
    await updateOrder(owner, { orderId: order.id, was, now: { purchaseOrder: 'PO-4711', payerContactId: payer } })
    expect(await issueInvoice(owner, issue)).toMatchObject({ purchaseOrder: 'PO-4711', vehicleId: car.vehicleId })
    const text = `SELECT snapshot ->> 'purchaseOrder' AS number, snapshot #>> '{customer,contactName}' AS payer FROM invoices WHERE id = $1`
    expect(await reading(t.owner).query(sql('', text), [issue.invoiceId])).toEqual([{ number: 'PO-4711', payer: 'Pia Payer' }])
  })
})

describe('a tax exemption', () => {
  const until = async (customerId: string, day: string): Promise<void> => {
    const { taxExemptExpires } = await getCustomer(owner, { customerId })
    await updateCustomer(owner, { customerId, was: { taxExemptExpires }, now: { taxExemptExpires: day } })
  }

  it('holds to the last day of its certificate; orders keep what they began with', async () => {
    const car = await newCar(t, { taxExempt: true })
    await until(car.customerId, await today(t))
    const exempt = await checkIn(owner, arrival(car))
    expect(exempt).toMatchObject({ taxRateMillionths: 0, customer: { taxExempt: true } })
    await until(car.customerId, await today(t, -1))
    expect(await getCustomer(owner, { customerId: car.customerId })).toMatchObject({ taxExempt: true, isExemptionExpired: true })
    const taxed = await checkIn(owner, arrival(car))
    expect(taxed.taxRateMillionths).toBeGreaterThan(0)
    expect(taxed.customer.taxExempt).toBe(false)
    expect(await getOrder(owner, { orderId: exempt.id })).toMatchObject({ taxRateMillionths: 0, customer: { taxExempt: true } })
    await until(car.customerId, '')
    expect((await checkIn(owner, arrival(car))).taxRateMillionths).toBe(0)
  })

  it('is not made longer without the approval that granting it takes', async () => {
    const { customerId } = await newCar(t, { taxExempt: true })
    const longer = { customerId, was: { taxExemptExpires: '' }, now: { taxExemptExpires: '2099-12-31' } }
    expect(await refused(updateCustomer(advisor, longer))).toMatchObject({
      code: 'APPROVAL_REQUIRED',
      data: { approvalFor: 'customers.tax_exempt' },
    })
    const approval = { approverId: owner.userId, pin: '246813' }
    expect((await updateCustomer(advisor, { ...longer, approval })).taxExemptExpires).toBe('2099-12-31')
  })
})

describe('consent to messages', () => {
  const said = (address: string, channel: 'phone' | 'email' = 'phone', kind: 'service' | 'marketing' = 'service') => {
    const method: ConsentMethod = 'in_person'
    return { consentId: uuid7(), channel, address, kind, method, note: '' }
  }

  it('is told per number and kind: the last word counts, every word stays', async () => {
    const { customerId } = await newCar(t)
    await giveConsent(owner, { customerId, ...said('555.010.0199') })
    await giveConsent(owner, { customerId, ...said('555.010.0199', 'phone', 'marketing') })
    await giveConsent(owner, { customerId, ...said('Who@Test.invalid', 'email') })
    const no = said('1 (555) 010-0199')
    const consents = await revokeConsent(owner, { customerId, ...no })
    await revokeConsent(owner, { customerId, ...no }) // sent twice
    expect(Consents.parse(consents)).toEqual(consents)
    expect(await listConsents(owner, { customerId })).toEqual(consents)
    expect(consents.ledger).toHaveLength(4)
    expect(consents.standing.map(({ address, kind, isGiven, recordedByName }) => [address, kind, isGiven, recordedByName])).toEqual([
      ['(555) 010-0199', 'service', false, 'owner Tester'],
      ['(555) 010-0199', 'marketing', true, 'owner Tester'],
      ['who@test.invalid', 'service', true, 'owner Tester'],
    ])
    expect(await eventsOf(t, customerId)).toEqual([...Array.from({ length: 3 }, () => 'consents.give'), 'consents.revoke'])
  })

  it('lists the newest words and counts all; what stands is whole, and an old word is known again', async () => {
    const { customerId } = await newCar(t)
    const first = said('5550100144')
    await giveConsent(owner, { customerId, ...first })
    for (let word = 0; word < 30; word += 1) {
      await giveConsent(owner, { customerId, ...said('5550100145', 'phone', 'marketing') })
      await revokeConsent(owner, { customerId, ...said('5550100145', 'phone', 'marketing') })
    }
    const consents = await giveConsent(owner, { customerId, ...first }) // sent again, much later
    expect([consents.saidCount, consents.ledger.length]).toEqual([61, 50])
    expect(consents.ledger.some(({ id }) => id === first.consentId)).toBe(false)
    expect(consents.standing.map(({ id, kind, isGiven }) => [id === first.consentId, kind, isGiven])).toEqual([
      [true, 'service', true],
      [false, 'marketing', false],
    ])
    expect(await codeOf(revokeConsent(owner, { customerId, ...first }))).toBe('DUPLICATE')
  })

  it('holds for the number, whoever of those who share it spoke', async () => {
    const [one, other] = [(await newCar(t)).customerId, (await newCar(t)).customerId]
    await giveConsent(owner, { customerId: one, ...said('5550100166') })
    await giveConsent(owner, { customerId: other, ...said('5550100166') })
    await revokeConsent(owner, { customerId: one, ...said('5550100166') })
    expect((await listConsents(owner, { customerId: other })).standing).toMatchObject([{ isGiven: false }])
  })

  it('is taken back by anybody who can see the customer, without being shown the number', async () => {
    const { customerId } = await newCar(t)
    await giveConsent(owner, { customerId, ...said('5550100165') })
    expect((await listConsents(technician, { customerId })).standing).toMatchObject([{ address: '', isGiven: true }])
    expect((await revokeConsent(technician, { customerId, ...said('') })).standing).toMatchObject([{ address: '', isGiven: false }])
    expect(await codeOf(revokeConsent(technician, { customerId, ...said('') }))).toBe('WRONG_STATE')
    expect(await codeOf(revokeConsent(foreign, { customerId, ...said('') }))).toBe('NOT_FOUND')
    expect(await codeOf(giveConsent(foreign, { customerId, ...said('5550100165') }))).toBe('NOT_FOUND')
  })

  it('cannot be changed or deleted', async () => {
    const { customerId } = await newCar(t)
    const word = said('5550100164')
    await giveConsent(owner, { customerId, ...word })
    expect(await codeOf(giveConsent(owner, { customerId, ...word, address: '5550100163' }))).toBe('DUPLICATE')
    for (const text of ['UPDATE message_consents SET is_given = false', 'DELETE FROM message_consents'])
      await expect(reading(t.owner).query(sql('', text))).rejects.toMatchObject({ constraint: 'message_consents_append_only' })
  })
})
