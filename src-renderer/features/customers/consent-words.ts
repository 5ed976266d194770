import { type Consent, ConsentKind, ConsentMethod } from '../../../src-preload/contract/accounts'
import { formatPhone } from '../../base/format'

export const kindNames: Readonly<Record<ConsentKind, string>> = { service: 'About their car', marketing: 'Offers and reminders' }
export const kindChoices = ConsentKind.options.map((value) => ({ value, label: kindNames[value] }))

export const methodNames: Readonly<Record<ConsentMethod, string>> = {
  in_person: 'in person',
  phone: 'by phone',
  text: 'by text message',
  email: 'by e-mail',
  paper: 'by letter or on paper',
}
export const methodChoices = ConsentMethod.options.map((value) => ({ value, label: methodNames[value] }))

export function addressOf({ channel, address }: Pick<Consent, 'channel' | 'address'>): string {
  if (address === '') return channel === 'phone' ? 'Phone' : 'E-mail'
  return channel === 'phone' ? formatPhone(address) : address
}
