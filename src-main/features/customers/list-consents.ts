import type { Consents } from '../../../src-preload/contract/accounts'
import { AppError } from '../../base/app-error'
import { reading, type Queryable } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'
import { selectConsents } from './consent-queries'

/** What a customer agreed to be sent, per number and address. @throws AppError NOT_FOUND */
export async function listConsents(ctx: Ctx, { customerId }: { customerId: string }): Promise<Consents> {
  return await loadConsents(reading(ctx.db), ctx, customerId)
}

/** As this person may see it: without numbers and addresses where they are not shown at all. @throws AppError NOT_FOUND */
export async function loadConsents(db: Queryable, ctx: Ctx, customerId: string): Promise<Consents> {
  const consents = await selectConsents(db, ctx.shopId, customerId)
  if (!consents) throw new AppError('NOT_FOUND')
  if (seesContact(ctx)) return consents
  const hide = (said: Consents['ledger']): Consents['ledger'] => said.map((one) => ({ ...one, address: '', note: '' }))
  return { ...consents, standing: hide(consents.standing), ledger: hide(consents.ledger) }
}
