import type { Approval } from '../../../src-preload/contract/call'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'
import { voidUnpaidInvoice } from './invoice-queries'
import { loadInvoice } from './load-invoice'

/**
 * Voids an invoice while nothing is paid on it; its number stays used, the order can be invoiced again.
 * @throws INVOICE_HAS_PAYMENTS, INVOICE_VOID, NOT_FOUND, APPROVAL_REQUIRED
 */
export async function voidInvoice(
  ctx: Ctx,
  input: { invoiceId: string; reason: string; approval?: Approval | undefined },
): Promise<Invoice> {
  if (grantOf(ctx.user.role, 'invoices.void') === 'approval') {
    const about = { entityType: 'invoice', entityId: input.invoiceId }
    await requireApproval(ctx, 'invoices.void', input.approval, `Void an invoice: ${input.reason}`, about)
  }
  return inTransaction('invoices.void', ctx, async (tx) => {
    const voided = await voidUnpaidInvoice(tx, ctx.shopId, input.invoiceId, input.reason, ctx.userId)
    const invoice = await loadInvoice(tx, ctx, input.invoiceId)
    if (!voided) throw new AppError(invoice.status === 'void' ? 'INVOICE_VOID' : 'INVOICE_HAS_PAYMENTS')
    return invoice
  })
}
