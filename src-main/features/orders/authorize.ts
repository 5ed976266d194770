import type { z } from 'zod'
import { type Cents, cents } from '../../../src-preload/contract/money'
import type { AuthorizationMethod, Order } from '../../../src-preload/contract/orders'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { whenIdIsTaken } from '../../database/sql-error'
import { inTransactionThen, type LastWrites, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { rulesInForce } from '../../rules/rules-in-force'
import { toleranceOf } from '../../rules/tolerance-of'
import { declineUnagreed, findFrozenSnapshot, findRecorded, insertAuthorization, type JobRefusal } from './authorize-queries'
import { answersOf } from './answers-of'
import { buildSnapshot, fingerprintOfRows } from './build-snapshot'
import { followFees } from './follow-fees'
import { loadOrder } from './load-order'
import { lockWithSnapshotRow } from './lock-with-snapshot-row'
import { findOrderFacts } from './order-queries'
import { enforce, type Refusal, whyNotAuthorize } from './order-rules'
import { factsOfSnapshot, findSnapshotRow, type SnapshotRow } from './snapshot-queries'

interface Input {
  authorizationId: string
  orderId: string
  expectedTotalCents: Cents
  estimateFingerprint: string
  approvedByName: string
  method: z.output<typeof AuthorizationMethod>
  contact: string
  note: string
  declined?: readonly JobRefusal[] | undefined
  oldPartsWanted?: boolean | null | undefined
}

/** Whoever was not at the counter was reached somewhere, and that place is part of the record (16 CCR 3354, 3356). */
const REACHED_BY: readonly Input['method'][] = ['phone', 'text', 'email']

/**
 * The customer's yes to the estimate as it stands: freezes a version of it (or finds it frozen), approves its quoted lines, records who
 * said yes and how, and moves an order that waited for it on. Jobs the customer says no to leave it in the same breath, as far as nobody agreed
 * to them before. The same authorizationId twice is one record.
 * @throws NOT_FOUND, EDIT_CONFLICT when the estimate is not the one the customer heard, NOTHING_TO_AUTHORIZE, ORDER_INVOICED, WRONG_STATE,
 * DUPLICATE, INVALID_INPUT (no number or address for a yes from afar)
 */
export async function authorize(ctx: Ctx, input: Input): Promise<Order> {
  if (REACHED_BY.includes(input.method) && input.contact === '') throw invalidField('contact', 'Enter the number or address used.')
  const answer = async (tx: Tx): Promise<LastWrites | void> => {
    const row = await lockWithSnapshotRow(tx, ctx, input.orderId)
    const refusal = whyNotAnswered(row, input)
    if (refusal) return assertRecordedBefore(tx, ctx, input, refusal)
    return record(tx, ctx, await withoutDeclined(tx, ctx, row, input), input)
  }
  const show = (tx: Tx): Promise<Order> => loadOrder(tx, ctx, input.orderId)
  const again = (): Promise<Order> => inTransactionThen('orders.authorized', ctx, (tx) => assertRecordedBefore(tx, ctx, input, null), show)
  return inTransactionThen('orders.authorize', ctx, answer, show).catch(whenIdIsTaken('authorizations', again))
}

/** A late repetition finds its own record; the same id with other facts must not read as "recorded". */
async function assertRecordedBefore(tx: Tx, ctx: Ctx, input: Input, refusal: Refusal | null): Promise<void> {
  const found = await findRecorded(tx, ctx.shopId, {
    ...input,
    totalCents: input.expectedTotalCents,
    oldPartsWanted: input.oldPartsWanted ?? null,
    declined: input.declined ?? [],
  })
  if (found === 'same') return
  if (found === 'none') enforce(refusal)
  throw new AppError('DUPLICATE')
}

/** The yes must be to what stands on the estimate now: other work at the same total is another estimate. */
function whyNotAnswered(row: SnapshotRow, { expectedTotalCents, estimateFingerprint, declined }: Input): Refusal | null {
  const refusal = whyNotAuthorize(factsOfSnapshot(row))
  const isHeard = fingerprintOfRows(row) === estimateFingerprint
  if (refusal || (isHeard && (row.totalCents === expectedTotalCents || someDeclined(declined)))) return refusal
  return changedMeanwhile(row)
}

function changedMeanwhile({ totalCents }: SnapshotRow): Refusal {
  return {
    code: 'EDIT_CONFLICT',
    sentence: 'The estimate changed while you were on the phone. Tell the customer what it is now.',
    data: { current: { totalCents } },
  }
}

function someDeclined(declined: Input['declined']): declined is readonly JobRefusal[] {
  return declined !== undefined && declined.length > 0
}

/** The order as the customer says yes to it, and the lines they said no to just now. */
interface Answered {
  readonly row: SnapshotRow
  readonly gone: readonly string[]
}

/** What the customer says yes to: the estimate without the jobs they said no to, at the total they were told for that. */
async function withoutDeclined(tx: Tx, ctx: Ctx, row: SnapshotRow, { orderId, declined, expectedTotalCents }: Input): Promise<Answered> {
  if (!someDeclined(declined)) return { row, gone: [] }
  if (declined.some(({ jobId }) => row.jobs.every(({ id }) => id !== jobId))) throw new AppError('NOT_FOUND')
  const gone = await declineUnagreed(tx, ctx.shopId, orderId, declined)
  if (declined.some(({ jobId }) => gone.every((line) => line.jobId !== jobId)))
    throw invalidField('declined', 'Nothing of this job waits for an answer.')
  // Fees are of what is left: nobody pays them for work they said no to.
  await followFees(tx, ctx, await findOrderFacts(tx, ctx.shopId, orderId))
  const rest = await findSnapshotRow(tx, ctx.shopId, orderId)
  invariant(rest, 'a locked order has its rows')
  enforce(whyNotAuthorize(factsOfSnapshot(rest)) ?? (rest.totalCents === expectedTotalCents ? null : changedMeanwhile(rest)))
  return { row: rest, gone: gone.map(({ id }) => id) }
}

async function record(tx: Tx, ctx: Ctx, { row, gone }: Answered, input: Input): Promise<LastWrites> {
  const version = (row.frozen?.version ?? 0) + 1
  const snapshot = buildSnapshot(ctx.shop, row, {
    kind: 'estimate',
    number: `${row.orderNumber}-${version}`,
    estimateVersion: version,
    dueDate: null,
    terms: null,
  })
  const hash = someDeclined(input.declined) ? fingerprintOfRows(row) : input.estimateFingerprint
  const same = row.frozen?.hash === hash
  const before = same || row.frozen === null ? undefined : await findFrozenSnapshot(tx, ctx.shopId, input.orderId, row.frozen.version)
  const authorization = {
    ...input,
    totalCents: row.totalCents,
    toleranceCents: toleranceOf(rulesInForce(row.shop.state, row.today).tolerance.value, {
      totalCents: row.totalCents,
      taxCents: cents(row.taxCents),
    }),
    ruleState: row.shop.state,
    version: same ? version - 1 : version,
    snapshot: same ? null : snapshot,
    hash,
    heardHash: hash === input.estimateFingerprint ? null : input.estimateFingerprint,
    answers: answersOf(row, gone, before ?? null),
    oldPartsWanted: input.oldPartsWanted ?? null,
  }
  return () => [insertAuthorization(tx, ctx.shopId, ctx.userId, authorization)]
}
