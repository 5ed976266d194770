import type { Approval } from '../../../src-preload/contract/call'
import { type Cents, formatDollars, ZERO } from '../../../src-preload/contract/money'
import type { Invoice } from '../../../src-preload/contract/invoices'
import type { OrderStatus } from '../../../src-preload/contract/order-status'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { whenIdIsTaken } from '../../database/sql-error'
import { inTransactionThen, type LastWrites, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { loadPrices } from '../orders/approve-lines'
import { approvalForBilledDiscount } from '../orders/billed-discount'
import { buildSnapshot } from '../orders/build-snapshot'
import type { WantedApproval } from '../orders/line-rules'
import { noteDiscounts } from '../orders/line-queries'
import { lockWithSnapshotRow } from '../orders/lock-with-snapshot-row'
import { assertContent } from '../orders/missing-content'
import { moveOrder } from '../orders/order-queries'
import { enforce, whyNotIssue } from '../orders/order-rules'
import { factsOfSnapshot, type SnapshotRow } from '../orders/snapshot-queries'
import { requireApprovals } from '../people/require-approval'
import { findInvoice, finishApprovedLines, insertInvoice, type NewInvoice } from './invoice-queries'
import { loadInvoice } from './load-invoice'
import { dueDateOf, isLongerCredit, type PaymentTerms } from './payment-terms'

interface Input {
  invoiceId: string
  orderId: string
  completeWork: boolean
  terms?: PaymentTerms | undefined
  approval?: Approval | undefined
}

/**
 * Numbers and freezes the invoice of a completed order, once; `completeWork` first completes approved or running work in the same commit.
 * The same invoiceId with the same order and terms twice is one invoice.
 * @throws INVOICE_EXISTS, INVOICE_VOID, LINES_UNDECIDED, AUTHORIZATION_REQUIRED, CONTENT_MISSING, WRONG_STATE, STOCK_SHORT, FORBIDDEN, APPROVAL_REQUIRED,
 * DUPLICATE, NOT_FOUND
 */
export async function issueInvoice(ctx: Ctx, input: Input): Promise<Invoice> {
  const terms = input.terms ?? ctx.shop.settings.paymentTerms
  const approved = await approve(ctx, terms, input)
  const issue = async (tx: Tx): Promise<LastWrites | void> => {
    const row = await lockWithSnapshotRow(tx, ctx, input.orderId)
    const order = factsOfSnapshot(row)
    if (order.invoice?.id === input.invoiceId) return assertSameTerms(tx, ctx, input, terms)
    const refusal = whyNotIssue(order, input.completeWork)
    if (refusal) await assertNotIssuedBefore(tx, ctx, input)
    enforce(refusal)
    assertContent(ctx.shop, row)
    assertTermsStand(ctx, terms, order.totalCents, approved)
    await assertDiscountStands(tx, ctx, { ...row, id: input.orderId }, approved)
    const finishing = finishWork(tx, ctx, input.orderId, order.status)
    const bill = freeze(ctx, input, terms, row)
    const isFree = order.totalCents === 0
    return () => [
      ...finishing(),
      insertInvoice(tx, ctx.shopId, ctx.userId, bill),
      ...(isFree ? [moveOrder(tx, ctx.shopId, input.orderId, 'completed', 'closed')] : []),
    ]
  }
  const show = (tx: Tx): Promise<Invoice> => loadInvoice(tx, ctx, input.invoiceId)
  return inTransactionThen('invoices.issue', ctx, issue, show).catch(whenIdIsTaken('invoices', () => refuseTakenId(ctx, input)))
}

/** More time to pay than the shop gives as a rule is a credit: the owner gives it, an advisor with an approval, nobody else. @throws FORBIDDEN */
function approvalForTerms(ctx: Ctx, terms: PaymentTerms, totalCents: Cents): WantedApproval | null {
  const usual = ctx.shop.settings.paymentTerms
  const grant = grantOf(ctx.user.role, 'invoices.terms')
  if (terms === usual || grant === 'yes') return null
  if (grant === 'no') throw new AppError('FORBIDDEN')
  if (!isLongerCredit(terms, usual)) return null
  const [wanted, given] = [terms, usual].map((each) => each.replaceAll('_', ' '))
  const sentence = `Give more time to pay than usual: ${wanted} instead of ${given}, for ${formatDollars(totalCents)}.`
  return { permission: 'invoices.terms', sentence }
}

/** What the approver was told of; null = of this nothing had to be told. */
interface Approved {
  readonly approverId: string
  readonly discountCents: Cents | null
  readonly creditCents: Cents | null
}

/**
 * Before the transaction opens, because checking a PIN takes its time. One PIN serves for terms and discount, and both are told of; where only
 * the discount needs one, the order tells inside the transaction.
 */
async function approve(ctx: Ctx, terms: PaymentTerms, { orderId, approval }: Input): Promise<Approved | null> {
  if (!approvalForTerms(ctx, terms, ZERO) && !approval) return null
  const { order } = await loadPrices(ctx, [], orderId)
  if (!order) throw new AppError('NOT_FOUND')
  const longer = approvalForTerms(ctx, terms, order.totalCents)
  const discount = await approvalForBilledDiscount(reading(ctx.db), ctx, { ...order, id: orderId })
  const wanted = [longer, discount].filter((each) => each !== null)
  const approverId = await requireApprovals(ctx, wanted, approval, { entityType: 'repair_order', entityId: orderId })
  if (approverId === null) return null
  return { approverId, discountCents: discount && order.discountCents, creditCents: longer && order.totalCents }
}

/** @throws APPROVAL_REQUIRED when the bill has become more than the approver was told of */
function assertTermsStand(ctx: Ctx, terms: PaymentTerms, totalCents: Cents, approved: Approved | null): void {
  const wanted = approvalForTerms(ctx, terms, totalCents)
  if (wanted && totalCents > (approved?.creditCents ?? ZERO)) refuse(wanted)
}

function refuse({ permission, sentence }: WantedApproval): never {
  throw new AppError('APPROVAL_REQUIRED', { approvalFor: permission, message: sentence })
}

async function assertDiscountStands(tx: Tx, ctx: Ctx, order: SnapshotRow & { id: string }, approved: Approved | null): Promise<void> {
  const wanted = await approvalForBilledDiscount(tx, ctx, order)
  if (!wanted) return
  if (!approved || approved.discountCents === null || order.discountCents > approved.discountCents) return refuse(wanted)
  await noteDiscounts(tx, ctx.shopId, order, approved.approverId, [])
}

const OTHER_TERMS = 'This invoice is issued already, with other terms of payment. To change them, void it and issue a new one.'

async function assertSameTerms(tx: Tx, ctx: Ctx, { invoiceId }: Input, terms: PaymentTerms): Promise<void> {
  const issued = await findInvoice(tx, { id: ctx.shopId, timezone: ctx.shop.timezone }, invoiceId)
  if (issued?.terms !== terms) throw new AppError('DUPLICATE', { existingId: invoiceId, message: OTHER_TERMS })
}

/** A late repetition of a request whose invoice was voided meanwhile must not read as "nothing happened". */
async function assertNotIssuedBefore(tx: Tx, ctx: Ctx, { invoiceId, orderId }: Input): Promise<void> {
  const earlier = await findInvoice(tx, { id: ctx.shopId, timezone: ctx.shop.timezone }, invoiceId)
  if (earlier?.orderId === orderId) throw new AppError('INVOICE_VOID')
}

/** The order is locked in the state that it moves on from. @throws FORBIDDEN */
function finishWork(tx: Tx, ctx: Ctx, orderId: string, status: OrderStatus): LastWrites {
  if (status === 'completed') return () => [finishApprovedLines(tx, ctx.shopId, orderId)]
  if (grantOf(ctx.user.role, 'orders.work') !== 'yes') throw new AppError('FORBIDDEN')
  return () => [
    ...(status === 'approved' ? [moveOrder(tx, ctx.shopId, orderId, 'approved', 'in_progress')] : []),
    moveOrder(tx, ctx.shopId, orderId, 'in_progress', 'completed'),
  ]
}

function freeze(ctx: Ctx, { invoiceId, orderId }: Input, terms: PaymentTerms, row: SnapshotRow): NewInvoice {
  const dueDate = dueDateOf(row.today, terms)
  const estimateVersion = row.frozen?.version ?? null
  const snapshot = buildSnapshot(ctx.shop, row, { kind: 'invoice', number: '', estimateVersion, dueDate, terms })
  return { invoiceId, orderId, dueDate, terms, snapshot }
}

/** An invoice of this id is void, or of another order or shop. */
async function refuseTakenId(ctx: Ctx, { invoiceId, orderId }: Input): Promise<never> {
  const earlier = await findInvoice(reading(ctx.db), { id: ctx.shopId, timezone: ctx.shop.timezone }, invoiceId)
  throw new AppError(earlier?.orderId === orderId ? 'INVOICE_VOID' : 'DUPLICATE')
}
