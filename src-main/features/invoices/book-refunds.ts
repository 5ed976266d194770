import type { RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, proportionOf, roundingOfCash, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { AppError, invalidField } from '../../base/app-error'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { roundingOfPiece } from '../../rules/cash-rounding'
import { rulesOfToday } from '../shop/rules-of-today'
import { findRefunds, type NewRefund, type RefundablePayment, type RefundFacts } from './refund-queries'

/**
 * What is given back, payment by payment: never above what is left of it, with the tax in proportion to the whole.
 * @param of what the refunds together are a part of, with the tax in it
 * @throws NOT_FOUND, REFUND_ABOVE_PAID, REFERENCE_REQUIRED, INVALID_INPUT
 */
export function planRefunds(
  ctx: Ctx,
  { payments }: RefundFacts,
  requests: readonly RefundRequest[],
  of: { totalCents: Cents; taxCents: Cents },
): NewRefund[] {
  let before = ZERO
  let carried = roundingSoFar(payments)
  return requests.map((request, at) => {
    const { refundId, paymentId, amountCents, checkNumber, reference } = request
    const payment = payments.find(({ id }) => id === paymentId)
    if (!payment) throw new AppError('NOT_FOUND')
    if (requests.findIndex((other) => other.paymentId === paymentId) < at) throw invalidField(`refunds.${at}.paymentId`, 'Named twice.')
    const toCredit = payment.isFromCredit || (request.toCredit ?? false)
    const left = subtractCents(payment.amountCents, payment.refundedCents)
    if (amountCents > left) throw new AppError('REFUND_ABOVE_PAID', { dueCents: left })
    if (!toCredit) assertOnRecord(payment, request, at)
    const upTo = addCents(before, amountCents)
    const share = (amount: Cents): Cents => proportionOf(of.taxCents, amount, of.totalCents)
    const taxCents = subtractCents(share(upTo), share(before))
    before = upTo
    const { method } = payment
    let roundingCents = ZERO
    if (method === 'cash' && !toCredit) {
      const isLast = amountCents === left
      // What rounding took of the payment itself is settled with the last of it.
      if (isLast) carried = subtractCents(carried, payment.roundingCents)
      roundingCents = roundingOfRefund(ctx, amountCents, carried, isLast)
      carried = addCents(carried, roundingCents)
    }
    return {
      refundId,
      paymentId,
      method,
      amountCents,
      roundingCents,
      taxCents,
      toCredit,
      checkNumber: toCredit ? '' : checkNumber,
      reference: toCredit ? '' : reference,
    }
  })
}

/** Money that does not come out of the drawer has to be found again: on the statement of the bank or of the terminal. */
function assertOnRecord({ method }: RefundablePayment, { checkNumber, reference }: RefundRequest, at: number): void {
  if (method === 'check') {
    if (checkNumber === '') throw invalidField(`refunds.${at}.checkNumber`, 'Enter the number of the check you write.')
  } else if (method !== 'cash' && reference === '') {
    throw new AppError('REFERENCE_REQUIRED', { fields: { [`refunds.${at}.reference`]: 'Enter the reference of this refund.' } })
  }
}

/** What rounding kept of the cash that was given back of a bill before, beyond what it took when that was paid; below 0: gave on top. */
function roundingSoFar(payments: readonly RefundablePayment[]): Cents {
  const cash = payments.filter(({ method }) => method === 'cash')
  return addCents(
    ...cash.map(({ amountCents, roundingCents, refundedCents, refundedRoundingCents }) =>
      refundedCents === amountCents ? subtractCents(refundedRoundingCents, roundingCents) : refundedRoundingCents,
    ),
  )
}

/** Cash goes back as it is taken, rounded by the same rule over the whole bill; all of a payment is what was handed over for it, no cent more. */
function roundingOfRefund(ctx: Ctx, amount: Cents, carried: Cents, isLast: boolean): Cents {
  const owed = addCents(amount, carried)
  if (isLast && owed >= 0 && roundingOfCash(owed, 'down') === 0) return subtractCents(ZERO, carried)
  return roundingOfPiece(rulesOfToday(ctx).cash, ctx.shop.settings.cashRounding, amount, carried)
}

/** Whether these very refunds are booked already. @throws DUPLICATE when an id of them stands for something else */
export async function areBooked(tx: Tx, ctx: Ctx, requests: readonly RefundRequest[], creditNoteId: string | null): Promise<boolean> {
  const known = await findRefunds(
    tx,
    ctx.shopId,
    requests.map(({ refundId }) => refundId),
  )
  if (known.length === 0) return false
  const isSame = requests.every(({ refundId, paymentId, amountCents, toCredit = false, checkNumber, reference }) =>
    known.some(
      (one) =>
        one.refundId === refundId &&
        one.paymentId === paymentId &&
        one.amountCents === amountCents &&
        one.creditNoteId === creditNoteId &&
        one.toCredit === (toCredit || one.isFromCredit) &&
        (one.toCredit || (one.checkNumber === checkNumber && one.reference === reference)),
    ),
  )
  if (!isSame) throw new AppError('DUPLICATE')
  return true
}
