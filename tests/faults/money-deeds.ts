import { uuid7 } from '../../src-main/base/uuid7'
import type { ApiClient } from '../../src-preload/contract/api'
import { arrival, cash, laborLine, newCar, newInvoice, yesTo } from '../e2e/support/shop-work'
import type { Deed } from './kill-trial'

const PAID_CENTS = 12_345
const CREDIT_CENTS = 4_321

export async function issuing(api: ApiClient): Promise<Deed> {
  const order = await api.orders.checkIn(arrival(await newCar(api), laborLine(12_000), laborLine(345)))
  await api.orders.authorize(yesTo(order))
  const input = { invoiceId: uuid7(), orderId: order.id, completeWork: true }
  return {
    call: 'invoices.issue',
    input,
    isWhole: async ({ invoices, orders }) => {
      const { invoices: issued, status, lines } = await orders.get({ orderId: order.id })
      const isIssuedOnce = issued.length === 1 && issued[0]?.id === input.invoiceId && status === 'completed'
      if (!isIssuedOnce || lines.some((line) => line.status !== 'completed')) return false
      return (await invoices.get({ invoiceId: input.invoiceId })).dueCents === 12_345
    },
  }
}

export async function paying(api: ApiClient): Promise<Deed> {
  const { orderId, invoiceId } = await newInvoice(api, await newCar(api), PAID_CENTS)
  const input = cash(invoiceId, PAID_CENTS)
  return {
    call: 'payments.take',
    input,
    isWhole: async ({ invoices, orders }) => {
      const { payments, dueCents, paidCents } = await invoices.get({ invoiceId })
      const isPaidOnce = payments.length === 1 && payments[0]?.id === input.paymentId && dueCents === 0 && paidCents === PAID_CENTS
      return isPaidOnce && (await orders.get({ orderId })).status === 'closed'
    },
  }
}

async function paidInvoice(api: ApiClient): Promise<{ orderId: string; invoiceId: string; paymentId: string }> {
  const { orderId, invoiceId } = await newInvoice(api, await newCar(api), PAID_CENTS)
  const { payment } = await api.payments.take(cash(invoiceId, PAID_CENTS))
  return { orderId, invoiceId, paymentId: payment.id }
}

/** A credit note with its refund. */
export async function refunding(api: ApiClient): Promise<Deed> {
  const { invoiceId, paymentId } = await paidInvoice(api)
  const input = {
    creditNoteId: uuid7(),
    invoiceId,
    credit: { kind: 'amount', amountCents: CREDIT_CENTS },
    totalCents: CREDIT_CENTS,
    refunds: [{ refundId: uuid7(), paymentId, amountCents: CREDIT_CENTS }],
    reason: 'Did not fit',
  }
  return {
    call: 'invoices.credit',
    input,
    isWhole: async ({ invoices }) => {
      const { creditNotes, payments, dueCents, creditedCents, paidCents } = await invoices.get({ invoiceId })
      const isOne = creditNotes.length === 1 && creditNotes[0]?.id === input.creditNoteId && payments[0]?.refunds.length === 1
      return isOne && dueCents === 0 && creditedCents === CREDIT_CENTS && paidCents === PAID_CENTS - CREDIT_CENTS
    },
  }
}

/** A credit that stays on the customer's account. */
export async function keepingOnAccount(api: ApiClient): Promise<Deed> {
  const { invoiceId, paymentId } = await paidInvoice(api)
  const input = {
    creditNoteId: uuid7(),
    invoiceId,
    credit: { kind: 'amount', amountCents: CREDIT_CENTS },
    totalCents: CREDIT_CENTS,
    refunds: [{ refundId: uuid7(), paymentId, amountCents: CREDIT_CENTS, toCredit: true }],
    reason: 'Did not fit',
  }
  return {
    call: 'invoices.credit',
    input,
    isWhole: async ({ invoices }) => {
      const { creditNotes, payments, dueCents, accountCreditCents } = await invoices.get({ invoiceId })
      const isOne = creditNotes.length === 1 && payments[0]?.refunds.length === 1
      return isOne && dueCents === 0 && accountCreditCents === CREDIT_CENTS
    },
  }
}

/** A bill paid with what a check was over beyond the bill before. */
export async function payingWithCredit(api: ApiClient): Promise<Deed> {
  const car = await newCar(api)
  const other = (await newInvoice(api, car, CREDIT_CENTS)).invoiceId
  const check = { paymentId: uuid7(), method: 'check' as const, amountCents: CREDIT_CENTS, keptAsCreditCents: PAID_CENTS, checkNumber: '7' }
  await api.payments.take({ invoiceId: other, ...check })
  const { orderId, invoiceId } = await newInvoice(api, car, PAID_CENTS)
  return {
    call: 'payments.take',
    input: { paymentId: uuid7(), invoiceId, method: 'other', fromCredit: true, amountCents: PAID_CENTS },
    isWhole: async ({ invoices, orders }) => {
      const { payments, dueCents, accountCreditCents } = await invoices.get({ invoiceId })
      const isPaidOnce = payments.length === 1 && dueCents === 0 && accountCreditCents === 0
      return isPaidOnce && (await orders.get({ orderId })).status === 'closed'
    },
  }
}

/** A part of what a check was over beyond its bill goes back in money. */
export async function payingOut(api: ApiClient): Promise<Deed> {
  const { customerId, vehicleId } = await newCar(api)
  const { invoiceId } = await newInvoice(api, { customerId, vehicleId }, CREDIT_CENTS)
  const check = { paymentId: uuid7(), method: 'check' as const, amountCents: CREDIT_CENTS, keptAsCreditCents: PAID_CENTS, checkNumber: '7' }
  await api.payments.take({ invoiceId, ...check })
  const input = { payoutId: uuid7(), customerId, method: 'cash', amountCents: CREDIT_CENTS, reason: 'Wants it back' }
  return {
    call: 'payments.payOutCredit',
    input,
    isWhole: async ({ customers }) => {
      const { accountCreditCents } = await customers.get({ customerId })
      const [last, ...before] = await customers.account({ customerId })
      return before.length === 1 && last?.payout?.id === input.payoutId && accountCreditCents === PAID_CENTS - CREDIT_CENTS
    },
  }
}

/** The bank returned a check of which a part is still on the customer's account. */
export async function returningCheck(api: ApiClient): Promise<Deed> {
  const { orderId, invoiceId } = await newInvoice(api, await newCar(api), PAID_CENTS)
  const check = { paymentId: uuid7(), method: 'check' as const, amountCents: PAID_CENTS, keptAsCreditCents: CREDIT_CENTS, checkNumber: '7' }
  const { payment } = await api.payments.take({ invoiceId, ...check })
  const input = { returnId: uuid7(), paymentId: payment.id, returnedOn: payment.businessDate, reason: 'No funds' }
  return {
    call: 'payments.returnCheck',
    input,
    isWhole: async ({ invoices, orders }) => {
      const { payments, dueCents, accountCreditCents } = await invoices.get({ invoiceId })
      const isOne = payments[0]?.returns.length === 1 && dueCents === PAID_CENTS && accountCreditCents === 0
      return isOne && (await orders.get({ orderId })).status === 'completed'
    },
  }
}

export async function refundingAndVoiding(api: ApiClient): Promise<Deed> {
  const { orderId, invoiceId, paymentId } = await paidInvoice(api)
  const input = { invoiceId, reason: 'Wrong car', refunds: [{ refundId: uuid7(), paymentId, amountCents: PAID_CENTS }] }
  return { call: 'invoices.void', input, isWhole: (at) => isVoid(at, orderId, invoiceId, 1) }
}

export async function voiding(api: ApiClient): Promise<Deed> {
  const { orderId, invoiceId } = await newInvoice(api, await newCar(api), PAID_CENTS)
  return {
    call: 'invoices.void',
    input: { invoiceId, reason: 'Wrong car' },
    isWhole: (at) => isVoid(at, orderId, invoiceId, 0),
  }
}

async function isVoid({ invoices, orders }: ApiClient, orderId: string, invoiceId: string, refundCount: number): Promise<boolean> {
  const { status, payments, paidCents } = await invoices.get({ invoiceId })
  const refunds = payments.flatMap((payment) => payment.refunds)
  return status === 'void' && refunds.length === refundCount && paidCents === 0 && (await orders.get({ orderId })).status === 'completed'
}
