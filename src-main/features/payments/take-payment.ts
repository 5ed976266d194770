import type { Invoice, Payment } from '../../../src-preload/contract/invoices'
import type { TakePayment } from '../../../src-preload/contract/payments'
import { addCents, formatDollars, MAX_CENTS, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { whenIdIsTaken } from '../../database/sql-error'
import { inTransactionThen, type LastWrites, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { roundingOf } from '../../rules/cash-rounding'
import { loadInvoice } from '../invoices/load-invoice'
import { requireApproval } from '../people/require-approval'
import { printAfterMoney } from '../printing/print-after-money'
import { rulesOfToday } from '../shop/rules-of-today'
import {
  closePaidOrder,
  findPayment,
  insertPayment,
  isPaidInCashOnly,
  lockInvoice,
  type PayableInvoice,
  type PaymentFacts,
} from './payment-queries'

/**
 * Books a payment in one commit, under a lock on the invoice; an invoice paid in full closes its completed order. The client makes the
 * payment's id: the same request twice is one payment and has the same answer.
 * @throws EDIT_CONFLICT when the cash is not rounded as the rules say now, ALREADY_PAID, AMOUNT_ABOVE_DUE, TENDERED_TOO_LITTLE, CREDIT_SHORT, REFERENCE_REQUIRED, TOO_LARGE, INVOICE_VOID, PAYMENT_ID_REUSED,
 * INVALID_INPUT, APPROVAL_REQUIRED, NOT_FOUND
 */
export async function takePayment(ctx: Ctx, input: TakePayment): Promise<{ payment: Payment; invoice: Invoice }> {
  const facts = checkedFacts(input)
  await approveMethod(ctx, input)
  const bookIt = (tx: Tx): Promise<LastWrites | void> => book(tx, ctx, { ...facts, note: input.note })
  const show = async (tx: Tx): Promise<{ payment: Payment; invoice: Invoice }> => {
    const invoice = await loadInvoice(tx, ctx, facts.invoiceId)
    const payment = invoice.payments.find(({ id }) => id === facts.paymentId)
    invariant(payment, 'a payment that was booked is on its invoice')
    return { payment, invoice }
  }
  const again = (): Promise<{ payment: Payment; invoice: Invoice }> =>
    inTransactionThen('payments.taken', ctx, (tx) => assertSame(tx, ctx, facts), show)
  const taken = await inTransactionThen('payments.take', ctx, bookIt, show).catch(whenIdIsTaken('payments', again))
  printAfterMoney(ctx, [{ paymentId: facts.paymentId, isCash: facts.method === 'cash' }])
  return taken
}

const ACCOUNT_CREDIT = 'account credit'

/** What each tender wants to be known. */
function checkedFacts(input: TakePayment): PaymentFacts {
  const { paymentId, invoiceId, method, amountCents, checkNumber } = input
  const roundingCents = input.roundingCents ?? ZERO
  const tenderedCents = input.tenderedCents ?? null
  const keptAsCreditCents = input.keptAsCreditCents ?? ZERO
  const isFromCredit = input.fromCredit ?? false
  const reference = isFromCredit ? ACCOUNT_CREDIT : input.reference
  if (isFromCredit && method !== 'other') throw invalidField('method', 'Account credit is a way to pay of its own.')
  if (addCents(amountCents, keptAsCreditCents) > MAX_CENTS) throw new AppError('TOO_LARGE')
  if (keptAsCreditCents > 0 && method !== 'check') throw invalidField('keptAsCreditCents', 'Only of a check is more kept than is due.')
  if (method === 'cash') {
    if (tenderedCents !== null && tenderedCents < subtractCents(amountCents, roundingCents)) throw new AppError('TENDERED_TOO_LITTLE')
  } else {
    if (roundingCents !== 0) throw invalidField('roundingCents', 'Only cash is rounded.')
    if (tenderedCents !== null) throw invalidField('tenderedCents', 'Only cash gives change.')
    if (method === 'check' && checkNumber === '') throw invalidField('checkNumber', 'Enter the number of the check.')
    if (isTakenElsewhere(method) && reference === '') {
      throw new AppError('REFERENCE_REQUIRED', { fields: { reference: 'Enter the reference of this payment.' } })
    }
  }
  return {
    paymentId,
    invoiceId,
    method,
    amountCents,
    tenderedCents,
    roundingCents,
    isFromCredit,
    keptAsCreditCents,
    checkNumber,
    reference,
  }
}

/** Money this program did not see: card, bank transfer, financing are only recorded here, the classic way to hide a theft. */
function isTakenElsewhere(method: PaymentFacts['method']): boolean {
  return method !== 'cash' && method !== 'check'
}

/** Account credit is the customer's own, and the receipt tells them what is left of it. */
async function approveMethod(ctx: Ctx, { method, amountCents, invoiceId, fromCredit, approval }: TakePayment): Promise<void> {
  if (!isTakenElsewhere(method) || fromCredit) return
  const grant = grantOf(ctx.user.role, 'payments.record_elsewhere')
  if (grant === 'no') throw new AppError('FORBIDDEN')
  if (grant !== 'yes') {
    const sentence = `Record ${formatDollars(amountCents)} by ${method.replace('_', ' ')}, taken elsewhere.`
    await requireApproval(ctx, 'payments.record_elsewhere', approval, sentence, { entityType: 'invoice', entityId: invoiceId })
  }
}

async function book(tx: Tx, ctx: Ctx, payment: PaymentFacts & { note: string }): Promise<LastWrites | void> {
  const invoice = await lockInvoice(tx, ctx.shopId, payment.invoiceId)
  const isAll = payment.amountCents === invoice?.dueCents
  const isDue = invoice && !invoice.isVoid && (payment.keptAsCreditCents > 0 ? isAll : payment.amountCents <= invoice.dueCents)
  if (isDue && (await isRoundedRight(tx, ctx, invoice, payment))) {
    return () => [insertPayment(tx, ctx.shopId, ctx.userId, payment), ...(isAll ? [closePaidOrder(tx, ctx.shopId, invoice.orderId)] : [])]
  }
  const known = await findPayment(tx, ctx.shopId, payment.paymentId)
  if (known) return assertIs(known, payment)
  if (!invoice) throw new AppError('NOT_FOUND')
  if (isDue) throw new AppError('EDIT_CONFLICT', { message: ROUNDING_CHANGED })
  if (invoice.isVoid) throw new AppError('INVOICE_VOID')
  if (payment.amountCents < invoice.dueCents) throw new AppError('EDIT_CONFLICT', { message: DUE_CHANGED })
  throw new AppError(invoice.dueCents <= 0 ? 'ALREADY_PAID' : 'AMOUNT_ABOVE_DUE', { dueCents: invoice.dueCents })
}

/** Part of a bill was paid, and the same request came again while more is due. */
async function assertSame(tx: Tx, ctx: Ctx, payment: PaymentFacts): Promise<void> {
  assertIs(await findPayment(tx, ctx.shopId, payment.paymentId), payment)
}

const DUE_CHANGED = 'Another amount is due now. Look at what is kept of the check again.'

const ROUNDING_CHANGED = 'What is due in cash changed meanwhile. Look at the amount again.'

/** Cash is rounded only where it pays all that is due and nothing else has paid before, by what the rules make of that amount. */
async function isRoundedRight(tx: Tx, ctx: Ctx, { dueCents }: PayableInvoice, payment: PaymentFacts): Promise<boolean> {
  const { roundingCents, amountCents, invoiceId } = payment
  if (roundingCents === 0) return true
  const wanted = roundingOf(rulesOfToday(ctx).cash, ctx.shop.settings.cashRounding, dueCents)
  return amountCents === dueCents && roundingCents === wanted && (await isPaidInCashOnly(tx, ctx.shopId, invoiceId))
}

/** @throws PAYMENT_ID_REUSED when it is another payment, or another shop's */
function assertIs(known: PaymentFacts | undefined, asked: PaymentFacts): void {
  const isSame =
    known?.invoiceId === asked.invoiceId &&
    known.method === asked.method &&
    known.amountCents === asked.amountCents &&
    known.tenderedCents === asked.tenderedCents &&
    known.roundingCents === asked.roundingCents &&
    known.isFromCredit === asked.isFromCredit &&
    known.keptAsCreditCents === asked.keptAsCreditCents &&
    known.checkNumber === asked.checkNumber &&
    known.reference === asked.reference
  if (!isSame) throw new AppError('PAYMENT_ID_REUSED')
}
