import type { DocumentSnapshot, PdfFile } from '../../../src-preload/contract/invoices'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import { addLogo } from './add-logo'
import { findInvoiceSnapshot } from './invoice-queries'
import { pdfFile } from './pdf-file'

/** The issued invoice from what was frozen when it was issued, never from today's rows. @throws NOT_FOUND, FORBIDDEN */
export async function invoicePdf(ctx: Ctx, input: { invoiceId: string; withoutOwner?: boolean | undefined }): Promise<PdfFile> {
  if (grantOf(ctx.user.role, 'invoices.see') !== 'yes') throw new AppError('FORBIDDEN')
  const q = reading(ctx.db)
  const found = await findInvoiceSnapshot(q, ctx.shopId, input.invoiceId)
  if (!found?.snapshot) throw new AppError('NOT_FOUND')
  const snapshot = await addLogo(q, ctx.shopId, found.snapshot)
  const options = { void: found.isVoid, practice: ctx.practice }
  if (!input.withoutOwner) return pdfFile(ctx, `Invoice ${snapshot.number}`, await renderDocument(snapshot, options))
  return pdfFile(ctx, `Service record ${snapshot.number}`, await renderDocument(withoutOwner(snapshot), options))
}

/** What was done to the car, without who had it then: neither name and address nor who agreed to the work, from where, in which words. */
function withoutOwner(snapshot: DocumentSnapshot): DocumentSnapshot {
  const nobody = { name: 'Former owner', contactName: '', phone: '', email: '', address: '', city: '', state: '', zip: '' }
  const customer = { ...snapshot.customer, ...nobody, taxExempt: snapshot.customer.taxExempt, taxExemptNumber: '' }
  const authorizations = snapshot.authorizations.map((yes) => ({ ...yes, approvedByName: 'the former owner', contact: '', note: '' }))
  return { ...snapshot, customer, authorizations, purchaseOrder: '' }
}
