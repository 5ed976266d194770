import type { Consent } from '../../src-preload/contract/accounts'
import { blankCustomer, type Customer } from '../../src-preload/contract/customers'
import { cents } from '../../src-preload/contract/money'

/** A person with a phone number and nothing else. */
export const sampleCustomer: Customer = {
  ...blankCustomer,
  id: '0190f000-0000-7000-8000-000000000001',
  firstName: 'Pat',
  lastName: 'Example',
  phone: '(555) 010-0142',
  displayName: 'Pat Example',
  balanceCents: cents(0),
  accountCreditCents: cents(0),
  returnedChecks: [],
  isExemptionExpired: false,
  contacts: [],
  mergedInto: null,
  merges: [],
  vehicles: [],
  createdAt: '2026-01-05T17:00:00Z',
  deletedAt: null,
}

/** Their yes to offers at that number. */
export const sampleConsent: Consent = {
  id: '0190f000-0000-7000-8000-000000000002',
  channel: 'phone',
  address: '(555) 010-0142',
  kind: 'marketing',
  isGiven: true,
  method: 'paper',
  note: '',
  recordedAt: '2026-01-05T17:00:00Z',
  recordedByName: 'Olive Owner',
}
