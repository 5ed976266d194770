import type { Approval } from '../../../src-preload/contract/call'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { grantOf } from '../../../src-preload/contract/permissions'
import type { Ctx } from '../../ipc/context'
import { requireApproval } from '../people/require-approval'

type Exemption = Pick<CustomerFields, 'taxExempt' | 'taxExemptNumber' | 'taxExemptExpires'>

/** True when the exemption itself changes, or the certificate of an exempt customer or how long it holds. */
export function changesExemption(before: Exemption, after: Exemption): boolean {
  if (before.taxExempt !== after.taxExempt) return true
  return after.taxExempt && (before.taxExemptNumber !== after.taxExemptNumber || before.taxExemptExpires !== after.taxExemptExpires)
}

/** @returns the approver, null where the role needs none. @throws AppError APPROVAL_REQUIRED, APPROVAL_REFUSED, LOCKED_OUT */
export async function approveExemption(
  ctx: Ctx,
  customerId: string,
  after: Exemption,
  approval: Approval | undefined,
): Promise<string | null> {
  if (grantOf(ctx.user.role, 'customers.tax_exempt') === 'yes') return null
  const sentence = after.taxExempt
    ? `Exempt this customer from sales tax (certificate ${after.taxExemptNumber}${after.taxExemptExpires && `, until ${after.taxExemptExpires}`}).`
    : 'End the sales tax exemption of this customer.'
  return await requireApproval(ctx, 'customers.tax_exempt', approval, sentence, { entityType: 'customer', entityId: customerId })
}
