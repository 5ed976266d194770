import type { Approval } from '../../../src-preload/contract/call'
import type { PaymentMethod, RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, cents, formatDollars, ZERO } from '../../../src-preload/contract/money'
import { grantOf, type Permission } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { type Queryable, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectApprovers } from '../people/people-queries'
import { requireApproval } from '../people/require-approval'
import { lockPerson, refundedElsewhereToday, type RefundFacts } from './refund-queries'

/** What is to be given away, as it is approved. */
export interface GivenAway {
  readonly about: { readonly entityType: 'invoice' | 'customer'; readonly entityId: string }
  /** what the approver is told; with the limit that it is above */
  readonly words: (limit: string) => string
  readonly isVoid: boolean
  /** what has been taken off the bill with it: credit by credit nobody takes more alone than at once */
  readonly takenOffCents: Cents
  /** of that, what nobody gets back: it was never paid */
  readonly writeOffCents: Cents
  readonly refunds: readonly GivenRefund[]
}

interface OfInvoice extends Pick<GivenAway, 'isVoid' | 'takenOffCents' | 'writeOffCents' | 'refunds'> {
  readonly invoiceId: string
  readonly number: string
  /** what the invoice came to */
  readonly billCents: Cents
  /** what the bill gets smaller by */
  readonly creditCents: Cents
}

interface GivenRefund {
  readonly refundId: string
  readonly method: PaymentMethod
  readonly amountCents: Cents
  readonly toCredit: boolean
}

/** What is to go back of each payment. @throws NOT_FOUND for a payment of another invoice */
export function givenRefunds({ payments }: RefundFacts, requests: readonly RefundRequest[]): GivenRefund[] {
  return requests.map(({ refundId, paymentId, amountCents, toCredit = false }) => {
    const payment = payments.find(({ id }) => id === paymentId)
    if (!payment) throw new AppError('NOT_FOUND')
    return { refundId, method: payment.method, amountCents, toCredit: toCredit || payment.isFromCredit }
  })
}

/** Not out of the drawer: what goes on an account is spent later, and is as good as a card to whoever would steal it. */
const isElsewhere = ({ method, toCredit }: GivenRefund): boolean => method !== 'cash' || toCredit

const sumOf = (refunds: GivenAway['refunds']): Cents => addCents(...refunds.map(({ amountCents }) => amountCents))

interface WantedRight {
  readonly permission: Permission
  /** which limit it is above, where it is one */
  readonly limit: string
}

/**
 * The right that somebody else must lend, and null where the person's own is enough: cash always, card, account credit and the like above so much a day,
 * writing off, and for everybody, owners too, what is large enough to want two people.
 * @throws FORBIDDEN for what this role never does
 */
async function wantedRight(ctx: Ctx, given: GivenAway, elsewhereBefore: () => Promise<Cents>): Promise<WantedRight | null> {
  const { role } = ctx.user
  const { limits } = ctx.shop.settings
  const elsewhere = given.refunds.filter(isElsewhere)
  const rights: readonly (readonly [Permission, boolean])[] = [
    ['invoices.void', given.isVoid],
    ['invoices.credit', given.writeOffCents > 0],
    ['payments.refund_cash', elsewhere.length < given.refunds.length],
    ['payments.refund_elsewhere', elsewhere.length > 0],
  ]
  for (const [permission, isAsked] of rights) {
    const grant = isAsked ? grantOf(role, permission) : 'yes'
    if (grant === 'no') throw new AppError('FORBIDDEN')
    if (grant === 'approval') return { permission, limit: '' }
    if (grant === 'limit' && addCents(await elsewhereBefore(), sumOf(elsewhere)) > limits.advisorRefundCents)
      return { permission, limit: dailyLimit(ctx) }
  }
  return wantedSecond(reading(ctx.db), ctx, given)
}

async function wantedSecond(q: Queryable, ctx: Ctx, given: GivenAway): Promise<WantedRight | null> {
  const { twoPersonCents } = ctx.shop.settings.limits
  const refunded = sumOf(given.refunds)
  const largest = given.takenOffCents > refunded ? given.takenOffCents : refunded
  if (largest <= twoPersonCents) return null
  // The only owner of a shop has nobody to ask.
  const others = await selectApprovers(q, ctx.shopId, ctx.userId)
  if (ctx.user.role === 'owner' && !others.some((other) => other.role === 'owner')) return null
  return { permission: 'invoices.credit', limit: ` (above ${formatDollars(cents(twoPersonCents))} it takes two people)` }
}

function dailyLimit({ shop }: Ctx): string {
  return ` (above your limit of ${formatDollars(cents(shop.settings.limits.advisorRefundCents))} a day)`
}

/** What leaves an invoice, by a credit or by its void. */
export function givenOf({ invoiceId, number, billCents, creditCents, ...given }: OfInvoice): GivenAway {
  const words = (limit: string): string => wordsOf({ invoiceId, number, billCents, creditCents, ...given }, limit)
  return { ...given, about: { entityType: 'invoice', entityId: invoiceId }, words }
}

function wordsOf({ number, isVoid, billCents, creditCents, refunds }: OfInvoice, limit: string): string {
  const where = refunds.length > 0 && refunds.every(({ toCredit }) => toCredit) ? ' to account credit' : ''
  const back = refunds.length > 0 ? `Refund ${formatDollars(sumOf(refunds))}${where}` : ''
  const what = isVoid
    ? `void invoice ${number} of ${formatDollars(billCents)}`
    : `credit ${formatDollars(creditCents)} of invoice ${number}`
  const both = back === '' ? `${what.charAt(0).toUpperCase()}${what.slice(1)}` : `${back} and ${what}`
  return `${both}${limit}`
}

/**
 * Before the transaction opens, because checking a PIN takes its time.
 * @returns the approver's id, null where none is needed
 * @throws APPROVAL_REQUIRED, APPROVAL_REFUSED, FORBIDDEN, LOCKED_OUT
 */
export async function approveRefunds(ctx: Ctx, given: GivenAway, reason: string, approval: Approval | undefined): Promise<string | null> {
  const ids = given.refunds.map(({ refundId }) => refundId)
  const before = async (): Promise<Cents> => (await refundedElsewhereToday(reading(ctx.db), ctx.shopId, ctx.userId, ids)) ?? ZERO
  const right = await wantedRight(ctx, given, before)
  if (!right) return null
  return requireApproval(ctx, right.permission, approval, `${given.words(right.limit)}: ${reason}`, given.about)
}

/** The limits once more, as things stand under the lock: another counter may have given away meanwhile. @throws APPROVAL_REQUIRED */
export async function assertWithinLimits(tx: Tx, ctx: Ctx, given: GivenAway, reason: string): Promise<void> {
  const second = await wantedSecond(tx, ctx, given)
  if (second)
    throw new AppError('APPROVAL_REQUIRED', { approvalFor: second.permission, message: `${given.words(second.limit)}: ${reason}` })
  const elsewhere = given.refunds.filter(isElsewhere)
  if (elsewhere.length === 0 || grantOf(ctx.user.role, 'payments.refund_elsewhere') !== 'limit') return
  await lockPerson(tx, ctx.shopId, ctx.userId)
  const ids = elsewhere.map(({ refundId }) => refundId)
  const before = (await refundedElsewhereToday(tx, ctx.shopId, ctx.userId, ids)) ?? ZERO
  if (addCents(before, sumOf(elsewhere)) <= cents(ctx.shop.settings.limits.advisorRefundCents)) return
  throw new AppError('APPROVAL_REQUIRED', {
    approvalFor: 'payments.refund_elsewhere',
    message: `${given.words(dailyLimit(ctx))}: ${reason}`,
  })
}
