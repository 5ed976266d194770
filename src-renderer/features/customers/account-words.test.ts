import { expect, it } from 'vitest'
import type { Payout } from '../../../src-preload/contract/account-credit'
import type { AccountEntry } from '../../../src-preload/contract/customers'
import { cents } from '../../../src-preload/contract/money'
import { accountNote, accountSentence } from './account-words'

const entry = (kind: AccountEntry['kind'], amountCents: number, more: Partial<AccountEntry> = {}): AccountEntry => ({
  id: '0190f000-0000-7000-8000-000000000001',
  at: '2026-06-01T15:00:00Z',
  kind,
  amountCents: cents(amountCents),
  balanceCents: cents(1_000),
  invoiceId: null,
  invoiceNumber: 'INV-7',
  payout: null,
  reason: '',
  recordedByName: '',
  approvedByName: '',
  ...more,
})

const payout = (method: Payout['method'], more: Partial<Payout> = {}): Payout => ({
  id: '0190f000-0000-7000-8000-000000000002',
  method,
  amountCents: cents(1_250),
  roundingCents: cents(0),
  checkNumber: '',
  reference: '',
  reason: 'Moved away',
  paidAt: '2026-06-01T15:00:00Z',
  ...more,
})

it.each<[AccountEntry['kind'], number, string]>([
  ['credited', 3_000, '$30.00 of invoice INV-7 was given back and put on the account.'],
  ['overpaid', 5_000, 'The check for invoice INV-7 was $50.00 more than was due; that was put on the account.'],
  ['used', -2_000, '$20.00 from the account went toward invoice INV-7.'],
  ['given_back', 2_000, '$20.00 that the account had paid toward invoice INV-7 was put back on it.'],
  ['check_returned', -5_000, 'The bank returned the check for invoice INV-7; what was left of it on the account, $50.00, was taken off.'],
  ['check_restored', 5_000, 'The check for invoice INV-7 was good after all; $50.00 was put back on the account.'],
])('says of an entry %s what happened, in a sentence for the customer', (kind, amountCents, sentence) => {
  expect(accountSentence(entry(kind, amountCents))).toBe(sentence)
})

it('says how it was paid out', () => {
  const said = (of: Payout): string => accountSentence(entry('paid_out', -1_250, { invoiceNumber: '', payout: of }))
  expect(said(payout('check', { checkNumber: '2201' }))).toBe('$12.50 was paid out by check no. 2201.')
  expect(said(payout('cash'))).toBe('$12.50 was paid out in cash.')
  expect(said(payout('cash', { roundingCents: cents(2) }))).toBe('$12.50 was paid out in cash, rounding -$0.02.')
  expect(said(payout('ach'))).toBe('$12.50 was paid out by bank transfer (ACH).')
})

it('keeps the reasons that people gave, and not those the program writes by itself', () => {
  const people = { recordedByName: 'Fiona Frontdesk', approvedByName: 'Olivia Owner' }
  expect(accountNote(entry('credited', 3_000, { reason: 'Squeaks again', ...people }))).toBe(
    'Squeaks again · by Fiona Frontdesk · approved by Olivia Owner',
  )
  expect(accountNote(entry('used', -2_000, { reason: 'Paid with account credit', recordedByName: 'Fiona Frontdesk' }))).toBe(
    'by Fiona Frontdesk',
  )
})
