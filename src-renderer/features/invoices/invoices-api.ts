import { queryOptions } from '@tanstack/react-query'
import type { CreditOf, Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import type { PaperKind } from '../../../src-preload/contract/printing'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'
import type { WithApproval } from '../../base/use-approval'

export type SheetPaper = Exclude<PaperKind, 'receipt'>

export const invoiceQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['invoices', 'get', invoiceId], queryFn: () => client.invoices.get({ invoiceId }) })

/** For whoever has the car now: without the name of who had it then. */
export const loadCopyForNewOwner = (invoiceId: string) => client.invoices.pdf({ invoiceId, withoutOwner: true })

export const invoicePdfQuery = (invoiceId: string) =>
  queryOptions({ queryKey: ['invoices', 'pdf', invoiceId], queryFn: () => client.invoices.pdf({ invoiceId }) })

/** The estimate as it stands, always made anew, as the order may have changed; or a version as it was frozen. */
export const estimatePdfQuery = (orderId: string, version?: number) =>
  queryOptions({
    queryKey: ['invoices', 'estimatePdf', { orderId, version }],
    queryFn: () => client.invoices.estimatePdf({ orderId, ...(version === undefined ? {} : { version }) }),
    staleTime: 0,
  })

/** Always made anew, as the order may have changed. */
export const workOrderPdfQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['invoices', 'workOrderPdf', orderId],
    queryFn: () => client.invoices.workOrderPdf({ orderId }),
    staleTime: 0,
  })

/** Prints the laid out sheets on the printer of this paper; false: the system's dialog is to ask. */
export async function printSheets(paper: SheetPaper): Promise<boolean> {
  return (await client.printing.sheets({ paper })) === 'printed'
}

export const estimatesQuery = (orderId: string) =>
  queryOptions({ queryKey: ['invoices', 'estimates', { orderId }], queryFn: () => client.invoices.estimates({ orderId }), staleTime: 0 })

/** What is different between two versions, on paper; without `to`, the estimate as it stands. */
export const changeOrderPdfQuery = (orderId: string, from: number, to?: number) =>
  queryOptions({
    queryKey: ['invoices', 'changeOrderPdf', { orderId, from, to }],
    queryFn: () => client.invoices.changeOrderPdf({ orderId, from, ...(to === undefined ? {} : { to }) }),
    staleTime: 0,
  })

export const changeOrderQuery = (orderId: string, from: number, to?: number) =>
  queryOptions({
    queryKey: ['invoices', 'changeOrder', { orderId, from, to }],
    queryFn: () => client.invoices.changeOrder({ orderId, from, ...(to === undefined ? {} : { to }) }),
    staleTime: 0,
  })

export const estimatedOrderQuery = (orderId: string) =>
  queryOptions({ queryKey: ['orders', 'get', orderId], queryFn: () => client.orders.get({ orderId }) })

/** Puts an invoice that a writing call answered with where it is shown. */
export function showInvoice(invoice: Invoice): void {
  queryClient.setQueryData(invoiceQuery(invoice.id).queryKey, invoice)
}

/** The invoice as it is now, whatever is known already. */
export function loadInvoiceNow(invoiceId: string): Promise<Invoice> {
  return queryClient.fetchQuery({ ...invoiceQuery(invoiceId), staleTime: 0 })
}

export const creditPdfQuery = (creditNoteId: string) =>
  queryOptions({ queryKey: ['invoices', 'creditPdf', creditNoteId], queryFn: () => client.invoices.creditPdf({ creditNoteId }) })

/** What a credit would come to as things stand; asked only when something is picked. */
export const quoteQuery = (invoiceId: string, credit: CreditOf | null) =>
  queryOptions({
    queryKey: ['invoices', 'quoteCredit', invoiceId, credit],
    queryFn: () => client.invoices.quoteCredit({ invoiceId, credit: credit ?? { kind: 'return', lines: [] } }),
    staleTime: 0,
  })

export async function creditInvoice(
  input: Omit<Parameters<typeof client.invoices.credit>[0], 'approval'>,
  withApproval: WithApproval,
): Promise<Invoice> {
  const invoice = await withApproval((approval) => client.invoices.credit({ ...input, ...approval }))
  showInvoice(invoice)
  return invoice
}

export async function voidInvoice(
  input: { invoiceId: string; reason: string; refunds: RefundRequest[] },
  withApproval: WithApproval,
): Promise<Invoice> {
  const invoice = await withApproval((approval) => client.invoices.void({ ...input, ...approval }))
  showInvoice(invoice)
  return invoice
}

export async function returnCheck(
  input: Omit<Parameters<typeof client.payments.returnCheck>[0], 'approval'>,
  withApproval: WithApproval,
): Promise<Invoice> {
  const invoice = await withApproval((approval) => client.payments.returnCheck({ ...input, ...approval }))
  showInvoice(invoice)
  return invoice
}

export async function undoReturn(
  input: Omit<Parameters<typeof client.payments.undoReturn>[0], 'approval'>,
  withApproval: WithApproval,
): Promise<Invoice> {
  const invoice = await withApproval((approval) => client.payments.undoReturn({ ...input, ...approval }))
  showInvoice(invoice)
  return invoice
}
