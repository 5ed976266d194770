import type { Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import type { Ctx } from '../../ipc/context'
import { creditInvoice } from '../invoices/credit-invoice'
import { voidInvoice } from '../invoices/void-invoice'
import { printAfterMoney } from '../printing/print-after-money'

/** Credits, then opens the drawer and prints receipts as after a payment. @throws as `creditInvoice` */
export async function giveBackByCredit(ctx: Ctx, input: Parameters<typeof creditInvoice>[1]): Promise<Invoice> {
  return printed(ctx, await creditInvoice(ctx, input), input.refunds)
}

/** Voids, then opens the drawer and prints receipts as after a payment. @throws as `voidInvoice` */
export async function giveBackByVoid(ctx: Ctx, input: Parameters<typeof voidInvoice>[1]): Promise<Invoice> {
  return printed(ctx, await voidInvoice(ctx, input), input.refunds ?? [])
}

function printed(ctx: Ctx, invoice: Invoice, requests: readonly RefundRequest[]): Invoice {
  const asked = new Set(requests.map(({ refundId }) => refundId))
  const moved = invoice.payments.flatMap(({ id: paymentId, method, refunds }) =>
    refunds
      .filter(({ id }) => asked.has(id))
      .map(({ id: refundId, toCredit }) => ({ paymentId, refundId, isCash: method === 'cash' && !toCredit })),
  )
  printAfterMoney(ctx, moved)
  return invoice
}
