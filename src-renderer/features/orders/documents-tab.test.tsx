import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen } from '@testing-library/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EstimateVersion } from '../../../src-preload/contract/invoices'
import { cents } from '../../../src-preload/contract/money'
import type { Role } from '../../../src-preload/contract/permissions'
import type { Order } from '../../../src-preload/contract/orders'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { DocumentsTab } from './documents-tab'
import { sampleId, sampleOrder, sampleSession } from './order-sample'

const yes = {
  approvedByName: 'Zoë Testerson',
  method: 'phone' as const,
  contact: '(555) 010-0123',
  note: '',
  authorizedCents: cents(10_000),
  authorizedAt: '2026-06-01T17:00:00Z',
  recordedByName: 'Olga Owner',
}
const current: EstimateVersion = {
  version: 2,
  number: 'RO-000001-2',
  date: '2026-06-02',
  totalCents: cents(12_550),
  isCurrent: true,
  authorizations: [],
}
const earlier = { ...current, version: 1, number: 'RO-000001-1', date: '2026-06-01', isCurrent: false, authorizations: [yes] }
const bill = { paidCents: cents(0), dueCents: cents(0), totalCents: cents(12_550), issuedAt: '2026-06-03T17:00:00Z' }
const invoices: Order['invoices'] = [
  { ...bill, id: sampleId(71), number: 'INV-000002', status: 'sent' },
  { ...bill, id: sampleId(70), number: 'INV-000001', status: 'void' },
]
let estimates: EstimateVersion[] = []

beforeAll(() => {
  window.scrollTo = () => undefined // the router's scroll restoration; jsdom has no layout
  answerWith({ invoices: { estimates: os.invoices.estimates.handler(() => estimates) } })
})
beforeEach(() => {
  queryClient.clear()
  estimates = [current, earlier]
})
afterEach(cleanup)

function show(order: Order, role: Role = 'owner'): void {
  queryClient.setQueryData(sessionQuery.queryKey, sampleSession(role))
  const root = createRootRoute()
  const at = (path: string) => createRoute({ getParentRoute: () => root, path })
  const index = createRoute({ getParentRoute: () => root, path: '/', component: () => <DocumentsTab order={order} /> })
  const routeTree = root.addChildren([index, at('/orders/$orderId/estimate'), at('/invoices/$invoiceId/print')])
  const router = createRouter({ routeTree, history: createMemoryHistory() })
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
}

const links = async () => (await screen.findAllByRole('link')).map((link) => [link.textContent, link.getAttribute('href')])

describe('the documents of an order', () => {
  it('are every version of its estimate, the current one first, and every invoice, void ones too', async () => {
    show({ ...sampleOrder, invoices })
    expect(await links()).toEqual([
      ['Estimate RO-000001-2 · Jun 2, 2026Nobody has authorized this version.Current$125.50', `/orders/${sampleOrder.id}/estimate`],
      [
        'Estimate RO-000001-1 · Jun 1, 2026Authorized by Zoë Testerson · phone · (555) 010-0123 · Jun 1, 2026, 10:00 AM · written down by Olga OwnerEarlier$125.50',
        `/orders/${sampleOrder.id}/estimate?version=1`,
      ],
      ['What changed', `/orders/${sampleOrder.id}/changes?from=1`],
      ['Invoice INV-000002 · Jun 3, 2026, 10:00 AMOpen$125.50', `/invoices/${sampleId(71)}/print`],
      ['Invoice INV-000001 · Jun 3, 2026, 10:00 AMVoid$125.50', `/invoices/${sampleId(70)}/print`],
    ])
  })

  it('say that there are none yet, and never ask for what a role may not see', async () => {
    estimates = []
    show(sampleOrder)
    expect(await screen.findByText('No documents yet')).toBeTruthy()
    cleanup()
    estimates = [current]
    queryClient.clear()
    show({ ...sampleOrder, invoices }, 'technician')
    expect(await screen.findByText('No documents yet')).toBeTruthy()
  })
})
