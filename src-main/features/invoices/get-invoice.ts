import type { Invoice } from '../../../src-preload/contract/invoices'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadInvoice } from './load-invoice'

/** @throws NOT_FOUND */
export function getInvoice(ctx: Ctx, input: { invoiceId: string }): Promise<Invoice> {
  return loadInvoice(reading(ctx.db), ctx, input.invoiceId)
}
