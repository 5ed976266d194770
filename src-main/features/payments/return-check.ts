import type { Approval } from '../../../src-preload/contract/call'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { formatDollars } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError, invalidField } from '../../base/app-error'
import { inTransactionThen, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadInvoice } from '../invoices/load-invoice'
import { lockInvoice } from '../invoices/refund-queries'
import { moveOrder } from '../orders/order-queries'
import { requireApproval } from '../people/require-approval'
import { closePaidOrder } from './payment-queries'
import { type CheckTaken, findCheck, findReturn, insertReturn, type NewReturn } from './return-queries'

interface Input {
  readonly returnId: string
  readonly paymentId: string
  readonly returnedOn: string
  readonly reason: string
  readonly approval?: Approval | undefined
}

/**
 * The bank returned a check: what it paid is due again, the payment stays as it was taken, what it brought to the account, kept of it or
 * given back there, comes off as far as it is there, and the order is open until it is paid. The same returnId twice is one return.
 * @throws NOT_FOUND, INVALID_INPUT, CHECK_RETURNED, DUPLICATE, APPROVAL_REQUIRED, APPROVAL_REFUSED
 */
export async function returnCheck(ctx: Ctx, input: Input): Promise<Invoice> {
  const { returnId, paymentId, returnedOn, reason } = input
  const check = await loadCheck(ctx, paymentId)
  if (returnedOn > check.today) throw invalidField('returnedOn', 'That day has not come yet.')
  if (returnedOn < check.takenOn) throw invalidField('returnedOn', 'The check was taken after that day.')
  const sentence = `The bank returned check ${check.checkNumber} over ${formatDollars(check.faceCents)} (invoice ${check.invoiceNumber}): ${reason}`
  const approverId = await approveReturn(ctx, check, sentence, input.approval)
  return book(ctx, check, { returnId, paymentId, undoesId: null, returnedOn, reason, approverId })
}

/**
 * It was another check, or the bank paid it after all. Not once what was due again is settled: then that is given back first.
 * @throws NOT_FOUND, CHECK_SETTLED, DUPLICATE, APPROVAL_REQUIRED, APPROVAL_REFUSED
 */
export async function undoReturn(
  ctx: Ctx,
  input: { undoId: string; returnId: string; reason: string; approval?: Approval | undefined },
): Promise<Invoice> {
  const { undoId, returnId: undoesId, reason } = input
  const known = await findReturn(reading(ctx.db), ctx.shopId, undoesId)
  if (!known || known.undoesId !== null) throw new AppError('NOT_FOUND')
  const { paymentId, returnedOn } = known
  const check = await loadCheck(ctx, paymentId)
  const sentence = `Check ${check.checkNumber} over ${formatDollars(check.faceCents)} (invoice ${check.invoiceNumber}) was not returned: ${reason}`
  const approverId = await approveReturn(ctx, check, sentence, input.approval)
  return book(ctx, check, { returnId: undoId, paymentId, undoesId, returnedOn, reason, approverId })
}

async function loadCheck(ctx: Ctx, paymentId: string): Promise<CheckTaken> {
  const check = await findCheck(reading(ctx.db), ctx.shopId, paymentId)
  if (!check) throw new AppError('NOT_FOUND')
  return check
}

async function approveReturn(ctx: Ctx, check: CheckTaken, sentence: string, approval: Approval | undefined): Promise<string | null> {
  if (grantOf(ctx.user.role, 'payments.return_check') === 'yes') return null
  return requireApproval(ctx, 'payments.return_check', approval, sentence, { entityType: 'invoice', entityId: check.invoiceId })
}

async function book(ctx: Ctx, { invoiceId, orderId }: CheckTaken, wanted: Omit<NewReturn, 'userId'>): Promise<Invoice> {
  const { shopId, userId } = ctx
  const work = async (tx: Tx): Promise<void> => {
    await lockInvoice(tx, shopId, invoiceId)
    const known = await findReturn(tx, shopId, wanted.returnId)
    if (known) {
      const isSame = known.paymentId === wanted.paymentId && known.undoesId === wanted.undoesId && known.reason === wanted.reason
      if (!isSame || known.returnedOn !== wanted.returnedOn) throw new AppError('DUPLICATE')
      return
    }
    const dueCents = await insertReturn(tx, shopId, { ...wanted, userId })
    // Closed means picked up and paid.
    if (dueCents === null) return
    if (dueCents > 0) await moveOrder(tx, shopId, orderId, 'closed', 'completed', wanted.reason)
    else if (wanted.undoesId !== null) await closePaidOrder(tx, shopId, orderId)
  }
  return inTransactionThen('payments.returnCheck', ctx, work, (tx) => loadInvoice(tx, ctx, invoiceId))
}
