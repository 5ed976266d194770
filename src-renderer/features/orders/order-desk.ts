import { createContext, useContext } from 'react'
import type { Choices, Order, OrderFields } from '../../../src-preload/contract/orders'
import type { Grant } from '../../../src-preload/contract/permissions'
import type { WithApproval } from '../../base/use-approval'
import type { AskReason } from './use-reason'

/** What every part of the order screen works with. */
export interface OrderDesk {
  order: Order
  choices: Choices | undefined
  /** this user may add and change lines now */
  mayChangeLines: boolean
  /** part lines only */
  partsOnly: boolean
  mayDecide: boolean
  /** the shop's cost of a line is shown and typed */
  seesCosts: boolean
  mayEdit: (field: keyof OrderFields) => boolean
  askReason: AskReason
  withApproval: WithApproval
}

export const OrderDeskContext = createContext<OrderDesk | null>(null)

export function useDesk(): OrderDesk {
  const desk = useContext(OrderDeskContext)
  if (!desk) throw new Error('useDesk outside an order screen')
  return desk
}

/** The invoice that counts: the newest that is not void. */
export function liveInvoice(order: Pick<Order, 'invoices'>): Order['invoices'][number] | undefined {
  return order.invoices.find(({ status }) => status !== 'void')
}

/** Why lines cannot be changed now; undefined = they can. The program decides in any case. */
export function whyLinesAreFixed(order: Pick<Order, 'invoices' | 'status'>): string | undefined {
  const invoice = liveInvoice(order)
  if (invoice)
    return `Invoice ${invoice.number} is issued: its lines stay as they are.${invoice.paidCents === 0 ? ' Void it to change them.' : ''}`
  if (order.status === 'closed') return 'The order is closed: its lines stay as they are.'
  if (order.status === 'declined') return 'The customer declined: take the order back to estimate to change its lines.'
  return undefined
}

const own: Readonly<Record<string, readonly (keyof OrderFields)[]>> = {
  technician: ['technicianNotes', 'odometer', 'odometerOut'],
  parts_manager: ['internalNotes'],
}

/** Fields of the head this user may type in, so that the others are not offered. */
export function editableFields(role: string, edit: Grant, assign: Grant, status: Order['status']): (field: keyof OrderFields) => boolean {
  const checkingIn = status === 'draft' || status === 'estimate'
  const finished = status === 'closed' || status === 'declined'
  return (field) => {
    if (edit === 'own') return own[role]?.includes(field) ?? false
    if (field === 'technicianId' || field === 'bayId') return !finished && (assign === 'yes' || (assign === 'limit' && checkingIn))
    return edit !== 'no'
  }
}
