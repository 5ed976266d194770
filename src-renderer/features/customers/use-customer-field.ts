import type { Customer, CustomerFields } from '../../../src-preload/contract/customers'
import { CallError, toCallError } from '../../base/errors'
import { useApproval, type WithApproval } from '../../base/use-approval'
import { type StoredField, useStoredField } from '../../base/use-stored-field'
import { updateCustomer } from './customers-api'

/** Fields that hold one plain value; tags and the tax exemption have their own ways. */
export type PlainName = Exclude<keyof CustomerFields, 'tags' | 'taxExempt'>

/**
 * A refusal may speak of another field: a company needs a name when the kind is switched. That field may not be on the screen, so its
 * sentence is shown where the change was made.
 */
function gathered(error: unknown, name: string): CallError {
  const refused = toCallError(error)
  const sentences = Object.values(refused.fields)
  if (sentences.length === 0 || refused.fieldMessage(name)) return refused
  return new CallError(refused.code, sentences.join(' '), refused.data)
}

async function store(
  customerId: string,
  name: PlainName,
  was: Partial<CustomerFields>,
  now: Partial<CustomerFields>,
  withApproval: WithApproval,
): Promise<void> {
  try {
    await updateCustomer(customerId, was, now, withApproval)
  } catch (error) {
    throw gathered(error, name)
  }
}

/** A field of a customer that is stored when it is left. */
export function useCustomerField<Name extends PlainName>(
  customer: Customer,
  name: Name,
  multiline = false,
): StoredField<CustomerFields[Name]> {
  const withApproval = useApproval()
  return useStoredField<CustomerFields[Name]>({
    value: customer[name],
    name,
    multiline,
    onStore: (now, was) => store(customer.id, name, { [name]: was }, { [name]: now }, withApproval),
  })
}
