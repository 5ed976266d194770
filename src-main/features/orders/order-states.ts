import type { OrderStatus } from '../../../src-preload/contract/order-status'

/**
 * The status machine of a repair order as data: state -> states it may move to. The database holds the same table
 * (`ro_transition_allowed`), so that no other writer can leave it; a test compares all 49 pairs.
 */
export const transitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  draft: ['estimate', 'approved', 'declined'],
  estimate: ['draft', 'approved', 'declined'],
  approved: ['estimate', 'in_progress', 'declined'],
  in_progress: ['estimate', 'approved', 'completed'],
  completed: ['in_progress', 'closed'],
  closed: ['completed'],
  // a customer who declines the repair may still owe for the diagnosis
  declined: ['estimate', 'completed'],
}

export function canMove(from: OrderStatus, to: OrderStatus): boolean {
  return transitions[from].includes(to)
}

/** States in which the lines of an order may still change. */
export function linesAreOpen(status: OrderStatus): boolean {
  return status !== 'closed' && status !== 'declined'
}
