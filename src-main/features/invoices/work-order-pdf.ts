import type { PdfFile } from '../../../src-preload/contract/invoices'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { renderWorkOrder } from '../../pdf/render-work-order'
import { onlyAssignedTo } from '../orders/load-order'
import { pdfFile } from './pdf-file'
import { findWorkOrder } from './work-order-queries'

/** The sheet that goes with the car, always as the order stands now. @throws NOT_FOUND, also for an order of another technician */
export async function workOrderPdf(ctx: Ctx, { orderId }: { orderId: string }): Promise<PdfFile> {
  const row = await findWorkOrder(reading(ctx.db), ctx.shopId, orderId, onlyAssignedTo(ctx))
  if (!row) throw new AppError('NOT_FOUND')
  const order = { ...row, shopName: ctx.shop.name, timezone: ctx.shop.timezone }
  return pdfFile(ctx, `Work order ${order.orderNumber}`, await renderWorkOrder(order, { practice: ctx.practice }))
}
