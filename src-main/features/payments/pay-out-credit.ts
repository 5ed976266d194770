import type { PaidOut, PayOutCredit } from '../../../src-preload/contract/account-credit'
import { addCents, formatDollars, ZERO } from '../../../src-preload/contract/money'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { inTransactionThen, type Queryable, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { roundingOfPiece } from '../../rules/cash-rounding'
import { approveRefunds, assertWithinLimits, type GivenAway } from '../invoices/approve-refunds'
import { printAfterMoney } from '../printing/print-after-money'
import { rulesOfToday } from '../shop/rules-of-today'
import { type AccountHolder, findHolder, findPayout, insertPayout, lockHolder } from './payout-queries'

/**
 * Pays out what a customer has on account, in one commit under the customer's lock, with the rights and limits of a refund; cash is rounded
 * as refunds are, over all that was paid out to that customer. The same payoutId with the same facts twice is one pay-out.
 * @throws NOT_FOUND, CREDIT_SHORT, REFERENCE_REQUIRED, INVALID_INPUT, DUPLICATE, FORBIDDEN, APPROVAL_REQUIRED, APPROVAL_REFUSED
 */
export async function payOutCredit(ctx: Ctx, input: PayOutCredit): Promise<PaidOut> {
  assertOnRecord(input)
  const holder = await findHolder(reading(ctx.db), ctx.shopId, input.customerId)
  if (!holder) throw new AppError('NOT_FOUND')
  // A request that comes again asks for nothing: it is paid out already.
  const isRepeated = await isPaidOut(reading(ctx.db), ctx, input)
  if (!isRepeated && input.amountCents > holder.accountCreditCents) throw new AppError('CREDIT_SHORT')
  const approverId = isRepeated ? null : await approveRefunds(ctx, givenAway(input, holder), input.reason, input.approval)
  const book = async (tx: Tx): Promise<void> => {
    await lockHolder(tx, ctx.shopId, input.customerId)
    if (await isPaidOut(tx, ctx, input)) return
    const now = await findHolder(tx, ctx.shopId, input.customerId)
    if (!now) throw new AppError('NOT_FOUND')
    if (!approverId) await assertWithinLimits(tx, ctx, givenAway(input, now), input.reason)
    const { payoutId: id, customerId, method, amountCents, reason } = input
    const { cashRounding } = ctx.shop.settings
    const roundingCents = method === 'cash' ? roundingOfPiece(rulesOfToday(ctx).cash, cashRounding, amountCents, now.roundingCents) : ZERO
    const facts = { id, customerId, method, amountCents, roundingCents, reason, userId: ctx.userId, approverId }
    await insertPayout(tx, ctx.shopId, { ...facts, ...detailOf(input) })
  }
  const paid = await inTransactionThen('payments.payOutCredit', ctx, book, async (tx) => {
    const stored = await findPayout(tx, ctx.shopId, input.payoutId)
    invariant(stored, 'a pay-out that was booked is there')
    const { customerId: _, accountCreditCents, ...payout } = stored
    return { payout, accountCreditCents }
  })
  printAfterMoney(ctx, [{ payoutId: input.payoutId, isCash: input.method === 'cash' }])
  return paid
}

/** Money that does not come out of the drawer has to be found again: on the statement of the bank or of the terminal. */
function assertOnRecord({ method, checkNumber, reference }: PayOutCredit): void {
  if (method === 'check' && checkNumber === '') throw invalidField('checkNumber', 'Enter the number of the check you write.')
  if (method !== 'check' && method !== 'cash' && reference === '')
    throw new AppError('REFERENCE_REQUIRED', { fields: { reference: 'Enter the reference of this payment.' } })
}

/** What its tender has and no other. */
function detailOf({ method, checkNumber, reference }: PayOutCredit) {
  const isCheck = method === 'check'
  return { checkNumber: isCheck ? checkNumber : '', reference: isCheck || method === 'cash' ? '' : reference }
}

function givenAway({ payoutId, customerId, method, amountCents }: PayOutCredit, { name, paidOutCents }: AccountHolder): GivenAway {
  return {
    about: { entityType: 'customer', entityId: customerId },
    words: (limit) => `Pay out ${formatDollars(amountCents)} of the account credit of ${name}${limit}`,
    isVoid: false,
    takenOffCents: addCents(paidOutCents, amountCents),
    writeOffCents: ZERO,
    refunds: [{ refundId: payoutId, method, amountCents, toCredit: false }],
  }
}

/** @throws DUPLICATE when its id stands for another pay-out */
async function isPaidOut(q: Queryable, ctx: Ctx, input: PayOutCredit): Promise<boolean> {
  const known = await findPayout(q, ctx.shopId, input.payoutId)
  if (!known) return false
  const { checkNumber, reference } = detailOf(input)
  const isSame = known.customerId === input.customerId && known.method === input.method && known.reason === input.reason
  const isPaidSo = known.amountCents === input.amountCents && known.checkNumber === checkNumber && known.reference === reference
  if (!isSame || !isPaidSo) throw new AppError('DUPLICATE')
  return true
}
