import { expect, test } from 'vitest'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { cents } from '../../../src-preload/contract/money'
import { type RefundDrafts, spread } from './refund-draft'

const payments = [
  { id: 'first', refundableCents: cents(5_000), isFromCredit: false },
  { id: 'spent', refundableCents: cents(0), isFromCredit: false },
  { id: 'last', refundableCents: cents(3_000), isFromCredit: false },
]
const invoice = { payments } as unknown as Invoice

test('what is owed is spread over the payments, the newest first, never above what is left of one', () => {
  const drafts = spread(invoice, cents(4_200))
  expect(Object.entries(drafts).map(([id, { amount }]) => [id, amount])).toEqual([
    ['last', 3_000],
    ['first', 1_200],
  ])
})

test('another amount owed leaves what was typed beside the amounts', () => {
  const before = spread(invoice, cents(4_200))
  const typed: RefundDrafts = { ...before, last: { ...before['last']!, checkNumber: '1041', toCredit: true } }
  const again = spread(invoice, cents(1_000), typed)
  expect(again['last']).toEqual({ ...typed['last'], amount: 1_000 })
  expect(again['first']).toEqual({ ...typed['first'], amount: 0 })
})
