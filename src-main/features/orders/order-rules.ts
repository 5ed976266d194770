import type { ErrorCode, ErrorData } from '../../../src-preload/contract/errors'
import { sentenceOf } from '../../../src-preload/contract/errors'
import { addCents, type Cents } from '../../../src-preload/contract/money'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { grantOf, type Permission, type Role } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { canMove, linesAreOpen } from './order-states'

/** The invoice of an order that is not void. */
export interface LiveInvoice {
  readonly id: string
  readonly dueCents: Cents
  readonly paidCents: Cents
}

/** What the rules need to know of an order. */
export interface OrderFacts {
  readonly status: OrderStatus
  readonly subtotalCents: Cents
  readonly discountCents: Cents
  readonly totalCents: Cents
  readonly authorizedCents: Cents
  /** how far above it the bill may go without a new yes: frozen with the last one by the state's rules of its day */
  readonly toleranceCents: Cents
  /** lines that are not declined */
  readonly liveLines: number
  readonly quotedLines: number
  /** of lines that are approved or done and not covered by a recorded yes as they stand */
  readonly unauthorizedCents: Cents
  readonly invoice: LiveInvoice | null
  /** the account wants its own order number on the bill, and there is none */
  readonly lacksPurchaseOrder?: boolean
}

/** Why something is not possible now: the code a use case answers with and the sentence a screen shows beforehand. */
export interface Refusal {
  readonly code: ErrorCode
  readonly sentence: string
  readonly data?: ErrorData
}

/** @throws AppError when there is a refusal */
export function enforce(refusal: Refusal | null): void {
  if (refusal) throw new AppError(refusal.code, { ...refusal.data, message: refusal.sentence })
}

function refusal(code: ErrorCode, sentence: string = sentenceOf(code), data?: ErrorData): Refusal {
  return data ? { code, sentence, data } : { code, sentence }
}

/** No work and no bill above what the customer authorized and the law adds to it, not by one cent (16 CCR 3354 adds nothing). */
function aboveAuthorized({ totalCents, authorizedCents, toleranceCents }: OrderFacts): Refusal | null {
  if (totalCents <= addCents(authorizedCents, toleranceCents)) return null
  return refusal('AUTHORIZATION_REQUIRED', sentenceOf('AUTHORIZATION_REQUIRED'), { authorizedCents, totalCents })
}

/** Other work of the same price is other work: the customer agreed to these lines, and beyond them to no more than the law adds. */
function notAgreed({ unauthorizedCents, toleranceCents, totalCents, authorizedCents }: OrderFacts): Refusal | null {
  if (unauthorizedCents <= toleranceCents) return null
  const sentence = 'Some of the work is not what the customer authorized. Record a new authorization first.'
  return refusal('AUTHORIZATION_REQUIRED', sentence, { authorizedCents, totalCents })
}

/** Something is to be done or billed that the last yes does not cover. */
export function needsNewYes(facts: OrderFacts): boolean {
  return facts.quotedLines > 0 || aboveAuthorized(facts) !== null || notAgreed(facts) !== null
}

function undecided({ quotedLines }: OrderFacts): Refusal | null {
  return quotedLines > 0 ? refusal('LINES_UNDECIDED') : null
}

/** Nor where tax brings the total above zero again: the shop would pay the customer's tax, and no credit could give its parts back. */
function overDiscounted({ subtotalCents, discountCents }: OrderFacts): Refusal | null {
  return discountCents > subtotalCents ? refusal('WRONG_STATE', 'The discount is more than the work. Change it first.') : null
}

function invoiced({ invoice }: OrderFacts, sentence?: string): Refusal | null {
  return invoice ? refusal('ORDER_INVOICED', sentence) : null
}

export function whyNotChangeLines(facts: OrderFacts): Refusal | null {
  return invoiced(facts) ?? (linesAreOpen(facts.status) ? null : refusal('WRONG_STATE'))
}

/**
 * Work that is done leaves the bill of a completed order only by reopening it, which has its own row in the matrix: else whoever takes the
 * customer's money could make the bill vanish.
 */
export function whyNotTakeOff(facts: OrderFacts, role: Role): Refusal | null {
  if (facts.status !== 'completed' || grantOf(role, 'orders.reopen') === 'yes') return null
  return refusal('WRONG_STATE', 'This work is done. Reopen the order to take it off the bill.')
}

export function whyNotAuthorize(facts: OrderFacts): Refusal | null {
  return whyNotChangeLines(facts) ?? (facts.liveLines === 0 ? refusal('NOTHING_TO_AUTHORIZE') : overDiscounted(facts))
}

/** Completing approved or running work; the order is assumed to be in one of these states. */
export function whyNotComplete(facts: OrderFacts): Refusal | null {
  return overDiscounted(facts) ?? aboveAuthorized(facts) ?? undecided(facts) ?? notAgreed(facts)
}

export function whyNotClose({ invoice, totalCents }: OrderFacts): Refusal | null {
  if (invoice ? invoice.dueCents === 0 : totalCents === 0) return null
  return refusal('WRONG_STATE', invoice ? 'The invoice is not paid yet.' : 'The order is not invoiced yet.')
}

/** Moving from the order's status to another. The reason of a reopening is asked for apart. */
export function whyNotMove(facts: OrderFacts, to: OrderStatus): Refusal | null {
  if (!canMove(facts.status, to)) return refusal('WRONG_STATE')
  switch (to) {
    case 'draft':
    case 'declined':
      return null
    case 'estimate':
      return facts.status === 'draft' && facts.liveLines === 0 ? refusal('NOTHING_TO_AUTHORIZE') : null
    case 'approved':
      return facts.status === 'in_progress' ? null : (whyNotAuthorize(facts) ?? aboveAuthorized(facts) ?? notAgreed(facts))
    case 'in_progress':
      return invoiced(facts, 'The order is invoiced. Void the invoice before reopening it.') ?? aboveAuthorized(facts) ?? notAgreed(facts)
    case 'completed':
      return facts.status === 'closed' ? null : whyNotComplete(facts)
    case 'closed':
      return whyNotClose(facts)
  }
}

/** Issuing the invoice; `completeWork` lets approved or running work be completed in the same step. */
export function whyNotIssue(facts: OrderFacts, completeWork: boolean): Refusal | null {
  if (facts.invoice) return refusal('INVOICE_EXISTS', sentenceOf('INVOICE_EXISTS'), { existingId: facts.invoice.id })
  const running = facts.status === 'approved' || facts.status === 'in_progress'
  if (facts.status !== 'completed' && !(completeWork && running)) {
    return refusal('WRONG_STATE', running ? 'Complete the work first.' : sentenceOf('WRONG_STATE'))
  }
  if (facts.lacksPurchaseOrder) return refusal('PURCHASE_ORDER_REQUIRED')
  return whyNotComplete(facts)
}

export function whyNotVoid(invoice: LiveInvoice): Refusal | null {
  return invoice.paidCents > 0 ? refusal('INVOICE_HAS_PAYMENTS') : null
}

export function whyNotPay(invoice: LiveInvoice): Refusal | null {
  return invoice.dueCents === 0 ? refusal('ALREADY_PAID') : null
}

/** The row of the permission matrix that a move needs. */
export function permissionToMove(from: OrderStatus, to: OrderStatus): Permission {
  if (isReopening(from, to)) return 'orders.reopen'
  if (to === 'closed') return 'invoices.issue'
  if (to === 'in_progress' || to === 'completed') return 'orders.work'
  if (from === 'in_progress' && to === 'approved') return 'orders.work'
  return 'orders.authorize'
}

export function isReopening(from: OrderStatus, to: OrderStatus): boolean {
  return (from === 'completed' && to === 'in_progress') || (from === 'closed' && to === 'completed')
}
