import { DocumentSnapshot, type PdfFile } from '../../../src-preload/contract/invoices'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import { buildSnapshot, type DocumentHead, estimateFingerprint } from '../orders/build-snapshot'
import { findSnapshotRow } from '../orders/snapshot-queries'
import { findEstimateVersion } from './invoice-queries'
import { pdfFile } from './pdf-file'

/**
 * The estimate as it stands now. While it says what the last authorized version says, that version is printed as it was frozen, with its
 * date: the same bytes for as long as it is kept (16 CCR 3358). Else it is the version that a yes to it would freeze. @throws NOT_FOUND
 */
export async function estimatePdf(ctx: Ctx, input: { orderId: string }): Promise<PdfFile> {
  const row = await findSnapshotRow(reading(ctx.db), ctx.shopId, input.orderId)
  if (!row) throw new AppError('NOT_FOUND')
  const head = (version: number): DocumentHead => ({
    kind: 'estimate',
    number: `${row.orderNumber}-${version}`,
    estimateVersion: version,
    dueDate: null,
    terms: null,
    logoUrl: ctx.shop.logoUrl,
  })
  const frozen = row.frozen?.version ?? 0
  const next = buildSnapshot(ctx.shop, row, head(frozen + 1))
  const isFrozen = row.frozen?.hash === estimateFingerprint(next)
  const snapshot = isFrozen ? await frozenEstimate(ctx, input.orderId, frozen) : next
  return pdfFile(`Estimate ${snapshot.number}.pdf`, await renderDocument(snapshot, { void: false }))
}

/** Kept without the logo, which would weigh more than all the rest: today's is printed. */
async function frozenEstimate(ctx: Ctx, orderId: string, version: number): Promise<DocumentSnapshot> {
  const found = await findEstimateVersion(reading(ctx.db), ctx.shopId, orderId, version)
  const snapshot = DocumentSnapshot.parse(found)
  return { ...snapshot, shop: { ...snapshot.shop, logoUrl: ctx.shop.logoUrl } }
}
