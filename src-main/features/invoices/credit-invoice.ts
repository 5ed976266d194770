import type { Approval } from '../../../src-preload/contract/call'
import type { CreditOf, CreditQuote, Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { AppError } from '../../base/app-error'
import { inTransactionThen, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { moveOrder } from '../orders/order-queries'
import { approveRefunds, assertWithinLimits, type GivenAway, givenOf, givenRefunds } from './approve-refunds'
import { areBooked, planRefunds } from './book-refunds'
import { buildCreditNote, creditable } from './build-credit-note'
import { type CreditAmounts, creditAmounts } from './credit-amounts'
import { findCredit, insertCredit, insertCreditLines, type StoredCredit } from './credit-queries'
import { loadInvoice } from './load-invoice'
import { findRefundFacts, insertRefunds, lockInvoice, type RefundFacts } from './refund-queries'

interface Input {
  readonly creditNoteId: string
  readonly invoiceId: string
  readonly credit: CreditOf
  readonly totalCents: Cents
  readonly refunds: readonly RefundRequest[]
  readonly reason: string
  readonly approval?: Approval | undefined
}

/** What a credit would come to. @throws CREDIT_ABOVE_INVOICE, INVOICE_VOID, NOT_FOUND */
export async function quoteCredit(ctx: Ctx, input: { invoiceId: string; credit: CreditOf }): Promise<CreditQuote> {
  const facts = standing(await findRefundFacts(reading(ctx.db), ctx.shopId, input.invoiceId))
  const { lines: _, ...amounts } = creditAmounts(creditable(facts), input.credit)
  return { ...amounts, owedCents: owedAfter(facts, amounts.totalCents) }
}

/**
 * Corrects an issued invoice by a credit note and gives back what is owed by it, in one commit under a lock on the invoice. The same
 * creditNoteId with the same facts twice is one credit note.
 * @throws EDIT_CONFLICT when it comes to another total now than was seen; CREDIT_ABOVE_INVOICE, REFUND_NOT_OWED, REFUND_ABOVE_PAID,
 * REFERENCE_REQUIRED, INVOICE_VOID, DUPLICATE, FORBIDDEN, APPROVAL_REQUIRED, APPROVAL_REFUSED, NOT_FOUND
 */
export async function creditInvoice(ctx: Ctx, input: Input): Promise<Invoice> {
  const seen = await findRefundFacts(reading(ctx.db), ctx.shopId, input.invoiceId)
  if (!seen) throw new AppError('NOT_FOUND')
  // A request that comes again asks for nothing: what it took off is counted already.
  const isRepeated = (await findCredit(reading(ctx.db), ctx.shopId, input.creditNoteId)) !== undefined
  const approverId = isRepeated ? null : await approveRefunds(ctx, givenAway(seen, input), input.reason, input.approval)
  const book = async (tx: Tx): Promise<void> => {
    await lockInvoice(tx, ctx.shopId, input.invoiceId)
    if (await isBooked(tx, ctx, input)) return
    const facts = standing(await findRefundFacts(tx, ctx.shopId, input.invoiceId))
    if (!approverId) await assertWithinLimits(tx, ctx, givenAway(facts, input), input.reason)
    await bookCredit(tx, ctx, input, facts, approverId)
  }
  return inTransactionThen('invoices.credit', ctx, book, (tx) => loadInvoice(tx, ctx, input.invoiceId))
}

function standing(facts: RefundFacts | undefined): RefundFacts {
  if (!facts?.snapshot) throw new AppError('NOT_FOUND')
  if (facts.isVoid) throw new AppError('INVOICE_VOID')
  return facts
}

/** By how much less is due then than was paid. */
function owedAfter({ dueCents }: RefundFacts, creditCents: Cents): Cents {
  return creditCents > dueCents ? subtractCents(creditCents, dueCents) : ZERO
}

function givenAway(facts: RefundFacts, { invoiceId, totalCents, refunds }: Input): GivenAway {
  const refunded = addCents(...refunds.map(({ amountCents }) => amountCents))
  const writeOffCents = totalCents > refunded ? subtractCents(totalCents, refunded) : ZERO
  return givenOf({
    invoiceId,
    number: facts.number,
    isVoid: false,
    billCents: facts.totalCents,
    creditCents: totalCents,
    takenOffCents: addCents(facts.credited.totalCents, totalCents),
    writeOffCents,
    refunds: givenRefunds(facts, refunds),
  })
}

async function isBooked(tx: Tx, ctx: Ctx, input: Input): Promise<boolean> {
  const { creditNoteId, refunds } = input
  const known = await findCredit(tx, ctx.shopId, creditNoteId)
  const hasRefunds = refunds.length > 0 && (await areBooked(tx, ctx, refunds, creditNoteId))
  if (known ? !isAsked(known, input) || hasRefunds !== refunds.length > 0 : hasRefunds) throw new AppError('DUPLICATE')
  return known !== undefined
}

/** Whether the credit note that has this id is the one that is asked for: the same total may be of other lines, or go another way. */
function isAsked(known: StoredCredit, { invoiceId, credit, totalCents, reason, refunds }: Input): boolean {
  if (known.invoiceId !== invoiceId || known.totalCents !== totalCents || known.reason !== reason) return false
  if (known.kind !== credit.kind || known.refundCount !== refunds.length) return false
  return (
    credit.kind === 'amount' ||
    (credit.lines.length === known.lines.length &&
      credit.lines.every(({ lineNo, quantityHundredths, restock }) =>
        // Restocking may have been asked for a line that had nothing from the shelf.
        known.lines.some((one) => one.lineNo === lineNo && one.quantityHundredths === quantityHundredths && (restock || !one.restocked)),
      ))
  )
}

const CHANGED = 'This credit comes to another amount now: somebody else corrected the invoice meanwhile. Look at it again.'

async function bookCredit(tx: Tx, ctx: Ctx, input: Input, facts: RefundFacts, approverId: string | null): Promise<void> {
  const { creditNoteId, invoiceId, credit, reason, refunds: requests } = input
  const { userId, shopId } = ctx
  const amounts = creditAmounts(creditable(facts), credit)
  if (amounts.totalCents !== input.totalCents) throw new AppError('EDIT_CONFLICT', { message: CHANGED, totalCents: amounts.totalCents })
  const owed = owedAfter(facts, amounts.totalCents)
  const refunds = planRefunds(ctx, facts, requests, amounts)
  if (addCents(...refunds.map(({ amountCents }) => amountCents)) !== owed) throw new AppError('REFUND_NOT_OWED', { dueCents: owed })
  const snapshot = buildCreditNote(facts, { credit, amounts, refunds, reason })
  await insertCredit(tx, shopId, { creditNoteId, invoiceId, kind: credit.kind, amounts, reason, userId, approverId, snapshot })
  if (credit.kind === 'return') {
    const lines = returned(amounts, credit)
    await insertCreditLines(tx, shopId, { creditNoteId, invoiceId, orderId: facts.orderId, userId, lines })
  }
  if (refunds.length > 0) await insertRefunds(tx, shopId, refunds, { invoiceId, creditNoteId, reason, userId, approverId })
  // With nothing due any more the order is closed, as by a payment; unless somebody reopened it.
  if (facts.dueCents > 0 && amounts.totalCents >= facts.dueCents) await moveOrder(tx, shopId, facts.orderId, 'completed', 'closed')
}

function returned(amounts: CreditAmounts, { lines }: Extract<CreditOf, { kind: 'return' }>) {
  return amounts.lines.map((line) => ({ ...line, restock: lines.some(({ lineNo, restock }) => lineNo === line.lineNo && restock) }))
}
