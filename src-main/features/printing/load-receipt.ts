import type { ReceiptOf } from '../../../src-preload/contract/printing'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import type { PayoutReceipt } from '../../printing/write-payout'
import type { Receipt } from '../../printing/write-receipt'
import { findInvoice, findInvoiceSnapshot } from '../invoices/invoice-queries'
import { findPayoutReceipt, findReceiptFacts } from './receipt-queries'

/** What is on the receipt of a payment or refund, from the invoice as it was frozen and as it stood then. @throws NOT_FOUND */
export async function loadReceipt(ctx: Ctx, of: ReceiptOf, isCopy: boolean): Promise<Receipt> {
  const q = reading(ctx.db)
  const facts = await findReceiptFacts(q, ctx.shopId, of)
  if (!facts) throw new AppError('NOT_FOUND')
  const { invoiceId, creditNumber, ...standing } = facts
  const frozen = await findInvoiceSnapshot(q, ctx.shopId, invoiceId)
  const invoice = await findInvoice(q, { id: ctx.shopId, timezone: ctx.shop.timezone }, invoiceId)
  const payment = invoice?.payments.find(({ id }) => id === of.paymentId)
  const refund = payment?.refunds.find(({ id }) => id === of.refundId)
  if (!frozen?.snapshot || !payment || (of.refundId !== undefined && !refund)) throw new AppError('NOT_FOUND')
  const { snapshot: document, isVoid } = frozen
  return { document, isVoid, isCopy, payment, refund: refund ? { ...refund, creditNumber } : null, ...standing }
}

/** What is on the receipt of a pay-out of account credit. @throws NOT_FOUND */
export async function loadPayout(ctx: Ctx, payoutId: string, isCopy: boolean): Promise<PayoutReceipt> {
  const facts = await findPayoutReceipt(reading(ctx.db), ctx.shopId, payoutId)
  if (!facts) throw new AppError('NOT_FOUND')
  return { ...facts, isCopy }
}
