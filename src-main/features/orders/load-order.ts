import { addCents, type Cents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import type { Line, Order } from '../../../src-preload/contract/orders'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction, type Queryable, type Tx } from '../../database/transaction'
import type { RuleSource } from '../../../src-preload/contract/rules'
import type { Ctx } from '../../ipc/context'
import { withoutSecrets } from '../pricing/price-source'
import { fingerprintOfRows } from './build-snapshot'
import { followFees } from './follow-fees'
import { rulesInForce } from '../../rules/rules-in-force'
import { sourceOf } from '../../rules/source-of'
import { rulesOfToday } from '../shop/rules-of-today'
import { nextActions, nextByOthers, type Viewer } from './next-actions'
import { findOrder, findOrderFacts, type LockedOrder, type OrderKey, type OrderRow, takeOrderLock } from './order-queries'
import type { OrderFacts } from './order-rules'

/** The person orders must be assigned to; null for everybody who sees them all. */
export function onlyAssignedTo(ctx: Ctx): string | null {
  return grantOf(ctx.user.role, 'orders.see') === 'own' ? ctx.userId : null
}

/** The order as this person may see it. @throws NOT_FOUND */
export async function loadOrder(q: Queryable, ctx: Ctx, orderId: string): Promise<Order> {
  const row = await findOrder(q, { id: ctx.shopId, timezone: ctx.shop.timezone }, orderId, onlyAssignedTo(ctx))
  if (!row) throw new AppError('NOT_FOUND')
  return show(row, ctx)
}

/** Runs an action on a locked order and answers with the order as it stands afterwards. @throws NOT_FOUND */
export function changeOrder(name: string, ctx: Ctx, key: OrderKey, change: (tx: Tx, order: LockedOrder) => Promise<void>): Promise<Order> {
  return inTransaction(name, ctx, async (tx) => {
    const order = await lockOrder(tx, ctx, key)
    await change(tx, order)
    await followFees(tx, ctx, order)
    return loadOrder(tx, ctx, order.id)
  })
}

/** The locked order and what the rules ask of it. @throws NOT_FOUND */
export async function lockOrder(tx: Tx, ctx: Ctx, key: OrderKey): Promise<LockedOrder> {
  return findOrderFacts(tx, ctx.shopId, await lockOnly(tx, ctx, key))
}

/** The lock alone, for an action that reads more than the rules ask. @throws NOT_FOUND, also for an order of another shop or technician */
export async function lockOnly(tx: Tx, ctx: Ctx, key: OrderKey): Promise<string> {
  const orderId = await takeOrderLock(tx, ctx.shopId, key, onlyAssignedTo(ctx))
  if (orderId === undefined) throw new AppError('NOT_FOUND')
  return orderId
}

/** An order that was never more than this may be removed; the database holds the same rule. */
const BEFORE_WORK: readonly Order['status'][] = ['draft', 'estimate', 'declined']

function nameOnly(customer: Order['customer']): Order['customer'] {
  return { ...customer, phone: null, email: null, contacts: customer.contacts.map((person) => ({ ...person, phone: '', email: '' })) }
}

function show(found: OrderRow, ctx: Ctx): Order {
  const { createdById, unauthorizedCents: _, toleranceCents, lacksPurchaseOrder: __, authorizations, ...row } = found
  const { role } = ctx.user
  const seesContact = grantOf(role, 'customers.see') !== 'own'
  const seesCosts = grantOf(role, 'costs.see') === 'yes'
  const seesMargin = seesCosts || (grantOf(role, 'costs.see') === 'limit' && ctx.shop.settings.showMarginToAdvisors)
  const facts = factsOf(found)
  const viewer: Viewer = {
    role,
    isTechnicianOfOrder: row.technicianId === ctx.userId,
    isCreatorOfOrder: createdById === ctx.userId,
    isRemovable: authorizations.length + row.invoices.length === 0 && row.history.every(({ to }) => BEFORE_WORK.includes(to)),
  }
  return {
    ...row,
    customer: seesContact ? row.customer : nameOnly(row.customer),
    authorizations: authorizations.map(({ ruleState: _state, day: _day, ...yes }) =>
      seesContact ? yes : { ...yes, contact: '', note: '' },
    ),
    headRoom: { toleranceCents, rule: toleranceRule(ctx, authorizations.at(-1)) },
    takenOff: seesContact ? row.takenOff : row.takenOff.map((each) => ({ ...each, reason: '' })),
    jobs: row.jobs.map((job) => ({ ...job, totalCents: totalOfJob(job.id, row.lines) })),
    lines: seesCosts ? row.lines : row.lines.map(withoutCost),
    costCents: seesCosts ? row.costCents : null,
    marginMillionths: seesMargin ? row.marginMillionths : null,
    estimateFingerprint: fingerprintOfRows(row),
    nextActions: row.deletedAt ? [] : nextActions(facts, viewer),
    nextByOthers: row.deletedAt ? null : nextByOthers(facts, viewer),
  }
}

/** The rule of the last yes; before the first one that of today. */
function toleranceRule(ctx: Ctx, last: OrderRow['authorizations'][number] | undefined): RuleSource {
  return sourceOf(last ? rulesInForce(last.ruleState, last.day) : rulesOfToday(ctx), 'tolerance')
}

/** What a job adds to the order before tax: its lines that are not declined, less its discounts. */
function totalOfJob(jobId: string, lines: readonly Line[]): Cents {
  const live = lines.filter((line) => line.jobId === jobId && line.status !== 'declined')
  return live.reduce(
    (sum, { type, totalCents }) => (type === 'discount' ? subtractCents(sum, totalCents) : addCents(sum, totalCents)),
    ZERO,
  )
}

function withoutCost(line: Line): Line {
  return { ...line, costCents: null, priceSource: line.priceSource ? withoutSecrets(line.priceSource) : null }
}

function factsOf(row: OrderRow): OrderFacts {
  return {
    status: row.status,
    subtotalCents: row.subtotalCents,
    discountCents: row.discountCents,
    totalCents: row.totalCents,
    authorizedCents: row.authorizedCents,
    liveLines: row.lines.filter(({ status }) => status !== 'declined').length,
    quotedLines: row.lines.filter(({ status }) => status === 'quoted').length,
    toleranceCents: row.toleranceCents,
    unauthorizedCents: row.unauthorizedCents,
    lacksPurchaseOrder: row.lacksPurchaseOrder,
    invoice: row.invoices.find(({ status }) => status !== 'void') ?? null,
  }
}
