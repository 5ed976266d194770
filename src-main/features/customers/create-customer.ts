import { isDeepStrictEqual } from 'node:util'
import type { Approval } from '../../../src-preload/contract/call'
import type { Customer, CustomerFields } from '../../../src-preload/contract/customers'
import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { approveExemption } from './approve-exemption'
import { checkFields, tidyFields } from './check-fields'
import { insertCustomer, selectFields } from './customer-queries'
import { loadCustomer } from './get-customer'

/** The same facts twice are one customer. @throws AppError INVALID_INPUT, APPROVAL_REQUIRED for a tax exemption, DUPLICATE */
export async function createCustomer(
  ctx: Ctx,
  { customerId, fields: typed, approval }: { customerId: string; fields: CustomerFields; approval?: Approval | undefined },
): Promise<Customer> {
  const fields = tidyFields(typed)
  checkFields(fields, 'fields')
  const approverId = fields.taxExempt ? await approveExemption(ctx, customerId, fields, approval) : null
  return await inTransaction('create customer', ctx, async (tx) => {
    if (await insertCustomer(tx, ctx.shopId, customerId, fields)) {
      const details = { taxExempt: true, taxExemptNumber: fields.taxExemptNumber, taxExemptExpires: fields.taxExemptExpires }
      const event = { action: 'customers.tax_exempt', entityType: 'customer', entityId: customerId, approverId, details }
      if (fields.taxExempt) await writeAudit(tx, ctx, event)
    } else if (!isDeepStrictEqual(await selectFields(tx, ctx.shopId, customerId, 'read'), fields)) {
      throw new AppError('DUPLICATE')
    }
    return await loadCustomer(tx, ctx, customerId)
  })
}
