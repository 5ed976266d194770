import type { PdfFile } from '../../../src-preload/contract/invoices'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import { findInvoiceSnapshot } from './invoice-queries'
import { pdfFile } from './pdf-file'

/** The issued invoice from what was frozen when it was issued, never from today's rows. @throws NOT_FOUND, FORBIDDEN */
export async function invoicePdf(ctx: Ctx, input: { invoiceId: string }): Promise<PdfFile> {
  if (grantOf(ctx.user.role, 'invoices.see') !== 'yes') throw new AppError('FORBIDDEN')
  const found = await findInvoiceSnapshot(reading(ctx.db), ctx.shopId, input.invoiceId)
  if (!found?.snapshot) throw new AppError('NOT_FOUND')
  const bytes = await renderDocument(found.snapshot, { void: found.isVoid })
  return pdfFile(`Invoice ${found.snapshot.number}.pdf`, bytes)
}
