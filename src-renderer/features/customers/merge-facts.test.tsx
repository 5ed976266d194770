import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { MergePreview } from '../../../src-preload/contract/accounts'
import { cents } from '../../../src-preload/contract/money'
import { MergeFacts } from './merge-facts'

const idOf = (n: number): string => `0190f000-0000-7000-8000-${String(n).padStart(12, '0')}`

const fleet: MergePreview = {
  kept: { id: idOf(1), displayName: 'Example Fleet' },
  merged: { id: idOf(2), displayName: 'Example Fleet Inc.' },
  fields: [],
  tags: [],
  notes: '',
  losesExemption: false,
  vehicles: { count: 1235, shown: [{ id: idOf(3), label: '2019 Ford Transit', plate: '8ABC123' }] },
  orderCount: 3000,
  openOrders: { count: 1, shown: [{ id: idOf(4), number: 'RO-4' }] },
  invoiceCount: 1,
  dueInvoices: { count: 3, shown: [{ id: idOf(5), number: 'INV-5', dueCents: cents(12_50) }] },
  others: [{ what: 'appointments', count: 2 }],
}

afterEach(cleanup)

it('names the first of what moves and counts the rest', () => {
  render(<MergeFacts preview={fleet} taken={new Set()} onTake={() => undefined} />)
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    '2019 Ford Transit 8ABC123 and 1,234 more',
    '3,000 repair orders, open: RO-4',
    '1 invoice',
    'appointments: 2',
    'INV-5: $12.50 still to be paid',
    'and 2 more still to be paid',
  ])
})
