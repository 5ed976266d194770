import type { PdfFile } from '../../../src-preload/contract/invoices'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import { buildSnapshot, type DocumentHead, estimateFingerprint } from '../orders/build-snapshot'
import { findSnapshotRow } from '../orders/snapshot-queries'
import { pdfFile } from './pdf-file'

/** The estimate as it stands now; its version is the frozen one it equals, else the one that a yes to it would freeze. @throws NOT_FOUND */
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
  const snapshot = row.frozen?.hash === estimateFingerprint(next) ? buildSnapshot(ctx.shop, row, head(frozen)) : next
  return pdfFile(`Estimate ${snapshot.number}.pdf`, await renderDocument(snapshot, { void: false }))
}
