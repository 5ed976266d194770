import type { PdfFile } from '../../../src-preload/contract/invoices'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import { addLogo } from './add-logo'
import { findCreditSnapshot } from './credit-queries'
import { pdfFile } from './pdf-file'

/** The credit note from what was frozen when it was made. @throws NOT_FOUND, FORBIDDEN */
export async function creditPdf(ctx: Ctx, input: { creditNoteId: string }): Promise<PdfFile> {
  if (grantOf(ctx.user.role, 'invoices.see') !== 'yes') throw new AppError('FORBIDDEN')
  const q = reading(ctx.db)
  const frozen = await findCreditSnapshot(q, ctx.shopId, input.creditNoteId)
  if (!frozen) throw new AppError('NOT_FOUND')
  const snapshot = await addLogo(q, ctx.shopId, frozen)
  return pdfFile(ctx, `Credit note ${snapshot.number}`, await renderDocument(snapshot, { void: false, practice: ctx.practice }))
}
