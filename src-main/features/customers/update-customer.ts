import type { Approval } from '../../../src-preload/contract/call'
import type { Customer, CustomerFields } from '../../../src-preload/contract/customers'
import { AppError } from '../../base/app-error'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { mergeEdit, type Part } from '../../database/merge-edit'
import { approveExemption, changesExemption } from './approve-exemption'
import { checkFields, tidyFields } from './check-fields'
import { selectFields, updateCustomerFields } from './customer-queries'
import { loadCustomer } from './get-customer'

interface Input {
  readonly customerId: string
  readonly was: Part<CustomerFields>
  readonly now: Part<CustomerFields>
  readonly approval?: Approval | undefined
}

/**
 * Changed fields only, each as it was seen and as it shall be.
 * @throws AppError NOT_FOUND, EDIT_CONFLICT, INVALID_INPUT, APPROVAL_REQUIRED for a tax exemption
 */
export async function updateCustomer(ctx: Ctx, input: Input): Promise<Customer> {
  const { customerId, was } = input
  const now = tidyFields(input.now)
  // An extension that was typed behind the number takes the place of the one that stands there.
  const seen =
    now.phoneExt !== undefined && input.now.phoneExt === undefined ? { ...was, phoneExt: await presentExtension(ctx, customerId) } : was
  const approved = await approveWhenNeeded(ctx, input, now)
  return await inTransaction('update customer', ctx, async (tx) => {
    const current = await selectFields(tx, ctx.shopId, customerId, 'lock')
    if (!current) throw new AppError('NOT_FOUND')
    const { merged, changed } = mergeEdit(current, seen, now)
    if (changed.length > 0) {
      checkFields(merged, 'now')
      const exempts = changesExemption(current, merged)
      if (exempts && !approved) throw new AppError('EDIT_CONFLICT', { current: { taxExempt: current.taxExempt } })
      await updateCustomerFields(tx, ctx.shopId, customerId, merged)
      const { taxExempt, taxExemptNumber, taxExemptExpires } = merged
      const details = { taxExempt, taxExemptNumber, taxExemptExpires }
      const event = {
        action: 'customers.tax_exempt',
        entityType: 'customer',
        entityId: customerId,
        approverId: approved?.by ?? null,
        details,
      }
      if (exempts) await writeAudit(tx, ctx, event)
      const { requiresPurchaseOrder } = merged
      if (requiresPurchaseOrder !== current.requiresPurchaseOrder) {
        const entity = { entityType: 'customer', entityId: customerId }
        await writeAudit(tx, ctx, { action: 'customers.account_terms', ...entity, details: { requiresPurchaseOrder } })
      }
    }
    return await loadCustomer(tx, ctx, customerId)
  })
}

/** Asked before the transaction begins, on what stands in the database at that moment. */
async function approveWhenNeeded(ctx: Ctx, input: Input, now: Part<CustomerFields>): Promise<{ by: string | null } | null> {
  const { taxExempt, taxExemptNumber, taxExemptExpires } = now
  if (taxExempt === undefined && taxExemptNumber === undefined && taxExemptExpires === undefined) return null
  const current = await selectFields(reading(ctx.db), ctx.shopId, input.customerId, 'read')
  if (!current) throw new AppError('NOT_FOUND')
  const { merged } = mergeEdit(current, input.was, { taxExempt, taxExemptNumber, taxExemptExpires })
  checkFields(merged, 'now')
  return changesExemption(current, merged) ? { by: await approveExemption(ctx, input.customerId, merged, input.approval) } : null
}

async function presentExtension(ctx: Ctx, customerId: string): Promise<string> {
  return (await selectFields(reading(ctx.db), ctx.shopId, customerId, 'read'))?.phoneExt ?? ''
}
