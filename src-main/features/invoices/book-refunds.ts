import type { RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, proportionOf, roundingOfCash, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { AppError, invalidField } from '../../base/app-error'
import type { Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { roundingOf } from '../../rules/cash-rounding'
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
    return {
      refundId,
      paymentId,
      method,
      amountCents,
      roundingCents: toCredit ? ZERO : roundingOfRefund(ctx, payment, amountCents),
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

/** Cash goes back as it is taken, rounded by the same rule; all of a payment is what was handed over for it, no cent more. */
function roundingOfRefund(ctx: Ctx, payment: RefundablePayment, amount: Cents): Cents {
  const { method, amountCents, roundingCents, refundedCents, refundedRoundingCents } = payment
  if (method !== 'cash') return ZERO
  const isLast = addCents(refundedCents, amount) === amountCents
  const rest = subtractCents(roundingCents, refundedRoundingCents)
  if (isLast && rest <= amount && roundingOfCash(subtractCents(amount, rest), 'down') === 0) return rest
  return roundingOf(rulesOfToday(ctx).cash, ctx.shop.settings.cashRounding, amount)
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
