import type { Approval } from '../../../src-preload/contract/call'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { inTransaction, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'
import { writeAudit } from '../people/write-audit'
import { lockForRemoval, markCustomerRemoved, markCustomerRestored, selectCustomer } from './customer-queries'

interface Input {
  readonly customerId: string
  readonly approval?: Approval | undefined
}

/**
 * Soft: history stays; the vehicles go along.
 * @throws AppError NOT_FOUND, IN_USE while work is open or money is owed either way, APPROVAL_REQUIRED
 */
export async function removeCustomer(ctx: Ctx, input: Input): Promise<Record<string, never>> {
  await change(ctx, input, 'remove', async (tx) => {
    const customer = await lockForRemoval(tx, ctx.shopId, input.customerId)
    if (!customer) throw new AppError('NOT_FOUND')
    if (customer.deletedAt) return false
    if (customer.hasOpenOrders) throw new AppError('IN_USE', { message: 'There is an open repair order of this customer.' })
    if (customer.balanceCents !== 0) {
      throw new AppError('IN_USE', { message: 'This customer still owes money.', dueCents: customer.balanceCents })
    }
    if (customer.accountCreditCents !== 0) throw new AppError('IN_USE', { message: 'This customer still has account credit.' })
    await markCustomerRemoved(tx, ctx.shopId, input.customerId)
    return true
  })
  return {}
}

/** With the vehicles that went along. @throws AppError NOT_FOUND, IN_USE after a merge, APPROVAL_REQUIRED */
export async function restoreCustomer(ctx: Ctx, input: Input): Promise<Record<string, never>> {
  await change(ctx, input, 'restore', async (tx) => {
    const customer = await lockForRemoval(tx, ctx.shopId, input.customerId)
    if (!customer) throw new AppError('NOT_FOUND')
    if (!customer.deletedAt) return false
    if (customer.mergedIntoId)
      throw new AppError('IN_USE', { message: 'This customer was merged into another one. Undo the merge instead.' })
    await markCustomerRestored(tx, ctx.shopId, input.customerId)
    return true
  })
  return {}
}

async function change(ctx: Ctx, input: Input, verb: 'remove' | 'restore', work: (tx: Tx) => Promise<boolean>): Promise<void> {
  const { customerId, approval } = input
  const customer = await selectCustomer(reading(ctx.db), ctx.shopId, customerId)
  if (!customer) throw new AppError('NOT_FOUND')
  const needsNone = grantOf(ctx.user.role, 'customers.remove') === 'yes'
  const sentence = `${verb === 'remove' ? 'Remove' : 'Restore'} the customer ${customer.displayName}.`
  const about = { entityType: 'customer', entityId: customerId }
  const approverId = needsNone ? null : await requireApproval(ctx, 'customers.remove', approval, sentence, about)
  await inTransaction(`${verb} customer`, ctx, async (tx) => {
    if (!(await work(tx))) return
    await writeAudit(tx, ctx, { action: `customers.${verb}`, entityType: 'customer', entityId: customerId, approverId })
  })
}
