import type { Approval } from '../../../src-preload/contract/call'
import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction, reading, sql } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'
import { writeAudit } from '../people/write-audit'

interface Input {
  target: 'vehicle' | 'customer' | 'order'
  id: string
  was: string | null
  now: string | null
  approval?: Approval | undefined
}

const tables = { vehicle: 'vehicles', customer: 'customers', order: 'repair_orders' } as const
const entities = { vehicle: 'vehicle', customer: 'customer', order: 'repair_order' } as const

/**
 * The labor rate of a vehicle, a customer or an order, for the lines to come; in the log with who chose it and who approved it.
 * @throws NOT_FOUND, EDIT_CONFLICT, FORBIDDEN, APPROVAL_REQUIRED for those who may not set prices by themselves
 */
export async function chooseRate(ctx: Ctx, input: Input): Promise<Record<string, never>> {
  const { target, id, was, now } = input
  if (grantOf(ctx.user.role, 'orders.edit') !== 'yes') throw new AppError('FORBIDDEN')
  const about = { entityType: entities[target], entityId: id }
  const needsNone = grantOf(ctx.user.role, 'orders.price_override') === 'yes'
  const approverId = needsNone
    ? null
    : await requireApproval(ctx, 'orders.price_override', input.approval, await sentenceFor(ctx, input), about)
  const table = tables[target]
  await inTransaction('pricing.chooseRate', ctx, async (tx) => {
    const [row] = await tx.query<{ current: string | null; known: boolean }>(
      sql(
        '',
        `SELECT t.labor_rate_id AS current,
           $3::uuid IS NULL OR EXISTS (SELECT FROM labor_rates r WHERE r.shop_id = $1 AND r.id = $3 AND r.is_active) AS known
         FROM ${table} t WHERE t.shop_id = $1 AND t.id = $2 AND t.deleted_at IS NULL FOR NO KEY UPDATE OF t`,
      ),
      [ctx.shopId, id, now],
    )
    if (!row?.known) throw new AppError('NOT_FOUND')
    if (row.current === now) return
    if (row.current !== was) throw new AppError('EDIT_CONFLICT', { current: { laborRateId: row.current } })
    await tx.query(sql('', `UPDATE ${table} SET labor_rate_id = $3 WHERE shop_id = $1 AND id = $2`), [ctx.shopId, id, now])
    await writeAudit(tx, ctx, { action: 'labor_rate.chosen', ...about, approverId, details: { was, now } })
  })
  return {}
}

const ofIds = sql('', 'SELECT id, name, cents(rate) AS "rateCents" FROM labor_rates WHERE shop_id = $1 AND id = ANY ($2)')

/** What the approver says yes to: from which rate to which, in dollars. @throws NOT_FOUND */
async function sentenceFor(ctx: Ctx, { target, was, now }: Input): Promise<string> {
  const ids = [was, now].filter((id) => id !== null)
  const rates = await reading(ctx.db).query<{ id: string; name: string; rateCents: Cents }>(ofIds, [ctx.shopId, ids])
  const [from, to] = [was, now].map((id) => {
    if (id === null) return 'the usual rate'
    const rate = rates.find((each) => each.id === id)
    if (!rate) throw new AppError('NOT_FOUND')
    return `“${rate.name}”, ${formatDollars(rate.rateCents)} an hour`
  })
  return `Another labor rate for this ${target}: ${to} instead of ${from}.`
}
