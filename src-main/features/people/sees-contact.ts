import { grantOf } from '../../../src-preload/contract/permissions'
import type { Ctx } from '../../ipc/context'

/** Technicians and parts managers see who a car belongs to, not how to reach them. */
export function seesContact(ctx: Ctx): boolean {
  return grantOf(ctx.user.role, 'customers.see') === 'yes'
}
