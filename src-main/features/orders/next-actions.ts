import type { NextAction } from '../../../src-preload/contract/orders'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { grantOf, type Permission, type Role } from '../../../src-preload/contract/permissions'
import {
  type LiveInvoice,
  type OrderFacts,
  type Refusal,
  needsNewYes,
  whyNotAuthorize,
  whyNotIssue,
  whyNotMove,
  whyNotPay,
  whyNotVoid,
} from './order-rules'

/** Who looks at the record. */
export interface Viewer {
  readonly role: Role
  readonly isTechnicianOfOrder: boolean
  readonly isCreatorOfOrder: boolean
  /** was never authorized, worked on or billed */
  readonly isRemovable: boolean
}

interface Candidate {
  readonly action: NextAction['action']
  readonly to: OrderStatus | null
  readonly permission: Permission
  readonly refusal: Refusal | null
}

/**
 * What this person may do next with the order, most likely first. The screens offer exactly these; the use cases enforce the same
 * rules again under a lock.
 */
export function nextActions(facts: OrderFacts, viewer: Viewer): NextAction[] {
  return candidates(facts, viewer)
    .filter(({ permission }) => mayDo(viewer, permission))
    .map(({ action, to, permission, refusal }) => ({
      action,
      to,
      blockedBy: refusal?.sentence ?? null,
      needsApproval: grantOf(viewer.role, permission) === 'approval',
    }))
}

/** The ways forward, each as a sentence for whoever may not go it; who may stands in the matrix of permissions. */
const byOthers: Readonly<Partial<Record<NextAction['action'], string>>> = {
  send_estimate: 'An advisor or the front desk finishes the estimate.',
  authorize: 'An advisor or the front desk asks the customer and records the authorization.',
  start: 'A technician or an advisor starts the work.',
  complete: 'A technician or an advisor completes the work.',
  issue_invoice: 'An advisor or the front desk issues the invoice.',
  take_payment: 'An advisor or the front desk takes the payment.',
  close: 'An advisor or the front desk closes the order.',
}

/** What happens next and who does it, when it is not this person; null when it is, or when nothing is left to do. */
export function nextByOthers(facts: OrderFacts, viewer: Viewer): string | null {
  const forward = candidates(facts, viewer).filter(({ action }) => byOthers[action] !== undefined)
  const possible = forward.filter(({ refusal }) => refusal === null)
  const ways = possible.length > 0 ? possible : forward
  const [next] = ways
  return next && !ways.some(({ permission }) => mayDo(viewer, permission)) ? (byOthers[next.action] ?? null) : null
}

interface InvoiceFacts extends LiveInvoice {
  readonly isVoid: boolean
  /** something is left of its total, or a part that can go back on the shelf */
  readonly isCreditable?: boolean
  readonly isCredited?: boolean
}

/** The same for an invoice alone, where what was paid can be given back too. */
export function nextInvoiceActions(invoice: InvoiceFacts, role: Role): NextAction[] {
  if (invoice.isVoid) return []
  return [...payOrVoid(invoice).filter(({ action }) => action !== 'void_invoice'), ...correct(invoice)]
    .filter(({ permission }) => grantOf(role, permission) !== 'no')
    .map(({ action, to, permission, refusal }) => ({
      action,
      to,
      blockedBy: refusal?.sentence ?? null,
      needsApproval: grantOf(role, permission) === 'approval',
    }))
}

function mayDo(viewer: Viewer, permission: Permission): boolean {
  const grant = grantOf(viewer.role, permission)
  if (grant !== 'own') return grant !== 'no'
  return permission === 'orders.remove' ? viewer.isCreatorOfOrder : viewer.isTechnicianOfOrder
}

function candidates(facts: OrderFacts, viewer: Viewer): Candidate[] {
  const move = (action: NextAction['action'], to: OrderStatus, permission: Permission): Candidate => ({
    action,
    to,
    permission,
    refusal: whyNotMove(facts, to),
  })
  const authorize = (to: OrderStatus | null): Candidate => ({
    action: 'authorize',
    to,
    permission: 'orders.authorize',
    refusal: whyNotAuthorize(facts),
  })
  const decline = move('decline', 'declined', 'orders.authorize')
  const back = move('back_to_estimate', 'estimate', 'orders.authorize')

  switch (facts.status) {
    case 'draft': {
      const remove: Candidate = { action: 'remove', to: null, permission: 'orders.remove', refusal: null }
      return [
        move('send_estimate', 'estimate', 'orders.authorize'),
        authorize('approved'),
        decline,
        ...(viewer.isRemovable ? [remove] : []),
      ]
    }
    case 'estimate':
      return [authorize('approved'), decline]
    case 'approved':
      return [...again(facts, authorize(null)), move('start', 'in_progress', 'orders.work'), ...issueAtOnce(facts, viewer), back, decline]
    case 'in_progress':
      return [...again(facts, authorize(null)), move('complete', 'completed', 'orders.work'), ...issueAtOnce(facts, viewer), back]
    case 'completed':
      return completedCandidates(facts, authorize(null), move)
    case 'closed':
      return [move('reopen', 'completed', 'orders.reopen')]
    case 'declined':
      return [back]
  }
}

/** A new yes is asked for only when something is not covered by the last one. */
function again(facts: OrderFacts, authorize: Candidate): Candidate[] {
  return needsNewYes(facts) ? [authorize] : []
}

/** Completing and invoicing in one step needs the right to both. */
function issueAtOnce(facts: OrderFacts, viewer: Viewer): Candidate[] {
  if (grantOf(viewer.role, 'orders.work') !== 'yes') return []
  return [{ action: 'issue_invoice', to: 'completed', permission: 'invoices.issue', refusal: whyNotIssue(facts, true) }]
}

function completedCandidates(
  facts: OrderFacts,
  authorize: Candidate,
  move: (action: NextAction['action'], to: OrderStatus, permission: Permission) => Candidate,
): Candidate[] {
  const close = move('close', 'closed', 'invoices.issue')
  const reopen = move('reopen', 'in_progress', 'orders.reopen')
  if (facts.invoice) return [...payOrVoid(facts.invoice), close]
  const issue: Candidate = { action: 'issue_invoice', to: null, permission: 'invoices.issue', refusal: whyNotIssue(facts, false) }
  return [...again(facts, authorize), issue, ...(close.refusal ? [] : [close]), reopen]
}

/** With credit notes on it an invoice is credited to its end. A credit of what is paid is a refund, one of what is not a write-off. */
function correct(invoice: InvoiceFacts): Candidate[] {
  const { isCreditable = false, isCredited = false } = invoice
  const annul: Candidate = { action: 'void_invoice', to: null, permission: 'invoices.void', refusal: null }
  const credit: Candidate = {
    action: 'credit_invoice',
    to: null,
    permission: invoice.paidCents > 0 ? 'payments.refund_cash' : 'invoices.credit',
    refusal: null,
  }
  return [...(isCredited ? [] : [annul]), ...(isCreditable ? [credit] : [])]
}

function payOrVoid(invoice: LiveInvoice): Candidate[] {
  if (invoice.dueCents === 0 && invoice.paidCents > 0) return []
  const pay: Candidate = { action: 'take_payment', to: null, permission: 'payments.take', refusal: whyNotPay(invoice) }
  const annul: Candidate = { action: 'void_invoice', to: null, permission: 'invoices.void', refusal: whyNotVoid(invoice) }
  return invoice.dueCents > 0 ? [pay, annul] : [annul]
}
