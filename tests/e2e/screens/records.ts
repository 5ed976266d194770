import { uuid7 } from '../../../src-main/base/uuid7'
import { demoPeople } from '../../../src-main/features/demo/demo-people'
import { noTerms } from '../../../src-preload/contract/line-terms'
import type { ApiClient } from '../../../src-preload/contract/api'
import { type Counter, signedIn } from '../support/counter'
import { arrival, cash, customerFields, laborLine, newCar, newInvoice, vehicleFields, yesTo } from '../support/shop-work'
import type { RunningHost } from '../support/web-host'

/** What a counter has to show; a state that a screen changes has a record of its own. */
export interface Records {
  /** one of the demo shop's orders in each status */
  readonly orders: Readonly<Record<'draft' | 'estimate' | 'approved' | 'in_progress' | 'completed' | 'closed' | 'declined', string>>
  readonly customer: string
  readonly vehicle: string
  readonly invoice: string
  readonly paid: string
  readonly voided: string
  /** each is credited, paid or voided by the screen that shows what is said then */
  readonly toCredit: string
  readonly toPay: string
  readonly toVoid: string
  /** paid by checks: one that the bank may return, one that it returned */
  readonly byCheck: string
  readonly checkReturned: string
  readonly creditNote: string
  /** customers with account credit: one looks at it, of the other it is paid out */
  readonly onAccount: string
  readonly toPayOut: string
  readonly credited: string
  readonly removedCustomer: string
  readonly removedVehicle: string
  /** may be removed, merged */
  readonly free: { customerId: string; vehicleId: string }
  readonly merged: { from: string; into: string }
  readonly sold: string
  readonly exempt: string
  /** a car that comes back after its customer said no to something */
  readonly returning: string
  /** estimated, agreed to with the old parts wanted back, and more since: among it a part that is exchanged */
  readonly changed: string
  /** everything as long as it may reasonably be */
  readonly long: { customer: string; vehicle: string; order: string; invoice: string }
}

interface Person {
  readonly email: string
  readonly password: string
  readonly pin: string
}

export const owner: Person = demoPeople.find(({ role }) => role === 'owner')!
export const frontDesk: Person = demoPeople.find(({ role }) => role === 'front_desk')!

const part = (fields: Partial<ReturnType<typeof laborLine>>) => ({ ...laborLine(8_995), type: 'part' as const, ...fields })

export async function makeRecords(host: RunningHost): Promise<Records> {
  const { api } = await signedIn(host, owner.email, owner.password)
  await setPins(host)
  await api.printing.addPrinter({ printerId: uuid7(), ...printer })
  const orders: Record<string, string> = {}
  const board = await api.orders.board({})
  for (const order of board.orders) orders[order.status] ??= order.id
  const anyOrder = await api.orders.get({ orderId: board.orders[0]!.id })
  const refusedCar = await newCar(api)
  const refused = await api.orders.checkIn(arrival(refusedCar, laborLine(5_000)))
  await api.orders.transition({ orderId: refused.id, from: 'estimate', to: 'declined', reason: 'Too dear' })
  const paid = await paidInvoice(api, 5_000)
  const voided = await newInvoice(api, await newCar(api), 3_000)
  await api.invoices.void({ invoiceId: voided.invoiceId, reason: 'Billed to the wrong car' })
  return {
    orders: {
      ...orders,
      draft: (await api.orders.checkIn(arrival(await newCar(api)))).id,
      closed: paid.orderId,
      declined: refused.id,
    } as Records['orders'],
    customer: anyOrder.customer.id,
    vehicle: anyOrder.vehicle.id,
    invoice: (await newInvoice(api, await newCar(api), 10_000)).invoiceId,
    paid: paid.invoiceId,
    voided: voided.invoiceId,
    toCredit: (await paidInvoice(api, 9_000)).invoiceId,
    toPay: (await newInvoice(api, await newCar(api), 7_345)).invoiceId,
    toVoid: (await paidInvoice(api, 6_000)).invoiceId,
    byCheck: (await invoicePaidByCheck(api)).invoiceId,
    checkReturned: await invoiceOfReturnedCheck(api),
    onAccount: await customerWithCredit(api, 1_250),
    toPayOut: await customerWithCredit(api, 0),
    ...(await creditedInvoice(api)),
    ...(await removed(api)),
    free: await newCar(api),
    merged: await mergedCustomers(api),
    sold: await soldCar(api),
    exempt: await exemptCustomer(api),
    returning: (await api.orders.checkIn(arrival(refusedCar, laborLine(2_000)))).id,
    changed: await changedOrder(api),
    long: await longRecords(api),
  }
}

/** Nobody answers there. */
const printer = { name: 'Front counter', kind: 'escpos', host: '127.0.0.1', port: 9103, systemName: '', paperMm: 80, drawerPin: 2 } as const

async function setPins(host: RunningHost): Promise<void> {
  for (const { email, password, pin } of [owner, frontDesk]) {
    const { api } = await signedIn(host, email, password)
    await api.session.setMyPin({ password, pin })
  }
}

async function paidInvoice(api: ApiClient, totalCents: number): Promise<{ orderId: string; invoiceId: string }> {
  const made = await newInvoice(api, await newCar(api), totalCents)
  const { dueCents } = await api.invoices.get({ invoiceId: made.invoiceId }) // the shop's fees came along
  await api.payments.take(cash(made.invoiceId, dueCents))
  return made
}

async function invoicePaidByCheck(api: ApiClient): Promise<{ invoiceId: string; paymentId: string }> {
  const { invoiceId } = await newInvoice(api, await newCar(api), 4_000)
  const { dueCents } = await api.invoices.get({ invoiceId })
  const paymentId = uuid7()
  await api.payments.take({ paymentId, invoiceId, method: 'check', checkNumber: '1042', amountCents: dueCents })
  return { invoiceId, paymentId }
}

/** Of a check over more than its bill; so much of it was paid out. */
async function customerWithCredit(api: ApiClient, amountCents: number): Promise<string> {
  const car = await newCar(api)
  const { invoiceId } = await newInvoice(api, car, 4_000)
  const { dueCents } = await api.invoices.get({ invoiceId })
  const check = { paymentId: uuid7(), method: 'check', checkNumber: '1043', amountCents: dueCents, keptAsCreditCents: 5_000 } as const
  await api.payments.take({ invoiceId, ...check })
  const { customerId } = car
  const payOut = { payoutId: uuid7(), customerId, method: 'check', checkNumber: '2201', amountCents, reason: 'Asked for it' } as const
  if (amountCents > 0) await api.payments.payOutCredit(payOut)
  return customerId
}

async function invoiceOfReturnedCheck(api: ApiClient): Promise<string> {
  const { invoiceId, paymentId } = await invoicePaidByCheck(api)
  const { issueDate } = await api.invoices.get({ invoiceId })
  await api.payments.returnCheck({ returnId: uuid7(), paymentId, returnedOn: issueDate, reason: 'Not enough money' })
  return invoiceId
}

async function creditedInvoice(api: Counter['api']): Promise<{ credited: string; creditNote: string }> {
  const { invoiceId } = await paidInvoice(api, 8_000)
  const { payments } = await api.invoices.get({ invoiceId })
  const creditNoteId = uuid7()
  const amountCents = 1_500
  await api.invoices.credit({
    creditNoteId,
    invoiceId,
    credit: { kind: 'amount', amountCents },
    totalCents: amountCents,
    refunds: [{ refundId: uuid7(), paymentId: payments[0]!.id, amountCents }],
    reason: 'Part did not fit',
  })
  return { credited: invoiceId, creditNote: creditNoteId }
}

async function removed(api: ApiClient): Promise<{ removedCustomer: string; removedVehicle: string }> {
  const { customerId, vehicleId } = await newCar(api)
  await api.customers.remove({ customerId })
  return { removedCustomer: customerId, removedVehicle: vehicleId }
}

async function mergedCustomers(api: ApiClient): Promise<{ from: string; into: string }> {
  const [into, from] = [(await newCar(api)).customerId, (await newCar(api)).customerId]
  await api.customers.merge({ mergeId: uuid7(), keptId: into, mergedId: from, take: [] })
  return { from, into }
}

async function soldCar(api: ApiClient): Promise<string> {
  const [{ vehicleId }, { customerId }] = [await newCar(api), await newCar(api)]
  const { day: on } = await api.orders.board({})
  await api.vehicles.transfer({ transferId: uuid7(), vehicleId, customerId, on })
  return vehicleId
}

async function exemptCustomer(api: ApiClient): Promise<string> {
  const customerId = uuid7()
  const fields = { ...customerFields, phone: '(555) 010-9001', taxExempt: true, taxExemptNumber: 'EX-1', taxExemptExpires: '2020-01-31' }
  await api.customers.create({ customerId, fields })
  await api.customers.giveConsent({
    consentId: uuid7(),
    customerId,
    channel: 'phone',
    address: '(555) 010-9001',
    kind: 'service',
    method: 'in_person',
  })
  await api.customers.addContact({
    contactId: uuid7(),
    customerId,
    fields: { name: 'Pia Payer', role: 'payer', phone: '(555) 010-9002', email: '' },
  })
  return customerId
}

async function changedOrder(api: ApiClient): Promise<string> {
  const order = await api.orders.checkIn({
    ...arrival(await newCar(api)),
    jobs: [
      { jobId: uuid7(), name: 'Brakes', lines: [laborLine(12_000)] },
      { jobId: uuid7(), name: 'Wipers', lines: [laborLine(2_000)] },
    ],
  })
  await api.orders.authorize({ ...yesTo(order), oldPartsWanted: true })
  const [jobId, lineId] = [uuid7(), uuid7()]
  await api.orders.addJob({ orderId: order.id, jobId, name: 'Wheel bearing' })
  await api.orders.addLines({
    orderId: order.id,
    lines: [
      { ...laborLine(18_050), jobId, description: 'Replace the wheel bearing' },
      { ...part({ description: 'Wheel bearing with hub' }), jobId, lineId },
    ],
  })
  await api.orders.updateLine({ lineId, was: { terms: null }, now: { terms: { ...noTerms, oldPart: 'exchange' } }, reason: '' })
  return order.id
}

const LONG_NAME = 'Sacramento Valley Refrigerated Transport & Logistics Cooperative Association'
const LONG_WORDS =
  'Replace both front brake rotors and pads, clean and lubricate the caliper slides, bleed the hydraulic system and road test with a scan tool'

async function longRecords(api: ApiClient): Promise<Records['long']> {
  const [customer, vehicle] = [uuid7(), uuid7()]
  await api.customers.create({
    customerId: customer,
    fields: {
      ...customerFields,
      kind: 'company',
      companyName: LONG_NAME,
      firstName: 'Maximiliana-Alexandrina',
      lastName: 'Featherstonehaugh-Cholmondeley',
      phone: '(555) 010-9100',
      email: 'accounts.payable.and.receivable@sacramento-valley-refrigerated-transport.invalid',
      address: '12345 Old Sacramento-Placerville Highway Frontage Road, Building 27, Suite 1400',
      city: 'Rancho Santa Margarita del Valle',
      tags: ['Fleet with purchase orders', 'Calls before nine', 'Wants replaced parts back'],
    },
  })
  await api.vehicles.create({
    vehicleId: vehicle,
    customerId: customer,
    fields: {
      ...vehicleFields,
      year: 2021,
      make: 'Mercedes-Benz',
      model: 'Sprinter 3500XD Extended High Roof Crew 4x4 Refrigerated',
      color: 'Brilliant Obsidian Black Metallic',
      licensePlate: 'LONG123',
      engine: '3.0 L V6 turbo diesel with selective catalytic reduction',
    },
  })
  const lines = [
    { ...laborLine(1_234_567), description: LONG_WORDS },
    part({
      description: LONG_WORDS,
      partNumber: 'A-907-421-03-12-0087-XLWB-REFRIGERATED',
      quantityHundredths: 123_456,
      unitPriceCents: 98_765,
    }),
  ]
  const job = (name: string) => ({ jobId: uuid7(), name, lines: lines.map((line) => ({ ...line, lineId: uuid7() })) })
  const car = { customerId: customer, vehicleId: vehicle }
  const order = await api.orders.checkIn({ ...arrival(car), complaint: LONG_WORDS, jobs: [job(LONG_WORDS), job('Brakes')] })
  const billed = await api.orders.checkIn({ ...arrival(car), jobs: [job(LONG_WORDS)] })
  await api.orders.authorize({ ...yesTo(billed), approvedByName: 'Maximiliana-Alexandrina Featherstonehaugh-Cholmondeley' })
  const invoice = await api.invoices.issue({ invoiceId: uuid7(), orderId: billed.id, completeWork: true })
  return { customer, vehicle, order: order.id, invoice: invoice.id }
}
