import type { Duplicate } from '../../src-preload/contract/customers'
import { formatPhone } from './format'

const reasons: Readonly<Record<Duplicate['reason'], string>> = { phone: 'same phone', email: 'same e-mail', name: 'similar name' }

/** Why somebody may be the customer who is being typed, and by what one tells: phone and cars. */
export function duplicateWords({ reason, phone, vehicles }: Duplicate): string {
  return [reasons[reason], phone && formatPhone(phone), vehicles].filter(Boolean).join(' · ')
}
