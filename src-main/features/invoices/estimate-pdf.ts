import type { PdfFile } from '../../../src-preload/contract/invoices'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import type { FrozenDocument } from '../orders/build-snapshot'
import { findFrozenSnapshot } from '../orders/authorize-queries'
import { findSnapshotRow } from '../orders/snapshot-queries'
import { addLogo } from './add-logo'
import { currentEstimate } from './current-estimate'
import { pdfFile } from './pdf-file'

/**
 * The estimate as it stands now, or one of its frozen `version`s. While it says what the last authorized version says, that version is
 * printed as it was frozen, with its date: the same bytes for as long as it is kept (16 CCR 3358). Else it is the version that a yes to it
 * would freeze. @throws NOT_FOUND
 */
export async function estimatePdf(ctx: Ctx, input: { orderId: string; version?: number | undefined }): Promise<PdfFile> {
  const { orderId, version } = input
  const frozen = version === undefined ? await estimateNow(ctx, orderId) : await findFrozen(ctx, orderId, version)
  const snapshot = await addLogo(reading(ctx.db), ctx.shopId, frozen)
  return pdfFile(ctx, `Estimate ${snapshot.number}`, await renderDocument(snapshot, { void: false, practice: ctx.practice }))
}

/** @throws NOT_FOUND */
export async function estimateNow(ctx: Ctx, orderId: string): Promise<FrozenDocument> {
  const row = await findSnapshotRow(reading(ctx.db), ctx.shopId, orderId)
  if (!row) throw new AppError('NOT_FOUND')
  const { version, unfrozen } = currentEstimate(ctx.shop, row)
  return unfrozen ?? (await findFrozen(ctx, orderId, version))
}

/** @throws NOT_FOUND */
export async function findFrozen(ctx: Ctx, orderId: string, version: number): Promise<FrozenDocument> {
  const frozen = await findFrozenSnapshot(reading(ctx.db), ctx.shopId, orderId, version)
  if (!frozen) throw new AppError('NOT_FOUND')
  return frozen
}
