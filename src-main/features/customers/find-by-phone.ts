import type { CustomerSummary } from '../../../src-preload/contract/customers'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'
import { selectByPhone } from './customer-queries'

/** Whose phone this is, in whatever format it was typed: one statement on the indexed digits. */
export async function findByPhone(ctx: Ctx, { phone }: { phone: string }): Promise<CustomerSummary[]> {
  const digits = phoneDigits(phone)
  if (digits === '') return []
  const found = await selectByPhone(reading(ctx.db), ctx.shopId, digits)
  return seesContact(ctx) ? found : found.map((customer) => ({ ...customer, phone: null, email: null }))
}

/** As the database keys phones: the last ten digits, the extension cut off. */
export function phoneDigits(phone: string): string {
  return phone
    .replace(/(x|ext).*$/i, '')
    .replaceAll(/\D/g, '')
    .slice(-10)
}
