import { addCents, type Cents, subtractCents } from '../../../src-preload/contract/money'
import type { Payment } from '../../../src-preload/contract/invoices'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import type { Receipt } from '../../printing/write-receipt'
import { findInvoice, findInvoiceSnapshot } from '../invoices/invoice-queries'
import { findPaid } from './job-queries'

/** What is on the receipt of a payment, from the invoice as it was frozen and the payments up to this one. @throws NOT_FOUND */
export async function loadReceipt(ctx: Ctx, paymentId: string, isCopy: boolean): Promise<Receipt> {
  const q = reading(ctx.db)
  const paid = await findPaid(q, ctx.shopId, paymentId)
  if (!paid) throw new AppError('NOT_FOUND')
  const frozen = await findInvoiceSnapshot(q, ctx.shopId, paid.invoiceId)
  const invoice = await findInvoice(q, { id: ctx.shopId, timezone: ctx.shop.timezone }, paid.invoiceId)
  const at = invoice?.payments.findIndex(({ id }) => id === paymentId) ?? -1
  const payment = invoice?.payments[at]
  if (!frozen?.snapshot || !invoice || !payment) throw new AppError('NOT_FOUND')
  const paidBeforeCents = sumOf(invoice.payments.slice(0, at))
  return {
    document: frozen.snapshot,
    isVoid: frozen.isVoid,
    isCopy,
    payment,
    paidBeforeCents,
    balanceCents: subtractCents(invoice.totalCents, addCents(paidBeforeCents, payment.amountCents)),
  }
}

function sumOf(payments: readonly Payment[]): Cents {
  return addCents(...payments.filter(({ status }) => status === 'completed').map(({ amountCents }) => amountCents))
}
