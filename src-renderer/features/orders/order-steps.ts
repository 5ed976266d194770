import type { NextAction } from '../../../src-preload/contract/orders'
import { liveInvoice, type OrderDesk } from './order-desk'
import { transition, voidInvoice } from './orders-api'

type Target = NextAction['to']

/** A step of the status machine. */
export async function move({ order, withApproval }: OrderDesk, to: Target, reason = ''): Promise<void> {
  if (to !== null) await transition({ orderId: order.id, from: order.status, to, reason }, withApproval)
}

export async function reopen(desk: OrderDesk, to: Target): Promise<void> {
  const reason = await desk.askReason({ title: `Reopen order ${desk.order.number}?`, label: 'Why?', confirm: 'Reopen' })
  await move(desk, to, reason)
}

export async function declineAll(desk: OrderDesk, to: Target): Promise<void> {
  const question = {
    title: 'The customer declines the whole repair?',
    label: 'Why?',
    confirm: 'Decline repair',
    danger: true,
    optional: desk.order.authorizations.length === 0,
  }
  await move(desk, to, await desk.askReason(question))
}

export async function annulInvoice({ order, askReason, withApproval }: OrderDesk): Promise<void> {
  const invoice = liveInvoice(order)
  if (!invoice) return
  const reason = await askReason({
    title: `Void invoice ${invoice.number}?`,
    description: 'Its number stays used. The order can be invoiced again.',
    label: 'Why?',
    confirm: 'Void invoice',
    danger: true,
  })
  await voidInvoice(order.id, { invoiceId: invoice.id, reason }, withApproval)
}
