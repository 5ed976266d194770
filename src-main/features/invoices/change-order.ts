import type { ChangeOrder, PdfFile } from '../../../src-preload/contract/invoices'
import { cents, subtractCents } from '../../../src-preload/contract/money'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderChangeOrder } from '../../pdf/render-change-order'
import type { FrozenDocument } from '../orders/build-snapshot'
import { compareEstimates } from '../orders/compare-estimates'
import { addLogo } from './add-logo'
import { estimateNow, findFrozen } from './estimate-pdf'
import { pdfFile } from './pdf-file'

interface Input {
  orderId: string
  from: number
  to?: number | undefined
}

/** What is different between two versions of an order's estimate; without `to`, the estimate as it stands. @throws NOT_FOUND */
export async function changeOrder(ctx: Ctx, input: Input): Promise<ChangeOrder> {
  return differenceOf(await findBoth(ctx, input))
}

/** The same on paper: what came, what went, what is dearer or cheaper, and the revised total (16 CCR 3354). @throws NOT_FOUND */
export async function changeOrderPdf(ctx: Ctx, input: Input): Promise<PdfFile> {
  const both = await findBoth(ctx, input)
  const difference = differenceOf(both)
  const snapshot = await addLogo(reading(ctx.db), ctx.shopId, both.to)
  return pdfFile(
    ctx,
    `Change order ${difference.from.number} to ${difference.to.number}`,
    await renderChangeOrder(snapshot, difference, ctx.practice),
  )
}

interface Versions {
  readonly from: FrozenDocument
  readonly to: FrozenDocument
}

async function findBoth(ctx: Ctx, { orderId, from, to }: Input): Promise<Versions> {
  return {
    from: await findFrozen(ctx, orderId, from),
    to: to === undefined ? await estimateNow(ctx, orderId) : await findFrozen(ctx, orderId, to),
  }
}

function differenceOf({ from, to }: Versions): ChangeOrder {
  return {
    orderNumber: to.orderNumber,
    from: versionOf(from),
    to: versionOf(to),
    lines: compareEstimates(from, to),
    differenceCents: subtractCents(cents(to.totalCents), cents(from.totalCents)),
  }
}

function versionOf({ estimateVersion, number, date, taxCents, totalCents }: FrozenDocument): ChangeOrder['from'] {
  return { version: estimateVersion ?? 0, number, date, taxCents, totalCents }
}
