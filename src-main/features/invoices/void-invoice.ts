import type { Approval } from '../../../src-preload/contract/call'
import type { Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { AppError } from '../../base/app-error'
import { inTransaction, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { moveOrder } from '../orders/order-queries'
import { approveRefunds, assertWithinLimits, type GivenAway, givenOf, givenRefunds } from './approve-refunds'
import { areBooked, planRefunds } from './book-refunds'
import { voidUnpaidInvoice } from './invoice-queries'
import { loadInvoice } from './load-invoice'
import { findRefundFacts, insertRefunds, lockInvoice, type RefundFacts } from './refund-queries'

interface Input {
  readonly invoiceId: string
  readonly reason: string
  /** of everything that is paid, or none where nothing is */
  readonly refunds?: readonly RefundRequest[] | undefined
  readonly approval?: Approval | undefined
}

/**
 * Voids an invoice on which nothing is paid, or gives back all that is with it, in one commit; its number stays used, the order can be
 * invoiced again. The same request, with the same refunds or the same reason, twice is one void.
 * @throws INVOICE_HAS_PAYMENTS, INVOICE_CREDITED, INVOICE_VOID, REFUND_ABOVE_PAID, REFERENCE_REQUIRED, DUPLICATE, NOT_FOUND,
 * APPROVAL_REQUIRED, APPROVAL_REFUSED
 */
export async function voidInvoice(ctx: Ctx, input: Input): Promise<Invoice> {
  const { invoiceId, reason, refunds: requests = [] } = input
  const seen = await findRefundFacts(reading(ctx.db), ctx.shopId, invoiceId)
  if (!seen) throw new AppError('NOT_FOUND')
  const approverId = await approveRefunds(ctx, givenAway(seen, invoiceId, requests), reason, input.approval)
  return inTransaction('invoices.void', ctx, async (tx) => {
    await lockInvoice(tx, ctx.shopId, invoiceId)
    if (!(await areBooked(tx, ctx, requests, null))) {
      const facts = await findRefundFacts(tx, ctx.shopId, invoiceId)
      if (!facts) throw new AppError('NOT_FOUND')
      if (!approverId) await assertWithinLimits(tx, ctx, givenAway(facts, invoiceId, requests), reason)
      await giveBack(tx, ctx, facts, { ...input, approverId })
    }
    return loadInvoice(tx, ctx, invoiceId)
  })
}

function givenAway(facts: RefundFacts, invoiceId: string, requests: readonly RefundRequest[]): GivenAway {
  const refunds = givenRefunds(facts, requests)
  // What nobody paid is taken off by the void itself, for which the row of the matrix asks: on the day of the bill. Later it is a write-off.
  const isLate = facts.today > facts.issueDate
  return givenOf({
    invoiceId,
    number: facts.number,
    isVoid: true,
    billCents: facts.totalCents,
    creditCents: ZERO,
    takenOffCents: isLate ? facts.totalCents : ZERO,
    writeOffCents: ZERO,
    refunds,
  })
}

async function giveBack(tx: Tx, ctx: Ctx, facts: RefundFacts, input: Input & { approverId: string | null }): Promise<void> {
  const { invoiceId, reason, approverId, refunds: requests = [] } = input
  if (facts.isVoid && facts.voidReason === reason && requests.length === 0) return
  if (facts.isVoid) throw new AppError('INVOICE_VOID')
  if (facts.credited.totalCents > 0 || facts.credited.lines.length > 0) throw new AppError('INVOICE_CREDITED')
  const refunds = planRefunds(ctx, facts, requests, facts)
  const refunded = addCents(...refunds.map(({ amountCents }) => amountCents))
  const left: Cents = subtractCents(facts.paidCents, refunded)
  if (left !== 0) throw new AppError('INVOICE_HAS_PAYMENTS', { dueCents: left })
  if (refunds.length > 0)
    await insertRefunds(tx, ctx.shopId, refunds, { invoiceId, creditNoteId: null, reason, userId: ctx.userId, approverId })
  if (!(await voidUnpaidInvoice(tx, ctx.shopId, invoiceId, reason, ctx.userId))) throw new AppError('INVOICE_HAS_PAYMENTS')
  // A closed order is one that was paid, or has a bill over nothing.
  if (facts.orderStatus === 'closed') await moveOrder(tx, ctx.shopId, facts.orderId, 'closed', 'completed')
}
