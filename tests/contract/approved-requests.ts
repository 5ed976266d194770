import { uuid7 } from '../../src-main/base/uuid7'
import type { Role } from '../../src-preload/contract/permissions'
import { arrival, customerFields, laborLine } from '../e2e/support/shop-work'

/** Records of the own shop, each in the state in which the calls below would do something with it. */
import { type OwnRecords, today } from './own-requests'

/** A discount that no front desk gives alone. */
const discount = { ...laborLine(999_00), type: 'discount', reason: 'friend of the house' }

/** The same calls as far as they take an approval, as somebody sends them who needs one; the approver's id is exchanged by the test. */
const approval = { approverId: uuid7(), pin: '000000' }
export const approvedRequests: Readonly<Record<string, { role: Role; request: (own: OwnRecords) => Record<string, unknown> }>> = {
  'customers.create': {
    role: 'front_desk',
    request: () => ({ customerId: uuid7(), fields: { ...customerFields, taxExempt: true, taxExemptNumber: 'EX-1' }, approval }),
  },
  'customers.update': {
    role: 'front_desk',
    request: ({ customerId }) => ({
      customerId,
      was: { taxExempt: false, taxExemptNumber: '' },
      now: { taxExempt: true, taxExemptNumber: 'EX-1' },
      approval,
    }),
  },
  'customers.remove': { role: 'service_advisor', request: ({ customerId }) => ({ customerId, approval }) },
  'customers.restore': { role: 'service_advisor', request: ({ removedCustomerId }) => ({ customerId: removedCustomerId, approval }) },
  'customers.merge': {
    role: 'service_advisor',
    request: ({ customerId, duplicateId }) => ({ mergeId: uuid7(), keptId: customerId, mergedId: duplicateId, take: [], approval }),
  },
  'customers.undoMerge': { role: 'service_advisor', request: ({ mergeId }) => ({ mergeId, approval }) },
  'orders.checkIn': {
    role: 'service_advisor',
    request: ({ customerId, vehicleId }) => ({
      ...arrival({ customerId, vehicleId }),
      jobs: [{ jobId: uuid7(), name: 'Brakes', lines: [laborLine(999_00), { ...discount, lineId: uuid7() }] }],
      approval,
    }),
  },
  'orders.addLines': {
    role: 'service_advisor',
    request: ({ estimateId }) => ({ orderId: estimateId, lines: [{ ...discount, lineId: uuid7() }], approval }),
  },
  'orders.outTheDoor': {
    role: 'service_advisor',
    request: ({ estimateId, estimateTotalCents }) => ({
      orderId: estimateId,
      lineId: uuid7(),
      seenTotalCents: estimateTotalCents,
      wantedCents: 1,
      reason: 'Agreed',
      approval,
    }),
  },
  'pricing.chooseRate': {
    role: 'service_advisor',
    request: ({ estimateId, rateId }) => ({ target: 'order', id: estimateId, was: null, now: rateId, approval }),
  },
  'orders.updateLine': {
    role: 'service_advisor',
    request: ({ lineId, itemId }) => ({
      lineId,
      was: { inventoryItemId: null, unitPriceCents: 10_000 },
      now: { inventoryItemId: itemId, unitPriceCents: 1 }, // its price in the catalog is ten dollars
      approval,
    }),
  },
  'orders.decide': {
    role: 'service_advisor',
    request: ({ runningId, runningLineId }) => ({
      orderId: runningId,
      lineId: runningLineId,
      decision: 'declined',
      was: [{ lineId: runningLineId, status: 'approved' }],
      reason: 'too dear',
      approval,
    }),
  },
  'orders.revive': {
    role: 'service_advisor',
    request: ({ estimateId, declinedJobId }) => ({
      orderId: estimateId,
      kind: 'job',
      id: declinedJobId,
      jobId: uuid7(),
      expectedCents: 999_00,
      approval,
    }),
  },
  'orders.removeLine': { role: 'service_advisor', request: ({ runningLineId }) => ({ lineId: runningLineId, approval }) },
  'orders.removeJob': { role: 'service_advisor', request: ({ runningJobId }) => ({ jobId: runningJobId, approval }) },
  'orders.transition': {
    role: 'service_advisor',
    request: ({ completedId }) => ({ orderId: completedId, from: 'completed', to: 'in_progress', reason: 'forgot something', approval }),
  },
  'invoices.issue': {
    role: 'service_advisor',
    request: ({ completedId }) => ({ invoiceId: uuid7(), orderId: completedId, terms: 'net_30', approval }),
  },
  'invoices.void': {
    role: 'front_desk',
    request: ({ unpaidInvoiceId }) => ({ invoiceId: unpaidInvoiceId, reason: 'wrong car', approval }),
  },
  'invoices.credit': {
    role: 'front_desk',
    request: ({ paidInvoiceId, paymentId }) => ({
      creditNoteId: uuid7(),
      invoiceId: paidInvoiceId,
      credit: { kind: 'amount', amountCents: 100 },
      totalCents: 100,
      refunds: [{ refundId: uuid7(), paymentId, amountCents: 100 }],
      reason: 'did not fit',
      approval,
    }),
  },
  'payments.payOutCredit': {
    role: 'front_desk',
    request: ({ creditedCustomerId }) => ({
      payoutId: uuid7(),
      customerId: creditedCustomerId,
      method: 'cash',
      amountCents: 100,
      reason: 'wants it back',
      approval,
    }),
  },
  'payments.returnCheck': {
    role: 'service_advisor',
    request: ({ checkId }) => ({ returnId: uuid7(), paymentId: checkId, returnedOn: today(), reason: 'no funds', approval }),
  },
  'payments.undoReturn': {
    role: 'service_advisor',
    request: ({ returnId }) => ({ undoId: uuid7(), returnId, reason: 'another check', approval }),
  },
  'payments.take': {
    role: 'front_desk',
    request: ({ unpaidInvoiceId }) => ({
      paymentId: uuid7(),
      invoiceId: unpaidInvoiceId,
      method: 'credit_card',
      amountCents: 100,
      reference: 'terminal 1',
      approval,
    }),
  },
}
