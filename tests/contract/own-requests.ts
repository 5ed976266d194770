import { uuid7 } from '../../src-main/base/uuid7'
import { arrival, customerFields, laborLine, vehicleFields } from '../e2e/support/shop-work'

/** Records of the own shop, each in the state in which the calls below would do something with it. */
export interface OwnRecords {
  readonly userId: string
  readonly customerId: string
  readonly vehicleId: string
  readonly removedCustomerId: string
  /** with nothing but this car */
  readonly newCustomerId: string
  readonly newVehicleId: string
  readonly removedVehicleId: string
  readonly bayId: string
  readonly itemId: string
  readonly draftId: string
  readonly removedDraftId: string
  readonly estimateId: string
  readonly estimateTotalCents: number
  readonly estimateFingerprint: string
  readonly jobId: string
  /** declined at another visit of the same car, at a special price */
  readonly declinedJobId: string
  readonly lineId: string
  readonly completedId: string
  /** of an order whose work was begun */
  readonly runningId: string
  readonly runningJobId: string
  readonly runningLineId: string
  readonly invoiceId: string
  readonly unpaidInvoiceId: string
  readonly contactId: string
  /** the same customer again, and one that was merged already */
  readonly duplicateId: string
  readonly mergeId: string
  /** a car of somebody else, and one that has changed hands */
  readonly soldVehicleId: string
  readonly boughtVehicleId: string
  readonly transferId: string
  readonly printerId: string
  readonly rateId: string
  readonly cannedJobId: string
  readonly cannedLineId: string
  readonly paidInvoiceId: string
  readonly paymentId: string
  readonly checkId: string
  /** of another check than `checkId` */
  readonly returnId: string
  readonly creditNoteId: string
  /** has something on account, some of which was paid out */
  readonly creditedCustomerId: string
  readonly payoutId: string
}

const contactFields = { name: 'Pia Payer', role: 'payer', phone: '', email: '' } as const
const word = { channel: 'phone', address: '5550100123', kind: 'service', method: 'paper' }
/** of the test shop */
export const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date())

/** Nobody listens there. */
export const newPrinter = {
  name: 'Front',
  kind: 'escpos',
  host: '127.0.0.1',
  port: 9103,
  systemName: '',
  paperMm: 80,
  drawerPin: null,
} as const

const person = { firstName: 'Nora', lastName: 'Newcomer', phone: '', role: 'technician', canApprove: false }

/** A canned job with one part. */
export function cannedJob(lineId: string, inventoryItemId: string | null) {
  const line = {
    lineId,
    type: 'part',
    description: 'Pads',
    partNumber: '',
    inventoryItemId,
    quantityHundredths: 100,
    unitPriceCents: 1_000,
    costCents: null,
    taxable: null,
    partCondition: null,
    included: 'always',
  } as const
  return { name: `Job ${uuid7()}`, code: '', category: '', isActive: true, lines: [line] }
}

/**
 * Call -> an input that is right, with every id that the call takes; 'call place' where one input cannot hold them all.
 * A call of the contract that takes an id and is missing here fails the test.
 */
const requests: Readonly<Record<string, (own: OwnRecords) => Record<string, unknown>>> = {
  'session.enterPin': ({ userId }) => ({ userId, pin: '271828' }),
  'users.create': () => ({ userId: uuid7(), ...person, email: `${uuid7()}@test.invalid`, password: 'a long test password' }),
  'users.update': ({ userId }) => ({ userId, was: { canApprove: false }, now: { canApprove: true } }),
  'users.resetPassword': ({ userId }) => ({ userId, password: 'another long password' }),
  'shop.addBay': () => ({ bayId: uuid7(), name: `Bay ${uuid7()}`, type: 'lift', isActive: true }),
  'shop.updateBay': ({ bayId }) => ({ bayId, was: { name: 'Bay 1' }, now: { name: `Bay ${uuid7().slice(-8)}` } }),
  'customers.get': ({ customerId }) => ({ customerId }),
  'customers.create': () => ({ customerId: uuid7(), fields: customerFields }),
  'customers.update': ({ customerId }) => ({
    customerId,
    was: { city: '' },
    now: { city: 'Sampletown' },
  }),
  'customers.duplicates': ({ customerId }) => ({
    firstName: 'Nobody',
    lastName: 'Atall',
    companyName: '',
    phone: '',
    email: '',
    exceptId: customerId,
  }),
  'customers.account': ({ customerId }) => ({ customerId }),
  'customers.history customerId': ({ customerId }) => ({ customerId }),
  'customers.history vehicleId': ({ vehicleId }) => ({ vehicleId }),
  'customers.remove': ({ customerId }) => ({ customerId }),
  'customers.restore': ({ removedCustomerId }) => ({ customerId: removedCustomerId }),
  'customers.takeBack': ({ newCustomerId, newVehicleId }) => ({ customerId: newCustomerId, vehicleId: newVehicleId }),
  'customers.addContact': ({ customerId }) => ({ contactId: uuid7(), customerId, fields: contactFields }),
  'customers.updateContact': ({ contactId }) => ({ contactId, was: { role: 'payer' }, now: { role: 'driver' } }),
  'customers.removeContact': ({ contactId }) => ({ contactId }),
  'customers.restoreContact': ({ contactId }) => ({ contactId }),
  'customers.consents': ({ customerId }) => ({ customerId }),
  'customers.giveConsent': ({ customerId }) => ({ consentId: uuid7(), customerId, ...word }),
  'customers.revokeConsent': ({ customerId }) => ({ consentId: uuid7(), customerId, ...word }),
  'customers.mergePreview': ({ customerId, duplicateId }) => ({ keptId: customerId, mergedId: duplicateId }),
  'customers.merge': ({ customerId, duplicateId }) => ({ mergeId: uuid7(), keptId: customerId, mergedId: duplicateId, take: [] }),
  'customers.undoMerge': ({ mergeId }) => ({ mergeId }),
  'vehicles.get': ({ vehicleId }) => ({ vehicleId }),
  'vehicles.transfer': ({ soldVehicleId, customerId }) => ({ transferId: uuid7(), vehicleId: soldVehicleId, customerId, on: today() }),
  'vehicles.undoTransfer': ({ boughtVehicleId, transferId }) => ({ vehicleId: boughtVehicleId, transferId }),
  'vehicles.create': ({ customerId }) => ({ vehicleId: uuid7(), customerId, fields: vehicleFields }),
  'vehicles.update': ({ vehicleId }) => ({ vehicleId, was: { color: '' }, now: { color: 'red' } }),
  'vehicles.remove': ({ vehicleId }) => ({ vehicleId }),
  'vehicles.restore': ({ removedVehicleId }) => ({ vehicleId: removedVehicleId }),
  'vehicles.decodeVin': () => ({ vin: '1HGCM82633A004352' }),
  'vehicles.makes': () => ({ text: 'h' }),
  'vehicles.models': () => ({ make: 'Honda', text: 'c' }),
  'orders.get': ({ estimateId }) => ({ orderId: estimateId }),
  'orders.checkIn': ({ customerId, vehicleId, userId, bayId, itemId }) => ({
    ...arrival({ customerId, vehicleId }),
    technicianId: userId,
    bayId,
    jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [{ ...laborLine(1_000), jobId: uuid7(), type: 'part', inventoryItemId: itemId }] }],
  }),
  'orders.update': ({ draftId, userId, bayId, contactId }) => ({
    orderId: draftId,
    was: { technicianId: null, bayId: null, payerContactId: null, driverContactId: null, approverContactId: null },
    now: { technicianId: userId, bayId, payerContactId: contactId, driverContactId: contactId, approverContactId: contactId },
  }),
  'orders.addJob': ({ estimateId }) => ({ orderId: estimateId, jobId: uuid7(), name: 'Another job' }),
  'orders.updateJob': ({ jobId }) => ({ jobId, was: { cause: '' }, now: { cause: 'wear' } }),
  'orders.removeJob': ({ jobId }) => ({ jobId }),
  'orders.addLines': ({ estimateId, jobId, itemId }) => ({
    orderId: estimateId,
    lines: [{ ...laborLine(1_000), jobId, type: 'part', inventoryItemId: itemId }],
  }),
  'orders.addCannedJob': ({ estimateId, cannedJobId, cannedLineId }) => ({
    orderId: estimateId,
    jobId: uuid7(),
    cannedJobId,
    lines: [{ lineId: uuid7(), cannedLineId }],
  }),
  'orders.outTheDoor': ({ estimateId, estimateTotalCents }) => ({
    orderId: estimateId,
    lineId: uuid7(),
    seenTotalCents: estimateTotalCents,
    wantedCents: estimateTotalCents - 100,
    reason: 'Agreed',
  }),
  'pricing.add': ({ itemId }) => ({ kind: 'canned_job', id: uuid7(), fields: cannedJob(uuid7(), itemId) }),
  'pricing.update': ({ cannedJobId, cannedLineId, itemId }) => ({
    kind: 'canned_job',
    id: cannedJobId,
    was: { lines: cannedJob(cannedLineId, null).lines },
    now: { lines: cannedJob(cannedLineId, itemId).lines },
  }),
  'pricing.previewCannedJob': ({ itemId }) => ({ lines: cannedJob(uuid7(), itemId).lines }),
  'pricing.chooseRate': ({ estimateId, rateId }) => ({ target: 'order', id: estimateId, was: null, now: rateId }),
  'pricing.chooseRate was': ({ estimateId, rateId }) => ({ target: 'order', id: estimateId, was: rateId, now: rateId }),
  'orders.updateLine': ({ lineId, itemId }) => ({
    lineId,
    was: { inventoryItemId: null },
    now: { inventoryItemId: itemId },
  }),
  'orders.removeLine': ({ lineId }) => ({ lineId }),
  'orders.decide': ({ estimateId, lineId }) => ({ orderId: estimateId, lineId, decision: 'approved', was: [{ lineId, status: 'quoted' }] }),
  'orders.decide jobId': ({ estimateId, jobId, lineId }) => ({
    orderId: estimateId,
    jobId,
    decision: 'approved',
    was: [{ lineId, status: 'quoted' }],
  }),
  'orders.authorize': ({ estimateId, estimateTotalCents, estimateFingerprint }) => ({
    authorizationId: uuid7(),
    orderId: estimateId,
    expectedTotalCents: estimateTotalCents,
    estimateFingerprint,
    approvedByName: 'Carla Tester',
    method: 'in_person',
    contact: '',
  }),
  'orders.authorize declined.0.jobId': ({ estimateId, estimateTotalCents, estimateFingerprint, jobId }) => ({
    authorizationId: uuid7(),
    orderId: estimateId,
    expectedTotalCents: estimateTotalCents,
    estimateFingerprint,
    approvedByName: 'Carla Tester',
    method: 'in_person',
    contact: '',
    declined: [{ jobId, reason: '' }],
  }),
  'orders.presence': ({ estimateId }) => ({ orderId: estimateId, viewId: uuid7(), here: true }),
  'orders.declinedWork': ({ vehicleId, customerId, estimateId }) => ({ vehicleId, customerId, exceptOrderId: estimateId }),
  'orders.revive': ({ estimateId, jobId }) => ({ orderId: estimateId, kind: 'job', id: jobId, jobId: uuid7(), expectedCents: 0 }),
  'orders.stopOffering': ({ jobId }) => ({ kind: 'job', id: jobId, stopped: true }),
  'orders.transition': ({ completedId }) => ({
    orderId: completedId,
    from: 'completed',
    to: 'in_progress',
    reason: 'forgot something',
  }),
  'orders.missing': ({ estimateId }) => ({ orderId: estimateId, paper: 'estimate' }),
  'orders.remove': ({ draftId }) => ({ orderId: draftId }),
  'orders.restore': ({ removedDraftId }) => ({ orderId: removedDraftId }),
  'invoices.get': ({ invoiceId }) => ({ invoiceId }),
  'invoices.issue': ({ completedId }) => ({ invoiceId: uuid7(), orderId: completedId }),
  'invoices.void invoiceId': ({ unpaidInvoiceId }) => ({ invoiceId: unpaidInvoiceId, reason: 'wrong car' }),
  'invoices.void': ({ paidInvoiceId, paymentId }) => ({
    invoiceId: paidInvoiceId,
    reason: 'wrong car',
    refunds: [{ refundId: uuid7(), paymentId, amountCents: 8_000 }],
  }),
  'invoices.quoteCredit': ({ paidInvoiceId }) => ({ invoiceId: paidInvoiceId, credit: { kind: 'amount', amountCents: 100 } }),
  'invoices.credit': ({ paidInvoiceId, paymentId }) => ({
    creditNoteId: uuid7(),
    invoiceId: paidInvoiceId,
    credit: { kind: 'amount', amountCents: 100 },
    totalCents: 100,
    refunds: [{ refundId: uuid7(), paymentId, amountCents: 100 }],
    reason: 'did not fit',
  }),
  'invoices.creditPdf': ({ creditNoteId }) => ({ creditNoteId }),
  'invoices.pdf': ({ invoiceId }) => ({ invoiceId }),
  'invoices.workOrderPdf': ({ estimateId }) => ({ orderId: estimateId }),
  'invoices.estimates': ({ estimateId }) => ({ orderId: estimateId }),
  'invoices.changeOrder': ({ completedId }) => ({ orderId: completedId, from: 1 }),
  'invoices.changeOrderPdf': ({ completedId }) => ({ orderId: completedId, from: 1 }),
  'invoices.estimatePdf': ({ estimateId }) => ({ orderId: estimateId }),
  'printing.addPrinter': () => ({ printerId: uuid7(), ...newPrinter, name: `Printer ${uuid7()}` }),
  'printing.updatePrinter': ({ printerId }) => ({ printerId, was: { paperMm: 80 }, now: { paperMm: 58 } }),
  'printing.removePrinter': ({ printerId }) => ({ printerId }),
  'printing.choosePrinter': ({ printerId }) => ({
    paper: 'receipt',
    was: { printerId: null, byItself: true },
    now: { printerId, byItself: true },
  }),
  'printing.testPage': ({ printerId }) => ({ printerId, pulse: null }),
  'printing.receipt': ({ paymentId }) => ({ paymentId }),
  'printing.receipt refundId': ({ paymentId }) => ({ paymentId, refundId: uuid7() }),
  'printing.receipt payoutId': ({ payoutId }) => ({ payoutId }),
  'printing.jobs payoutId': () => ({ payoutId: uuid7() }),
  'printing.jobs': () => ({ paymentId: uuid7() }),
  'printing.jobs refundId': () => ({ paymentId: uuid7(), refundId: uuid7() }),
  'printing.retry': () => ({ jobId: uuid7() }),
  'payments.take': ({ unpaidInvoiceId }) => ({
    paymentId: uuid7(),
    invoiceId: unpaidInvoiceId,
    method: 'cash',
    amountCents: 100,
  }),
  'payments.payOutCredit': ({ creditedCustomerId }) => ({
    payoutId: uuid7(),
    customerId: creditedCustomerId,
    method: 'cash',
    amountCents: 100,
    reason: 'wants it back',
  }),
  'payments.returnCheck': ({ checkId }) => ({ returnId: uuid7(), paymentId: checkId, returnedOn: today(), reason: 'no funds' }),
  'payments.undoReturn': ({ returnId }) => ({ undoId: uuid7(), returnId, reason: 'another check' }),
}

export function ownRequest(name: string, place: string, own: OwnRecords): Record<string, unknown> | undefined {
  return (requests[`${name} ${place}`] ?? requests[name])?.(own)
}

/** Ids that the client makes up for a new record: an id that never existed is right here. */
export const madeByClient: ReadonlySet<string> = new Set([
  'users.create userId',
  'shop.addBay bayId',
  'customers.create customerId',
  'vehicles.create vehicleId',
  'customers.addContact contactId',
  'customers.giveConsent consentId',
  'customers.revokeConsent consentId',
  'customers.merge mergeId',
  'vehicles.transfer transferId',
  'orders.checkIn orderId',
  'orders.checkIn jobs.0.jobId',
  'orders.checkIn jobs.0.lines.0.lineId',
  'orders.checkIn jobs.0.lines.0.jobId', // what counts is the job that the line is sent in
  'orders.addJob jobId',
  'orders.addLines lines.0.lineId',
  'orders.addCannedJob jobId',
  'orders.addCannedJob lines.0.lineId',
  'orders.outTheDoor lineId',
  'pricing.add id',
  'pricing.add fields.lines.0.lineId',
  'pricing.previewCannedJob lines.0.lineId',
  'orders.authorize authorizationId',
  'orders.presence viewId',
  'orders.revive jobId',
  'invoices.issue invoiceId',
  'invoices.credit creditNoteId',
  'invoices.credit refunds.0.refundId',
  'invoices.void refunds.0.refundId',
  'payments.take paymentId',
  'payments.payOutCredit payoutId',
  'payments.returnCheck returnId',
  'payments.undoReturn undoId',
  'printing.addPrinter printerId',
])

/** What an id that never existed is answered with where it is not NOT_FOUND. */
export const otherAnswers: Readonly<Record<string, string>> = {
  'customers.duplicates exceptId': 'OK', // nobody is left out
  'pricing.chooseRate was': 'EDIT_CONFLICT', // what is compared, never looked up
  'printing.jobs paymentId': 'OK', // nothing was printed of it
  'printing.jobs refundId': 'OK',
  'printing.jobs payoutId': 'OK',
  'orders.declinedWork vehicleId': 'OK', // a car without visits: nothing
  'orders.declinedWork customerId': 'OK', // at the shop's own rate
  'orders.declinedWork exceptOrderId': 'OK', // no visit is left out
  'session.enterPin userId': 'PIN_NOT_READY', // nobody who gave the password at this counter today
}
