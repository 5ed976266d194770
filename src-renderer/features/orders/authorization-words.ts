import type { Authorization, Order } from '../../../src-preload/contract/orders'
import { formatPhone } from '../../base/format'
import type { Choice } from '../../components/select'

type Method = Authorization['method']

export const authorizationWords: Readonly<Record<Method, string>> = {
  in_person: 'In person',
  phone: 'Phone',
  text: 'Text message',
  email: 'E-mail',
  signature: 'Signature',
}

export const authorizationMethods: readonly Choice<Method>[] = (Object.keys(authorizationWords) as Method[]).map((value) => ({
  value,
  label: authorizationWords[value],
}))

/** The number or address that is on file for this way of asking. */
export function contactFor(method: Method, customer: Pick<Order['customer'], 'phone' | 'email'>): string {
  if (method === 'phone' || method === 'text') return customer.phone === null ? '' : formatPhone(customer.phone)
  return method === 'email' ? (customer.email ?? '') : ''
}
