import { renderToStaticMarkup } from 'react-dom/server'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Invoice } from '../../src-preload/contract/invoices'
import type { Choices, Order } from '../../src-preload/contract/orders'
import type { SessionStatus } from '../../src-preload/contract/session'
import { queryClient } from '../base/query-client'
import { setSession } from '../base/session'
import { invoiceQuery } from '../features/invoices/invoices-api'
import { InvoiceScreen } from '../features/invoices/invoice-screen'
import { OrderScreen } from '../features/orders/order-screen'
import { choicesQuery, orderQuery } from '../features/orders/orders-api'
import { TakePaymentDialog } from '../features/payments/take-payment-dialog'

// Whole screens as markup, drawn in one go from what the program answered, without a browser: for tests that look at thousands of them.

const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })

/** Who looks, and what the screens of orders know of the shop. */
export function openScreens(session: SessionStatus, choices: Choices): void {
  setSession(session)
  queryClient.setQueryData(choicesQuery.queryKey, choices)
}

function draw(screen: ReactNode): string {
  return renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <RouterContextProvider router={router as never}>{screen}</RouterContextProvider>
    </QueryClientProvider>,
  )
}

export function drawOrder(order: Order): string {
  const { queryKey } = orderQuery(order.id)
  queryClient.setQueryData(queryKey, order)
  const markup = draw(<OrderScreen orderId={order.id} />)
  queryClient.removeQueries({ queryKey })
  return markup
}

export function drawInvoice(invoice: Invoice): string {
  const { queryKey } = invoiceQuery(invoice.id)
  queryClient.setQueryData(queryKey, invoice)
  const markup = draw(<InvoiceScreen invoiceId={invoice.id} PaymentDialog={TakePaymentDialog} />)
  queryClient.removeQueries({ queryKey })
  return markup
}
