import type { Customer } from '../../../src-preload/contract/customers'
import { ZERO } from '../../../src-preload/contract/money'
import { AppError } from '../../base/app-error'
import { reading, type Queryable } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { seesContact } from '../people/sees-contact'
import { selectCustomer } from './customer-queries'

/** @throws AppError NOT_FOUND */
export async function getCustomer(ctx: Ctx, { customerId }: { customerId: string }): Promise<Customer> {
  return await loadCustomer(reading(ctx.db), ctx, customerId)
}

/** A customer as this person may see them. @throws AppError NOT_FOUND */
export async function loadCustomer(db: Queryable, ctx: Ctx, customerId: string): Promise<Customer> {
  const customer = await selectCustomer(db, ctx.shopId, customerId)
  if (!customer) throw new AppError('NOT_FOUND')
  return seesContact(ctx) ? customer : nameOnly(customer)
}

function nameOnly(customer: Customer): Customer {
  const contact = { phone: '', phoneExt: '', alternatePhone: '', email: '', address: '', city: '', state: '', zip: '' }
  const exemption = { taxExempt: false, taxExemptNumber: '', taxExemptExpires: '', isExemptionExpired: false }
  const contacts = customer.contacts.map((person) => ({ ...person, phone: '', email: '' }))
  return {
    ...customer,
    ...contact,
    ...exemption,
    contacts,
    notes: '',
    tags: [],
    balanceCents: ZERO,
    accountCreditCents: ZERO,
    returnedChecks: [],
  }
}
